"""Temporal loses, resets or forgets workflows, and one command has every stream go on from the record."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest, ResetWorkflowExecutionRequest
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.running.waiting import SOON
from tests.workflows.support.commands import Commands
from tests.workflows.support.histories import is_running
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.setting_back import Copies

FIRST, SECOND, BJ = application(1), application(2), unit_list("bj")


@pytest.fixture
def command(open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    return Commands(open_place, monkeypatch, tmp_path)


async def part(command: Commands, name: str) -> dict[str, Any]:
    """What the doctor says of one part."""
    _, told, _ = await command("doctor")
    return next(row for row in told["parts"] if row["part"] == name)


async def begin(place: Installation) -> None:
    """Two applications, one of them recommended."""
    for number, stream in ((1, FIRST), (2, SECOND)):
        command_id = f"submit-{number}"
        assert await place.client.new_application(f.ROUND, f.APPLICANT.person, command_id) == stream
        await place.client.act(stream, f.submit(), actor=f.APPLICANT, command_id=command_id)
    await place.client.act(
        BJ, Recommend(application="0001", revision=1), actor=f.RECOMMENDER, command_id="recommend"
    )
    await place.until_version(FIRST, 2)


async def edit(place: Installation, stream: str, staff: int) -> None:
    await place.client.act(stream, f.submit(staff=staff), actor=f.APPLICANT, command_id=f"edit-{staff}")


async def delete(place: Installation, stream: str) -> None:
    """Have Temporal forget a workflow, as one that was lost and started empty."""
    request = DeleteWorkflowExecutionRequest(
        namespace=place.temporal.namespace, workflow_execution=WorkflowExecution(workflow_id=stream)
    )
    await place.temporal.workflow_service.delete_workflow_execution(request)
    async with asyncio.timeout(SOON.total_seconds()):
        while await is_known(place, stream):
            await asyncio.sleep(0.05)


async def is_known(place: Installation, stream: str) -> bool:
    try:
        await place.handle(stream).describe()
    except RPCError:
        return False
    return True


async def test_a_temporal_that_forgot_everything_goes_on_from_the_record(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await begin(place)
    before = {stream: await place.types(stream) for stream in (ROUND, FIRST, SECOND, BJ)}
    for stream in before:
        await delete(place, stream)
    said = await part(command, "workflows")
    assert said["state"] == "off"
    assert all(stream in said["found"] for stream in before)
    assert "selection resume" in said["cure"]

    code, done, err = await command("resume")
    assert (code, done["started"], done["replaced"]) == (0, sorted([*before, INSTALLATION]), []), err
    for stream in before:
        assert await is_running(place, stream)
    assert {stream: await place.types(stream) for stream in before} == before
    await edit(place, SECOND, 31)
    assert (await part(command, "workflows"))["state"] == "fine"
    assert (await part(command, "versions"))["state"] == "fine"
    code, done, _ = await command("resume", f.ROUND)
    assert (code, done["started"], done["poked"]) == (0, [], 4)
    assert (await command("resume", "no-round"))[0] == 2


async def test_a_run_that_an_operator_reset_asks_the_record_and_nothing_is_done_twice(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await begin(place)
    await edit(place, SECOND, 31)
    request = ResetWorkflowExecutionRequest(
        namespace=place.temporal.namespace,
        workflow_execution=WorkflowExecution(workflow_id=SECOND),
        reason="a test",
        workflow_task_finish_event_id=4,
        request_id="reset-1",
    )
    await place.temporal.workflow_service.reset_workflow_execution(request)
    assert (await command("resume"))[0] == 0
    await place.until_idle(SECOND)
    assert await place.types(SECOND) == ["application.submitted", "application.submitted"]
    assert (await part(command, "versions"))["state"] == "fine"
    await edit(place, SECOND, 32)


@workflow.defn(name="Squatter")
class Squatter:
    """Somebody's own workflow under a stream's id."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)


async def test_what_runs_under_a_streams_id_and_is_not_its_workflow_is_replaced(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await begin(place)
    for stream, kind, queue in (
        (FIRST, "Squatter", place.ends.task_queue),
        (SECOND, "Application", "elsewhere"),
    ):
        await place.temporal.start_workflow(
            kind,
            id=stream,
            task_queue=queue,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
        )
    said = await part(command, "workflows")
    assert (said["state"], FIRST in said["found"], SECOND in said["found"]) == ("off", True, True)
    code, done, _ = await command("resume")
    assert (code, done["replaced"]) == (0, [FIRST, SECOND])
    await edit(place, SECOND, 31)
    await edit(place, FIRST, 32)
    assert (await part(command, "workflows"))["state"] == "fine"


async def test_a_workflow_that_did_not_hear_of_the_choice_is_told_to_forget(
    open_place: Installation, command: Commands
) -> None:
    place, copies = open_place, Copies(open_place)
    await begin(place)
    await copies.keep()
    await edit(place, SECOND, 31)
    await copies.put_back()
    with pytest.raises(Refused, match="record-behind"):
        await edit(place, SECOND, 32)
    code, done, _ = await command("resume")
    assert (code, done["halted"]) == (0, [f.ROUND]), "it never opens a log"
    with pytest.raises(Refused, match="record-behind"):
        await edit(place, SECOND, 32)
    assert (await part(command, "halted-logs"))["state"] == "off"
    await place.recorder.halts.lift(f.ROUND)
    with pytest.raises(Refused, match="record-behind"):
        await edit(place, SECOND, 32)
    code, done, _ = await command("resume")
    assert (code, done["halted"]) == (0, [])
    await edit(place, SECOND, 32)


async def test_the_doctor_names_a_worker_that_is_gone_and_how_the_clocks_differ(
    place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command = Commands(place, monkeypatch, tmp_path)
    assert (await part(command, "worker"))["state"] == "off"
    said = await part(command, "temporal-clock")
    assert (said["state"], said["found"][:2]) == ("fine", "0.")
