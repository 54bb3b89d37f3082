"""Repairs of a stream's workflow or record, as entries of the installation's log."""

from ledger.installation import client_turn
from ledger.store import Store
from selection.actor import Actor
from selection.leaf import Receipt
from selection.model import Frozen

TYPE = "workflow.restored.v1"


class Restoration(Frozen):
    """What is repaired: the stream, what was found, its version after it, and what is done.

    `appended` counts leaves that the record had lost; `run` is `start`, `restart`, `end` or empty.
    """

    target: str
    found: str
    version: int
    appended: int = 0
    run: str = ""


class Restorations:
    """Writes repairs into the installation's log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def record(self, command_id: str, actor: Actor, said: Restoration) -> Receipt:
        """Record one repair, once per command id; the actor carries who and the reason."""
        async with client_turn(self._store, command_id) as turn:
            if turn.earlier:
                return turn.earlier[0][0]
            receipts = await turn.append(TYPE, actor, [said.model_dump(mode="json")])
        return receipts[0]
