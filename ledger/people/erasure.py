"""What erasing a person needs to know: the duties they still have, and the contents that go with them."""

from collections.abc import AsyncIterator

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from selection.kernel.leaf import Leaf
from selection.projections.erasable import personal_contents
from selection.projections.rows import ApplicationRow
from selection.projections.taking_part import takes_part
from selection.round.state import RoundState
from selection.streams import ROUND, application_stream, round_stream

QUERIES = load_queries("erasure")


class Erasure:
    """Reads what rests on a person and what goes with them. What is erased, the entry that says so brings about."""

    def __init__(self, store: Store, reading: Reading, contents: Contents) -> None:
        self._store = store
        self._reading = reading
        self._contents = contents

    async def find_duties(self, person: str) -> tuple[str, ...]:
        """Return the streams in which something still rests on a person, in order.

        A task of theirs waits, they take part in an application that may still go on, or they are sealed as staff or
        approver of a round that has not ended.
        """
        found = {task.stream for task in await self._reading.open_tasks(person=person)}
        for listed in await self._reading.rounds():
            stream = round_stream(listed["round"])
            snapshot = await self._reading.snapshot(stream)
            assert snapshot is not None
            state = ROUND.load(snapshot.state)
            if not state.ended and person in _staff(state):
                found.add(stream)
            for stored in await self._reading.applications(state.round):
                row = ApplicationRow.model_validate(stored)
                if takes_part(person, row, state):
                    found.add(application_stream(state.round, row.number))
        return tuple(sorted(found))

    async def find_contents(self, person: str) -> tuple[str, ...]:
        """Return the contents that go with a person, by the rule of the core; those erased before are left out."""
        leaves = [leaf async for leaf in self._all_leaves()]
        named = personal_contents(leaves, person, await self._contents.list_stored_by(person))
        cards = await self._contents.cards(named)
        return tuple(item for item in named if item in cards and cards[item].erased_at is None)

    async def find_erased(self, people: list[str]) -> dict[str, int]:
        """Return those of these people who were erased, with the version of the entry that says so last."""
        rows = await self._store.rows(QUERIES["read_erased"], {"people": people})
        return {row["person"]: int(row["version"]) for row in rows}

    async def _all_leaves(self) -> AsyncIterator[Leaf]:
        for log in await self._reading.logs():
            async for entry in self._reading.all_entries(log):
                yield entry.leaf


def _staff(state: RoundState) -> set[str]:
    if state.sealed is None:
        return set()
    posts = state.current.staff
    levels = [person for level in state.current.approval for person in level.approvers]
    return {*state.substitutes, *posts.officers, *posts.supervisors, *posts.auditors, *posts.admins, *levels}
