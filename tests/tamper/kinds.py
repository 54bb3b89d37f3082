"""The kinds of tampering, seeded. Each returns other parts, or None where this bundle gives no room for it.

Who tampers can always make the manifest fit. The kinds are done without the signing key; `signed_by` makes of each
the act of somebody who has a key and signs everything anew, who is found by a checkpoint held outside.
"""

import base64
import json
from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import Any

from audit.layout import checkpoints_of, entries_of
from selection.canonical import canonical_bytes
from tests.tamper.histories import CHANGES, Change, changed, rewritten
from tests.tamper.parts import Keys, Parts, content_bytes, json_of

Kind = Callable[[Parts, Random], Parts | None]


def byte_flipped(parts: Parts, chance: Random) -> Parts:
    """Flip a bit of any file, and leave the manifest as it was."""
    name = chance.choice(sorted(parts.files))
    return parts.with_file(name, _flipped(parts.files[name], chance))


def byte_flipped_and_fitted(parts: Parts, chance: Random) -> Parts:
    """Flip a bit of entries, checkpoints, rules, a history or a content, and make the manifest fit."""
    log = chance.choice(parts.logs)
    groups = [[entries_of(log)], [checkpoints_of(log)], ["rules.json"], parts.histories, parts.contents]
    name = chance.choice(chance.choice([group for group in groups if group]))
    return parts.with_file(name, _flipped(parts.files[name], chance)).fitted()


def entry_deleted(parts: Parts, chance: Random) -> Parts:
    """Take one entry out."""
    entries = parts.entries()
    at = chance.randrange(len(entries))
    return parts.with_entries(entries[:at] + entries[at + 1 :]).fitted()


def entry_inserted(parts: Parts, chance: Random) -> Parts:
    """Put a well-formed entry in: one that stands elsewhere, as the next version of its stream."""
    entries = parts.entries()
    leaf = json.loads(chance.choice(entries))
    leaf["version"] = 1 + max(
        json.loads(body)["version"] for body in entries if json.loads(body)["stream"] == leaf["stream"]
    )
    at = chance.randrange(len(entries) + 1)
    return parts.with_entries([*entries[:at], canonical_bytes(leaf), *entries[at:]]).fitted()


def entries_swapped(parts: Parts, chance: Random) -> Parts:
    """Let two entries change places."""
    entries = parts.entries()
    one, other = chance.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return parts.with_entries(entries).fitted()


def tail_cut(parts: Parts, chance: Random) -> Parts:
    """Cut the log's end off and leave the checkpoints."""
    entries = parts.entries()
    return parts.with_entries(entries[: -chance.randrange(1, len(entries))]).fitted()


def tail_cut_to_a_checkpoint(parts: Parts, chance: Random) -> Parts | None:
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
    return Parts(
        cut.round, {name: content for name, content in cut.files.items() if name not in later}
    ).fitted()


def row_changed(parts: Parts, chance: Random) -> Parts:
    """Change a field of an entry, as a superuser of the database could."""
    at = chance.randrange(len(parts.entries()))

    def change(leaf: dict[str, dict[str, str]]) -> None:
        leaf[chance.choice(["actor", "data"])]["x"] = "1"

    return parts.changed_entry(at, change).fitted()


def score_changed(parts: Parts, chance: Random) -> Parts | None:
    """Change a reviewer's score in the record alone."""
    rewrite = _other_score(parts, chance)
    return rewrite and parts.with_entries(_rewritten(parts.entries(), rewrite)).fitted()


def score_changed_in_both_places(parts: Parts, chance: Random) -> Parts | None:
    """Change a reviewer's score in the record and in every history, with all hashes made to fit."""
    rewrite = _other_score(parts, chance)
    if rewrite is None:
        return None
    after = parts.with_entries(_rewritten(parts.entries(), rewrite))
    for name in parts.histories:
        after = after.with_file(name, rewritten(parts.files[name], rewrite))
    return after.rehashed().fitted()


