"""Whatever becomes of the application's workflow or its child, a request for review is decided, and nothing twice."""

import asyncio
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import WorkflowHistory
from temporalio.common import WorkflowIDConflictPolicy

from runtime.endpoints import Endpoints
from selection.register.state import INSTALLATION
from selection.rules.ladder import Ladder
from selection.streams import REVIEW_REQUEST
from tests import factories as f
from tests.running.waiting import until
from tests.workflows.healing.test_healing import empty_temporal
from tests.workflows.healing.test_reconcile import REPAIR
from tests.workflows.healing.test_resume import delete, part
from tests.workflows.process.test_review_requests import (
    APPOINTED,
    CHILD,
    DECIDERS,
    GROUND,
    STARTED,
    STREAM,
    count,
    decide,
    request_review,
    rule,
    until_child,
)
from tests.workflows.support.commands import Commands
from tests.workflows.support.histories import all_histories_of, compare_histories, is_running
from tests.workflows.support.installation import Installation, installation, rules
from tests.workflows.support.setting_back import Copies

TASK_DONE = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED


@pytest.fixture
def command(open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    return Commands(open_place, monkeypatch, tmp_path)


async def both_close(place: Installation, runs: int) -> None:
    """Assert that both close with the decision, and that all their histories say what the record says."""
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"
    assert (await place.state(STREAM)).requests[GROUND].outcome == "dismissed"
    assert await place.types(STREAM) == [
        *("application.submitted", "fraud.reported", "fraud.ruled", "application.ruled-out"),
        *("review-request.made", "review-request.deciders-appointed"),
        *("review-request.finding-entered", "review-request.finding-entered", "review-request.decided"),
    ]
    await compare_histories(place, {STREAM: await all_histories_of(place, STREAM, runs)})


async def reset(place: Installation, workflow_id: str, task: int) -> None:
    """Set the present run back to the n-th end of a workflow task, as an operator does; a last one is -1."""
    history: WorkflowHistory = await place.handle(workflow_id).fetch_history()
    ends = [event.event_id for event in history.events if event.event_type == TASK_DONE]
    await place.temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=place.temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=workflow_id),
            reason="a test",
            workflow_task_finish_event_id=ends[task],
            request_id=str(uuid.uuid4()),
        )
    )
    await place.until_idle(workflow_id)


async def test_a_child_that_an_operator_ends_is_started_again(open_place: Installation) -> None:
    place = open_place
    first = await request_review(place)
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    await rule(place, DECIDERS[0])
    await place.handle(CHILD).terminate("an operator's slip")
    second = await until_child(place, other_than=first.run_id)
    assert second.parent_id == STREAM
    await rule(place, DECIDERS[1])
    await both_close(place, runs=4)


