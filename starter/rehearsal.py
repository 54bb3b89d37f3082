"""What an act would bring, decided by the core on what the record holds now, with nothing sent or recorded."""

from datetime import UTC, datetime
from typing import Any

from activities.facts import FactsReader
from activities.messages import FactsQuery
from selection.actor import Actor, Role
from selection.aggregate import Context, Event
from selection.facts import Facts, FactsRequest
from selection.model import Frozen, Ref
from selection.streams import aggregate
from starter.nobody import why_nobody
from starter.session import Session

UNSTORED = Ref(id="dry-run", sha256="0" * 64)
"""Stands for a text in a rehearsal, where nothing is stored."""


async def facts_for(session: Session, round_id: str, stream: str, request: FactsRequest) -> Facts:
    """Return facts of the record as a workflow would be told them."""
    query = FactsQuery(round=round_id, stream=stream, request=request)
    return await FactsReader(session.ledger).read(query)


async def rehearse(
    session: Session, round_id: str, stream: str, command: Frozen, role: Role, *, dry_run: bool = True
) -> tuple[Event, ...]:
    """Return the events that the act would bring now. Raises Refused as the workflow would.

    That refusal leaves no trace in a dry run; without `dry_run` the act itself is refused by it, and it is recorded.
    """
    session.traced = dry_run
    folding = aggregate(stream)
    state: Any = await session.state(stream)
    if state.ended:
        raise await why_nobody(
            session.ledger,
            stream,
            person=session.person,
            kind_of_act=str(getattr(command, "kind")),  # noqa: B009
        )
    actor = Actor(person=session.person, role=role)
    now = datetime.now(UTC)
    known = await facts_for(session, round_id, stream, FactsRequest(terms=True, deadlines=True))
    asked = folding.needs(state, actor, command, now, known)
    facts = known.joined(await facts_for(session, round_id, stream, asked))
    return folding.decide(state, command, Context(actor, now, session.options.command_id, facts))
