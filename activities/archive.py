"""Keep Temporal's histories of a round: fetch every run of every workflow, and put its bytes beside the record."""

import asyncio
from hashlib import sha256

from temporalio import activity
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History, HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.archive_listing import Runs, complete_runs, count_running, workflows_of
from activities.beating import beat_while
from activities.decide import refuse_strangers
from activities.messages import (
    COUNT_OPEN,
    KEEP_HISTORIES,
    ROUNDS_TO_ARCHIVE,
    Archived,
    ArchiveTurn,
    RoundsToArchive,
)
from ledger.record import Ledger
from runtime.temporal.payloads import converter_of, decrypt
from selection.archive.decide import KeepHistories
from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.archive.state import ArchiveState
from selection.decision.aggregate import event_of
from selection.decision.machine import Report
from selection.refusals.refused import Refused
from selection.streams import ARCHIVE, ROUND, archive_stream, log_of, round_stream, workflow_ids_of

RUNS_PER_TURN = 500
"""Runs of one activity: their names are far below the limit of a payload."""
AT_ONCE = 8
ENDINGS = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    }
)
UNSETTLED = frozenset(
    {EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED}
)
"""Events that the server shows at the end of an open run before it has stored them for good."""

Known = dict[tuple[str, str], ArchivedRun]


