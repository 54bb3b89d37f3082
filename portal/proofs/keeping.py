"""Copies of rounds' records that auditors work with: made, worked on and kept for a while, in this process.

A copy is a bundle, as `selection audit export` writes it. It is its person's alone, and gone when its time is over,
when another is made, and when the portal ends; if it was killed, when the next begins.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import structlog

from ledger.errors import LedgerError
from portal.faults import Fault, fault_of
from portal.proofs.folders import LockedFolder, hold_folder
from portal.proofs.jobs import Answer, Job, Verify, name_job
from portal.proofs.working import WorkFailed, run_job
from reading.access.subject import Subject
from reading.errors import ReadFailed
from runtime.error_places import describe_error
from runtime.errors import StackError
from runtime.settings import Settings
from starter.archive.bundling import write_bundle
from starter.archive.export import ExportCounts

KEPT = timedelta(hours=2)
"""How long a copy is kept [D]."""
COPIES_AT_MOST = 8
"""Copies of all, one of each person [D]."""
WAITING_AT_MOST = 3
"""Jobs of one copy that run or wait [D]."""
ANSWERS_AT_MOST = 100
"""Answers that are kept of one copy; the oldest make room [D]."""
LONG, SHORT = 3600.0, 600.0
"""Seconds that a verification may take, and any other job [D]."""
PATIENCE = 4.0
"""Seconds that a page waits for an answer before it shows how far the work is [D]."""
STOPPED = "stopped"
"""Why there is no answer where something else took the place of the work, or its copy was deleted."""
Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class Work:
    """Something that is being done: how far it is, and `fault` once it came to nothing."""

    def __init__(self) -> None:
        self.part, self.done, self.total = "waits", 0, 0
        self.fault = ""
        self.task: asyncio.Task[None] | None = None
        self._stopped = False

    def tell(self, part: str, done: int, total: int) -> None:
        """Note how far it is. Raises WorkFailed once it was stopped: a thread ends in no other way."""
        if self._stopped:
            raise WorkFailed(STOPPED)
        self.part, self.done, self.total = part, done, total

    @property
    def running(self) -> bool:
        """Whether it still goes on, or waits for its turn."""
        return self.task is not None and not self.task.done()

    async def wait(self, seconds: float) -> bool:
        """Wait a while for the end; tell whether it came."""
        assert self.task is not None
        await asyncio.wait([self.task], timeout=seconds)
        return not self.running

    def begin(self, work: Callable[[], Awaitable[None]]) -> None:
        """Go on by itself, whoever looks or leaves."""
        self.task = asyncio.create_task(self._do(work))

    def cancel(self) -> None:
        """Have it end, as soon as it can."""
        self._stopped = True
        if self.running:
            assert self.task is not None
            self.fault = STOPPED
            self.task.cancel()

    async def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.cancel()
        if self.task is not None:
            await asyncio.gather(self.task, return_exceptions=True)

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except (ReadFailed, StackError, LedgerError, WorkFailed) as error:
            self.fault = error.code
        except Exception as error:  # noqa: BLE001 # whatever it is, its page tells it by a code
            self.fault = fault_of(error).code
            log.warning("work on a record failed", error=describe_error(error))


async def _await_thread(work: Callable[[], Result]) -> Result:
    """Return what a thread of its own returns. Cancelled, it waits all the same: a thread ends at its next `tell`."""
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        await asyncio.gather(thread, return_exceptions=True)
        raise


class Turns:
    """Whose turn it is: at a time one record is copied, one is verified, and one other job is done."""

    def __init__(self) -> None:
        self.copying = asyncio.Semaphore(1)
        self.verifying = asyncio.Semaphore(1)
        self.short = asyncio.Semaphore(1)


class Copy:
    """One person's copy of one round's record, with what was asked of it."""

    def __init__(
        self,
        person: str,
        round_id: str,
        place: LockedFolder,
        turns: Turns,
        *,
        until: datetime,
        redacted: bool,
    ) -> None:
        self.person = person
        self.round = round_id
        self.redacted = redacted
        self.made_at = datetime.now(UTC)
        self.until = until
        self.making = Work()
        self.exported: ExportCounts | None = None
        self.verification: Verify | None = None
        """What was last asked to be verified, to come back to."""
        self._place = place
        self._turns = turns
        self._works: dict[str, Work] = {}

    @property
    def folder(self) -> Path:
        """Where it and what came of it lie."""
        return self._place.path

    @property
    def bundle(self) -> Path:
        """The bundle's file."""
        return self.folder / "round.zip"

    def make(self, settings: Settings, who: Subject) -> None:
        """Begin to write the bundle. The reading is noted as an export's is, before anything is read."""

        async def write() -> ExportCounts:
            return await write_bundle(
                settings, who, self.round, self.bundle, redacted=self.redacted, tell=self.making.tell
            )

        async def copy() -> None:
            async with self._turns.copying:
                # In a thread of its own: packing takes whole seconds in which no page could answer.
                self.exported = await _await_thread(lambda: asyncio.run(write()))

        self.making.begin(copy)

    def work_on(self, job: Job) -> Work:
        """Return the work on a job, begun if it was not; a verification takes the place of an earlier one.

        Raises Fault while too much is going on.
        """
        name = name_job(job)
        if (found := self._works.get(name)) is not None and found.fault != STOPPED:
            return found
        turn, longest = self._turns.short, SHORT
        if isinstance(job, Verify):
            # However many keys one person tries, all others wait for the last of them alone.
            for earlier in (self._works[name] for name in self._works if name.startswith(f"{job.kind}-")):
                earlier.cancel()
            turn, longest = self._turns.verifying, LONG
        going_on = [work for work in self._works.values() if work.running and work.fault != STOPPED]
        if len(going_on) >= WAITING_AT_MOST:
            raise Fault("proof-busy", 429)
        self._make_room()
        work = self._works[name] = Work()

        async def take_turn() -> None:
            async with turn:
                await run_job(self.bundle, job, self._answer(job), longest, work.tell)

        work.begin(take_turn)
        return work

    async def read_answer(self, job: Job) -> Answer:
        """Return what came of a job that is done."""
        return Answer.model_validate_json(await asyncio.to_thread(self._answer(job).read_bytes))

    def forget(self, job: Job) -> None:
        """Let a job that came to nothing be begun anew."""
        work = self._works.get(name_job(job))
        if work is not None and not work.running:
            del self._works[name_job(job)]

    async def remove(self) -> None:
        """End all work and delete the files."""
        for work in (self.making, *self._works.values()):
            await work.stop()
        await asyncio.to_thread(self._place.remove)

    def _answer(self, job: Job) -> Path:
        return self.folder / f"{name_job(job)}.json"

    def _make_room(self) -> None:
        ended = [name for name, work in self._works.items() if not work.running]
        for name in ended[: max(0, len(self._works) - ANSWERS_AT_MOST + 1)]:
            del self._works[name]
            (self.folder / f"{name}.json").unlink(missing_ok=True)


