"""The typed client as people of the tests use it: each cites contents of their own."""

from datetime import timedelta
from typing import Any

from ledger.errors import LedgerError
from selection.application.check.decide import likeness_of
from selection.application.commands import PassCheck
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.round.state import rules_of
from selection.streams import APPLICATION, ROUND, log_of, round_stream
from starter.client.client import SelectionClient
from tests import factories as f
from tests.citing import own

PATIENCE = timedelta(minutes=2)
"""For an answer, where a test says nothing else: a worker's process begins as fast as the machine lets it."""


class CitingClient(SelectionClient):
    """Sends each command with the contents of its person, which are in the database from the beginning."""

    async def act(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> Receipt:
        if isinstance(command, PassCheck):
            command = await self._look_beside(stream, command)
        return await super().act(
            stream, own(command, actor.person), actor=actor, **{"patience": PATIENCE, **how}
        )

    async def signal(self, stream: str, command: Frozen, *, actor: Actor, **how: Any) -> str:
        return await super().signal(stream, own(command, actor.person), actor=actor, **how)

    async def _look_beside(self, stream: str, command: PassCheck) -> PassCheck:
        """Rule on what the application comes near to, as who saw it beside: here all hand in one form."""
        try:
            application, around = [
                await self.ledger.reading.snapshot(name) for name in (stream, round_stream(log_of(stream)))
            ]
        except LedgerError:
            # Whoever sends while the record is away sees nothing beside it.
            return command
        state = APPLICATION.load(application.state) if application else None
        rules = rules_of(ROUND.load(around.state)) if around else None
        if state is None or state.submission is None or rules is None:
            return command
        asked = likeness_of(state, state.submission, rules.held_directions)
        near = await self.ledger.likeness.read(asked, log_of(stream))
        found = {"direction-similar": near.directions, "same-form": near.twins}
        ruled = tuple(code for code, seen in found.items() if seen and code not in command.rulings)
        if not ruled:
            return command
        return command.with_(
            rulings=(*command.rulings, *ruled),
            text=command.text or f.ref("why"),
            directions=near.directions,
            twins=near.twins,
        )
