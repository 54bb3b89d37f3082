"""Collect what a draw depends on, as the record has it at this moment."""

from ledger.log.reading import Reading
from ledger.people.register import People
from selection.decision.facts import PersonFact
from selection.draw.inputs import DrawInputs
from selection.draw.pool import draw_inputs
from selection.kernel.actor import Role
from selection.round.state import RoundState
from selection.streams import APPLICATION


async def collect_inputs(reading: Reading, people: People, state: RoundState) -> DrawInputs:
    """Return the draw's inputs, out of the applications' states and the register of people."""
    assert state.sealed is not None
    eligible = [APPLICATION.load(text) async for text in reading.states(state.round, "eligible")]
    reviewed = [APPLICATION.load(text) async for text in reading.states(state.round, "review")]
    register = [
        PersonFact.model_validate(item.model_dump(mode="json", include=set(PersonFact.model_fields)))
        for item in await people.find(Role.EXPERT)
    ]
    return draw_inputs(state.sealed, eligible, reviewed, register)