class Copies:
    """All copies of this process."""

    def __init__(self, settings: Settings, kept: timedelta = KEPT) -> None:
        self._settings = settings
        self._kept = kept
        self._of: dict[str, Copy] = {}
        self.turns = Turns()
        self._ends: dict[str, asyncio.Task[None]] = {}
        self._removals: dict[Copy, asyncio.Task[None]] = {}

    def find(self, person: str, round_id: str) -> Copy | None:
        """Return a person's copy of a round, being made or made; None if there is none, or none any more."""
        found = self._of.get(person)
        return found if found is not None and found.round == round_id else None

    async def make(self, who: Subject, round_id: str, *, redacted: bool) -> Copy:
        """Begin a copy, in place of the person's earlier one. Raises Fault while that is made, or too many are kept."""
        earlier = self._of.get(who.person)
        if earlier is not None and earlier.making.running:
            raise Fault("proof-busy", 429)
        if earlier is None and len(self._of) >= COPIES_AT_MOST:
            raise Fault("proofs-full", 503)
        # Nothing is awaited until the copy is kept: of two that are asked for at once the second finds the first.
        place, until = hold_folder(), datetime.now(UTC) + self._kept
        self._take(who.person)
        copy = self._of[who.person] = Copy(
            who.person, round_id, place, self.turns, until=until, redacted=redacted
        )
        copy.make(self._settings, who)
        self._ends[who.person] = asyncio.create_task(self._end(copy))
        await self._finish(earlier)
        return copy

    async def drop(self, person: str) -> None:
        """Delete a person's copy, if there is one."""
        await self._finish(self._take(person))

    async def close(self) -> None:
        """Delete all, and wait for those that are being deleted."""
        for person in list(self._of):
            self._take(person)
        await asyncio.gather(*self._removals.values(), return_exceptions=True)

    def _take(self, person: str) -> Copy | None:
        """Take a person's copy from the list and begin to delete it; nobody who leaves meanwhile keeps it from that."""
        found, end = self._of.pop(person, None), self._ends.pop(person, None)
        if end is not None:
            end.cancel()
        if found is not None:
            removal = self._removals[found] = asyncio.create_task(found.remove())
            removal.add_done_callback(lambda _: self._removals.pop(found))
        return found

    async def _finish(self, copy: Copy | None) -> None:
        if copy is not None and (removal := self._removals.get(copy)) is not None:
            await asyncio.shield(removal)

    async def _end(self, copy: Copy) -> None:
        await asyncio.sleep(self._kept.total_seconds())
        if self._of.get(copy.person) is copy:
            self._ends.pop(copy.person)
            self._take(copy.person)
