"""Collect what a draw depends on, as the record has it at this moment."""

from ledger.record import Ledger
from selection.actor import Role
from selection.application.decide import APPLICATION
from selection.drawing_pool import draw_inputs
from selection.facts import PersonFact
from selection.panel import DrawInputs
from selection.round.state import RoundState


async def collect_inputs(ledger: Ledger, state: RoundState) -> DrawInputs:
    """Return the draw's inputs, out of the applications' states and the register of people."""
    assert state.sealed is not None
    eligible = [APPLICATION.load(text) async for text in ledger.reading.states(state.round, "eligible")]
    reviewed = [APPLICATION.load(text) async for text in ledger.reading.states(state.round, "review")]
    people = [
        PersonFact.model_validate(item.model_dump(mode="json", include=set(PersonFact.model_fields)))
        for item in await ledger.people.find(Role.EXPERT)
    ]
    return draw_inputs(state.sealed, eligible, reviewed, people)
