"""A schedule in which an act could overtake the one before it: the first has to wait, the second need not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from ledger.decision.decide import Deciding, DecisionResult
from selection.application.commands import PassCheck
from selection.decision.machine import Act, Task
from tests import factories as f
from tests.workflows.support.acting import Stage, until_recording
from tests.workflows.support.acts import ONE, by, open_round, short_intake
from tests.workflows.support.installation import Installation

BEFORE = by("officer-1", PassCheck(revision=1), ONE, "before")
EDIT = by("applicant-1", f.submit(staff=40), ONE, "edit")
AFTER = by("officer-1", PassCheck(revision=1), ONE, "after")
IN_ORDER = ["submit-0", "before", "edit", "after"]
"""The command ids as they came, and as they must stand in the record."""
OVERTAKEN = ["submit-0", "before", "after", "edit"]
LONG_ENOUGH = 1.5
"""Seconds in which an act that waits for nothing is recorded, on a machine that is not too busy."""


async def send_overtaking(stage: Stage, place: Installation, *, overtakes: bool) -> None:
    """Send an edit that has to wait, then another act.

    Where the other `overtakes`, the edit waits until it is recorded, however long that takes.
    """
    await open_round(stage, place)
    await stage.send_all(short_intake(ONE, 1))
    await place.move(place.deadline("submission") + timedelta(minutes=1), ONE)
    posted = [await stage.send(BEFORE)]
    async with hold_act(place, "edit"):
        posted.append(await stage.send(EDIT))
        await until_recording(place, ONE)
        posted.append(await stage.send(AFTER))
        if overtakes:
            await place.until_version(ONE, len(OVERTAKEN) - 1)
        else:
            await asyncio.sleep(LONG_ENOUGH)
    await stage.note(posted)


@asynccontextmanager
async def hold_act(place: Installation, command_id: str) -> AsyncIterator[None]:
    """Keep one act from being decided, by whatever worker of this process takes it, until the block ends."""
    deciding = place.recorder.deciding
    let_go = asyncio.Event()

    async def decide(
        stream: str, task: Task, at: datetime | None = None, *, knows: int = 0
    ) -> DecisionResult:
        if isinstance(task, Act) and task.envelope.command_id.partition(":")[0] == command_id:
            await let_go.wait()
        return await Deciding.decide(deciding, stream, task, at, knows=knows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "decide", decide)
        try:
            yield
        finally:
            let_go.set()
