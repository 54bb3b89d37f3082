"""Collect what a draw depends on, as the record has it at this moment."""

from datetime import datetime

from ledger.log.reading import Reading
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from selection.decision.facts import PersonFact
from selection.draw.inputs import DrawInputs
from selection.draw.pool import ask_relations, draw_inputs
from selection.kernel.actor import Role
from selection.round.state import RoundState
from selection.streams import APPLICATION


async def collect_inputs(
    reading: Reading,
    people: People,
    state: RoundState,
    relations: RelationsReader,
    at: datetime,
) -> DrawInputs:
    """Return the draw's inputs, out of the applications' states and the register of people, as of an instant."""
    assert state.sealed is not None
    eligible = [APPLICATION.load(text) async for text in reading.states(state.round, "eligible")]
    reviewed = [APPLICATION.load(text) async for text in reading.states(state.round, "review")]
    reviewed += [APPLICATION.load(text) for text in await reading.fresh_panels(state.round)]
    register = [
        PersonFact.model_validate(item.model_dump(mode="json", include=set(PersonFact.model_fields)))
        for item in await people.find(Role.EXPERT)
        if item.person not in state.besides_reviewers
    ]
    asked = ask_relations((item.person for item in register), (*eligible, *reviewed))
    related = await relations.read(state.round, asked)
    return draw_inputs(state.current, eligible, reviewed, register, related, at)
