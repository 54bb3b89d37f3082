"""Draws as they are done in a test: committed, waited for, entered by one officer and opened by another."""

import asyncio
from datetime import UTC, datetime, timedelta

from selection.rules.model import RoundRules
from starter.client.client import SelectionClient
from tests import factories as f
from tests.draws import commit_draw, enter_numbers, open_draw
from tests.workflows.support.installation import ROUND, Installation

ON_THE_WAY = timedelta(minutes=10)
"""How long an act may be on its way where clocks are moved: nothing waits for it."""
SOON = timedelta(seconds=5)
"""The same where they are not."""
MOMENT = timedelta(seconds=1)


async def commit(place: Installation, draw: str = "main") -> None:
    """Commit a draw to the next numbers."""
    now = await place.recorder.keys.read_clock()
    await place.client.act(ROUND, commit_draw(draw, now + ON_THE_WAY, place.rules), actor=f.OFFICER)


async def until_public(place: Installation, draw: str = "main") -> None:
    """Move on until the numbers of a draw are public, and enter them."""
    public = (await place.state(ROUND)).draws[draw].public
    await place.move(public + MOMENT, ROUND)
    await place.client.act(ROUND, enter_numbers(draw), actor=f.OFFICER)


async def open_(place: Installation, draw: str = "main") -> None:
    """Open a committed draw, once its numbers are public."""
    await until_public(place, draw)
    await place.client.act(ROUND, open_draw(draw), actor=f.OPENER)


async def draw_in_time(client: SelectionClient, sealed: RoundRules, draw: str = "main") -> None:
    """Draw on clocks that nobody moves, in a rehearsal whose days pass in less than a second."""
    command = commit_draw(draw, datetime.now(UTC) + SOON, sealed)
    public = sealed.draws.sources[0].find_instant(sealed.clock, command.issue)
    assert public is not None
    await client.act(ROUND, command, actor=f.OFFICER)
    while datetime.now(UTC) <= public + MOMENT:
        await asyncio.sleep(0.05)
    await client.act(ROUND, enter_numbers(draw), actor=f.OFFICER)
    await client.act(ROUND, open_draw(draw), actor=f.OPENER)
