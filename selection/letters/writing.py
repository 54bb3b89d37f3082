"""What a recorded event sends; pure, and recorded with the event. The rooms say which letters, in their letters.py."""

from typing import Any

from selection.application.agents.events import AgentReplaced
from selection.application.intake.events import ApplicationSubmitted, ApplicationWithdrawn
from selection.application.leaving.events import ApplicationGivenUp, ApplicationRuledOut
from selection.application.letters import to
from selection.application.notice.events import ObjectionReopened
from selection.application.reversing.events import ConflictReopened, DecisionReversed
from selection.application.review.score_events import ConflictRuled
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event, event_of
from selection.decision.reference import Decision
from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Outcome, Stage
from selection.process.letter import (
    Broadcast as Broadcast,
    Letter as Letter,
    Message as Message,
    Outgoing as Outgoing,
    Touch as Touch,
    Wake as Wake,
    Writer,
)
from selection.register.events import PersonRegistered, TieDeclared
from selection.register.unit_events import UnitRegistered
from selection.rooms import ROOMS

_WRITERS: dict[type[Event], Writer[Any]] = {
    event: write for room in ROOMS for event, write in room.writes.items()
}

PROPOSED = (Stage.PROPOSED, Stage.RESERVE, Stage.NOTICE, Stage.CLEARED)
"""Where an application stands whose round has made a proposal."""

TEMPLATES = tuple(sorted(template for room in ROOMS for template in room.letters))


def list_outgoing(before: StreamState, leaf: Leaf, after: StreamState) -> tuple[Outgoing, ...]:
    """Return what a recorded event sends, given the stream's state before and after it."""
    event = event_of(leaf)
    write = _WRITERS.get(type(event))
    letters = tuple(write(event, after)) if write else ()
    if isinstance(after, ApplicationState):
        assert isinstance(before, ApplicationState)
        return (*letters, *_free_place(before, leaf, event, after), *_wake_round(before, event, after))
    if isinstance(event, PersonRegistered):
        own = Touch(person=event.person, employer=event.employer, tied=bool(event.ties), active=event.active)
        others = dict.fromkeys(tie.other for tie in event.ties if tie.other)
        return (*letters, own, *(Touch(person=person, tied=True) for person in others))
    if isinstance(event, TieDeclared) and event.holds:
        # Whom they name by their own word that does not bind.
        return (*letters, Touch(person=event.person, tied=True))
    if isinstance(event, UnitRegistered) and event.parents:
        return (*letters, Touch(unit=event.code, parents=event.parents))
    return letters


def _free_place(
    before: ApplicationState, leaf: Leaf, event: Event, after: ApplicationState
) -> tuple[Letter | Message, ...]:
    """Return the message that frees the place on the unit's list after an edit or a withdrawal, and who is told."""
    if before.stage is not Stage.RECOMMENDED or not isinstance(
        event, ApplicationSubmitted | ApplicationWithdrawn | ApplicationGivenUp | ApplicationRuledOut
    ):
        return ()
    unit_list = f"recommender/{after.round}/{before.unit}"
    freed = Message(
        key="free", workflow_id=unit_list, decision=Decision(stream=after.stream, version=leaf.version)
    )
    if after.ended:
        # Who recommended it is told of its end as everyone is.
        return (freed,)
    edited = isinstance(event, ApplicationSubmitted)
    template = "recommended-edited" if edited else "recommended-withdrawn"
    # Who recommended the former version may not see this one: its region may be another.
    letters = to([before.recommended_by], template, before, unit=before.unit)
    return (freed, *letters)


def _may_bind(event: Event) -> bool:
    """Tell whether somebody may be bound to an application by an entry of its own. A void dismissal counts no more."""
    ruled = isinstance(event, ConflictRuled) and event.upheld
    return ruled or isinstance(event, ConflictReopened | AgentReplaced)


def _wake_round(before: ApplicationState, event: Event, after: ApplicationState) -> tuple[Wake, ...]:
    """Return the wake for a round that has to hear of one item, while others still stand where it stood.

    One was held and its objections have ended, it ended while the round decides on what is clear, or a decision on it,
    or on an objection against it, was reversed while it stood in a proposal. Or what binds people to it changed there,
    by which somebody who approved may have a conflict of interest: a ruling, one that is void, or another agent.
    """
    if before.stage in PROPOSED and (isinstance(event, DecisionReversed) or _may_bind(event)):
        return (Wake(round=after.round, stage=before.stage.value),)
    if isinstance(event, DecisionReversed) and before.ended:
        # It failed a check that was made again under a proposal, and comes back.
        return (Wake(round=after.round, stage=before.stage.value),)
    if isinstance(event, ObjectionReopened) and (before.stage is Stage.CLEARED or before.ended):
        return (Wake(round=after.round, stage=before.stage.value),)
    if before.stage is Stage.HELD and after.stage is not Stage.HELD:
        return (Wake(round=after.round, stage=Stage.HELD.value),)
    ended = before.stage is Stage.CLEARED and after.outcome in (Outcome.GIVEN_UP, Outcome.RULED_OUT)
    return (Wake(round=after.round, stage=Stage.CLEARED.value),) if ended else ()
