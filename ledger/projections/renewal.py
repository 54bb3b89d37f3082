"""What other code folded is not read: the stream's entries are folded anew, by the code that reads.

Each snapshot carries the version of the code that wrote it, and with it the stream's row, tasks and deadlines. So a
new field of a state is never a default, and old and new programs side by side never read what the other one folded.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from psycopg.rows import DictRow
from pydantic import ValidationError
from pydantic_core import to_json

from ledger.database.store import Connection, Params
from ledger.errors import EntryUnreadable
from ledger.projections.fold import Fold
from ledger.projections.rows import QUERIES
from selection.kernel.leaf import Leaf

PAGE = 1000
UNREADABLE = (
    "version {version} of {stream} is of a kind or form that this version of the program does not know: take a later "
    "one, or go on with the one that recorded it"
)

Read = Callable[[str, Params], Awaitable[list[DictRow]]]
"""Runs a query with its parameters."""


class Renewal:
    """Folds anew what other code folded; `read` reads the entries."""

    def __init__(self, read: Read, fold: Fold) -> None:
        self._read = read
        self._fold = fold

    def is_foreign(self, fold: str | None) -> bool:
        """Tell whether what carries this version was folded by other code; what is not there was folded by nobody."""
        return fold is not None and fold != self._fold.version

    async def fold_anew(self, stream: str, version: int) -> Any:
        """Return the state of a stream at a version, folded from its entries.

        Raises LookupError where one is missing, and EntryUnreadable.
        """
        folding = self._fold.aggregate(stream)
        state, after = folding.initial(stream), 0
        while after < version:
            asked = {"stream": stream, "after": after, "until": version, "limit": PAGE}
            page = await self._read(QUERIES["read_leaves"], asked)
            if not page:
                raise LookupError(f"{stream} has no entry after {after}")
            for row in page:
                try:
                    state = folding.evolve(state, Leaf.model_validate_json(row["body"]))
                except (KeyError, ValidationError) as error:
                    raise EntryUnreadable(UNREADABLE.format(stream=stream, version=row["version"])) from error
            after = page[-1]["version"]
        return state

    async def renew_states(self, rows: Sequence[DictRow]) -> list[dict[str, Any]]:
        """Return rows with `stream`, `version`, `state` and `fold`, each with the state as this code folds it.

        A state that is None stays so.
        """
        return [
            row if row["state"] is None or not self.is_foreign(row["fold"]) else await self._renew_state(row)
            for row in rows
        ]

    async def renew_rows(self, rows: Sequence[DictRow]) -> list[dict[str, Any]]:
        """Return what lists show of streams, of rows with `stream`, `version`, `row` and `fold`, as this code does."""
        return [
            await self._show_again(item) if self.is_foreign(item["fold"]) else item["row"] for item in rows
        ]

    async def _renew_state(self, row: DictRow) -> dict[str, Any]:
        state = await self.fold_anew(row["stream"], row["version"])
        return {**row, "state": self._fold.aggregate(row["stream"]).dump(state)}

    async def _show_again(self, item: DictRow) -> Any:
        state = await self.fold_anew(item["stream"], item["version"])
        return json.loads(to_json(self._fold.row_of(state)))


def read_on(connection: Connection) -> Read:
    """Return what reads on a session that is lent already."""

    async def read(query: str, params: Params) -> list[DictRow]:
        return await (await connection.execute(query, params)).fetchall()

    return read
