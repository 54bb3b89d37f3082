"""Erasing a person: identity, salts and contents go, and the log says that they went."""

from collections.abc import Sequence

from ledger.append.installation import ClientTurn, client_turn
from ledger.database.queries import load_queries
from ledger.database.store import ERASER_ROLE, Store
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf, Receipt, leaf_bytes
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


async def erase_person(
    url: str, person: str, contents: Sequence[str], actor: Actor, command_id: str, *, forced: bool
) -> list[Receipt]:
    """Erase a registered person and these contents, in one transaction with the entries that say so.

    `url` is the eraser's login. Repeated under its command id it returns the stored receipts. Raises RecordProtected
    when the login may not erase.
    """
    store = await Store.open(url, role=ERASER_ROLE, size=1)
    try:
        async with client_turn(store, command_id) as turn:
            if turn.earlier:
                return [receipt for receipt, _ in turn.earlier]
            parts = [contents[i : i + AT_ONCE] for i in range(0, len(contents), AT_ONCE)] or [()]
            gone = [PersonGone(person=person, contents=tuple(part), forced=forced) for part in parts]
            leaves = await turn.leaves(TYPE, actor, [item.model_dump(mode="json") for item in gone])
            return turn.receipts(leaves, [await _erase(turn, leaf) for leaf in leaves])
    finally:
        await store.close()


async def _erase(turn: ClientTurn, leaf: Leaf) -> int:
    asked = {"expected": leaf.version - 1, "body": leaf_bytes(leaf)}
    row = await (await turn.connection.execute(QUERIES["erase_person"], asked)).fetchone()
    assert row is not None
    return int(row["seq"])
