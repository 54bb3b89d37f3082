"""Changes of Temporal histories, as somebody with Temporal's database could make them."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History

from tests.tamper.kinds import Kind
from tests.tamper.parts import Parts

Change = Callable[[History, Random], bool]
"""Changes a history in place; tells whether there was anything to change."""


def change_history(content: bytes, change: Change, chance: Random) -> bytes | None:
    """Return the history's bytes after a change, None when it changed nothing."""
    history = History.FromString(content)
    if not change(history, chance):
        return None
    after = history.SerializeToString(deterministic=True)
    return None if after == content else after


def activity_input(history: History, chance: Random) -> bool:
    """Change a value in what an activity was given."""
    return _spoil(_payloads(history, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED), chance)


def activity_result(history: History, chance: Random) -> bool:
    """Change a value in what an activity returned."""
    return _spoil(_payloads(history, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED), chance)


def update_input(history: History, chance: Random) -> bool:
    """Change a value in what a person sent."""
    return _spoil(_payloads(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED), chance)


def update_outcome(history: History, chance: Random) -> bool:
    """Change a value in what a person was answered."""
    return _spoil(_payloads(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED), chance)


def event_time(history: History, chance: Random) -> bool:
    """Move the start of a workflow task: the instant that acts are dated by."""
    kind = EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED
    found = [event for event in history.events if event.event_type == kind]
    if not found:
        return False
    chance.choice(found).event_time.seconds += chance.choice([-3600, -60, 60, 3600])
    return True


def answer(history: History, chance: Random) -> bool:
    """Change a value in what the record answered a local activity with."""
    return _spoil([payload for payload in _answers(history) if b":" in payload.data], chance)


def answers_swapped(history: History, chance: Random) -> bool:
    """Swap two answers of the record, one after the other."""
    pairs = [(one, other) for one, other in pairwise(_answers(history)) if one.data != other.data]
    if not pairs:
        return False
    one, other = chance.choice(pairs)
    one.data, other.data = other.data, one.data
    return True


def _answers(history: History) -> list[Payload]:
    """Return the results that stand in markers."""
    markers = [
        event.marker_recorded_event_attributes
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED
    ]
    return [payload for marker in markers for payload in marker.details["result"].payloads]


def events_swapped(history: History, chance: Random) -> bool:
    """Let two neighbouring events change places, numbered as if they had come so."""
    at = chance.randrange(1, len(history.events) - 1)
    one, other = history.events[at], history.events[at + 1]
    one.event_id, other.event_id = other.event_id, one.event_id
    kept = [*history.events[:at], other, one, *history.events[at + 2 :]]
    del history.events[:]
    history.events.extend(kept)
    return True


def tail_cut(history: History, chance: Random) -> bool:
    """Cut the history after one of its earlier workflow tasks."""
    kind = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    ends = [at for at, event in enumerate(history.events) if event.event_type == kind][:-1]
    if not ends:
        return False
    del history.events[chance.choice(ends) + 1 :]
    return True


CHANGES: dict[str, Change] = {
    "activity input": activity_input,
    "activity result": activity_result,
    "update input": update_input,
    "update outcome": update_outcome,
    "event time": event_time,
    "answer": answer,
    "answers swapped": answers_swapped,
    "events swapped": events_swapped,
    "tail cut": tail_cut,
}


def history_changed(change: Change) -> Kind:
    """Return the kind that changes one history and makes the manifest fit."""

    def kind(parts: Parts, chance: Random) -> Parts | None:
        name = chance.choice(parts.histories)
        after = change_history(parts.files[name], change, chance)
        return None if after is None else parts.with_file(name, after).fit()

    return kind


HISTORY_KINDS: dict[str, Kind] = {
    f"history: {name}": history_changed(change) for name, change in CHANGES.items()
}


def rewrite_history(content: bytes, rewrite: Callable[[Any], bool]) -> bytes:
    """Return the history with a change applied to every JSON value in it.

    `rewrite` changes a value in place and tells whether it did; unchanged payloads keep their bytes.
    """
    history = History.FromString(content)
    for event in history.events:
        for payload in _payloads_of(event):
            if payload.data.startswith((b"{", b"[")):
                value = json.loads(payload.data)
                if rewrite(value):
                    payload.data = _dump(value).encode()
    return history.SerializeToString(deterministic=True)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _payloads(history: History, kind: EventType.ValueType) -> list[Payload]:
    return [
        payload
        for event in history.events
        if event.event_type == kind
        for payload in _payloads_of(event)
        if b":" in payload.data
    ]


def _payloads_of(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            inner = [value[key] for key in value if isinstance(value[key], Message)]
        else:
            inner = list(value) if field.is_repeated else [value]
        for item in inner:
            yield from _payloads_of(item)


def _spoil(payloads: list[Payload], chance: Random) -> bool:
    """Change one leaf of the JSON of one payload so that it stays well-formed."""
    if not payloads:
        return False
    payload = chance.choice(payloads)
    value = json.loads(payload.data)
    places = [place for place in _places(value) if isinstance(place[0][place[1]], (str, int))]
    if not places:
        return False
    holder, key = chance.choice(places)
    old = holder[key]
    if isinstance(old, bool):
        holder[key] = not old
    elif isinstance(old, int):
        holder[key] = old + 1
    else:
        at = chance.randrange(len(old)) if old else 0
        holder[key] = old[:at] + ("1" if old[at : at + 1] != "1" else "2") + old[at + 1 :]
    payload.data = _dump(value).encode()
    return True


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give each value that holds no others, as its holder and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, (dict, list)):
            yield from _places(item)
        else:
            yield value, key
