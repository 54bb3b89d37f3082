"""Attend to what waits: people act on the open tasks that the record shows, until the round has moved on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ledger.log.tasks import TaskRow
from selection.round.state import RoundState
from selection.wording.code_names import ROUND_STAGES, name_of
from starter.demo import DemoFailed
from starter.demo.desk import IN_FLIGHT, LOOK_EVERY, Desk

STUCK_AFTER = 120.0
"""Seconds after the last act or change, or the last moment for which the round waits, after which the demo gives up."""

Handler = Callable[[Desk, TaskRow], Awaitable[bool]]
"""Acts on a task and returns True, or returns False when the person waits for something else first."""

Watch = Callable[[RoundState], Awaitable[None]]


@dataclass(frozen=True, order=True)
class _Turn:
    """A task in the queue; a lower `urgency` goes first, so that answers to invitations precede reviews."""

    urgency: int
    since: datetime
    stream: str
    key: str


class Attendance:
    """The people of the demo at work. `handlers` are by kind of task, the most urgent kind first."""

    def __init__(self, desk: Desk, handlers: Mapping[str, Handler], watch: Watch) -> None:
        self._desk = desk
        self._handlers = handlers
        self._urgency = {kind: place for place, kind in enumerate(handlers)}
        self._watch = watch
        self._queue: asyncio.PriorityQueue[_Turn] = asyncio.PriorityQueue()
        self._tasks: dict[_Turn, TaskRow] = {}
        self._done: set[_Turn] = set()

    async def until(self, over: Callable[[RoundState], bool]) -> RoundState:
        """Act on what waits until the round is as wanted. Raises DemoFailed when nothing moves any more."""
        people = [asyncio.create_task(self._work()) for _ in range(IN_FLIGHT)]
        try:
            looking = asyncio.create_task(self._look_until(over))
            await asyncio.wait([looking, *people], return_when=asyncio.FIRST_COMPLETED)
            for worker in people:
                if worker.done():
                    worker.result()
            return await looking
        finally:
            for task in (looking, *people):
                task.cancel()
            await asyncio.gather(looking, *people, return_exceptions=True)

    async def _look_until(self, over: Callable[[RoundState], bool]) -> RoundState:
        seen, moved_at, patience = (0, 0), datetime.now(UTC), timedelta(seconds=STUCK_AFTER)
        while True:
            # Taken before the record is read: what fell due meanwhile counts as ahead.
            now = datetime.now(UTC)
            state = await self._desk.round_state()
            await self._watch(state)
            if over(state) and not self._tasks:
                return state
            await self._take_on()
            progress = (state.version, self._desk.acts.total() + len(self._desk.refusals))
            if progress != seen:
                seen, moved_at = progress, now
            if now - moved_at > patience:
                # A window in which everybody has acted is waited for, however long a day lasts.
                due = await self._desk.find_due(now - patience)
                if due is None:
                    raise await self._explain_stuck(state)
                moved_at = due
            await asyncio.sleep(LOOK_EVERY)

    async def _take_on(self) -> None:
        for task in await self._desk.tasks():
            if task.kind not in self._handlers:
                continue
            turn = _Turn(self._urgency[task.kind], task.since, task.stream, task.key)
            if turn not in self._tasks and turn not in self._done:
                self._tasks[turn] = task
                self._queue.put_nowait(turn)

    async def _work(self) -> None:
        while True:
            turn = await self._queue.get()
            task = self._tasks[turn]
            if task.until is not None:
                self._desk.keep_time(task.since, task.until)
            if await self._handlers[task.kind](self._desk, task):
                self._done.add(turn)
            del self._tasks[turn]

    async def _explain_stuck(self, state: RoundState) -> DemoFailed:
        tasks = (await self._desk.tasks())[:5]
        en = "; ".join(f"{task.kind} on {self._desk.about(task.stream)}" for task in tasks)
        zh = "；".join(f"{self._desk.about(task.stream)} 的 {task.kind}" for task in tasks)
        return DemoFailed(
            f"Nothing has moved for {STUCK_AFTER:.0f} seconds in stage {state.stage.value} "
            f"(batch: {state.batch or 'none'}), and no deadline is ahead: {en or 'no task is open'}. "
            "Look at the worker's log in the data folder.",
            f"{name_of(ROUND_STAGES, state.stage, 'zh')}阶段已有 {STUCK_AFTER:.0f} 秒没有进展，也没有尚未到来的期限"
            f"（批量处理：{state.batch or '无'}）：{zh or '没有待办事项'}。请查看数据目录中工作进程的日志。",
        )
