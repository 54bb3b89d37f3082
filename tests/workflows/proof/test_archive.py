"""The histories of a round are kept: at its end, by the schedule, and when an auditor asks."""

import asyncio
from hashlib import sha256

import pytest
from temporalio.api.history.v1 import History
from temporalio.client import (
    ScheduleActionExecutionStartWorkflow,
    ScheduleOverlapPolicy,
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowHistory,
)
from temporalio.exceptions import ApplicationError

from activities.archive import ArchiveActivities
from selection.application import commands as c
from selection.archive.events import ArchivedRun
from selection.kernel.actor import Actor, Role
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.round.commands import CancelRound
from selection.streams import archive_stream
from tests import factories as f
from tests.running.waiting import SOON
from tests.workflows.support.histories import replay
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from workflows.archive import ARCHIVE_ROUNDS_ID, ArchiveResult, ArchiveStart, ArchiveWorkflow
from workflows.lasting import schedule_archiving

ARCHIVE = archive_stream(f.ROUND)
ONE, LIST = application(1), unit_list("bj")


async def archive(place: Installation, actor: Actor, command_id: str) -> ArchiveResult:
    """Have the histories kept, as `selection audit archive` does."""
    return await place.temporal.execute_workflow(
        ArchiveWorkflow.run,
        ArchiveStart(actor=actor, command_id=command_id, cause="request"),
        id=ARCHIVE,
        task_queue=place.ends.task_queue,
    )


async def list_runs(place: Installation, after: int = 0) -> dict[str, list[ArchivedRun]]:
    """The runs that entries after a version name, by workflow."""
    found: dict[str, list[ArchivedRun]] = {}
    for entry in await place.ledger.reading.stream_entries(ARCHIVE, after):
        for run in entry.leaf.data["runs"]:
            found.setdefault(run["workflow_id"], []).append(ArchivedRun.model_validate(run))
    return found


async def read_history(place: Installation, run: ArchivedRun) -> WorkflowHistory:
    """The history that is kept of a run, from its bytes."""
    body = await place.ledger.histories.body(f.ROUND, run)
    assert body is not None
    assert sha256(body).hexdigest() == run.sha256
    history = WorkflowHistory(run.workflow_id, list(History.FromString(body).events))
    assert history.run_id == run.run_id
    assert history.events[-1].event_id == run.events
    return history


async def one_application(place: Installation) -> None:
    await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    await place.client.act(LIST, Recommend(application="0001", revision=1), actor=f.RECOMMENDER)


async def test_a_round_that_ends_is_archived_and_the_schedule_keeps_what_was_still_open(
    open_place: Installation,
) -> None:
    await one_application(open_place)
    await open_place.client.act(ROUND, CancelRound(reason=f.ref()), actor=f.OFFICER)
    assert await open_place.handle(ROUND).result() == "cancelled"
    at_its_end = await open_place.temporal.get_workflow_handle(ARCHIVE, result_type=ArchiveResult).result()
    assert (at_its_end.looked, at_its_end.open, at_its_end.missing) == (3, 1, 0)
    first = await list_runs(open_place)
    assert {workflow: [run.closed for run in runs] for workflow, runs in first.items()} == {
        ROUND: [True],
        ONE: [True],
        LIST: [False],
    }
    for runs in first.values():
        await replay([await read_history(open_place, run) for run in runs])

    await open_place.move(open_place.deadline("recommendation") + f.TERMS.grace, LIST)
    await open_place.handle(LIST).result()
    await schedule_archiving(open_place.temporal, open_place.ends.task_queue)
    for again in ((f.ROUND,), ()):
        assert await by_schedule(open_place) == again
    assert await list_runs(open_place, await open_place.version(ARCHIVE) - 1) == await list_runs(
        open_place, 1
    )
    [(workflow, [run])] = (await list_runs(open_place, 1)).items()
    assert (workflow, run.closed, run.events > first[LIST][0].events) == (LIST, True, True)
    await replay([await read_history(open_place, run)])