class ArchiveActivities:
    """Fetch, keep, and tell what the record does not name yet. A repeat fetches no closed run twice."""

    def __init__(self, ledger: Ledger, client: Client) -> None:
        self._ledger = ledger
        self._client = client

    @activity.defn(name=ROUNDS_TO_ARCHIVE)
    async def rounds_to_archive(self) -> RoundsToArchive:
        """Return the rounds that go on, and those that ended with runs that are not kept to their end."""
        names = [str(row["round"]) for row in await self._ledger.reading.rounds()]
        return RoundsToArchive(rounds=tuple([name for name in names if not await self._is_settled(name)]))

    @activity.defn(name=COUNT_OPEN)
    async def count_open(self, turn: ArchiveTurn) -> int:
        """Return how many of the round's workflows have not closed."""
        refuse_strangers(turn.stream)
        return await beat_while(count_running(self._client, self._ledger.reading, log_of(turn.stream)))

    @activity.defn(name=KEEP_HISTORIES)
    async def keep_histories(self, turn: ArchiveTurn) -> Archived:
        """Keep the histories of the next workflows, and record those that the record does not name yet."""
        refuse_strangers(turn.stream)
        return await beat_while(self._keep_turn(turn))

    async def _keep_turn(self, turn: ArchiveTurn) -> Archived:
        refused = await self._foresee_refusal(turn)
        if refused is not None:
            # Before anything is fetched for nobody.
            return Archived(code=refused.code, params=refused.params)
        found, runs = await self._fetch(turn)
        if runs or (found.last and (turn.told or turn.cause != "schedule")):
            # The last turn bears the act's own id, by which its receipt is asked for.
            command_id = turn.command_id if found.last else f"{turn.command_id}/{turn.after}"
            command = KeepHistories(
                cause=turn.cause, runs=runs, complete=found.last, open=turn.open + found.open
            )
            report = Report(command, command_id, turn.actor)
            decided = await self._ledger.deciding.decide(turn.stream, report, turn.at)
            if decided.refused is not None:
                return Archived(code=decided.refused.code, params=decided.refused.params)
            return found.model_copy(update={"told": True})
        return found.model_copy(update={"told": turn.told})

    async def _foresee_refusal(self, turn: ArchiveTurn) -> Refused | None:
        nothing = KeepHistories(cause=turn.cause, runs=(), complete=False, open=0)
        report = Report(nothing, turn.command_id, turn.actor)
        return (await self._ledger.deciding.foresee(turn.stream, report)).refused

    async def _fetch(self, query: ArchiveTurn) -> tuple[Archived, tuple[ArchivedRun, ...]]:
        round_id = log_of(query.stream)
        listed = await workflows_of(self._client, self._ledger.reading, round_id)
        waiting = [workflow_id for workflow_id in listed if workflow_id > query.after]
        turn = _first(waiting, listed)
        named = await self._read_named_runs(round_id)
        stored = await self._ledger.histories.list_closed_runs(round_id)
        gate = asyncio.Semaphore(AT_ONCE)

        async def keep(workflow_id: str) -> list[ArchivedRun]:
            async with gate:
                return await self._keep(round_id, workflow_id, listed[workflow_id], stored | named)

        kept = await asyncio.gather(*(keep(workflow_id) for workflow_id in turn))
        # A child's run is kept with that of the application which tells of it, and by its own name.
        runs = list({(run.workflow_id, run.run_id): run for each in kept for run in each}.values())
        found = Archived(
            after=turn[-1] if turn else query.after,
            last=len(turn) == len(waiting),
            looked=len(runs),
            open=sum(not run.closed for run in runs),
            missing=sum(not each for each in kept),
        )
        return found, tuple(run for run in runs if named.get((run.workflow_id, run.run_id)) != run)

    async def _keep(self, round_id: str, workflow_id: str, listed: Runs, known: Known) -> list[ArchivedRun]:
        """Keep the runs of one workflow and of its child, and return them, those that are kept already too."""
        waiting = [(workflow_id, run_id) for run_id in await complete_runs(self._client, workflow_id, listed)]
        found: dict[tuple[str, str], ArchivedRun] = {}
        while waiting:
            name = waiting.pop()
            earlier = known.get(name)
            if name in found or (earlier is not None and earlier.closed):
                found.setdefault(name, earlier or found[name])
                continue
            events = await self._events(*name)
            if not events:
                continue
            found[name] = await self._keep_run(round_id, *name, events)
            # What the visibility store does not know yet, or no longer, other runs still name.
            waiting += [other for other in _list_others(name[0], events) if other not in found]
        return [run for _, run in sorted(found.items())]

    async def _keep_run(
        self, round_id: str, workflow_id: str, run_id: str, events: list[HistoryEvent]
    ) -> ArchivedRun:
        closed = events[-1].event_type in ENDINGS
        while not closed and len(events) > 1 and events[-1].event_type in UNSETTLED:
            events = events[:-1]
        body = History(events=events).SerializeToString(deterministic=True)
        run = ArchivedRun(
            workflow_id=workflow_id,
            run_id=run_id,
            events=events[-1].event_id,
            closed=closed,
            sha256=sha256(body).hexdigest(),
        )
        await self._ledger.histories.keep(round_id, run, body)
        return run

    async def _events(self, workflow_id: str, run_id: str) -> list[HistoryEvent]:
        """Return a run's events as the server holds them now, but readable; none if it forgot the run.

        They are kept beside the record, which holds the same facts: a bundle is to prove a round without our keys.
        """
        try:
            history = await self._client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        except RPCError as exc:
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise
            return []
        codec = converter_of(self._client, workflow_id).payload_codec
        for event in history.events:
            await decrypt(event, codec)
        return list(history.events)

    async def _archive(self, round_id: str) -> ArchiveState:
        stream = archive_stream(round_id)
        found = await self._ledger.reading.snapshot(stream)
        return ARCHIVE.initial(stream) if found is None else ARCHIVE.load(found.state)

    async def _read_named_runs(self, round_id: str) -> Known:
        """Return the runs that the record names, each as it was named last."""
        named: Known = {}
        for entry in await self._ledger.reading.stream_entries(archive_stream(round_id)):
            event = event_of(entry.leaf)
            if isinstance(event, HistoriesArchived):
                named.update({(run.workflow_id, run.run_id): run for run in event.runs})
        return named

    async def _is_settled(self, round_id: str) -> bool:
        archive = await self._archive(round_id)
        found = await self._ledger.reading.snapshot(round_stream(round_id))
        ended = found is not None and ROUND.load(found.state).over
        kept = archive.version > 0 and archive.complete and not archive.open
        return ended and kept and await self._is_archived_last(round_id)

    async def _is_archived_last(self, round_id: str) -> bool:
        """Tell whether nothing came after what the archive says last, as a request for review does."""
        size = await self._ledger.reading.head(round_id)
        last = await self._ledger.reading.entries(round_id, size - 2)
        return not last or last[-1].leaf.stream == archive_stream(round_id)


def _list_others(workflow_id: str, events: list[HistoryEvent]) -> list[tuple[str, str]]:
    """Return the runs that a history names: the one that it goes on from, and the children for requests for review."""
    before = events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    started = [event.child_workflow_execution_started_event_attributes.workflow_execution for event in events]
    own = workflow_ids_of(workflow_id)
    children = [(child.workflow_id, child.run_id) for child in started if child.workflow_id in own]
    return [(workflow_id, before), *children] if before else children


def _first(waiting: list[str], listed: dict[str, Runs]) -> list[str]:
    """Return the first workflows of those that wait, as many as one turn takes."""
    turn: list[str] = []
    runs = 0
    for workflow_id in waiting:
        if runs >= RUNS_PER_TURN:
            break
        turn.append(workflow_id)
        runs += max(len(listed[workflow_id]), 1)
    return turn
