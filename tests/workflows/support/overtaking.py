"""A schedule in which an act could overtake the one before it: the first waits for a table, the second need not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg

from selection.application.commands import PassCheck
from tests import factories as f
from tests.workflows.support.acting import Stage, until_recording
from tests.workflows.support.acts import ONE, by, open_round, short_intake
from tests.workflows.support.installation import Installation

BEFORE = by("officer-1", PassCheck(revision=1), ONE, "before")
EDIT = by("applicant-1", f.submit(staff=40), ONE, "edit")
AFTER = by("officer-1", PassCheck(revision=1), ONE, "after")
IN_ORDER = ["submit-0", "before", "edit", "after"]
"""The command ids as they came, and as they must stand in the record."""
LONG_ENOUGH = 1.5
"""Seconds in which an act that waits for nothing is recorded."""


async def send_overtaking(stage: Stage, place: Installation) -> None:
    """Send an edit in the grace for contents that were stored in time, while these cannot be read; then another act."""
    await open_round(stage, place)
    await stage.send_all(short_intake(ONE, 1))
    await place.move(place.deadline("submission") + timedelta(minutes=1), ONE)
    posted = [await stage.send(BEFORE)]
    async with contents_held(place):
        posted.append(await stage.send(EDIT))
        await until_recording(place, ONE)
        posted.append(await stage.send(AFTER))
        await asyncio.sleep(LONG_ENOUGH)
    await stage.note(posted)


@asynccontextmanager
async def contents_held(place: Installation) -> AsyncIterator[None]:
    """Keep contents from being read, until the block ends."""
    async with await psycopg.AsyncConnection.connect(place.ends.database_url) as connection:
        await connection.execute("LOCK TABLE selection.contents IN ACCESS EXCLUSIVE MODE")
        yield
