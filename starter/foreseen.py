"""Which applications a decision of a round would be carried out on, with nothing sent or recorded."""

from collections.abc import Iterable
from datetime import UTC, datetime

from activities.batches import targets_of
from selection.actor import Actor, Role
from selection.aggregate import Event, leaf_of
from selection.model import Frozen
from selection.round.decide import ROUND
from selection.round.state import RoundState
from selection.streams import round_stream
from starter.rehearsal import rehearse
from starter.session import Session


async def foreseen(
    session: Session, round_id: str, command: Frozen, role: Role
) -> tuple[RoundState, frozenset[str]]:
    """Return the round as the act would leave it, and the numbers of the applications that it then acts on.

    They are those that stand where the decision applies now; until the act is done, others may come and go.
    Raises Refused as the workflow would.
    """
    events = await rehearse(session, round_id, round_stream(round_id), command, role)
    actor = Actor(person=session.person, role=role)
    after = _folded(await session.round(round_id), events, actor, session.options.command_id)
    streams = await targets_of(session.ledger, after)
    return after, frozenset(stream.rsplit("/", 1)[-1] for stream in streams)


def _folded(state: RoundState, events: Iterable[Event], actor: Actor, command_id: str) -> RoundState:
    at = datetime.now(UTC)
    for event in events:
        leaf = leaf_of(event, state=state, offset=1, actor=actor, at=at, command_id=command_id)
        state = ROUND.evolve(state, leaf)
    return state
