"""Erasing a person: identity, salts and contents go, and the log says that they went."""

from collections.abc import Sequence

from ledger.append.installation import client_turn
from ledger.database.queries import load_queries
from ledger.database.store import ERASER_ROLE, Store
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt, leaf_bytes
from selection.kernel.model import Frozen

TYPE = "person.erased.v1"
AT_ONCE = 1000
"""Contents that one entry names; so many ids fit into a leaf."""
QUERIES = load_queries("erasure")


class PersonGone(Frozen):
    """Who was erased, and the ids of the contents that went with the person; `forced` while a duty was open.

    What takes more than one entry is told in several, of one command.
    """

    person: str
    contents: tuple[str, ...]
    forced: bool


class Erasure:
    """Erases people. The login must be a member of the eraser's role as well as of the application's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def list_stored_by(self, person: str) -> frozenset[str]:
        """Return the ids of the contents that a person stored and that are not erased."""
        rows = await self._store.rows(QUERIES["read_stored_by"], {"person": person})
        return frozenset(row["id"] for row in rows)

    async def erase(
        self, person: str, contents: Sequence[str], actor: Actor, command_id: str, *, forced: bool
    ) -> list[Receipt]:
        """Erase a registered person and these contents, in one transaction with the entries that say so.

        Repeated under its command id it returns the stored receipts. Raises RecordProtected when the login may
        not erase.
        """
        async with client_turn(self._store, command_id) as turn:
            if turn.earlier:
                return [receipt for receipt, _ in turn.earlier]
            parts = [contents[i : i + AT_ONCE] for i in range(0, len(contents), AT_ONCE)] or [()]
            gone = [PersonGone(person=person, contents=tuple(part), forced=forced) for part in parts]
            leaves = await turn.leaves(TYPE, actor, [item.model_dump(mode="json") for item in gone])
            await turn.connection.execute(QUERIES["become_eraser"], {"role": ERASER_ROLE})
            places = [
                await (
                    await turn.connection.execute(
                        QUERIES["erase_person"], {"expected": leaf.version - 1, "body": leaf_bytes(leaf)}
                    )
                ).fetchone()
                for leaf in leaves
            ]
            return turn.receipts(leaves, [row["seq"] for row in places if row is not None])
