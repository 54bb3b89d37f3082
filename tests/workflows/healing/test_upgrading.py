"""Workers of two builds: an operator decides which gets the tasks, and open workflows move there and back."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from activities.mail import Mailer
from runtime.embedded import own_network
from runtime.embedded.ports import free_port
from runtime.embedded.temporal_server import TemporalServer, program
from runtime.endpoints import connect
from runtime.settings import Deployment, Settings
from runtime.temporal.address import find_way
from starter.client.errors import Pending
from starter.doctor.tasks import look_at_tasks
from tests import factories as f
from tests.golden.faulty import WaitsFirst
from tests.running.waiting import SOON
from tests.workflows.healing.test_endings import EDITS
from tests.workflows.support.histories import compare_all, histories_of
from tests.workflows.support.installation import Installation, application
from worker.run import activities_of

ONE = application(1)
NAME = "selection"
PATIENCE = timedelta(seconds=5)
"""Longer than until an act that no worker accepts is left as a signal."""


def build(build_id: str) -> Deployment:
    return Deployment(name=NAME, build_id=build_id)


async def make_current(place: Installation, build_id: str) -> None:
    """What docs/operating.md tells an operator to do; refused until a worker of the build polls."""
    where = ["--address", place.ends.temporal_address, "--namespace", place.temporal.namespace]
    words = ["--deployment-name", NAME, "--build-id", build_id, "--yes", *where]
    line = [str(program()), "worker", "deployment", "set-current-version", *words]
    said = "it has not answered yet"
    try:
        async with asyncio.timeout(SOON.total_seconds()):
            while (done := await asyncio.to_thread(_run, line)).returncode:
                said = done.stderr or done.stdout
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise TimeoutError(f"build {build_id} did not become current: {said}") from None


def _run(line: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(line, capture_output=True, text=True, check=False)


async def builds(place: Installation, stream: str) -> list[str]:
    """Which builds did the workflow's tasks, in order, each named once until another comes."""
    [history] = await histories_of(place, stream)
    done = [
        event.workflow_task_completed_event_attributes.deployment_version.build_id
        for event in history.events
        if event.HasField("workflow_task_completed_event_attributes")
    ]
    return [name for number, name in enumerate(done) if number == 0 or done[number - 1] != name]


async def test_an_open_workflow_moves_to_the_build_that_an_operator_makes_current_and_back(
    place: Installation,
) -> None:
    async with place.worker(deployment=build("1")):
        await make_current(place, "1")
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
        async with place.worker(deployment=build("2")):
            assert (await place.client.act(ONE, EDITS[0], actor=f.APPLICANT)).version == 2
            edits = iter(EDITS[1:])
            for wanted in ("2", "1"):
                await make_current(place, wanted)
                # The server tells its queues a moment later; acts are taken all the while.
                while (await builds(place, ONE))[-1] != wanted:
                    await place.client.act(ONE, next(edits), actor=f.APPLICANT)
                    await asyncio.sleep(0.2)
    assert await builds(place, ONE) == ["1", "2", "1"]
    assert await place.version(ONE) == len(EDITS) - len([*edits]) + 1
    await compare_all(place)


async def test_unversioned_workers_are_replaced_by_versioned_ones(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    async with place.worker(deployment=build("1")):
        await make_current(place, "1")
        assert (await place.client.act(ONE, EDITS[0], actor=f.APPLICANT)).version == 2
    assert await builds(place, ONE) == ["", "1"]
    await compare_all(place)


async def test_a_release_that_does_not_replay_loses_nothing_and_is_rolled_back(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    async with measure_work(place, [WaitsFirst]):
        with pytest.raises(Pending):
            await place.client.act(ONE, EDITS[0], actor=f.APPLICANT, command_id="edit-1", patience=PATIENCE)
        assert "Nondeterminism" in await last_failure(place)
        assert await place.version(ONE) == 1
        await until_reported(place)
        told = await look_at_tasks(place.temporal, place.ends)
        assert (told.found, told.fine) == ((f"failing: {ONE}", f"反复失败：{ONE}"), False)
        assert all("temporal workflow show --workflow-id ID" in cure for cure in told.cure)
    async with place.worker():
        # The server tries a task that failed less and less often.
        receipt = await place.client.act(
            ONE, EDITS[0], actor=f.APPLICANT, command_id="edit-1", patience=2 * SOON
        )
    assert (receipt.version, receipt.command_id) == (2, "edit-1")
    async with asyncio.timeout(SOON.total_seconds()):
        while not (await look_at_tasks(place.temporal, place.ends)).fine:
            await asyncio.sleep(0.2)
    await compare_all(place)


async def test_a_server_that_keeps_no_count_of_failed_tasks_says_so(
    place: Installation, tmp_path: Path
) -> None:
    counting = {"system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": "0"}
    log = tmp_path / "log"
    port = None if own_network.is_possible() else free_port()
    server = TemporalServer(
        tmp_path,
        port=port,
        ui_port=None,
        log=log,
        synced=False,
        dynamic_config=counting,
    )
    await server.start()
    try:
        told = await look_at_tasks(await Client.connect(**find_way(server.address)), place.ends)
    finally:
        await server.stop()
    assert (told.found[0], told.fine) == ("this server does not tell", True)


@asynccontextmanager
async def measure_work(place: Installation, workflows: list[type]) -> AsyncIterator[None]:
    """A worker of these workflows, and no others."""
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    queue, activities = place.ends.task_queue, activities_of(temporal, place.recorder, mailer)
    async with Worker(temporal, task_queue=queue, workflows=workflows, activities=activities):
        yield


async def until_reported(place: Installation) -> None:
    """Wait until an operator finds the workflow by its trouble, as docs/operating.md says."""
    query = 'TemporalReportedProblems IN ("category=WorkflowTaskFailed")'
    async with asyncio.timeout(SOON.total_seconds()):
        while [found.id async for found in place.temporal.list_workflows(query)] != [ONE]:
            await asyncio.sleep(0.2)


async def last_failure(place: Installation) -> str:
    """What the history says of the last task that failed."""
    history = await place.handle(ONE).fetch_history()
    failed = [
        event.workflow_task_failed_event_attributes
        for event in history.events
        if event.HasField("workflow_task_failed_event_attributes")
    ]
    return failed[-1].failure.message if failed else "no task failed"
