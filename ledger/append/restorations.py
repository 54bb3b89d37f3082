"""What a person chose about a log that lost entries, as an entry of the installation's log."""

from typing import Literal

from ledger.append.installation import INSTALLATION, client_turn
from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.log.receipts import entry_of
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.model import Frozen

TYPE = "log.restored.v1"
QUERIES = load_queries("restorations")


class Restoration(Frozen):
    """A choice about the log `target`, when it held `size` entries and `lost` more were known from histories.

    `repair` puts back what can be had again; `go-on` takes what there is for the record from here on. `contents` are
    the texts and files that lost entries refer to and the database no longer has: stored again, each gets another salt.
    """

    target: str
    choice: Literal["repair", "go-on"]
    size: int
    lost: int
    contents: tuple[str, ...] = ()


class Restorations:
    """Writes choices into the installation's log, and reads them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def record(self, command_id: str, actor: Actor, said: Restoration) -> Receipt:
        """Record one choice, once per command id; the actor carries who and the reason."""
        async with client_turn(self._store, command_id) as turn:
            if turn.earlier:
                return turn.earlier[0][0]
            receipts = await turn.append(TYPE, actor, [said.model_dump(mode="json")])
        return receipts[0]

    async def list_all(self) -> list[tuple[Restoration, Leaf]]:
        """Return every choice, the oldest first, each with its leaf."""
        rows = await self._store.rows(QUERIES["read_restorations"], {"log": INSTALLATION, "type": TYPE})
        leaves = [entry_of(row).leaf for row in rows]
        fields = Restoration.model_fields
        return [(Restoration(**{name: leaf.data[name] for name in fields}), leaf) for leaf in leaves]
