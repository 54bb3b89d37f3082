"""What an application's entry asks of the list that recommended it: to free its place, and why."""

from selection.aggregate import ActRefused, event_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decisions import Cited, Decision
from selection.facts import Facts
from selection.model import Frozen
from selection.recommendation.commands import FreeRecommendation
from selection.recommendation.state import Listed, ListState
from selection.refusals import Refused
from selection.stages import Stage

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
    why = _why(state, entry, cited)
    if not why:
        raise Refused("not-entitled", roles="the engine, on a recorded decision")
    return FreeRecommendation(application=number, revision=entry.revision, why=why)


def _number_of(state: ListState, cited: Cited | None) -> str:
    if cited is None:
        return ""
    stream, _, number = cited.decision.stream.rpartition("/")
    return number if stream == f"application/{state.round}" else ""


def _why(state: ListState, entry: Listed, cited: Cited) -> str:
    """Return why the application does not keep what the list holds of it; empty if it does, or may yet."""
    application = cited.state
    if not isinstance(application, ApplicationState):
        return GONE
    if application.ended:
        return _refused(state, entry, cited) or "ended"
    if (application.unit, application.recommended_revision) == (state.unit, entry.revision):
        return ""
    event = event_of(cited.leaf) if cited.leaf is not None else None
    if isinstance(event, a.ApplicationSubmitted) and event.revision > entry.revision:
        return "edited"
    gone = application.stage is Stage.WITHDRAWN or application.revision > entry.revision
    if isinstance(event, a.ApplicationWithdrawn) and gone:
        return "withdrawn"
    return _refused(state, entry, cited)


def _refused(state: ListState, entry: Listed, cited: Cited) -> str:
    """Return the code by which the application refused this very recommendation, if that is what is cited."""
    if cited.leaf is None:
        return ""
    event = event_of(cited.leaf)
    told = Decision.named(str(cited.leaf.data["command_id"]))
    asked = Decision(stream=state.stream, version=entry.decided)
    return event.code if isinstance(event, ActRefused) and told == asked else ""
