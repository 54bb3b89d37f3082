"""Logs of which entries were lost: halted as soon as anybody sees it, opened again by a person's choice."""

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("deciding")


class Halt(Frozen):
    """A halted log: what showed the loss, and when."""

    log: str
    found: str
    since: Instant


class Halts:
    """Keeps what nothing more may be recorded in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def halt(self, log: str, found: str) -> None:
        """Halt a log; a loss that a person has chosen about once does not halt it again."""
        await self._store.rows(QUERIES["halt_log"], {"log": log, "found": found})

    async def lift(self, log: str) -> bool:
        """Open a log again; return whether it was halted."""
        row = await self._store.row(QUERIES["lift_halt"], {"log": log})
        return bool(row and row["lifted"])

    async def list_settled(self) -> set[str]:
        """Return the logs of which a loss was chosen about, and that are not halted."""
        return {row["log"] for row in await self._store.rows(QUERIES["read_settled"])}

    async def list_all(self) -> dict[str, Halt]:
        """Return every halted log by name."""
        rows = await self._store.rows(QUERIES["read_halts"])
        return {row["log"]: Halt(**row) for row in rows}
