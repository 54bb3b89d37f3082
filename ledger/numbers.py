"""Application numbers: fixed by the command that asks first."""

from ledger.queries import load_queries
from ledger.store import Store

QUERIES = load_queries("numbers")


class Numbers:
    """Gives numbers of a round, from 1."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def application_number(self, round_: str, command_id: str) -> int:
        """Return the number of the command's application; the same command id always gets the same number."""
        asked = {"round": round_, "command_id": command_id}
        async with self._store.transaction() as connection:
            await connection.execute(QUERIES["lock_numbers"], asked)
            await connection.execute(QUERIES["take_number"], asked)
            found = await (await connection.execute(QUERIES["read_number"], asked)).fetchone()
        assert found is not None
        return int(found["number"])

    async def keep(self, round_: str, number: int, command_id: str) -> None:
        """Give a number back to the command that had it, if the record lost that; another's stays another's."""
        kept = {"round": round_, "number": number, "command_id": command_id}
        await self._store.rows(QUERIES["keep_number"], kept)
