"""What `selection doctor` and workers ask the database: who it is, what time it has, whether it takes entries."""

from ledger.database.queries import load_queries
from ledger.database.store import APP_ROLE, Store, open_session
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("health")


class DatabaseHealth(Frozen):
    """The server's version and the instant of its clock when it answered."""

    version: str
    at: Instant


async def look(url: str) -> DatabaseHealth:
    """Ask a migrated database. Raises RecordUnavailable, or NotMigrated when its roles are missing."""
    connection = await open_session(url, APP_ROLE)
    async with connection:
        row = await (await connection.execute(QUERIES["look"])).fetchone()
    assert row is not None
    return DatabaseHealth(**row)


async def takes_entries(store: Store) -> bool:
    """Tell whether what is recorded would stay: a copy that only reads answers too. Raises RecordUnavailable."""
    row = await store.row(QUERIES["takes_entries"])
    return row is not None and bool(row["takes_entries"])
