"""Who may have histories kept, and how what was kept is told to the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from selection.archive.events import FOLDS, ArchivedRun, Cause, HistoriesArchived
from selection.archive.state import ArchiveState
from selection.decision.aggregate import Context, Due, Event
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Counted, Frozen
from selection.refusals.refused import Refused
from selection.refusals.unreadable import refuse_unreadable
from selection.rules.terms import Terms

RUNS_PER_EVENT = 50
"""A run takes a few hundred bytes, with the longest ids 600: an entry stays far below the limit of a leaf."""


# No command of the stage table: nobody asks for it by message, and its few roles are checked below.
class KeepHistories(Frozen):
    """Tell the record which runs an act kept; `complete` if these are the last, `open` how many it found open."""

    kind: Literal["keep-histories"] = "keep-histories"
    cause: Cause
    runs: tuple[ArchivedRun, ...]
    complete: Annotated[bool, Field(strict=True)]
    open: Counted


def parse(command: Mapping[str, object]) -> Frozen:
    """Return the typed command; raise Refused `unreadable`."""
    try:
        return KeepHistories.model_validate(command)
    except ValidationError as fault:
        raise refuse_unreadable(fault) from None


def needs(state: ArchiveState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return nothing: the terms, which name the round's auditors and admins, are known to every decision."""
    return FactsRequest()


def decide(state: ArchiveState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return one event for every fifty runs, at least one; raise Refused `unknown-round`, `not-entitled`."""
    if context.facts.terms is None:
        raise Refused("unknown-round")
    refuse_unentitled(context.actor, context.facts.terms)
    assert isinstance(command, KeepHistories)
    starts = range(0, max(len(command.runs), 1), RUNS_PER_EVENT)
    return tuple(
        HistoriesArchived(
            cause=command.cause,
            runs=command.runs[start : start + RUNS_PER_EVENT],
            complete=command.complete and start == starts[-1],
            open=command.open,
        )
        for start in starts
    )


def refuse_unentitled(actor: Actor, terms: Terms) -> None:
    """Raise Refused `not-entitled` for all but the engine and the round's auditors and admins."""
    named = {Role.AUDITOR: terms.auditors, Role.ADMIN: terms.admins, Role.SYSTEM: (SYSTEM.person,)}
    if actor.person not in named.get(actor.role, ()):
        raise Refused("not-entitled", roles="admin, auditor")


def due(state: ArchiveState, facts: Facts) -> Due | None:
    """Return None: no deadline ends an archive."""


def settle(state: ArchiveState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return nothing, as nothing is ever due."""
    return ()


def apply(state: ArchiveState, event: Event, leaf: Leaf) -> ArchiveState:
    """Return the archive after the event."""
    return state.with_(**FOLDS[type(event)](state, event, leaf))
