"""Long work that is ended: nothing of it goes on, and what it meets on the way is told."""

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs
from temporalio.testing import ActivityEnvironment

from activities import beating
from activities.beating import beat_while


class Work:
    """Work without end, whose tidying up takes a moment."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.begun, self.over = asyncio.Event(), False
        self._failure = failure

    async def run(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            self.over = True
            if self._failure is not None:
                raise self._failure


async def cancel(work: Work) -> None:
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, is_local=False)
    running = asyncio.create_task(environment.run(beat_while, work.run()))
    await work.begun.wait()
    environment.cancel()
    await running


async def test_cancelled_work_has_ended_when_the_activity_has() -> None:
    work = Work()
    with pytest.raises(asyncio.CancelledError):
        await cancel(work)
    assert work.over


async def test_what_goes_wrong_while_work_is_ended_is_logged() -> None:
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await cancel(Work(ValueError("a fault")))
    [entry] = logs
    assert (entry["log_level"], str(entry["exc_info"])) == ("error", "a fault")


async def test_work_ends_with_a_heartbeat_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work()
    monkeypatch.setattr(beating, "BEAT_S", 0.01)
    environment = ActivityEnvironment()

    def fail(*_: object) -> None:
        raise RuntimeError("no heartbeat")

    environment.on_heartbeat = fail
    with pytest.raises(RuntimeError, match="no heartbeat"):
        await environment.run(beat_while, work.run())
    assert work.over
