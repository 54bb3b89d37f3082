"""The people in an event's data: by the names of its fields, since an id may be spelled like any other code."""

from collections.abc import Iterator, Mapping
from typing import Any

from selection.decision.aggregate import ActRefused
from selection.kernel.model import JsonObject
from selection.refusals import people as in_refusals

PEOPLE = frozenset(
    (
        *("agent", "alternates", "approver", "aside", "chair", "deciders", "entered_by", "examiners"),
        *("expert", "former", "holder", "lead", "left", "members", "named", "objector", "people", "person"),
        *("present", "seats", "substitute", "told"),
    )
)
"""Fields whose values are ids of people, alone, in a list, or by seat."""
PEOPLE_OF = {
    "key.enrolled.v1": frozenset({"by"}),
    "round.post-changed.v1": frozenset({"added", "removed"}),
    "round.post-change-entered.v1": frozenset({"added", "removed"}),
}
"""The same by the type of an event, of fields that hold something else in others."""


def call_people(kind: str, data: JsonObject, called: Mapping[str, str]) -> JsonObject:
    """Return an event's data with what people are called in the place of their ids, as far as that is known."""
    if kind == ActRefused.TYPE and "params" in data:
        return {**data, "params": in_refusals.call_people(data["params"], called)}
    fields = _find_fields(kind)
    return {name: _call(value, called) if name in fields else value for name, value in data.items()}


def list_people(view: Mapping[str, Any]) -> set[str]:
    """Return the ids of the people in what somebody sees of an entry: who acted, and whom it names."""
    fields, actor, data = _find_fields(view["type"]), view["actor"], view["data"]
    named = {found for name, value in data.items() if name in fields for found in _list(value)}
    if view["type"] == ActRefused.TYPE:
        named |= in_refusals.list_people(data.get("params", {}))
    return {*named, *(actor[name] for name in ("person", "behalf") if actor.get(name))}


def _find_fields(kind: str) -> frozenset[str]:
    return PEOPLE | PEOPLE_OF.get(kind, frozenset())


def _call(value: object, called: Mapping[str, str]) -> object:
    match value:
        case str():
            return called.get(value, value)
        case list():
            return [_call(item, called) for item in value]
        case dict():
            return {key: _call(item, called) for key, item in value.items()}
    return value


def _list(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _list(item)
        case dict():
            for item in value.values():
                yield from _list(item)
