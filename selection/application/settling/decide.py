"""Decide on a panel that cannot be filled: an officer and a supervisor, each by their own act (docs/decisions/0062)."""

from datetime import datetime

from selection.application.preconditions import require_terms
from selection.application.settling.commands import SettlePanel
from selection.application.settling.events import (
    ApplicationNotReviewed,
    PanelLowered,
    PanelSettlementEntered,
)
from selection.application.settling.shortage import count_most, describe_panel, list_members, refuse_untried
from selection.application.state import ApplicationState, Settling
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.reference import Decision
from selection.kernel.actor import Actor
from selection.kernel.stages import Stage
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.rules.sections import FLOOR


def settle_panel(state: ApplicationState, command: SettlePanel, context: Context) -> tuple[Event, ...]:
    """Enter what one of the two would do; once the other has entered the same, it is done.

    What was entered of a panel that has changed since counts no more. In the review as many scores are enough as there
    are, no fewer; in the appraisal as many as can meet, or fewer if they do not come; a first draw seats as many as are
    agreed on. No panel is given up, or lowered, that could meet and was not called together.
    """
    terms = require_terms(context)
    most = count_most(state, context, terms)
    refuse_untried(state, command.way, context, terms)
    fewer = command.way == "fewer"
    least = most if state.stage is Stage.REVIEW else FLOOR
    if fewer and not max(least, FLOOR) <= command.scores <= most:
        raise Refused("too-few-scores", least=str(FLOOR), most=str(most))
    if not fewer and command.scores:
        raise Refused("too-few-scores", least="0", most="0")
    basis, actor = describe_panel(state), context.actor
    entry = Settling(person=actor.person, way=command.way, scores=command.scores, basis=basis)
    if state.settling.get(actor.role.value) == entry:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    entered = PanelSettlementEntered(
        way=command.way, scores=command.scores, basis=basis, reason=command.reason
    )
    if not _has_agreed(state, entry, actor):
        return (entered,)
    if fewer:
        return (entered, PanelLowered(scores=command.scores))
    return (entered, ApplicationNotReviewed(reason=command.reason))


def _has_agreed(state: ApplicationState, entry: Settling, actor: Actor) -> bool:
    """Tell whether another person entered the same of the same panel, in the other role."""
    others = (other for role, other in state.settling.items() if role != actor.role.value)
    return any(other.person != actor.person and other == entry.with_(person=other.person) for other in others)


def ask_about_panel(
    state: ApplicationState, actor: Actor, command: SettlePanel, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask what the round's last draw found, and who of the panel is still registered."""
    as_it_stands = Decision(stream=f"round/{state.round}", version=0)
    return FactsRequest(decision=as_it_stands, people=list_members(state))


DECIDES: dict[type[Command], Decider[ApplicationState]] = {SettlePanel: settle_panel}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {SettlePanel: ask_about_panel}
