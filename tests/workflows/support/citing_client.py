"""The typed client as people of the tests use it: each cites contents of their own."""

from typing import Any

from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from starter.client.client import SelectionClient
from tests.citing import own


class CitingClient(SelectionClient):
    """Sends each command with the contents of its person, which are in the database from the beginning."""

    async def act(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> Receipt:
        return await super().act(stream, own(command, actor.person), actor=actor, **how)

    async def signal(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> str:
        return await super().signal(stream, own(command, actor.person), actor=actor, **how)
