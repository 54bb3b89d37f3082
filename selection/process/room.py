"""The shape of a room: all that is particular to one stage of an application, or to one kind of stream.

A room's package defines each part once; its `room.py` gathers them; `selection/rooms.py` lists the rooms and
refuses, while it is imported, a room in which something of an act or of an event was left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Never, TypeVar

from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Names
from selection.process.letter import Texts, Writer
from selection.process.task import OpenTask
from selection.process.transitions import Step
from selection.rules.terms import Terms

S = TypeVar("S", bound=StreamState, contravariant=True)

# Command and event are Any in these and in Writer alone: the key of a table tells which they are, and no type of a
# table can say so.
Decider = Callable[[S, Any, Context], tuple[Event, ...]]
"""From state, command and context to the events of the act; raises Refused."""
Needs = Callable[[S, Actor, Any, datetime, Facts], FactsRequest]
"""From state, actor, command, instant and the facts known so far to those that the decision needs besides."""
Fold = Callable[[S, Any, Leaf], dict[str, object]]
"""From state, event and its leaf to what changes of the state."""
Follow = Callable[[S, Context, Terms], tuple[Event, ...]]
"""From the state after an act to what follows from it at once."""
Wait = Callable[[S, Terms, Facts], Due | None]
"""From a state to the next deadline that it waits for."""
Settle = Callable[[S, Due, Context, Terms], tuple[Event, ...]]
"""From a state and the deadline that passed to what it brings."""
Tasks = Callable[[S], list[OpenTask]]
"""From a state to what is awaited of people."""
Pairs = tuple[tuple[str, str], ...]
"""One sentence or more in (English, Chinese), from the most that can be said to the least."""


def ask_nothing(state: object, actor: Actor, command: Command, at: datetime, facts: Facts) -> FactsRequest:
    """Return that a decision needs nothing beside the state: said where each command has to say what it needs."""
    return FactsRequest()


@dataclass(frozen=True)
class Room(Generic[S]):
    """The parts of one room. `package` is where they are; what a room has nothing of is left out.

    `origin` is who puts its events into the record: the ORIGIN of each of them.

    `decides` tells the command's decision, `needs` what it has to know besides; `folds` what an event changes;
    `waits` (by stage) and `settles` (by deadline) what time brings; `follows` what comes with any act. `timeline`
    holds the sentences of what happened, `refusals` those of why something did not; `writes` who gets a letter of
    an event, `letters` what it says; `tasks` (by stage) and `side_tasks` (in any stage) who is awaited, and
    `task_names` for what. `labels` is what pages say of an act: its name by its kind, and its parts by
    `kind.guidance`, `kind.field`, `kind.field.help` and `kind.field.value`; `values`, by the field, what the codes in
    its sentences are called.
    """

    package: str
    origin: str = "workflow"
    commands: tuple[type[Command], ...] = ()
    ways: tuple[Step, ...] = ()
    decides: Mapping[type[Command], Decider[S]] = field(default_factory=dict)
    needs: Mapping[type[Command], Needs[S]] = field(default_factory=dict)
    folds: Mapping[type[Event], Fold[S]] = field(default_factory=dict)
    follows: tuple[Follow[S], ...] = ()
    waits: Mapping[str, Wait[S]] = field(default_factory=dict)
    settles: Mapping[DueName, Settle[S]] = field(default_factory=dict)
    timeline: Mapping[str, Pairs] = field(default_factory=dict)
    refusals: Names = field(default_factory=dict)
    writes: Mapping[type[Event], Writer[S]] = field(default_factory=dict)
    letters: Texts = field(default_factory=dict)
    tasks: Mapping[str, Tasks[S]] = field(default_factory=dict)
    side_tasks: tuple[Tasks[S], ...] = ()
    task_names: Names = field(default_factory=dict)
    labels: Names = field(default_factory=dict)
    values: Mapping[str, Names] = field(default_factory=dict)


AnyRoom = Room[Never]
"""A room of whatever kind of stream, for who calls nothing of it."""
