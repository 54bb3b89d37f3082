"""What erasing a person needs to know: the duties they still have, and the contents that go with them."""

from collections.abc import AsyncIterator

from ledger.record import Ledger
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from selection.projections.erasable import personal_contents
from selection.projections.rows import ApplicationRow
from selection.round.state import RoundState
from selection.streams import ROUND, application_stream, round_stream


async def open_duties(ledger: Ledger, person: str) -> list[str]:
    """Return the streams in which something still rests on a person, in order.

    A task of theirs waits, they take part in an application that has not ended, or they are sealed as staff or
    approver of a round that has not.
    """
    found = {task.stream for task in await ledger.reading.open_tasks(person=person)}
    for listed in await ledger.reading.rounds():
        stream = round_stream(listed["round"])
        snapshot = await ledger.reading.snapshot(stream)
        assert snapshot is not None
        state = ROUND.load(snapshot.state)
        if state.ended:
            continue
        if person in _staff(state):
            found.add(stream)
        for stored in await ledger.reading.applications(state.round):
            row = ApplicationRow.model_validate(stored)
            if row.stage is not Stage.ENDED and person in (row.agent, *row.reviewers, *row.hands):
                found.add(application_stream(state.round, row.number))
    return sorted(found)


async def contents_of(ledger: Ledger, person: str) -> tuple[str, ...]:
    """Return the contents that go with a person, by the rule of the core; those erased before are left out."""
    leaves = [leaf async for leaf in _all_leaves(ledger)]
    named = personal_contents(leaves, person, await ledger.contents.list_stored_by(person))
    cards = await ledger.contents.cards(named)
    return tuple(item for item in named if item in cards and cards[item].erased_at is None)


def _staff(state: RoundState) -> set[str]:
    if state.sealed is None:
        return set()
    posts = state.sealed.staff
    levels = [person for level in state.sealed.approval for person in level.approvers]
    return {*posts.officers, *posts.supervisors, *posts.auditors, *posts.admins, *levels}


async def _all_leaves(ledger: Ledger) -> AsyncIterator[Leaf]:
    for log in await ledger.reading.logs():
        async for entry in ledger.reading.all_entries(log):
            yield entry.leaf
