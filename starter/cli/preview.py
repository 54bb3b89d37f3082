"""What an act would bring, decided by the core on what the record holds now, with nothing sent or recorded."""

from typing import Any

from activities.batches import targets_of
from ledger.decision.reads import Noted
from selection.decision.aggregate import Event, event_of
from selection.decision.command import kind_of
from selection.decision.envelope import Envelope
from selection.decision.facts import Candidate, FactsRequest
from selection.decision.machine import Act
from selection.decision.making import Outcome
from selection.decision.stream_state import StreamState
from selection.decision.views import AppraisedApplications
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen, Ref
from selection.round.state import RoundState
from selection.streams import round_stream
from starter.cli.session import Session
from starter.client.no_workflow import why_nobody

UNSTORED = Ref(id="dry-run", sha256="0" * 64)
"""Stands for a text in a rehearsal, where nothing is stored."""


async def rehearse(
    session: Session, stream: str, command: Frozen, role: Role, *, dry_run: bool = True
) -> tuple[Event, ...]:
    """Return the events that the act would bring now. Raises Refused as the record would.

    That refusal leaves no trace in a dry run; without `dry_run` the act itself is refused by it, and it is recorded.
    """
    outcome = await _foresee(session, stream, command, role, dry_run=dry_run)
    mine = session.options.command_id
    return tuple(event_of(leaf) for leaf in outcome.leaves if leaf.data["command_id"] == mine)


async def foresee(
    session: Session, round_id: str, command: Frozen, role: Role
) -> tuple[RoundState, frozenset[str]]:
    """Return the round as the act would leave it, and the numbers of the applications that it then acts on.

    They are those that stand where the decision applies now; until the act is done, others may come and go.
    Raises Refused as the record would.
    """
    outcome = await _foresee(session, round_stream(round_id), command, role, dry_run=True)
    after = outcome.state
    assert isinstance(after, RoundState)
    streams = await targets_of(session.ledger, after)
    return after, frozenset(stream.rsplit("/", 1)[-1] for stream in streams)


async def candidates(session: Session, round_id: str) -> tuple[Candidate, ...]:
    """Return the applications that a proposal would choose among now."""
    place = Noted(round_id, round_stream(round_id))
    facts = await session.ledger.facts.read(FactsRequest(view=AppraisedApplications()), place)
    return facts.candidates


async def _foresee(
    session: Session, stream: str, command: Frozen, role: Role, *, dry_run: bool
) -> Outcome[StreamState]:
    session.traced = dry_run
    state: Any = await session.state(stream)
    if state.ended:
        raise await why_nobody(
            session.ledger,
            stream,
            person=session.person,
            kind_of_act=kind_of(command),
        )
    envelope = Envelope(
        stream=stream,
        command_id=session.options.command_id,
        actor=Actor(person=session.person, role=role),
        command=command.model_dump(mode="json"),
    )
    outcome = await session.ledger.deciding.foresee(stream, Act(envelope, rehearsed=True))
    if outcome.refused is not None:
        raise outcome.refused
    return outcome
