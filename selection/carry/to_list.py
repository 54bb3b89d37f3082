"""What an application's entry asks of the list that recommended it: to free its place, and why."""

from selection.application.intake.events import ApplicationSubmitted, ApplicationWithdrawn
from selection.application.state import ApplicationState
from selection.decision.aggregate import ActRefused, LateRefusal, event_of
from selection.decision.facts import Facts
from selection.decision.reference import CitedDecision, Decision
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.recommendation.commands import FreeRecommendation
from selection.recommendation.state import Listed, ListState
from selection.refusals.refused import Refused

GONE = "unknown-application"


def command_for(state: ListState, facts: Facts) -> Frozen:
    """Return the act that frees the place of an application which did not keep its recommendation.

    Raises Refused `not-entitled` for an application that keeps it, or that the list does not hold.
    """
    cited = facts.cited
    number = _number_of(state, cited)
    entry = state.entry(number) if number else None
    if cited is None or entry is None:
        raise Refused("not-entitled", roles="the engine, on a recorded decision")
    refusal = _refusal(state, entry, cited)
    if refusal is not None:
        return FreeRecommendation(
            application=number,
            revision=entry.revision,
            why=refusal.code,
            refused=True,
            params=refusal.params,
        )
    why = _why(state, entry, cited)
    if not why:
        raise Refused("not-entitled", roles="the engine, on a recorded decision")
    return FreeRecommendation(application=number, revision=entry.revision, why=why)


def late_refusal(state: ListState, command: Frozen) -> LateRefusal | None:
    """Return the refusal of the act that recommended an application which never took it.

    It names who recommended, or entered what came on paper, by the engine's word: they signed that, not that it came to
    nothing.
    """
    entry = state.entry(command.application) if isinstance(command, FreeRecommendation) else None
    if entry is None or not isinstance(command, FreeRecommendation) or not command.refused:
        return None
    by_officer = entry.entered_by != ""
    person, role = (entry.entered_by, Role.OFFICER) if by_officer else (entry.agent, Role.RECOMMENDER)
    kind = "recommend-on-paper" if by_officer else "recommend"
    return LateRefusal(
        actor=Actor(person=person, role=role, authority=SYSTEM.authority),
        command_id=entry.command_id,
        command_hash=entry.command_hash,
        refusal=ActRefused(kind=kind, code=command.why, params=command.params),
    )


def _number_of(state: ListState, cited: CitedDecision | None) -> str:
    if cited is None:
        return ""
    stream, _, number = cited.decision.stream.rpartition("/")
    return number if stream == f"application/{state.round}" else ""


def _why(state: ListState, entry: Listed, cited: CitedDecision) -> str:
    """Return why the application gave the recommendation up again; empty if it keeps it, or may yet take it."""
    application = cited.state
    if not isinstance(application, ApplicationState):
        return ""
    if (application.unit, application.recommended_revision) == (state.unit, entry.revision):
        return "ended" if application.ended else ""
    event = event_of(cited.leaf) if cited.leaf is not None else None
    if isinstance(event, ApplicationSubmitted) and event.revision > entry.revision:
        return "edited"
    gone = application.stage is Stage.WITHDRAWN or application.revision > entry.revision or application.ended
    return "withdrawn" if isinstance(event, ApplicationWithdrawn) and gone else ""


def _refusal(state: ListState, entry: Listed, cited: CitedDecision) -> ActRefused | None:
    """Return the refusal by which the application did not take this very recommendation, if that is what is cited.

    One that does not exist, or has ended before the list told it, left no refusal of its own.
    """
    application = cited.state
    if cited.leaf is None and cited.decision.answers != entry.decided:
        return None
    if not isinstance(application, ApplicationState):
        return ActRefused(kind="recommend", code=GONE)
    if (application.unit, application.recommended_revision) == (state.unit, entry.revision):
        # It took an earlier one of the same version, so it refuses what it has already.
        return None
    if cited.leaf is None:
        return ActRefused(kind="recommend", code="ended") if application.ended else None
    event = event_of(cited.leaf)
    decision = Decision.parse(str(cited.leaf.data["command_id"]))
    asked = Decision(stream=state.stream, version=entry.decided)
    return event if isinstance(event, ActRefused) and decision == asked else None
