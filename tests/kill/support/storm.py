"""What befalls a stack on which many rounds run: one blow at a time, chosen by a seed."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import uuid4

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError

from ledger.record import Ledger
from runtime.embedded.plan import Program
from runtime.embedded.stack import POSTGRES, TEMPORAL, EmbeddedStack
from runtime.endpoints import Endpoints
from starter.reconcile.resume import resume
from tests.kill.support.patience import patiently
from worker.run import CACHED_WORKFLOWS
from workflows.lasting import start_courier

WORKERS = ("worker", "worker-2")
NARROW = 2
"""The smallest cache that is allowed: nearly every act then meets a workflow that was evicted."""
OUTAGE = 4.5
"""Seconds that Postgres is away: longer than a local attempt waits for it."""
CALM = 2.0
"""Seconds between two blows: a round must come on between them."""
COPY_EVERY = 6.0
RESETS = 3


class Blow(StrEnum):
    """One kind of thing that happens."""

    KILLED = "workers killed"
    KILLED_AFTER_COMMIT = "workers killed right after a commit"
    NARROW = "workers killed and started with a cache of 2"
    RESET = "runs reset"
    SET_BACK = "Temporal set back to an older copy"
    EMPTIED = "Temporal emptied"
    OUTAGE = "outages of PostgreSQL beyond the local limit"


class Storm:
    """Strikes the stack's parts, sees that each is back, and counts."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self.lock = asyncio.Lock()
        self._folder = folder
        self._chance = random.Random(seed)
        self._cached: dict[str, int] = {}
        self._copies: list[Path] = []
        self._ordered: set[str] = set()
        self._without_workers = False
        self.stack: EmbeddedStack
        self.client: Client
        self.ledger: Ledger

    def programs(self) -> dict[str, Program]:
        """The workers' command lines, each made when it is started."""
        return {name: Program(partial(self._command, name)) for name in WORKERS}

    def _command(self, name: str, _: Endpoints) -> list[str]:
        cached = self._cached.pop(name, CACHED_WORKFLOWS)
        return [sys.executable, "-m", "tests.kill.support.mortal", name, str(cached)]

    async def keep_up(self) -> None:
        """Start workers that have died, and copy Temporal's file now and then, until cancelled."""
        clock = asyncio.get_running_loop().time
        copied = clock()
        while True:
            for name in set() if self._without_workers else set(WORKERS) - set(self.stack.pids):
                self.counts[Blow.KILLED_AFTER_COMMIT] += name in self._ordered
                self._ordered.discard(name)
                await self.stack.start(name)
            if clock() - copied > COPY_EVERY and not self.lock.locked():
                async with self.lock:
                    await self._copy()
                copied = clock()
            await asyncio.sleep(0.2)

    async def strike(self, blow: Blow, chance: random.Random, log: str) -> None:
        """Let one thing happen, and return when all parts are back and it has been calm for a while."""
        async with self.lock:
            happens: dict[Blow, Callable[[], Awaitable[None]]] = {
                Blow.KILLED: lambda: self._kill(chance, CACHED_WORKFLOWS),
                Blow.KILLED_AFTER_COMMIT: lambda: self._kill_after_commit(chance),
                Blow.NARROW: lambda: self._kill(chance, NARROW),
                Blow.RESET: lambda: self._reset(chance, log),
                Blow.SET_BACK: lambda: self._set_back(chance),
                Blow.EMPTIED: self._empty,
                Blow.OUTAGE: self._outage,
            }
            await happens[blow]()
            if blow is not Blow.RESET:
                await asyncio.sleep(CALM)

    async def _kill(self, chance: random.Random, cached: int) -> None:
        name = chance.choice(WORKERS)
        self._cached[name] = cached
        self._kill_worker(name)
        self.counts[Blow.NARROW if cached == NARROW else Blow.KILLED] += 1
        await asyncio.sleep(chance.uniform(0, 1))

    def _kill_worker(self, name: str) -> None:
        if name in self.stack.pids:
            self._ordered.discard(name)
            self.stack.kill(name)

    async def _kill_after_commit(self, chance: random.Random) -> None:
        """Order a worker to die with its next commit; the keeper sees that it did."""
        name = chance.choice(WORKERS)
        pid = self.stack.pids.get(name)
        if pid is not None:
            os.kill(pid, signal.SIGUSR1)
            self._ordered.add(name)

    async def _reset(self, chance: random.Random, log: str) -> None:
        """Reset some open runs of a round, each to a task of its past."""
        streams = await patiently(lambda: self.ledger.reading.streams(log))
        for stream in chance.sample(streams, min(RESETS, len(streams))):
            with suppress(RPCError):
                self.counts[Blow.RESET] += await self._reset_one(chance, stream)

    async def _reset_one(self, chance: random.Random, stream: str) -> bool:
        handle = self.client.get_workflow_handle(stream)
        history = await handle.fetch_history()
        done = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
        tasks = [event.event_id for event in history.events if event.event_type == done]
        if not tasks:
            return False
        await self.client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=self.client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=stream, run_id=history.run_id),
                reason="fuzz",
                workflow_task_finish_event_id=chance.choice(tasks),
                request_id=str(uuid4()),
            )
        )
        return True

    async def _set_back(self, chance: random.Random) -> None:
        if not self._copies:
            await self._copy()
            await asyncio.sleep(2 * CALM)
        older = chance.choice(self._copies)
        await self._replace_temporal(older)
        self.counts[Blow.SET_BACK] += 1

    async def _empty(self) -> None:
        await self._replace_temporal(None)
        self.counts[Blow.EMPTIED] += 1

    async def _replace_temporal(self, copy: Path | None) -> None:
        """Do what docs/operating.md says: no worker that knows more of a run than the copy meets it."""
        self._without_workers = True
        self.stack.kill(TEMPORAL)
        for name in WORKERS:
            self._kill_worker(name)
        for left in self._folder.glob("temporal.sqlite*"):
            left.unlink()
        if copy is not None:
            shutil.copyfile(copy, self._folder / "temporal.sqlite")
        # Copies of what Temporal has lost since are of another past.
        self._forget(self._copies)
        await self.stack.start(TEMPORAL)
        self._without_workers = False
        await self._resume()

    async def _resume(self) -> None:
        """Do what `selection resume` does: every open stream has a workflow, and asks the record."""
        await start_courier(self.client, self.stack.endpoints.task_queue)
        await resume(self.client, self.ledger, self.stack.endpoints.task_queue)

    async def _outage(self) -> None:
        self.stack.kill(POSTGRES)
        await asyncio.sleep(OUTAGE)
        await self.stack.start(POSTGRES)
        self.counts[Blow.OUTAGE] += 1

    async def _copy(self) -> None:
        made = self._folder.parent / f"copy-{uuid4()}.sqlite"
        await asyncio.to_thread(_copy_file, self._folder / "temporal.sqlite", made)
        self._copies.append(made)
        self._forget(self._copies[:-2])

    def _forget(self, copies: list[Path]) -> None:
        for copy in list(copies):
            copy.unlink()
            self._copies.remove(copy)


def _copy_file(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
