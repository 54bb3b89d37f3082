"""The kinds of tampering with a record, seeded. Each returns other parts, or None where a bundle gives no room for it.

Who tampers can always make the manifest fit. The kinds are done without the signing key; `sign_with` makes of each
the act of somebody who has a key, fits all hashes and signs everything anew.
"""

import base64
import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

from audit.bundle.layout import MANIFEST, checkpoints_of, entries_of
from selection.kernel.canonical import canonical_bytes
from tests.tamper.parts import Keys, Parts, content_bytes, json_of

Kind = Callable[[Parts, Random], Parts | None]
COLUMNS = (
    *("type", "stream", "version", "actor", "role", "at", "recorded", "register_size", "rules", "data"),
)


def byte_flipped(parts: Parts, chance: Random) -> Parts | None:
    """Flip a bit of any file, and leave the manifest as it was."""
    name = chance.choice(sorted(parts.files))
    return _keep_if_signed(parts, parts.with_file(name, _flip(parts.files[name], chance)), name)


def byte_flipped_and_fitted(parts: Parts, chance: Random) -> Parts | None:
    """Flip a bit of entries, checkpoints, rules, a history or a content, and make the manifest fit."""
    log = chance.choice(parts.logs)
    groups = [[entries_of(log)], [checkpoints_of(log)], ["rules.json"], parts.histories, parts.contents]
    name = chance.choice(chance.choice([group for group in groups if group]))
    after = parts.with_file(name, _flip(parts.files[name], chance))
    return _keep_if_signed(parts, after.fit(), name)


def flip_packed_byte(parts: Parts, chance: Random) -> Parts | None:
    """Flip a bit of the packed file itself; None where it is one that unpacks to the same files."""
    packed = BytesIO()
    parts.pack(packed)
    spoilt = Parts.unpack(parts.round, _flip(packed.getvalue(), chance))
    return None if spoilt.files == parts.files else spoilt


def entry_deleted(parts: Parts, chance: Random) -> Parts:
    """Take one entry out."""
    entries = parts.entries()
    at = chance.randrange(len(entries))
    return parts.with_entries(entries[:at] + entries[at + 1 :]).fit()


def entry_inserted(parts: Parts, chance: Random) -> Parts:
    """Put a well-formed entry in: one that stands elsewhere, as the next version of its stream."""
    entries = parts.entries()
    leaf = json.loads(chance.choice(entries))
    leaf["version"] = 1 + max(
        json.loads(body)["version"] for body in entries if json.loads(body)["stream"] == leaf["stream"]
    )
    at = chance.randrange(len(entries) + 1)
    return parts.with_entries([*entries[:at], canonical_bytes(leaf), *entries[at:]]).fit()


def entries_swapped(parts: Parts, chance: Random) -> Parts:
    """Let two entries change places."""
    entries = parts.entries()
    one, other = chance.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return parts.with_entries(entries).fit()


def tail_cut(parts: Parts, chance: Random) -> Parts:
    """Cut the log's end off and leave the checkpoints."""
    entries = parts.entries()
    return parts.with_entries(entries[: -chance.randrange(1, len(entries))]).fit()


def put_back(parts: Parts, chance: Random) -> Parts | None:
    """Put the log back to a genuine earlier checkpoint, as an old backup would."""
    kept = parts.checkpoints()
    if len(kept) < 2:
        return None
    number = chance.randrange(1, len(kept))
    cut = parts.with_entries(parts.entries()[: kept[number - 1]["size"]]).with_checkpoints(kept[:number])
    known = b"".join(cut.entries())
    later = {
        *parts.histories,
        *(name for name in parts.contents if json_of(parts.files[name])["id"].encode() not in known),
    }
    return Parts(cut.round, {name: content for name, content in cut.files.items() if name not in later}).fit()


def row_changed(parts: Parts, chance: Random) -> Parts:
    """Change a column of an entry's row, as a superuser of the database could with the triggers off."""
    at = chance.randrange(len(parts.entries()))

    def change(leaf: dict[str, Any]) -> None:
        match chance.choice(
            ["type", "stream", "version", "actor", "role", "at", "recorded", "register_size", "rules", "data"]
        ):
            case "version" | "register_size" as name:
                leaf[name] += chance.choice([1, 2, 7])
            case "actor":
                leaf["actor"]["person"] += "1"
            case "role":
                leaf["actor"]["role"] = "auditor" if leaf["actor"]["role"] == "officer" else "officer"
            case "at" | "recorded" as name:
                leaf[name] = f"2025{leaf[name][4:]}" if leaf[name][:4] != "2025" else f"2026{leaf[name][4:]}"
            case "data":
                leaf["data"][chance.choice(sorted(leaf["data"]))] = "1"
            case name:
                leaf[name] += "1"

    return parts.change_entry(at, change).fit()


