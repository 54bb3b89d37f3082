"""Which code decides an act or what time brings, found in the rooms, and which test comes through it, by a table."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from selection.kernel.model import Frozen
from selection.process.room import AnyRoom
from selection.process.transitions import LEFT_OUT, LOOKS, Step
from selection.rooms import ROOMS
from selection.streams import aggregate

_FILE = Path(__file__).with_name("process_acts.yaml")
_KINDS = {
    "selection.round": "round",
    "selection.recommendation": "recommender",
    "selection.register": "installation",
    "selection.archive": "archive",
}
SHOWN = {"invitation": "respond"}
"""Deadlines that the stage tables call by another name than what settles them."""


class StepRow(Frozen):
    """What no code tells of a step: a test that comes through it, FILE:NAME; its rules, where no sentence has them."""

    test: str
    rule: tuple[str, ...] = ()


@cache
def read_rows() -> Mapping[str, StepRow]:
    """Return what is known of each step, by its key."""
    data: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    rows = ((f"{kind} {cause}", item) for kind, steps in data.items() for cause, item in steps.items())
    return {key: StepRow.model_validate(item) for key, item in rows}


@cache
def find_code() -> Mapping[str, str]:
    """Return where each step is decided, FILE:NAME, by its key: `KIND-OF-STREAM CAUSE`, and see `key_of`."""
    found: dict[str, str] = {}
    for room in ROOMS:
        kind = kind_of(room)
        found |= {f"{kind} {command.ACT.kind}": _place(decide) for command, decide in room.decides.items()}
        for name, settle in room.settles.items():
            found[f"{kind} deadline {SHOWN.get(name, name)}"] = _place(settle)
        for step in room.ways:
            found.setdefault(key_of(room, step), _place(_of_no_act(room, step)))
    return found


def key_of(room: AnyRoom, step: Step) -> str:
    """Return under which key the tables have a step: its cause, and the room if the rules left out its stage."""
    of = f" {room.package.rpartition('.')[2]}" if step.cause == LEFT_OUT else ""
    return f"{kind_of(room)} {step.cause}{of}"


def kind_of(room: AnyRoom) -> str:
    """Return the kind of the streams that a room is of."""
    return _KINDS.get(room.package, "application")


def keys_of_steps() -> Mapping[tuple[str, Step], str]:
    """Return the key of each step, by the kind of its stream and the step."""
    return {(kind_of(room), step): key_of(room, step) for room in ROOMS for step in room.ways}


def _of_no_act(room: AnyRoom, step: Step) -> Callable[..., Any]:
    """Return what brings a step that no act does: a look, a deadline of the whole stream, a stage that is left out."""
    core = aggregate(kind_of(room))
    if step.cause in LOOKS:
        return core.advance
    if step.cause == LEFT_OUT:
        return next(follow for follow in room.follows if ":leave_out_" in _place(follow))
    return core.settle


def _place(function: Callable[..., Any]) -> str:
    return f"{function.__module__.replace('.', '/')}.py:{function.__qualname__}"
