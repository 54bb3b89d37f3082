"""A schedule in which an update can overtake progress that the workflow had made before it was evicted.

Temporal's core hands a workflow task that ended without a command to an uncached workflow together with the next
one, and an update in that one runs first. A later replay finds the accepted update in the history and keeps the
two apart. So what a handler decided depends on whether the workflow was cached, and so does its replay.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg

from activities.messages import READ_FACTS, RECORD
from selection.application.commands import PassCheck
from selection.round.commands import ExtendDeadline
from tests import factories as f
from tests.workflows.acting import Stage, held
from tests.workflows.acts import ONE, by, open_round, short_intake
from tests.workflows.installation import ROUND, SOON, TODAY, Installation

BEFORE = by("officer-1", PassCheck(revision=1), ONE, "before")
EDIT = by("applicant-1", f.submit(staff=40), ONE, "edit")
AGAIN = by("officer-1", PassCheck(revision=1), ONE, "before", as_signal=True)
AFTER = by("officer-1", PassCheck(revision=1), ONE, "after")
IN_ORDER = ["submit-0", "before", "edit", "after"]
"""The command ids as they came, and as they must stand in the record."""


async def send_overtaking(stage: Stage, place: Installation) -> None:
    """Send an edit that looks late and waits for facts, then for the record of the act before; then one more.

    The deadline was extended, so the edit is in time. Each wait ends in a workflow task without a command: the
    repeated message changes nothing, and the edit, once decided, finds the record open.
    """
    await open_round(stage, place)
    await stage.send_all(short_intake(ONE, 1))
    later = ExtendDeadline(name="submission", until=TODAY + timedelta(days=40), reason=f.ref())
    await stage.send_all([by("officer-1", later, ROUND, "extend")])
    await place.move(place.deadline("submission") + timedelta(hours=1), ONE)
    async with held(place, {ONE}):
        posted = [await stage.send(BEFORE)]
        async with deadlines_held(place):
            posted.append(await stage.send(EDIT))
            await stage.send(AGAIN)
            await until_at_rest(place, ONE, {RECORD, READ_FACTS})
        await until_at_rest(place, ONE, {RECORD})
        posted.append(await stage.send(AFTER))
    await stage.note(posted)


@asynccontextmanager
async def deadlines_held(place: Installation) -> AsyncIterator[None]:
    """Keep deadlines from being read, until the block ends."""
    async with await psycopg.AsyncConnection.connect(place.ends.database_url) as connection:
        await connection.execute("LOCK TABLE selection.deadlines IN ACCESS EXCLUSIVE MODE")
        yield


async def until_at_rest(place: Installation, stream: str, waits_for: set[str]) -> None:
    """Wait until the workflow has taken all that came, and waits for nothing but these activities."""
    async with asyncio.timeout(SOON.total_seconds()):
        while True:
            described = (await place.handle(stream).describe()).raw_description
            waiting = {item.activity_type.name for item in described.pending_activities}
            if waiting <= waits_for and not described.HasField("pending_workflow_task"):
                return
            await asyncio.sleep(0.02)
