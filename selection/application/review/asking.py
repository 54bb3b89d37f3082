"""What a ruling on a conflict has to know of the register."""

from datetime import datetime

from selection.application.review.commands import RuleOnConflict
from selection.application.state import ApplicationState
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor


def ask_about_bound(
    state: ApplicationState, actor: Actor, command: RuleOnConflict, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask through whose hands those came into the register of whom data shows the conflict that is ruled on."""
    report = state.open_reports.get(command.report)
    return FactsRequest(registered=report.bound if report is not None else ())
