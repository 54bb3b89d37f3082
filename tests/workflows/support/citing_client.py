"""The typed client as people of the tests use it: each cites contents of their own."""

from datetime import timedelta
from typing import Any

from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from starter.client.client import SelectionClient
from tests.citing import own

PATIENCE = timedelta(minutes=2)
"""For an answer, where a test says nothing else: a worker's process begins as fast as the machine lets it."""


class CitingClient(SelectionClient):
    """Sends each command with the contents of its person, which are in the database from the beginning."""

    async def act(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> Receipt:
        return await super().act(
            stream, own(command, actor.person), actor=actor, **{"patience": PATIENCE, **how}
        )

    async def signal(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> str:
        return await super().signal(stream, own(command, actor.person), actor=actor, **how)
