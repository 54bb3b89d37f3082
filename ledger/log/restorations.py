"""What people chose about logs that lost entries, as entries of the installation's log."""

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.log.receipts import entry_of
from selection.decision.aggregate import event_of
from selection.kernel.leaf import Leaf
from selection.register.events import LogRestored
from selection.register.state import INSTALLATION

QUERIES = load_queries("restorations")


class Restorations:
    """Reads choices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def list_all(self) -> list[tuple[LogRestored, Leaf]]:
        """Return every choice, the oldest first, each with its leaf."""
        asked = {"log": INSTALLATION, "type": LogRestored.TYPE}
        leaves = [entry_of(row).leaf for row in await self._store.rows(QUERIES["read_restorations"], asked)]
        events = ((event_of(leaf), leaf) for leaf in leaves)
        return [(event, leaf) for event, leaf in events if isinstance(event, LogRestored)]