async def by_schedule(place: Installation) -> tuple[str, ...]:
    """Let Temporal's schedule act at once, and wait for all that it starts."""
    schedule = place.temporal.get_schedule_handle(ARCHIVE_ROUNDS_ID)
    before = (await schedule.describe()).info.num_actions
    # One that has ended may not have been noticed yet.
    await schedule.trigger(overlap=ScheduleOverlapPolicy.BUFFER_ONE)
    async with asyncio.timeout(SOON.total_seconds()):
        while (told := (await schedule.describe()).info).num_actions == before:
            await asyncio.sleep(0.05)
        started = told.recent_actions[-1].action
        assert isinstance(started, ScheduleActionExecutionStartWorkflow)
        found: tuple[str, ...] = await place.temporal.get_workflow_handle(
            started.workflow_id, run_id=started.first_execution_run_id, result_type=tuple[str, ...]
        ).result()
        for _ in found:
            await place.handle(ARCHIVE).result()
        return found


async def test_an_auditor_has_every_run_of_a_chain_kept_once_for_a_command(open_place: Installation) -> None:
    await one_application(open_place)
    while len(await runs_of(open_place, ONE)) < 2:
        with pytest.raises(Refused, match="wrong-stage"):
            await open_place.client.act(ONE, c.PassCheck(revision=1), actor=f.OFFICER)
    await open_place.until_idle(ONE)
    auditor = f.actor("auditor-1")
    found = await archive(open_place, auditor, "keep-1")
    assert (found.looked, found.open) == (4, 3)
    recorded = await open_place.version(ARCHIVE)
    again = await archive(open_place, auditor, "keep-1")
    assert (again.looked, again.open, again.missing) == (4, 3, 0)
    assert await open_place.version(ARCHIVE) == recorded, "the same act is recorded once"
    first = await list_runs(open_place)
    assert [run.run_id for run in first[ONE]] == sorted(await runs_of(open_place, ONE))
    assert [run.closed for run in first[ONE]] == [True, False]
    await replay([await read_history(open_place, run) for run in first[ONE]])
    keeping = ArchiveActivities(open_place.recorder, open_place.temporal)
    unlisted = await keeping._keep(f.ROUND, ONE, {}, {})
    assert unlisted == first[ONE], "the visibility store lags, the chain itself does not"
    forgotten = first[ONE][0].model_copy(update={"run_id": "01a20f55-af92-70e5-a072-5bd6c5801387"})
    known, ended = {(ONE, forgotten.run_id): forgotten}, WorkflowExecutionStatus.COMPLETED
    kept_before = await keeping._keep(f.ROUND, ONE, {forgotten.run_id: ended}, known)
    assert kept_before == [forgotten], "what is kept to its end is not fetched again"
    [entry] = await open_place.ledger.reading.stream_entries(ARCHIVE)
    assert (entry.leaf.actor, entry.leaf.data["command_id"]) == (auditor, "keep-1")

    await open_place.client.act(ONE, c.Withdraw(), actor=f.APPLICANT)
    await archive(open_place, auditor, "keep-2")
    assert set(await list_runs(open_place, 1)) == {ONE}, "what did not grow is not named again"
    await archive(open_place, auditor, "keep-3")
    assert await list_runs(open_place, 2) == {}


async def runs_of(place: Installation, stream: str) -> set[str]:
    return {item.run_id async for item in place.temporal.list_workflows(f"WorkflowId = '{stream}'")}


@pytest.mark.parametrize(
    "actor", [f.OFFICER, f.actor("officer-1", Role.AUDITOR), f.actor("admin-1", Role.SYSTEM)]
)
async def test_nobody_else_has_histories_kept(open_place: Installation, actor: Actor) -> None:
    with pytest.raises(WorkflowFailureError) as failed:
        await archive(open_place, actor, "keep-1")
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "not-entitled"
    assert await open_place.version(ARCHIVE) == 0
