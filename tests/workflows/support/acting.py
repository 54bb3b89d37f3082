"""A fixed set of acts, many in flight at once, sent in one of two modes of keeping workflows in memory.

Every stream that takes part is held by its row in the database while its acts come in, so that all but the
first wait in the inbox and the decision on the first is open. The order of arrival is the order of the list.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any

import psycopg
from temporalio.worker import Worker

from activities.decide import DecidingActivities
from activities.mail import Mailer
from activities.messages import DECIDE
from runtime.endpoints import connect
from runtime.settings import Settings
from tests.running.waiting import tell_workflow, until
from tests.workflows.support.installation import STICKY, Installation
from tests.workflows.support.messages import Answer, Posted, answer, post, post_first, signal
from worker.run import FEWEST_CACHED, activities_of
from workflows.catalogue import WORKFLOWS

WARM_SIZE = 1000
LOCAL_LIMIT = timedelta(milliseconds=300)
"""A held stream is away for the local activity after so long; then the decision goes on as a regular one."""
HOLD = """INSERT INTO selection.snapshots (stream, log, version, state) VALUES (%s, '', 0, '')
    ON CONFLICT (stream) DO UPDATE SET version = snapshots.version"""


class Mode(StrEnum):
    """How workflows are kept between two messages."""

    CACHED = "cached"
    COLD = "a cache of two, and a fresh worker before every message"


@dataclass(frozen=True)
class Act:
    """One message: an update, or a signal; `starts` names the workflow that a first act begins."""

    stream: str
    body: bytes | dict[str, Any]
    name: str = "act"
    starts: str = ""
    as_signal: bool = False


@dataclass
class Stage:
    """Where acts are sent: workflows run in one worker that a mode replaces, activities in another that stays.

    So a regular activity outlives the workflow's worker, as it does with several workers on a queue.
    """

    place: Installation
    mode: Mode
    workflows: Sequence[type] = WORKFLOWS
    answers: list[tuple[Answer, int]] = field(default_factory=list)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def begin(self) -> None:
        await self._running.aclose()
        temporal = await connect(self.place.ends.temporal_address, self.place.temporal.namespace, Settings())
        worker = Worker(
            temporal,
            task_queue=self.place.ends.task_queue,
            workflows=list(self.workflows),
            activities=[DecidingActivities(self.place.recorder, temporal, LOCAL_LIMIT).decide],
            no_remote_activities=True,
            max_cached_workflows=FEWEST_CACHED if self.mode is Mode.COLD else WARM_SIZE,
            sticky_queue_schedule_to_start_timeout=STICKY,
        )
        await self._running.enter_async_context(worker)

    async def end(self) -> None:
        await self._running.aclose()

    async def send(self, act: Act) -> Posted | None:
        """Send one message and return when the workflow has it in its inbox, or its history for a signal."""
        if self.mode is Mode.COLD:
            await self.begin()
        return await self._post(act)

    async def _post(self, act: Act) -> Posted | None:
        if act.as_signal:
            await signal(self.place, act.stream, act.body, name=act.name)
            return None
        if act.starts:
            return await post_first(self.place, act.starts, act.stream, act.body)
        return await post(self.place, act.stream, act.body, name=act.name)

    async def send_all(self, acts: Sequence[Act]) -> None:
        """Send all while the streams are held, then let go and note every answer in the order of the list."""
        async with hold(self.place, {act.stream for act in acts}):
            posted = [await self.send(act) for act in acts]
        await self.note(posted)

    async def send_singly(self, acts: Sequence[Act]) -> None:
        """Send each act only when all before it are done and answered."""
        for act in acts:
            await self.note([await self.send(act)])
            await self.place.until_idle(act.stream)

    async def send_across(self, acts: Sequence[Act]) -> None:
        """Send acts one after the other, each while the decision on the one before is recorded but not yet seen.

        When a workflow may move, its worker ends before the record is let go, and a new one finds both.
        """
        posted: list[Posted | None] = []
        for act in acts:
            if self.mode is Mode.COLD and posted:
                await until_recorded(self.place, act.stream, len(posted))
            async with hold(self.place, {act.stream}):
                # Not before: a worker that runs already might decide on it first.
                sending = asyncio.create_task(self._post(act))
                if self.mode is Mode.COLD or not posted:
                    await self.begin()
                posted.append(await sending)
                await until_recording(self.place, act.stream)
                if self.mode is Mode.COLD:
                    await self.end()
        await self.begin()
        await self.note(posted)

    async def race(self, target: str, taken: int, first: Act, second: Act) -> None:
        """Send two acts whose streams both act on a third, which is held until both have reached it."""
        async with hold(self.place, {target}):
            posted = [await self.send(first)]
            await until_accepted(self.place, target, taken + 1)
            posted.append(await self.send(second))
            await until_accepted(self.place, target, taken + 2)
        await self.note(posted)

    async def note(self, posted: Sequence[Posted | None]) -> None:
        for item in posted:
            if item is not None:
                told, receipt = await answer(item)
                self.answers.append((told, receipt.version if receipt else 0))


@asynccontextmanager
async def stage(
    place: Installation, mode: Mode, workflows: Sequence[type] = WORKFLOWS
) -> AsyncIterator[Stage]:
    """Run the workers of a mode."""
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    activities = activities_of(temporal, place.recorder, mailer)
    made = Stage(place, mode, workflows)
    async with Worker(temporal, task_queue=place.ends.task_queue, activities=activities):
        await made.begin()
        try:
            yield made
        finally:
            await made.end()


@asynccontextmanager
async def hold(place: Installation, streams: set[str]) -> AsyncIterator[None]:
    """Keep these streams from being recorded, as a slow database would, until the block ends."""
    async with await psycopg.AsyncConnection.connect(place.ends.database_url) as connection:
        for stream in sorted(streams):
            await connection.execute(HOLD, [stream])
        try:
            yield
        finally:
            await connection.rollback()


def interleave(seed: int, *queues: Sequence[Act]) -> list[Act]:
    """Shuffle acts of several streams; within a stream their order stays."""
    chance = random.Random(seed)
    left = [list(queue) for queue in queues]
    order = [number for number, queue in enumerate(left) for _ in queue]
    chance.shuffle(order)
    return [left[number].pop(0) for number in order]


async def until_recording(place: Installation, stream: str) -> None:
    """Wait until a decision on the stream has begun, and goes on as a regular activity."""

    async def recording() -> bool:
        return DECIDE in await _pending(place, stream)

    await until(recording, f"the decision on {stream}", tell=partial(tell_workflow, place.handle(stream)))


async def _pending(place: Installation, stream: str) -> list[str]:
    described = await place.handle(stream).describe()
    return [item.activity_type.name for item in described.raw_description.pending_activities]


async def until_recorded(place: Installation, stream: str, version: int) -> None:
    """Wait until the record holds a version and the server knows that it does."""
    await place.until_version(stream, version)

    async def is_recorded() -> bool:
        return not await _pending(place, stream)

    what = f"the end of the activity that recorded {stream}"
    await until(is_recorded, what, tell=partial(tell_workflow, place.handle(stream)))


async def until_accepted(place: Installation, stream: str, count: int) -> None:
    """Wait until the workflow has accepted so many updates."""

    async def has_accepted() -> bool:
        return await _count_accepted(place, stream) >= count

    what = f"update {count} of {stream}"
    await until(has_accepted, what, tell=partial(tell_workflow, place.handle(stream)))


async def _count_accepted(place: Installation, stream: str) -> int:
    history = await place.handle(stream).fetch_history()
    return sum(
        event.HasField("workflow_execution_update_accepted_event_attributes") for event in history.events
    )
