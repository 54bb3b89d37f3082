"""Application numbers: fixed by the command of a person that asks first."""

from ledger.database.queries import load_queries
from ledger.database.store import Store

QUERIES = load_queries("numbers")


class Numbers:
    """Gives numbers of a round, from 1."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def application_number(self, round_: str, person: str, command_id: str) -> int:
        """Return the number of the command's application; the same command of a person always gets the same one.

        A number under which the log holds another command's application is never given, nor kept.
        """
        asked = {"round": round_, "person": person, "command_id": command_id}
        found = await self._store.row(QUERIES["give_number"], asked)
        assert found is not None
        return int(found["number"])

    async def keep(self, round_: str, number: int, person: str, command_id: str) -> None:
        """Give a number back to the command that had it, where the record forgot that."""
        kept = {"round": round_, "number": number, "person": person, "command_id": command_id}
        await self._store.rows(QUERIES["keep_number"], kept)
