"""Writes docs/events.md from the models: `python -m tools.format_doc > docs/events.md`."""

import inspect
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime

from activities.messages import Answer, DecideRequest, StreamStart
from selection.application.state import ApplicationState
from selection.decision.envelope import Envelope
from selection.decision.reference import Decision
from selection.draw.inputs import DrawInputs
from selection.draw.panels import Drawn
from selection.forms.built_in import BUILT_IN
from selection.forms.form import Form
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.model import Ref, Value, fields_of
from selection.kernel.proof import Signed
from selection.projections.origins import ORIGINS
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState
from selection.streams import event_types

_HEAD = """# Events and payloads

<!-- Written by `python -m tools.format_doc > docs/events.md` from the models in the code. Change those, not this
file: a test keeps them equal. -->

The shapes that [format.md](format.md) refers to: the `data` of every type of entry, what is compared in histories, and
what draws are made of. In what the engine writes every field is there unless "may be absent" is said; the `data` of an
entry has `command_id` besides, that of a person's act also `command_hash`. A type is for good: what has another shape
has another name. [F], [N] and [D] tell where a rule is from: a published fact, the pattern of a neighbouring scheme, a
default of this project.

| written as | in JSON |
|---|---|
| instant | string, ISO 8601 in UTC, ending in `Z` |
| date | string, `YYYY-MM-DD` |
| base64 | string, bytes in base64 |
| duration | string, ISO 8601: `PT15M` |
| decimal | string; compared as a number, never rounded |
| leaf, reference | objects, see [format.md](format.md#leaf) |
| object of X | object with any keys, whose values are X |
"""
_IN_HISTORIES = """## What histories hold

Inputs and results of activities, updates and runs, as JSON; what a local activity was asked, its replay tells.
"""
_STREAMS = {
    "application": "`application/<round>/<number>`",
    "round": "`round/<round>`",
    "recommendation": "`recommender/<round>/<unit>`",
    "archive": "`archive/<round>`",
    "decision": "each of a workflow",
    "register": "`installation`",
}
_PAYLOADS: tuple[type[Value], ...] = (Envelope, Receipt, Decision, DecideRequest, Answer, StreamStart)
_PROOFS: tuple[type[Value], ...] = (Signed,)
_STATES: tuple[type[Value], ...] = (RoundState, ListState, ApplicationState, RegisterState)
_DRAWS: tuple[type[Value], ...] = (DrawInputs, Drawn)
_WORDS: dict[type, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    bytes: "base64",
    Decimal: "decimal",
    datetime: "instant",
    AwareDatetime: "instant",
    date: "date",
    timedelta: "duration",
    Leaf: "leaf",
    Ref: "reference",
    NoneType: "null",
}


def document() -> str:
    """Return the whole document as Markdown, ending with a newline."""
    events = event_types()
    top = (*events.values(), *_PAYLOADS, *_PROOFS, *_STATES, *_DRAWS)
    inner = sorted(set(_inner(top)) - {*top, Ref, Leaf}, key=lambda model: model.__name__)
    parts = (
        _HEAD,
        _overview(events),
        *(f"## `{name}`\n\n{_describe(events[name])}" for name in sorted(events)),
        _IN_HISTORIES,
        *map(_write_model, _PAYLOADS),
        "## Proofs\n\nWhat the first entry of an act holds of its signatures: see [format.md](format.md#proof).\n",
        *map(_write_model, _PROOFS),
        "## States\n\nWhat the entries of a stream fold to.\n",
        *map(_write_model, _STATES),
        "## Draws\n",
        *map(_write_model, _DRAWS),
        "## Objects within\n",
        *map(_write_model, inner),
        "## Built-in forms\n\nWhere the rules have none of this name; of each field what is not its default.\n",
        *(_write_form(name, form) for name, form in BUILT_IN.items()),
    )
    return "\n".join(parts)


def _overview(events: Mapping[str, type[Value]]) -> str:
    lines = ["## Types of entries\n", "| type | origin | stream |", "|---|---|---|"]
    for name in sorted(events):
        module = events[name].__module__.split(".")
        stream = _STREAMS[module[1]]
        lines.append(f"| `{name}` | {ORIGINS[name].value} | {stream} |")
    return "\n".join(lines) + "\n"


def _write_model(model: type[Value]) -> str:
    return f"### {model.__name__}\n\n{_describe(model)}"


def _write_form(name: str, form: Form) -> str:
    lines = [f"### {form.version}\n", f"The form `{name}`.\n", "| section | field |", "|---|---|"]
    for section in form.sections:
        for field in section.fields:
            told = json.dumps(field.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
            lines.append(f"| `{section.code}` | `{told}` |")
    return "\n".join(lines) + "\n"


def _describe(model: type[Value]) -> str:
    """Return what a model means and its fields, with the command id that every entry's data has."""
    lines = [inspect.cleandoc(model.__doc__ or ""), ""]
    if fields_of(model):
        lines += ["| field | type |", "|---|---|"]
    for name, field in fields_of(model).items():
        absent = ", may be absent" if field.exclude_if else ""
        lines.append(f"| `{name}` | {_word(field.annotation)}{absent} |")
    return "\n".join(lines).rstrip() + "\n"


def _word(kind: Any) -> str:
    """Return how a type is written in the tables."""
    base, inner = get_origin(kind), get_args(kind)
    if base is Annotated:
        return _word(inner[0])
    if base is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if base in (Union, UnionType):
        words = [_word(item) for item in inner]
        return (", or " if any(" " in word for word in words) else " or ").join(words)
    if base is tuple:
        return f"list of {_within(inner[0])}"
    if base is dict:
        return f"object of {_within(inner[1])}"
    if kind is Any:
        return "anything"
    if issubclass(kind, Enum):
        return "one of " + ", ".join(f"`{item.value}`" for item in kind)
    if kind in _WORDS:
        return _WORDS[kind]
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _within(kind: Any) -> str:
    word = _word(kind)
    return f"({word})" if " or " in word else word


def _inner(models: Iterable[type[Value]]) -> Iterator[type[Value]]:
    """Yield every model that is a field of these, at any depth."""
    known = set(models)
    waiting = list(models)
    while waiting:
        for field in fields_of(waiting.pop()).values():
            found = {item for item in _models_in(field.annotation) if item not in known}
            known |= found
            waiting += found
            yield from found


def _models_in(kind: Any) -> Iterator[type[Value]]:
    if isinstance(kind, type) and issubclass(kind, Value):
        yield kind
    for item in get_args(kind):
        yield from _models_in(item)


if __name__ == "__main__":
    sys.stdout.write(document())
