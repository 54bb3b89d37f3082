"""The register of units: which there are, as the database derives them from the installation's entries."""

from collections.abc import Iterable

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.decision.register_views import UnitFact
from selection.kernel.unit_codes import canonical_code

QUERIES = load_queries("units")


class Units:
    """Answers which units are registered."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, codes: Iterable[str]) -> dict[str, UnitFact]:
        """Return those of these units that are registered, by their codes in the one spelling."""
        return await self._read("find_units", codes)

    async def find_with_parents(self, codes: Iterable[str]) -> dict[str, UnitFact]:
        """Return them, likewise, with all that they belong to, however far up."""
        return await self._read("read_units", codes)

    async def list(self) -> tuple[UnitFact, ...]:
        """Return every unit in the order of codes."""
        return tuple(UnitFact(**row) for row in await self._store.rows(QUERIES["list_units"]))

    async def _read(self, query: str, codes: Iterable[str]) -> dict[str, UnitFact]:
        asked = sorted({canonical_code(code) for code in codes} - {""})
        if not asked:
            return {}
        rows = await self._store.rows(QUERIES[query], {"units": asked})
        return {row["code"]: UnitFact(**row) for row in rows}
