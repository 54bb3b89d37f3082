"""Small bundles made in memory: a round that opened and its first applications, with signed checkpoints."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from audit.bundle.content_claims import references_of
from audit.bundle.entries import read_leaf
from audit.bundle.layout import (
    KEYS,
    RULES,
    KeptCheckpoint,
    KeptContent,
    checkpoints_of,
    content_of,
    entries_of,
)
from audit.bundle.writer import BundleWriter
from audit.claims import Difference
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf, leaf_bytes, leaf_hash
from selection.kernel.merkle import root_of
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.note import Note, NoteSigner, Verifier
from tests import factories as f
from tests.round_story import tell_round

NAME = "test.example"
SEED = bytes(range(32))
KEY: Verifier = NoteSigner(NAME, SEED).verifier
ROUND = f.ROUND
INSTALLATION = "installation"


def leaves() -> list[Leaf]:
    """The first leaves of the told round: it opened, and applications came in."""
    return tell_round().log[:9]


def note(log: str, bodies: Sequence[bytes], size: int, seed: bytes = SEED) -> Note:
    """A signed checkpoint of the first `size` leaves."""
    root = root_of(leaf_hash(body) for body in bodies[:size])
    return signer_of(NAME, seed, log).sign(Checkpoint(origin=origin_of(NAME, log), size=size, root=root).text)


def checkpoints(log: str, bodies: Sequence[bytes], sizes: Sequence[int], seed: bytes = SEED) -> list[bytes]:
    """The lines of a log's checkpoint file."""
    kept = (KeptCheckpoint(size=size, note=note(log, bodies, size, seed).encoded) for size in sizes)
    return [canonical_bytes(item) + b"\n" for item in kept]


def content(content_id: str, salt: bytes, body: bytes) -> KeptContent:
    """A content as a bundle holds it."""
    return KeptContent(
        id=content_id,
        sha256=hashlib.sha256(salt + body).hexdigest(),
        salt=base64.b64encode(salt).decode(),
        media_type="text/plain",
        content=base64.b64encode(body).decode(),
    )


def write(
    path: Path,
    bodies: Sequence[bytes],
    *,
    signed: Sequence[bytes] | None = None,
    rules: bytes = b"",
    contents: Sequence[KeptContent] = (),
    engine: str = "0",
) -> Path:
    """Write a bundle of the round's leaves; `signed` replaces the lines of its checkpoints."""
    kept = checkpoints(ROUND, bodies, [3, len(bodies)]) if signed is None else signed
    with BundleWriter(path, engine=engine, round_id=ROUND, redacted=False) as bundle:
        people = [leaf_bytes(leaf) for leaf in tell_round().read_register()]
        signed_people = checkpoints(INSTALLATION, people, [len(people)])
        for log, entries, lines in ((ROUND, bodies, kept), (INSTALLATION, people, signed_people)):
            bundle.add(entries_of(log), [body + b"\n" for body in entries])
            bundle.add(checkpoints_of(log), lines)
            bundle.note_log(log, len(entries))
        known = {item.id: item for item in (*contents_of_factories(_readable(bodies)), *contents)}
        for item in known.values():
            bundle.add(content_of(item.id), [canonical_bytes(item)])
        bundle.add(RULES, [rules or canonical_bytes(tell_round().rules)])
        bundle.add(KEYS, [canonical_bytes({"name": NAME, "vkey": KEY.vkey})])
    return path


def contents_of_factories(leaves: Iterable[Leaf]) -> Iterator[KeptContent]:
    """The contents that tests/factories.py made up and that leaves name, each once: without a salt."""
    stated: dict[str, str] = {}
    for leaf in leaves:
        stated.update(references_of(leaf))
    for name, digest in stated.items():
        # A name may be followed by whose it is.
        for body in map(f.content, (name, name.partition(".")[0])):
            if hashlib.sha256(body).hexdigest() == digest:
                yield KeptContent(
                    id=name,
                    sha256=digest,
                    salt="",
                    media_type="application/json",
                    content=base64.b64encode(body).decode(),
                )
                break


def _readable(bodies: Sequence[bytes]) -> Iterator[Leaf]:
    """The leaves up to the first that a verifier can't read: of those after it nobody knows what they name."""
    with suppress(Difference):
        for seq, body in enumerate(bodies):
            yield read_leaf(ROUND, seq, body)


def bodies() -> list[bytes]:
    """The bytes of the leaves."""
    return list(_bodies())


@cache
def _bodies() -> tuple[bytes, ...]:
    return tuple(leaf_bytes(leaf) for leaf in leaves())
