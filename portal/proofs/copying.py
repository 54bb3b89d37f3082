"""One person's copy of one round's record: a bundle, as `selection audit export` writes it, and what is asked of it.

The process that made it holds its folder; every other one of the machine works on it there all the same, and each job
is done by one of them.
"""

import asyncio
from pathlib import Path

from portal.faults import Fault
from portal.proofs.beside import (
    LOOK_EVERY,
    STATE,
    CopyFacts,
    Teller,
    WorkElsewhere,
    WorkState,
    read_beside,
    write_beside,
)
from portal.proofs.folders import FoundFolder, LockedFolder, try_hold_file
from portal.proofs.jobs import Answer, Job, Verify, name_job
from portal.proofs.work import STOPPED, Turns, Work, await_thread
from portal.proofs.working import WorkFailed, run_job
from reading.access.subject import Subject
from runtime.settings import Settings
from starter.archive.bundling import write_bundle
from starter.archive.export import ExportCounts, Tell

EXPORTED, VERIFICATION = "exported.json", "verification.json"
WAITING_AT_MOST = 3
"""Jobs of one copy that run or wait in one process [D]."""
ANSWERS_AT_MOST = 100
"""Answers that are kept of one copy; the oldest make room [D]."""
LONG, SHORT = 3600.0, 600.0
"""Seconds that a verification may take, and any other job [D]."""


class Copy:
    """A copy that this process made, or found made by another one, with what was asked of it here."""

    def __init__(self, facts: CopyFacts, place: LockedFolder | FoundFolder, turns: Turns) -> None:
        self.person = facts.person
        self.round = facts.round
        self.redacted = facts.redacted
        self.made_at = facts.made_at
        self.until = facts.until
        self._place = place
        self._turns = turns
        self._works: dict[str, Work] = {}
        own = isinstance(place, LockedFolder)
        self.making = Work() if own else WorkElsewhere(self.folder / CopyFacts.FILE)
        if own:
            write_beside(self.folder / CopyFacts.FILE, facts)

    @property
    def folder(self) -> Path:
        """Where it and what came of it lie."""
        return self._place.path

    @property
    def bundle(self) -> Path:
        """The bundle's file."""
        return self.folder / "round.zip"

    @property
    def there(self) -> bool:
        """Whether no process has deleted it."""
        return (self.folder / CopyFacts.FILE).exists()

    @property
    def exported(self) -> ExportCounts | None:
        """What the bundle holds, once it is there."""
        return read_beside(self.folder / EXPORTED, ExportCounts)

    @property
    def verification(self) -> Verify | None:
        """What was last asked to be verified, to come back to."""
        return read_beside(self.folder / VERIFICATION, Verify)

    def verify(self, job: Verify) -> None:
        """Begin a verification, to come back to, in the place of an earlier one. Raises Fault as `work_on`."""
        self.work_on(job)
        write_beside(self.folder / VERIFICATION, job)

    def make(self, settings: Settings, who: Subject) -> None:
        """Begin to write the bundle. The reading is noted as an export's is, before anything is read."""
        tell = Teller(self.folder / STATE, self.making)

        async def write() -> ExportCounts:
            return await write_bundle(
                settings, who, self.round, self.bundle, redacted=self.redacted, tell=self._watch(tell)
            )

        async def copy() -> None:
            async with self._turns.copying:
                # In a thread of its own: packing takes whole seconds in which no page could answer.
                exported = await await_thread(lambda: asyncio.run(write()))
            write_beside(self.folder / EXPORTED, exported)

        self.making.begin(copy, tell.end)

    def work_on(self, job: Job) -> Work:
        """Return the work on a job, begun if it was not; a verification takes the place of an earlier one.

        Raises Fault while too much is going on.
        """
        name = name_job(job)
        if (found := self._works.get(name)) is not None and self._counts(found, job):
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
                await self._do_once(job, longest, work)

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

    def hide(self) -> None:
        """Have no process find it any more."""
        (self.folder / CopyFacts.FILE).unlink(missing_ok=True)

    async def stop(self) -> None:
        """End all work of this process on it."""
        for work in (self.making, *self._works.values()):
            await work.stop()

    async def remove(self) -> None:
        """End all work of this process and delete the files; another's work on it ends by that."""
        await self.stop()
        await asyncio.to_thread(self._place.remove)

    def _counts(self, work: Work, job: Job) -> bool:
        """Tell whether what was begun before is what to wait for: an answer may have made room for another's."""
        return work.fault != STOPPED and (work.running or bool(work.fault) or self._answer(job).exists())

    async def _do_once(self, job: Job, longest: float, work: Work) -> None:
        """Have a job done, unless another process does it: then wait for that. Raises WorkFailed."""
        lock, state = (self.folder / f"{name_job(job)}.{end}" for end in ("lock", "state"))
        tell = self._watch(Teller(state, work), job)
        try:
            while not self._answer(job).exists():
                with try_hold_file(lock) as held:
                    if held and not self._answer(job).exists():
                        await run_job(self.bundle, job, self._answer(job), longest, tell)
                    if held:
                        return
                told = read_beside(state, WorkState) or WorkState()
                work.tell(told.part, told.done, told.total)
                await asyncio.sleep(LOOK_EVERY)
        except FileNotFoundError:
            raise WorkFailed(STOPPED) from None

    def _watch(self, tell: Tell, job: Job | None = None) -> Tell:
        """Return `tell` so that it ends the work once the copy was deleted, or another verification was asked for."""

        def watch(part: str, done: int, total: int) -> None:
            if not self.there or (isinstance(job, Verify) and self.verification not in (None, job)):
                raise WorkFailed(STOPPED)
            tell(part, done, total)

        return watch

    def _answer(self, job: Job) -> Path:
        return self.folder / f"{name_job(job)}.json"

    def _make_room(self) -> None:
        ended = [name for name, work in self._works.items() if not work.running]
        for name in ended[: max(0, len(self._works) - ANSWERS_AT_MOST + 1)]:
            del self._works[name]
            (self.folder / f"{name}.json").unlink(missing_ok=True)
