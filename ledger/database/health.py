"""What `selection doctor` asks the database: who it is, and what time it has."""

from ledger.database.queries import load_queries
from ledger.database.store import APP_ROLE, open_session
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
