"""The bundle of a whole round in memory, as an export writes it, or of a log that was put in its place."""

import base64
import json
from hashlib import sha256
from pathlib import Path

from audit.bundle.layout import RULES, KeptContent, content_of, entries_of
from audit.bundle.writer import BundleWriter
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.whole_round import WholeRound, salt_of


def write_bundle(
    path: Path,
    made: WholeRound,
    log: list[Leaf] | None = None,
    *,
    without: str = "",
    registered: bool = True,
) -> Path:
    """Write the bundle of a round, of another log in its place if one is given; leave out what is named."""
    with BundleWriter(path, engine="0", round_id=f.ROUND, redacted=False) as bundle:
        leaves = made.log if log is None else log
        bundle.add(entries_of(f.ROUND), (_line(leaf) for leaf in leaves))
        bundle.note_log(f.ROUND, len(leaves))
        if registered:
            people = made.read_register()
            bundle.add(entries_of("installation"), (_line(leaf) for leaf in people))
            bundle.note_log("installation", len(people))
        bundle.add(RULES, [canonical_bytes(made.rules)])
        # As an export does: what was stored for an act that was refused stays behind.
        named = b"".join(_line(leaf) for leaf in made.log)
        for name, body in made.contents.items():
            if name != without and f'"{name}"'.encode() in named:
                bundle.add(content_of(name), [canonical_bytes(_make_content(name, body))])
    return path


def _line(leaf: Leaf) -> bytes:
    # Thousands of rounds are bundled, and the library for canonical JSON is slow; a verifier sees that it is equal.
    told = leaf.model_dump(mode="json")
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _make_content(name: str, body: bytes) -> KeptContent:
    salt = salt_of(name)
    return KeptContent(
        id=name,
        sha256=sha256(salt + body).hexdigest(),
        salt=base64.b64encode(salt).decode(),
        media_type="application/json",
        content=base64.b64encode(body).decode(),
    )
