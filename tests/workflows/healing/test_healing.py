"""Whatever becomes of a run, its stream goes on from the record: nothing that was answered is lost or done twice."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from google.protobuf.duration_pb2 import Duration
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest, ResetWorkflowExecutionRequest

from runtime.endpoints import connect
from runtime.settings import Settings
from runtime.temporal import namespace
from selection.kernel.leaf import Receipt
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from tests import factories as f
from tests.workflows.support.citing_client import CitingClient
from tests.workflows.support.histories import compare_with_record, histories_of, replay
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.messages import bring_back, envelope, signal

ONE, TWO, BJ = application(1), application(2), unit_list("bj")
STREAMS = (ROUND, ONE, TWO, BJ)
PLACED = Recommend(application="0001", revision=2)
PATIENCE = timedelta(seconds=40)
Done = dict[str, Receipt]


async def edit(place: Installation, stream: str, staff: int) -> Receipt:
    """Do the same act as often as it is called with the same number."""
    command_id = f"edit-{staff}:{stream[-1]}"
    return await place.client.act(
        stream, f.submit(staff=staff), actor=f.APPLICANT, command_id=command_id, patience=PATIENCE
    )


async def recommend(place: Installation) -> Receipt:
    return await place.client.act(
        BJ, PLACED, actor=f.RECOMMENDER, command_id="recommend-1", patience=PATIENCE
    )


async def act(place: Installation) -> Done:
    """Send what stands in the record in the end, and return how it was answered: the same each time."""
    done = {
        f"{stream}/{staff}": await edit(place, stream, staff) for stream in (ONE, TWO) for staff in (31, 32)
    }
    return {**done, "list": await recommend(place)}


async def types(place: Installation) -> dict[str, list[str]]:
    return {stream: await place.types(stream) for stream in STREAMS}


@pytest.fixture
async def place_with_acts(open_place: Installation) -> tuple[Installation, Done]:
    return open_place, await act(open_place)


async def check_unchanged(place: Installation, done: Done, before: dict[str, list[str]]) -> None:
    """Assert that repeats are answered as at first and leave nothing, and that the streams go on."""
    assert await act(place) == done
    assert await types(place) == before
    assert (await edit(place, TWO, 50)).version == 3
    back = WithdrawRecommendation(application="0001")
    assert (await place.client.act(BJ, back, actor=f.RECOMMENDER, patience=PATIENCE)).version == 2
    assert (await place.state(ONE)).stage == "submitted"
    assert (await edit(place, ONE, 51)).version == 5


async def reset(place: Installation, stream: str, event: int = 4) -> None:
    """Reset a workflow to its first task, as an operator does."""
    await place.temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=place.temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=stream),
            reason="a test",
            workflow_task_finish_event_id=event,
            request_id=str(uuid.uuid4()),
        )
    )
    await place.until_idle(stream)


async def test_runs_that_an_operator_resets_decide_nothing_anew(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, done = place_with_acts
    before = await types(place)
    for stream in STREAMS:
        await reset(place, stream)
    assert await types(place) == before
    await check_unchanged(place, done, before)
    for stream in STREAMS:
        await compare_with_record(place, stream)


async def test_a_run_is_reset_again_and_again_while_acts_come(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, done = place_with_acts
    for staff in range(60, 64):
        await reset(place, ONE)
        assert (await edit(place, TWO, staff)).version == staff - 57
        assert await edit(place, ONE, 31) == done[f"{ONE}/31"]
    await replay(await histories_of(place, ONE))
    await compare_with_record(place, ONE)


async def test_a_reset_run_that_takes_acts_and_signals_again_can_be_replayed(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, _ = place_with_acts
    # What is applied again comes in the order of its events: two updates, and the signal after them. On replay the
    # signal comes first.
    await signal(place, ONE, envelope(ONE, f.submit(staff=33), f.APPLICANT, "by-signal"))
    await place.until_idle(ONE)
    await reset(place, ONE)
    await replay(await histories_of(place, ONE))
    await edit(place, ONE, 34)
    await replay(await histories_of(place, ONE))


async def test_workflows_that_were_terminated_come_back_with_the_next_act(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, done = place_with_acts
    before = await types(place)
    for stream in STREAMS:
        await place.handle(stream).terminate("an operator's slip")
    await check_unchanged(place, done, before)


async def test_a_temporal_that_was_emptied_goes_on_from_the_record(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, done = place_with_acts
    before = await types(place)
    async with empty_temporal(place) as new, new.worker():
        for stream in STREAMS:
            await bring_back(new, stream)
            await new.until_idle(stream)
        assert await types(new) == before
        await check_unchanged(new, done, before)
        # Deadlines, too, are waited for again.
        until = new.deadline("recommendation")
        await new.move(until + timedelta(hours=1), *STREAMS)
        assert (await new.types(BJ))[-1] == "list.closed"
        assert "round.intake-closed" in await new.types(ROUND)
        for stream in (ONE, TWO):
            assert (await new.types(stream))[-1] == "application.lapsed"


async def test_in_an_emptied_temporal_the_next_act_is_enough(
    place_with_acts: tuple[Installation, Done],
) -> None:
    place, done = place_with_acts
    before = await types(place)
    async with empty_temporal(place) as new, new.worker():
        await check_unchanged(new, done, before)


@asynccontextmanager
async def empty_temporal(place: Installation) -> AsyncIterator[Installation]:
    """The same record with a Temporal that knows nothing, as after the loss of all its data."""
    name = f"{place.temporal.namespace}-new"
    kept = Duration(seconds=int(timedelta(days=30).total_seconds()))
    await place.temporal.workflow_service.register_namespace(
        RegisterNamespaceRequest(namespace=name, workflow_execution_retention_period=kept)
    )
    temporal = await connect(place.ends.temporal_address, name, Settings())
    await namespace.register_search_attributes(temporal)
    ends = place.ends.model_copy(update={"temporal_namespace": name, "task_queue": name})
    client = CitingClient(temporal, place.ledger, name)
    yield replace(place, ends=ends, temporal=temporal, client=client)
