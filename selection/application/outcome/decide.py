"""Decide on how an application ends: with the issued list, or with its round (docs/process-sources.md, stage 11)."""

from selection.application.outcome.commands import CancelWithRound, Issue
from selection.application.outcome.events import (
    ApplicationCancelled,
    ApplicationListed,
    ApplicationNotSelected,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.kernel.stages import Stage
from selection.process.room import Decider
from selection.refusals.refused import Refused


def issue(state: ApplicationState, command: Issue, context: Context) -> tuple[Event, ...]:
    """Carry out the issued list for this application, once no reported conflict waits for a ruling."""
    if state.holding_reports:
        raise Refused("still-open", count=str(len(state.holding_reports)), stage="report")
    if command.place > 0:
        if state.stage is not Stage.CLEARED:
            raise Refused("wrong-stage", wanted=Stage.CLEARED.value, stage=state.stage.value)
        # What stood in the notice was published by it.
        public = None if state.noticed else state.public
        return (ApplicationListed(place=command.place, proposal=command.proposal, public=public),)
    return (ApplicationNotSelected(proposal=command.proposal),)


def cancel(state: ApplicationState, command: CancelWithRound, context: Context) -> tuple[Event, ...]:
    """End the application with its round."""
    return (ApplicationCancelled(reason=command.reason),)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    Issue: issue,
    CancelWithRound: cancel,
}
