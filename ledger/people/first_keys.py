"""First keys that people made at the portal, beside the record, until somebody confirms them."""

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("first_keys")


class KeptFirstKey(Frozen):
    """What a person handed in since when, with what knows the code that they were sent."""

    person: str
    known: str
    body: str
    at: Instant


class FirstKeys:
    """One of each person who was sent a code, for seven days, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def ask(self, person: str, known: str, body: str) -> bool:
        """Keep a first key in the place of the one before; tell whether the person was sent the code known so."""
        row = await self._store.row(QUERIES["ask"], {"person": person, "known": known, "body": body})
        return bool(row and row["kept"])

    async def list(self) -> tuple[KeptFirstKey, ...]:
        """Return the requests that wait, the longest first, without those whose code was used or replaced."""
        return tuple(KeptFirstKey(**row) for row in await self._store.rows(QUERIES["list"]))
