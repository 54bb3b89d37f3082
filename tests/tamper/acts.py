"""Untrue stories told in both places: the record and Temporal's histories, with receipts and numbers made to fit.

On a bundle without histories the same kinds change the record alone.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random
from types import MappingProxyType
from typing import Any

from google.protobuf.message import Message
from temporalio.api.history.v1 import History, HistoryEvent

from audit.bundle.layout import run_of
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_hash
from tests.tamper.histories import rewrite_history
from tests.tamper.kinds import Kind
from tests.tamper.parts import Parts

Entries = list[bytes | None]
"""The entries of a log after a change, in the places that they had; None for one that is gone."""


def score_changed(parts: Parts, chance: Random) -> Parts | None:
    """Change a reviewer's score wherever it stands."""
    reviews = [body for body in parts.entries() if b'"review.submitted.v1"' in body]
    if not reviews:
        return None
    data = json.loads(chance.choice(reviews))["data"]
    content = chance.choice(sorted(data["scores"]))
    other = "1.5" if data["scores"][content] != "1.5" else "2.5"

    def rewrite(value: Any) -> None:
        for part in _dicts(value):
            if part.get("form") == data["form"] and "scores" in part:
                part["scores"][content] = other

    return tell_anew(parts, [_change(body, rewrite) for body in parts.entries()], rewrite)


def act_removed(parts: Parts, chance: Random) -> Parts | None:
    """Remove one act: its entries, and what its workflow's history holds of it; later versions move up."""
    acts: dict[tuple[str, str], list[int]] = {}
    for seq, body in enumerate(parts.entries()):
        leaf = json.loads(body)
        acts.setdefault((leaf["stream"], str(leaf["data"]["command_id"])), []).append(seq)
    stream, command_id = chance.choice(sorted(acts))
    gone = acts[stream, command_id]
    last = json.loads(parts.entries()[gone[-1]])["version"]

    def rewrite(value: Any) -> None:
        for part in _dicts(value):
            if part.get("stream") == stream and isinstance(part.get("version"), int):
                part["version"] -= len(gone) if part["version"] > last else 0

    def standing_too(value: Any) -> None:
        """In the stream's own history what stands where is told without the stream's name."""
        rewrite(value)
        for part in _dicts(value):
            if "details" in part and part["version"] > last:
                part["version"] -= len(gone)
            if isinstance(part.get("knows"), int) and part["knows"] > last:
                part["knows"] -= len(gone)

    entries: Entries = [_change(body, rewrite) for body in parts.entries()]
    for seq in gone:
        entries[seq] = None
    files = {
        name: _without_act(parts.files[name], command_id)
        for name in parts.histories
        if (run_of(name) or ("",))[0] == stream
    }
    changed = Parts(parts.round, {**parts.files, **files})
    return tell_anew(changed, entries, rewrite, {stream: standing_too})


def application_removed(parts: Parts, chance: Random) -> Parts | None:
    """Remove a whole application: its entries, its histories, and their mention."""
    streams = sorted(
        {json.loads(body)["stream"] for body in parts.entries() if b'"application.submitted.v1"' in body}
    )
    if not streams:
        return None
    gone = chance.choice(streams)

    def unlist(value: Any) -> None:
        for part in _dicts(value):
            if isinstance(runs := part.get("runs"), list):
                part["runs"] = [run for run in runs if run["workflow_id"] != gone]

    entries: Entries = [
        None if json.loads(body)["stream"] == gone else _change(body, unlist) for body in parts.entries()
    ]
    files = {name: content for name, content in parts.files.items() if (run_of(name) or ("",))[0] != gone}
    return tell_anew(Parts(parts.round, files), entries, unlist)


ACT_KINDS: dict[str, Kind] = {
    "score changed": score_changed,
    "act removed": act_removed,
    "application removed": application_removed,
}


def tell_anew(
    parts: Parts,
    entries: Entries,
    rewrite: Callable[[Any], None],
    own: Mapping[str, Callable[[Any], None]] = MappingProxyType({}),
) -> Parts:
    """Return the parts with other entries, and every history rewritten, what it was answered fitted to these entries.

    `own` rewrites the histories of a stream, in place of `rewrite`.
    """
    kept = [body for body in entries if body is not None]
    fitted: dict[str, tuple[int, str, int]] = {}
    at = 0
    for before, after in zip(parts.entries(), entries, strict=True):
        if after is not None:
            fitted[leaf_hash(before).hex()] = (at, leaf_hash(after).hex(), json.loads(after)["version"])
            at += 1

    def refit(value: Any, change: Callable[[Any], None]) -> bool:
        before = json.dumps(value)
        change(value)
        for part in _dicts(value):
            if part.get("leaf_hash") in fitted and "seq" in part:
                part["seq"], part["leaf_hash"], _ = fitted[part["leaf_hash"]]
            if part.get("hashes") and set(part["hashes"]) <= fitted.keys():
                part["seq"], _, part["first"] = fitted[part["hashes"][0]]
                part["hashes"] = [fitted[digest][1] for digest in part["hashes"]]
        return json.dumps(value) != before

    files = {}
    for name in parts.histories:
        change = own.get((run_of(name) or ("",))[0], rewrite)
        files[name] = rewrite_history(parts.files[name], partial(refit, change=change))
    return Parts(parts.round, {**parts.files, **files}).with_entries(kept).rehash().fit()


def _change(body: bytes, rewrite: Callable[[Any], None]) -> bytes:
    leaf = json.loads(body)
    rewrite(leaf)
    return canonical_bytes(leaf)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a value, itself included."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _dicts(item)


def _without_act(content: bytes, command_id: str) -> bytes:
    """Take an act out of a history, from the task that brought it to its answer; number what is left anew."""
    history = History.FromString(content)
    span = _span(list(history.events), f'"command_id":"{command_id}"'.encode())
    if span is None:
        return content
    del history.events[span[0] : span[1]]
    numbers = {event.event_id: number for number, event in enumerate(history.events, start=1)}
    activities: dict[str, str] = {}
    called = 0
    for number, event in enumerate(history.events, start=1):
        event.event_id = number
        attributes = getattr(event, str(event.WhichOneof("attributes")))
        _renumber(attributes, numbers)
        if event.HasField("activity_task_scheduled_event_attributes"):
            called += 1
            attributes.activity_id = activities.setdefault(attributes.activity_id, str(called))
        elif event.HasField("marker_recorded_event_attributes") and "data" in attributes.details:
            called += 1
            [noted] = attributes.details["data"].payloads
            noted.data = json.dumps(
                {**json.loads(noted.data), "seq": called, "activity_id": str(called)}
            ).encode()
    return history.SerializeToString(deterministic=True)


def _span(events: list[HistoryEvent], command_id: bytes) -> tuple[int, int] | None:
    """Return where an act begins and ends in a history, None where it came by no update that was answered there."""
    for event in events:
        accepted = event.workflow_execution_update_accepted_event_attributes
        sent = accepted.accepted_request.input.args.payloads
        if not sent or command_id not in sent[0].data:
            continue
        ends = (
            number
            for number, later in enumerate(events)
            if later.workflow_execution_update_completed_event_attributes.accepted_event_id == event.event_id
        )
        end = next(ends, None)
        return None if end is None else (accepted.accepted_request_sequencing_event_id - 1, end + 1)
    return None


def _renumber(attributes: Message, numbers: dict[int, int]) -> None:
    for field, value in list(attributes.ListFields()):
        if field.name.endswith("event_id"):
            setattr(attributes, field.name, numbers.get(value, value))