def checkpoint_row_changed(parts: Parts, chance: Random) -> Parts:
    """Change a checkpoint's row: its size, its root, its place in the order; or take the last one away."""
    log = chance.choice(parts.logs)
    kept = parts.checkpoints(log)
    at = chance.randrange(len(kept))
    origin, size, root, *rest = kept[at]["note"].split("\n")
    match chance.choice(["size", "root", "last"]):
        case "size":
            kept[at] |= {"size": int(size) + 1, "note": "\n".join([origin, str(int(size) + 1), root, *rest])}
        case "root":
            other = base64.b64encode(sha256(root.encode()).digest()).decode()
            kept[at] |= {"note": "\n".join([origin, size, other, *rest])}
        case _:
            del kept[-1]
    return parts.with_checkpoints(kept, log).fit()


def draw_input_changed(parts: Parts, chance: Random) -> Parts | None:
    """Change what a draw depended on, with the content's own hash made to fit."""
    after = _other_draw(parts, chance)
    return None if after is None else after[0].fit()


def draw_input_changed_in_the_record_too(parts: Parts, chance: Random) -> Parts | None:
    """Change what a draw depended on, and the entry that refers to it."""
    found = _other_draw(parts, chance)
    if found is None:
        return None
    after, before, now = found
    entries = [body.replace(before.encode(), now.encode()) for body in after.entries()]
    return after.with_entries(entries).fit()


RECORD_KINDS: dict[str, Kind] = {
    "byte flipped": byte_flipped,
    "byte flipped, manifest made to fit": byte_flipped_and_fitted,
    "byte of the packed file flipped": flip_packed_byte,
    "entry deleted": entry_deleted,
    "entry inserted": entry_inserted,
    "entries swapped": entries_swapped,
    "tail cut": tail_cut,
    "put back to a checkpoint": put_back,
    "entry's row changed": row_changed,
    "checkpoint's row changed": checkpoint_row_changed,
    "draw input changed": draw_input_changed,
    "draw input changed in the record too": draw_input_changed_in_the_record_too,
}
UNSIGNED = {"manifest": ("engine", "redacted"), "content": ("media_type",)}
"""What a manifest and a content say that no signature covers, and that no claim rests on."""
GENUINE = "put back to a checkpoint"
"""An earlier state as it truly was: nothing but a later checkpoint, held outside, tells that it is old."""
UNSIGNABLE = (
    "byte flipped",
    "byte flipped, manifest made to fit",
    "byte of the packed file flipped",
    "checkpoint's row changed",
    "draw input changed",
    GENUINE,
)
"""Kinds that signing anew does not change or undoes: what they spoil is not the log."""


def sign_with(keys: Keys, kind: Kind) -> Kind:
    """Return the kind as done by whoever holds these keys: all hashes made to fit, all checkpoints signed anew."""

    def signing(parts: Parts, chance: Random) -> Parts | None:
        after = kind(parts, chance)
        return None if after is None else after.rehash().sign(keys).fit()

    return signing


def _flip(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _keep_if_signed(before: Parts, after: Parts, name: str) -> Parts | None:
    """Return the parts, None where all that changed is one of the words that nothing signs."""
    unsigned = UNSIGNED["manifest" if name == MANIFEST else "content"]
    if name != MANIFEST and name not in before.contents:
        return after
    try:
        told = [{**json_of(parts.files[name]), **dict.fromkeys(unsigned)} for parts in (before, after)]
    except (ValueError, TypeError):
        return after
    return None if told[0] == told[1] else after


def _other_draw(parts: Parts, chance: Random) -> tuple[Parts, str, str] | None:
    """Change a person in the inputs or the result of a draw; return its hash before and after as well."""
    names = [name for name in parts.contents if "draw-" in name]
    if not names:
        return None
    name = chance.choice(names)
    kept = json_of(parts.files[name])
    content, before = content_bytes(kept), str(kept["sha256"])
    people = sorted({found for found in content.split(b'"') if found.startswith(b"expert-")})
    one, other = chance.sample(people, 2)
    content = content.replace(b'"%s"' % one, b'"%s"' % other, 1)
    kept["content"] = base64.b64encode(content).decode()
    kept["sha256"] = sha256(base64.b64decode(kept["salt"]) + content).hexdigest()
    return parts.with_file(name, canonical_bytes(kept)), before, str(kept["sha256"])
