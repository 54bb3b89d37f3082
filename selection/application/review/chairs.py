"""Decide on who chairs a panel: two officers appoint, two supervisors replace (docs/process-sources.md, stage 7)."""

from datetime import datetime

from selection.application.preconditions import require_terms
from selection.application.review.commands import AppointChair, ReplaceChair
from selection.application.review.events import ChairAppointed, ChairReplaced
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused


def appoint_chair(state: ApplicationState, command: AppointChair, context: Context) -> tuple[Event, ...]:
    """Appoint a member who accepted as the chair of a panel that has none, for a reason.

    In rounds whose rules do not know how two replace a chair, this puts another in the place of one as well. Where they
    let one officer appoint, a reason is asked for once two supervisors removed somebody.
    """
    _refuse_as_chair(state, command.chair, context)
    levels = require_terms(context).assurance
    if state.chair and ReplaceChair.ACT.kind in levels:
        raise Refused("chair-in-place")
    if command.chair in state.unchaired:
        # Else officers would put back at once whom two supervisors removed.
        raise Refused("chair-removed")
    explained = state.unchaired or levels.get(AppointChair.ACT.kind) is Assurance.SIGNED_BY_TWO
    if explained and command.reason is None:
        raise Refused("chair-unexplained")
    return (ChairAppointed(chair=command.chair, reason=command.reason),)


def replace_chair(state: ApplicationState, command: ReplaceChair, context: Context) -> tuple[Event, ...]:
    """Put another member who accepted in the chair's place, or nobody, so that officers appoint somebody else.

    Where there is no chair it takes a member: of those who were removed an officer could appoint nobody.
    """
    if command.chair:
        _refuse_as_chair(state, command.chair, context)
    elif not state.chair:
        raise Refused("no-chair")
    return (ChairReplaced(former=state.chair, chair=command.chair, reason=command.reason),)


def _refuse_as_chair(state: ApplicationState, person: str, context: Context) -> None:
    seat, fact = state.seat_of(person), context.facts.people.get(person)
    if seat is None or seat.status not in ("accepted", "submitted"):
        raise Refused("no-such-seat")
    if fact is not None and not fact.active:
        # Their review counts on, but the panel would wait for somebody who can do nothing more.
        raise Refused("unknown-person")
    if state.chair == person:
        raise Refused("already-done", version=str(state.version), stream=state.stream)


def ask_about_chair(
    state: ApplicationState, actor: Actor, command: AppointChair | ReplaceChair, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of whoever is to chair."""
    return FactsRequest(people=(command.chair,) if command.chair else ())
