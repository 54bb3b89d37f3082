"""Refusals that reached no workflow: unreadable messages, unknown people, unknown streams."""

from pydantic import Field

from ledger.append.installation import client_turn
from ledger.database.store import Store
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen

TYPE = "message.refused.v1"


class MessageRefused(Frozen):
    """What was refused and why: the stream it was meant for, the kind of act, the code. Never its content."""

    target: str
    kind: str
    code: str
    params: dict[str, str] = Field(default_factory=dict)


class Refusals:
    """Writes refusals into the installation's log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def record_refusal(self, command_id: str, actor: Actor, refused: MessageRefused) -> Receipt:
        """Record one refusal, without a reason; the same refusal under the same command id is recorded once."""
        actor = actor.with_(reason=None)
        fact = refused.model_dump(mode="json")
        async with client_turn(self._store, command_id) as turn:
            for receipt, leaf in turn.earlier:
                if (leaf.type, leaf.actor, leaf.data) == (TYPE, actor, {**fact, "command_id": command_id}):
                    return receipt
            receipts = await turn.append(TYPE, actor, [fact])
        return receipts[0]
