"""Application numbers: fixed by the command of a person that asks first."""

from typing import NamedTuple

from ledger.database.queries import load_queries
from ledger.database.store import Store

QUERIES = load_queries("numbers")


class NumberedAct(NamedTuple):
    """An act on an application: its number, the command that took this, and the command and type of the act."""

    number: int
    begun_by: str
    command_id: str
    type: str


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

    async def list_numbered(self, round_: str, person: str, begin: str) -> list[NumberedAct]:
        """Return what a person did on the applications whose numbers their commands of this beginning took, in order.

        One number to which nothing came has a single line with an empty command and type.
        """
        asked = {"round": round_, "person": person, "begin": begin}
        rows = await self._store.rows(QUERIES["read_numbered"], asked)
        return [
            NumberedAct(row["number"], row["begun_by"], row["command_id"] or "", row["type"] or "")
            for row in rows
        ]

    async def keep(self, round_: str, number: int, person: str, command_id: str) -> None:
        """Give a number back to the command that had it, where the record forgot that."""
        kept = {"round": round_, "number": number, "person": person, "command_id": command_id}
        await self._store.rows(QUERIES["keep_number"], kept)
