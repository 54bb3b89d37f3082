"""Temporal's histories as they were kept: bytes by hash, append-only."""

from ledger.database.queries import load_queries
from ledger.database.store import SESSION, Store, milliseconds
from ledger.people.contents import TRANSFER_LIMIT
from selection.archive.events import ArchivedRun

QUERIES = load_queries("histories")


class Histories:
    """The kept histories of every round. Which of them count, the entries of a round's archive say."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, log: str, run: ArchivedRun, body: bytes) -> bool:
        """Keep the bytes of a run; False when they are kept already. Needs the application's role."""
        asked = {"log": log, **run.model_dump(exclude={"sha256"}), "body": body}
        async with self._store.transaction() as connection:
            limit = {"statement_timeout": milliseconds(TRANSFER_LIMIT)}
            await connection.execute(SESSION["allow_long_statement"], limit)
            row = await (await connection.execute(QUERIES["keep_history"], asked)).fetchone()
        return bool(row and row["added"])

    async def list_closed_runs(self, log: str) -> dict[tuple[str, str], ArchivedRun]:
        """Return the runs that are kept to their end, by workflow id and run id."""
        rows = await self._store.rows(QUERIES["read_kept_closed"], {"log": log})
        return {(row["workflow_id"], row["run_id"]): ArchivedRun(**row) for row in rows}

    async def body(self, log: str, run: ArchivedRun) -> bytes | None:
        """Return the bytes that an entry names, None when they are not here."""
        asked = {"log": log, **run.model_dump(include={"workflow_id", "run_id", "sha256"})}
        row = await self._store.row(QUERIES["read_history"], asked)
        return None if row is None else bytes(row["body"])