def act_removed_from_both_places(parts: Parts, chance: Random) -> Parts | None:
    """Remove a whole application: its entries and its histories."""
    streams = sorted(
        {json.loads(body)["stream"] for body in parts.entries() if b'"application.submitted.v1"' in body}
    )
    if not streams:
        return None
    gone = chance.choice(streams)
    entries = [body for body in parts.entries() if json.loads(body)["stream"] != gone]
    after = parts.with_entries([_without_runs(body, gone) for body in entries])
    mark = f"histories/{gone.replace('/', '%2F')}/"
    files = {name: content for name, content in after.files.items() if not name.startswith(mark)}
    return Parts(after.round, files).fitted()


def draw_input_changed(parts: Parts, chance: Random) -> Parts | None:
    """Change what a draw depended on, with the content's own hash made to fit."""
    names = [name for name in parts.contents if "draw-" in name]
    if not names:
        return None
    name = chance.choice(names)
    kept = json_of(parts.files[name])
    content = content_bytes(kept).replace(b"expert", b"expres", 1)
    kept["content"] = base64.b64encode(content).decode()
    kept["sha256"] = sha256(base64.b64decode(kept["salt"]) + content).hexdigest()
    return parts.with_file(name, canonical_bytes(kept)).fitted()


def history_changed(change: Change) -> Kind:
    """Return the kind that changes one history and makes the manifest fit."""

    def kind(parts: Parts, chance: Random) -> Parts | None:
        name = chance.choice(parts.histories)
        after = changed(parts.files[name], change, chance)
        return None if after is None else parts.with_file(name, after).fitted()

    return kind


LOG_KINDS: dict[str, Kind] = {
    "byte flipped": byte_flipped,
    "byte flipped, manifest made to fit": byte_flipped_and_fitted,
    "entry deleted": entry_deleted,
    "entry inserted": entry_inserted,
    "entries swapped": entries_swapped,
    "tail cut": tail_cut,
    "tail cut to a checkpoint": tail_cut_to_a_checkpoint,
    "row changed": row_changed,
    "score changed": score_changed,
    "score changed in both places": score_changed_in_both_places,
    "act removed from both places": act_removed_from_both_places,
    "draw input changed": draw_input_changed,
}
HISTORY_KINDS: dict[str, Kind] = {
    f"history: {name}": history_changed(change) for name, change in CHANGES.items()
}
UNSIGNABLE = ("byte flipped", "byte flipped, manifest made to fit", "tail cut to a checkpoint")
"""Kinds that no signing can make look whole: what they spoil is not only the log."""


def signed_by(keys: Keys, kind: Kind) -> Kind:
    """Return the kind as done by whoever holds these keys: all hashes made to fit, all checkpoints signed anew."""

    def signing(parts: Parts, chance: Random) -> Parts | None:
        after = kind(parts, chance)
        return None if after is None else after.rehashed().signed(keys).fitted()

    return signing


def _flipped(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _other_score(parts: Parts, chance: Random) -> Callable[[Any], bool] | None:
    """Return what changes one review's scores wherever they stand: commands, events and states name its text."""
    reviews = [body for body in parts.entries() if b'"review.submitted.v1"' in body]
    if not reviews:
        return None
    data = json.loads(chance.choice(reviews))["data"]
    content = chance.choice(sorted(data["scores"]))
    other = "1.5" if data["scores"][content] != "1.5" else "2.5"

    def rewrite(value: Any) -> bool:
        found = False
        if isinstance(value, dict):
            if value.get("text") == data["text"] and "scores" in value:
                value["scores"][content] = other
                found = True
            value = list(value.values())
        return any([rewrite(item) for item in value] if isinstance(value, list) else []) or found

    return rewrite


def _rewritten(entries: list[bytes], rewrite: Callable[[Any], bool]) -> list[bytes]:
    leaves = [(body, json.loads(body)) for body in entries]
    return [canonical_bytes(leaf) if rewrite(leaf) else body for body, leaf in leaves]


def _without_runs(body: bytes, workflow_id: str) -> bytes:
    leaf = json.loads(body)
    runs = leaf["data"].get("runs")
    if not runs:
        return body
    leaf["data"]["runs"] = [run for run in runs if run["workflow_id"] != workflow_id]
    return canonical_bytes(leaf)
