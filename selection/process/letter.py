"""What an event sends: letters to people, decisions for other streams, and calls to look at the record.

Letters hold ids, codes and instants, and what a centre and its host unit are called where their reader may see it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from selection.decision.aggregate import Event, S
from selection.decision.reference import Decision
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class Letter(Frozen):
    """A mail to a person. With `due` it waits until then; with `task` it is sent only if that is still open.

    With `identity`, the hash of one that the person is or was registered with, it goes to the address of that one,
    whatever is registered when it is sent.
    """

    key: str
    to: str
    template: str
    params: dict[str, str]
    due: Instant | None = None
    task: str | None = None
    identity: Annotated[str, Field(exclude_if=lambda identity: not identity)] = ""


class Message(Frozen):
    """A decision that another workflow is to carry out, delivered at least once; its name makes it one act."""

    key: str
    workflow_id: str
    decision: Decision


class Wake(Frozen):
    """A signal that asks a round to look at the record."""

    round: str
    stage: str


class Broadcast(Frozen):
    """A mail to everyone whom deadlines of a round concern, as the record has it when the entry comes.

    These are the applicants of applications that have not ended, whoever has a task that is due with one of them, and,
    where the intake is among them, who recommends for one of `units`. Nobody in `besides` is written to twice. One that
    names a kind of `task` goes to those alone who recommend for a unit for which one waits.
    """

    key: str
    template: str
    params: dict[str, str]
    deadlines: tuple[str, ...]
    units: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    task: str = ""


class Touch(Frozen):
    """That an entry of the register tells of a person or a unit: running applications that it may bind look at it.

    Which they are, the record says when the entry comes: those in which the person has a hand, or that concern the unit
    or one below it, by who applies or by whom it employs or employed. Nobody is bound by what says no more than was
    known: the same `employer`, or no other `parents`; a tie that is declared of somebody who is `tied` always may.
    Whether the person is `active` concerns them once it changes.
    """

    person: str = ""
    employer: str = ""
    tied: bool = False
    active: bool = True
    unit: str = ""
    parents: tuple[str, ...] = ()


Outgoing = Letter | Message | Wake | Broadcast | Touch

Writer = Callable[[Any, S], Sequence[Letter | Broadcast]]
"""From an event and the state after it to the letters that it sends."""

Texts = dict[str, dict[str, tuple[str, str]]]
"""Template -> language -> (subject, body)."""


def letters_to(people: Iterable[str], template: str, params: dict[str, str]) -> list[Letter]:
    """Return one letter to each of these people."""
    return [
        Letter(key=f"{template}/{person}", to=person, template=template, params=params) for person in people
    ]


def params_of(event: Event, fields: dict[str, str]) -> dict[str, str]:
    """Return a letter's parameters, read off an event: name -> the event's field."""
    return {name: _text(getattr(event, attribute)) for name, attribute in fields.items()}


def _text(value: object) -> str:
    if isinstance(value, tuple | dict):
        return ", ".join(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else str(value)
