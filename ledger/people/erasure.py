"""What erasing a person needs to know: who was erased before, and the contents that go with them."""

from collections.abc import AsyncIterator

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from selection.kernel.leaf import Leaf
from selection.projections.erasable import personal_contents

QUERIES = load_queries("erasure")


class Erasure:
    """Reads what goes with a person. What is erased, the entry that says so brings about."""

    def __init__(self, store: Store, reading: Reading, contents: Contents) -> None:
        self._store = store
        self._reading = reading
        self._contents = contents

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
