"""The bundle of a told round, by the project's own writer: entries, checkpoints of every hundred, draw, rules."""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

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
from benchmarks.in_memory.facts import salt_of
from benchmarks.in_memory.round import ROUND, RoundInMemory
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import Frontier
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.note import NoteSigner

NAME = "bench.example"
SEED = bytes(range(32))
KEY = NoteSigner(NAME, SEED).verifier
EVERY = 100
"""Entries from one checkpoint to the next, as a signer makes them at the latest."""


def write_bundle(path: Path, source: RoundInMemory) -> int:
    """Write the bundle and return how many entries its logs hold together."""
    logs = {ROUND: source.log, "installation": source.register_people()}
    with BundleWriter(path, engine="benchmark", round_id=ROUND, redacted=True) as bundle:
        for log, entries in logs.items():
            bundle.add(entries_of(log), (body + b"\n" for body in entries))
            bundle.add(checkpoints_of(log), _checkpoints(log, entries))
            bundle.note_log(log, len(entries))
        for name, body in source.contents.items():
            bundle.add(content_of(name), [canonical_bytes(_keep_content(name, body))])
        bundle.add(RULES, [canonical_bytes(source.rules)])
        bundle.add(KEYS, [canonical_bytes({"name": NAME, "vkey": KEY.vkey})])
    return sum(map(len, logs.values()))


def _checkpoints(log: str, entries: Sequence[bytes]) -> Iterator[bytes]:
    tree, signer = Frontier(), signer_of(NAME, SEED, log)
    for body in entries:
        tree.append(leaf_hash(body))
        if tree.size % EVERY == 0 or tree.size == len(entries):
            stated = Checkpoint(origin=origin_of(NAME, log), size=tree.size, root=tree.root())
            kept = KeptCheckpoint(size=tree.size, note=signer.sign(stated.text).encoded)
            yield canonical_bytes(kept) + b"\n"


def _keep_content(name: str, body: bytes) -> KeptContent:
    salt = salt_of(name)
    return KeptContent(
        id=name,
        sha256=sha256_hex(salt + body),
        salt=base64.b64encode(salt).decode(),
        media_type="application/json",
        content=base64.b64encode(body).decode(),
    )
