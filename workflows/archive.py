"""Keep the histories of a round's workflows, before Temporal forgets them."""

import contextlib
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

from activities.messages import (
    COUNT_OPEN,
    FETCH_HISTORIES,
    READ_ARCHIVE,
    READ_FACTS,
    RECORD,
    ROUNDS_TO_ARCHIVE,
    ArchiveQuery,
    FactsQuery,
    Fetched,
    Recorded,
    RecordRequest,
    RoundsToArchive,
)
from selection.actor import SYSTEM, Actor
from selection.aggregate import Context, Event, leaf_of
from selection.archive.decide import ARCHIVE, KeepHistories
from selection.archive.events import Cause
from selection.archive.state import ArchiveState
from selection.facts import Facts, FactsRequest
from selection.model import Frozen
from selection.refusals import Refused, sentence
from selection.streams import archive_stream, log_of
from workflows import policies

ARCHIVE_ROUNDS_ID = "archive-rounds/installation"

A = TypeVar("A", bound=Frozen)
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
    """Workflow id `archive/<round>`: one act at a time, the only writer of the stream of the same name.

    After a round's end it first waits until the round's workflows have closed, for a quarter of an hour at
    most; what is still open then is kept as far as it goes.
    """

    @workflow.init
    def __init__(self, start: ArchiveStart) -> None:
        self.round = log_of(workflow.info().workflow_id)
        self.state: ArchiveState = ARCHIVE.initial(workflow.info().workflow_id)
        self.facts = Facts()
        self.act = start

    @workflow.query(description="How many runs were looked at so far.")
    def progress(self) -> int:
        """Return how many runs were looked at so far."""
        return self.act.looked

    @workflow.run
    async def run(self, start: ArchiveStart) -> ArchiveResult:
        """Fetch, keep and record turn by turn until every workflow of the round was looked at."""
        query = ArchiveQuery(round=self.round)
        self.state = await self._short(READ_ARCHIVE, query, ArchiveState)
        if start.command_id in self.state.seen and self.state.complete:
            return self._result()
        asked = FactsRequest(terms=True)
        facts_query = FactsQuery(round=self.round, stream=self.state.stream, request=asked)
        self.facts = await self._short(READ_FACTS, facts_query, Facts)
        self._refuse_unentitled()
        if start.cause == "round-ended" and not start.after:
            await self._until_closed(query)
        while True:
            fetched = await self._fetch()
            self._note(fetched)
            if fetched.runs or (fetched.last and (self.act.told or self.act.cause != "schedule")):
                await self._record(self._decided(fetched))
                self.act = self.act.model_copy(update={"told": True})
            if fetched.last:
                return self._result()
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self.act)

    def _result(self) -> ArchiveResult:
        return ArchiveResult(looked=self.act.looked, open=self.act.open, missing=self.act.missing)

    def _refuse_unentitled(self) -> None:
        """Fail for good, with the refusal's code, before anything is fetched for nobody."""
        try:
            self._decided(Fetched(runs=(), after="", last=True, looked=0, open=0))
        except Refused as refused:
            said = sentence(refused.code, refused.params)
            raise ApplicationError(said, refused.params, type=refused.code, non_retryable=True) from None

    async def _until_closed(self, query: ArchiveQuery) -> None:
        for pause in policies.UNTIL_CLOSED:
            if not await self._long(COUNT_OPEN, query, int):
                return
            await workflow.sleep(pause, summary="until the round's workflows have closed")

    async def _fetch(self) -> Fetched:
        return await self._long(
            FETCH_HISTORIES, ArchiveQuery(round=self.round, after=self.act.after), Fetched
        )

    def _note(self, fetched: Fetched) -> None:
        self.act = self.act.model_copy(
            update={
                "after": fetched.after,
                "looked": self.act.looked + fetched.looked,
                "open": self.act.open + fetched.open,
                "missing": self.act.missing + len(fetched.missing),
            }
        )
        workflow.set_current_details(f"{self.act.looked} runs looked at, {self.act.open} open")

    def _decided(self, fetched: Fetched) -> tuple[Event, ...]:
        command = KeepHistories(
            cause=self.act.cause, runs=fetched.runs, complete=fetched.last, open=self.act.open
        )
        context = Context(self.act.actor, workflow.now(), self.act.command_id, self.facts)
        return ARCHIVE.decide(self.state, command, context)

    async def _record(self, events: tuple[Event, ...]) -> None:
        act, now = self.act, workflow.now()
        leaves = tuple(
            leaf_of(
                event, state=self.state, offset=offset, actor=act.actor, at=now, command_id=act.command_id
            )
            for offset, event in enumerate(events, start=1)
        )
        request = RecordRequest(log=self.round, stream=self.state.stream, leaves=leaves)
        recorded = await self._short(RECORD, request, Recorded)
        if recorded.refused:
            raise ApplicationError("not recorded", type=recorded.refused, non_retryable=True)
        for leaf in leaves:
            self.state = ARCHIVE.evolve(self.state, leaf)

    async def _short(self, name: str, argument: Frozen, answer: type[A]) -> A:
        told: A = await workflow.execute_activity(
            name,
            argument,
            result_type=answer,
            start_to_close_timeout=policies.RECORD_TIMEOUT,
            retry_policy=policies.RECORD_RETRY,
        )
        return told

    async def _long(self, name: str, argument: Frozen, answer: type[T]) -> T:
        told: T = await workflow.execute_activity(
            name,
            argument,
            result_type=answer,
            start_to_close_timeout=policies.BATCH_TIMEOUT,
            heartbeat_timeout=policies.BATCH_HEARTBEAT,
            retry_policy=policies.LONG_RETRY,
        )
        return told


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
            start_to_close_timeout=policies.WIDE_VIEW_TIMEOUT,
            retry_policy=policies.LONG_RETRY,
        )
        for round_id in found.rounds:
            command_id = f"archive/schedule/{workflow.info().run_id}"
            await start_archiving(round_id, ArchiveStart(command_id=command_id, cause="schedule"))
        return found.rounds