async def test_an_act_that_finds_no_child_waits_for_it(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    for name in (CHILD, STREAM):
        await place.handle(name).terminate("an operator's slip")
    await decide(place)
    await both_close(place, runs=5)


@pytest.mark.parametrize("task", [0, -1], ids=["before the child", "after the child"])
async def test_an_application_that_is_reset_goes_on_and_nothing_is_done_twice(
    open_place: Installation, task: int
) -> None:
    place = open_place
    await request_review(place)
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    await place.until_idle(STREAM)
    await reset(place, STREAM, task)
    await rule(place, DECIDERS[0])
    await rule(place, DECIDERS[1])
    runs = 4 + await count_replaced(place)
    await both_close(place, runs)


async def count_replaced(place: Installation) -> int:
    """How many children there are beside the first: Temporal may begin one anew for a parent that was reset."""
    found = {item.run_id async for item in place.temporal.list_workflows(f"WorkflowId = '{CHILD}'")}
    return len(found) - 1


async def test_a_child_that_is_reset_goes_on(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    await rule(place, DECIDERS[0])
    await reset(place, CHILD, 0)
    await rule(place, DECIDERS[1])
    await both_close(place, runs=4)


async def test_a_child_outlasts_an_application_that_is_ended_and_is_found_again(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    child = await request_review(place)
    await place.handle(STREAM).terminate("an operator's slip")
    assert (await part(command, "workflows"))["state"] == "off"
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    assert (await command("resume"))[1]["started"] == [STREAM, INSTALLATION]
    await place.until_idle(STREAM)
    assert (await place.handle(CHILD).describe()).run_id == child.run_id
    assert (await part(command, "workflows"))["state"] == "fine"
    for person in DECIDERS:
        await rule(place, person)
    await both_close(place, runs=4)


@pytest.mark.parametrize("resumed", [True, False], ids=["by resume", "by the next act"])
async def test_a_child_that_is_ended_after_its_application_was_is_started(
    open_place: Installation, command: Commands, resumed: bool
) -> None:
    place = open_place
    child = await request_review(place)
    await place.handle(STREAM).terminate("an operator's slip")
    await command("resume")
    await place.until_idle(STREAM)
    await place.handle(CHILD).terminate("another")
    if resumed:
        await command("resume")
        await until_child(place, other_than=child.run_id)
        for name in ("workflows", "versions"):
            assert (await part(command, name))["state"] == "fine"
    await decide(place)
    await both_close(place, runs=5)


async def test_a_temporal_that_forgot_both_has_both_by_one_command(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await request_review(place)
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    # The application first: while it is there it begins a child anew that is gone.
    for name in (STREAM, CHILD):
        await delete(place, name)
    code, done, err = await command("resume")
    assert (code, done["started"]) == (0, [STREAM, INSTALLATION]), err
    await until_child(place)
    said = [await part(command, name) for name in ("workflows", "versions")]
    assert [row["state"] for row in said] == ["fine", "fine"], said
    for person in DECIDERS:
        await rule(place, person)
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"


async def test_in_an_emptied_temporal_the_next_act_brings_both(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    async with empty_temporal(place) as new, new.worker():
        await decide(new)
        for name in (CHILD, STREAM):
            assert await new.handle(name).result() == "ruled-out"


async def test_what_runs_under_a_childs_id_and_is_none_gives_way(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await request_review(place)
    await place.temporal.start_workflow(
        "Squatter",
        id=CHILD,
        task_queue=place.ends.task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
    )
    said = await part(command, "workflows")
    assert (said["state"], CHILD in said["found"]) == ("off", True)
    code, done, _ = await command("resume")
    assert (code, done["replaced"]) == (0, [CHILD])

    async def is_back() -> bool:
        found = await place.handle(CHILD).describe()
        return found.workflow_type == REVIEW_REQUEST and await is_running(place, CHILD)

    await until(is_back, "a child of ours")
    await place.until_idle(STREAM)
    assert count(await place.handle(STREAM).fetch_history(), STARTED) == 2
    assert (await part(command, "workflows"))["state"] == "fine"
    await decide(place)
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"


async def test_an_application_that_does_not_learn_of_the_childs_end_keeps_the_time_as_well(
    servers: Endpoints, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with installation(servers, rules(ladder=Ladder())) as place, place.worker():
        await place.open_round()
        child = await request_review(place)
        await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
        await place.handle(STREAM).terminate("an operator's slip")
        assert (await Commands(place, monkeypatch, tmp_path)("resume"))[0] == 0
        await place.until_idle(STREAM)
        await place.handle(CHILD).terminate("another")
        asked = (await place.state(STREAM)).requests[GROUND]
        # What is started while a clock is moved has its own moved too, by as much once more.
        await place.move_record(asked.until + timedelta(days=365))
        # With a child that is open the server moves a clock no further: the move itself never ends.
        moving = asyncio.create_task(place.move_unanswered(asked.until + timedelta(days=1), STREAM))
        await until_child(place, other_than=child.run_id)
        moving.cancel()
        assert "application.reminded" in await place.types(STREAM)


async def test_what_a_child_had_recorded_is_brought_back_after_a_restore(
    open_place: Installation, command: Commands
) -> None:
    place, copies = open_place, Copies(open_place)
    await request_review(place)
    await copies.keep()
    await decide(place)
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"
    whole = await place.types(STREAM)
    await copies.put_back()
    assert len(await place.types(STREAM)) == len(whole) - 4
    code, done, said = await command(*REPAIR)
    assert (code, done["left"]) == (0, 0), said
    assert await place.types(STREAM) == whole
    assert (await command("reconcile"))[0] == 0
