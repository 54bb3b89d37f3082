"""Decide on the application's place in the proposal (docs/process-sources.md, stage 8)."""

from selection.application.proposal.commands import PlaceInProposal
from selection.application.proposal.events import PlacedInProposal, PlacedInReserve
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.kernel.stages import Stage
from selection.process.room import Decider
from selection.refusals.refused import Refused


def place_in_proposal(
    state: ApplicationState, command: PlaceInProposal, context: Context
) -> tuple[Event, ...]:
    """Carry out the officer's proposal; an item whose notice passed stays cleared unless it was sent back."""
    if command.proposal == state.proposal:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if command.proposal < state.proposal:
        raise Refused("proposal-changed", current=str(state.proposal))
    if command.rank == 0:
        return (PlacedInReserve(proposal=command.proposal, reason=command.reason),)
    if command.reason is None:
        raise Refused("reason-missing", application=state.number)
    if state.stage is Stage.CLEARED and not command.again:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    return (PlacedInProposal(proposal=command.proposal, rank=command.rank, reason=command.reason),)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    PlaceInProposal: place_in_proposal,
}
