"""Keep the histories of a round's workflows, before Temporal forgets them."""

import contextlib
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

from activities.messages import (
    COUNT_OPEN,
    KEEP_HISTORIES,
    ROUNDS_TO_ARCHIVE,
    Archived,
    ArchiveTurn,
    RoundsToArchive,
)
from selection.archive.events import Cause
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.counting import number_of
from selection.kernel.model import Frozen
from selection.streams import archive_stream
from selection.wording.refusals import sentence
from workflows import policies

ARCHIVE_ROUNDS_ID = "archive-rounds/installation"

T = TypeVar("T")


class ArchiveStart(Frozen):
    """One act of archiving a round: who wants it, under which command id, and why.

    What follows is told from run to run: the last workflow looked at, and counts.
    """

    actor: Actor = SYSTEM
    command_id: str
    cause: Cause
    after: str = ""
    told: bool = False
    looked: int = 0
    open: int = 0
    missing: int = 0


class ArchiveResult(Frozen):
    """What an act of archiving found: runs looked at, those still open, streams without any history."""

    looked: int
    open: int
    missing: int


@workflow.defn(name="Archive")
class ArchiveWorkflow:
    """Workflow id `archive/<round>`: one act at a time, the owner of the stream of the same name.

    After a round's end it first waits until the round's workflows have closed, for a quarter of an hour at
    most; what is still open then is kept as far as it goes.
    """

    @workflow.init
    def __init__(self, start: ArchiveStart) -> None:
        self.act = start

    @workflow.query(description="How many runs were looked at so far.")
    def progress(self) -> int:
        """Return how many runs were looked at so far."""
        return self.act.looked

    @workflow.run
    async def run(self, start: ArchiveStart) -> ArchiveResult:
        """Keep and record turn by turn until every workflow of the round was looked at."""
        if start.cause == "round-ended" and not start.after:
            await self._wait_until_closed()
        while True:
            turn = await self._long(KEEP_HISTORIES, self._turn(), Archived)
            if turn.code:
                said = sentence(turn.code, turn.params)
                raise ApplicationError(said, turn.params, type=turn.code, non_retryable=True)
            self._note(turn)
            if turn.last:
                return ArchiveResult(looked=self.act.looked, open=self.act.open, missing=self.act.missing)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self.act)

    def _turn(self) -> ArchiveTurn:
        act = self.act
        return ArchiveTurn(
            stream=workflow.info().workflow_id,
            actor=act.actor,
            command_id=act.command_id,
            cause=act.cause,
            at=workflow.now(),
            after=act.after,
            told=act.told,
            open=act.open,
        )

    async def _wait_until_closed(self) -> None:
        for pause in policies.UNTIL_CLOSED:
            if not await self._long(COUNT_OPEN, self._turn(), int):
                return
            await workflow.sleep(pause, summary="until the round's workflows have closed")

    def _note(self, turn: Archived) -> None:
        self.act = self.act.model_copy(
            update={
                "after": turn.after,
                "told": turn.told,
                "looked": self.act.looked + turn.looked,
                "open": self.act.open + turn.open,
                "missing": self.act.missing + turn.missing,
            }
        )
        workflow.set_current_details(
            f"{number_of(self.act.looked, 'run', 'runs')} read, {self.act.open} open"
        )

    async def _long(self, name: str, argument: Frozen, answer: type[T]) -> T:
        found: T = await workflow.execute_activity(
            name,
            argument,
            result_type=answer,
            start_to_close_timeout=policies.BATCH_TIMEOUT,
            heartbeat_timeout=policies.BATCH_HEARTBEAT,
            retry_policy=policies.LONG_RETRY,
        )
        return found


async def start_archiving(round_id: str, act: ArchiveStart) -> None:
    """Start the archive of a round as a workflow of its own, unless one runs: then that one does the work."""
    with contextlib.suppress(WorkflowAlreadyStartedError):
        await workflow.start_child_workflow(
            ArchiveWorkflow.run,
            act,
            id=archive_stream(round_id),
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary=f"keeps the histories of {round_id}",
        )


@workflow.defn(name="ArchiveRounds")
class ArchiveRoundsWorkflow:
    """Started daily by the schedule: keeps what rounds added since, long before Temporal forgets it."""

    @workflow.run
    async def run(self) -> tuple[str, ...]:
        """Start the archive of every round that is not kept to its end, and return which."""
        found: RoundsToArchive = await workflow.execute_activity(
            ROUNDS_TO_ARCHIVE,
            result_type=RoundsToArchive,
            start_to_close_timeout=policies.WIDE_TIMEOUT,
            retry_policy=policies.LONG_RETRY,
        )
        for round_id in found.rounds:
            command_id = f"archive/schedule/{workflow.info().run_id}"
            await start_archiving(round_id, ArchiveStart(command_id=command_id, cause="schedule"))
        return found.rounds
