"""Decisions of a round before they are made: what they would bring, and the proposal that they are about."""

from reading.rehearsals import RehearsalResult
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from starter.cli.session import Session


async def rehearse(
    session: Session, round_id: str, command: Frozen, role: Role, *, dry_run: bool = True
) -> RehearsalResult:
    """Return what the act would bring now. Raises Refused as the record would.

    That refusal leaves no trace in a dry run; without `dry_run` the act itself is refused by it, and it is recorded.
    """
    session.traced = dry_run
    mine = session.options.command_id
    return await session.reads.rehearsals.rehearse(await session.subject(), round_id, command, role, mine)


async def get_proposal(session: Session, round_id: str, named: int | None) -> int:
    """Return the proposal that the person named, or the present one; 0 for who may not know of it."""
    if named is not None:
        return named
    return (await session.reads.rounds.get(await session.subject(), round_id)).row.proposal
