"""PostgreSQL is away for longer than a decision may take as a local activity: nothing is lost, and histories replay."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from temporalio import activity
from temporalio.client import WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import Worker

from activities.decide import LOCAL_LIMIT, DecidingActivities
from activities.messages import DECIDE, TASK_TIMEOUT, Answer, DecideRequest
from selection.application.commands import PassCheck
from selection.refusals.refused import Refused
from starter.client.errors import Pending
from tests import factories as f
from tests.running.waiting import SOON
from tests.workflows.support.histories import compare_with_record, histories_of, replay
from tests.workflows.support.installation import Installation, application
from tests.workflows.support.messages import envelope, signal
from tests.workflows.support.setting_back import refusing
from workflows import policies
from workflows.catalogue import WORKFLOWS

STREAM = application(1)
PATIENCE = timedelta(seconds=60)
AWAY = LOCAL_LIMIT + timedelta(seconds=2)
KEPT_ALIVE_FROM = 4 / 5
"""The part of a workflow task's time after which the SDK ends it and begins anew, while a local activity goes on."""


def test_a_local_attempt_ends_before_the_sdk_keeps_its_task_alive() -> None:
    assert LOCAL_LIMIT < policies.LOCAL_TIMEOUT < TASK_TIMEOUT * KEPT_ALIVE_FROM


@pytest.fixture
async def submitted_place(place: Installation) -> Installation:
    async with place.worker():
        await place.open_round()
        await place.client.act(STREAM, f.submit(), actor=f.APPLICANT)
    return place


@asynccontextmanager
async def away(place: Installation) -> AsyncIterator[None]:
    """Refuse every session of the record for longer than a local decision may take."""
    with refusing(place):
        yield
        await asyncio.sleep(AWAY.total_seconds())


async def heartbeats(place: Installation, stream: str) -> list[timedelta]:
    """After how long without a heartbeat each decision of the stream that was a regular activity is tried anew."""
    return [
        event.activity_task_scheduled_event_attributes.heartbeat_timeout.ToTimedelta()
        for history in await histories_of(place, stream)
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
        and event.activity_task_scheduled_event_attributes.activity_type.name == DECIDE
    ]


async def regular(place: Installation, stream: str) -> int:
    """How many decisions of the stream were taken on as regular activities."""
    return len(await heartbeats(place, stream))


async def until_regular(place: Installation, stream: str) -> None:
    async with asyncio.timeout(SOON.total_seconds()):
        while not await regular(place, stream):
            await asyncio.sleep(0.1)


async def replays_on_a_new_worker(place: Installation) -> None:
    """Let a worker that has cached nothing take the next act, and replay everything from the beginning."""
    async with place.worker():
        edit = f.submit(staff=40)
        receipt = await place.client.act(STREAM, edit, actor=f.APPLICANT, patience=PATIENCE)
        assert receipt.version >= 3
        await place.until_idle(STREAM)
    histories: list[WorkflowHistory] = await histories_of(place, STREAM)
    await replay(histories)
    async with place.worker():
        await compare_with_record(place, STREAM)


async def test_an_act_sent_while_the_record_is_away_is_answered_when_it_is_back(
    submitted_place: Installation,
) -> None:
    place = submitted_place
    async with place.worker():
        async with away(place):
            acting = asyncio.create_task(
                place.client.act(STREAM, f.submit(staff=31), actor=f.APPLICANT, patience=PATIENCE)
            )
            await until_regular(place, STREAM)
            refused = asyncio.create_task(
                place.client.act(STREAM, PassCheck(revision=1), actor=f.OFFICER, patience=PATIENCE)
            )
        assert (await acting).version == 2
        with pytest.raises(Refused, match="wrong-stage"):
            await refused
        assert await regular(place, STREAM) == 1, "what comes after it is local again"
        (waits,) = await heartbeats(place, STREAM)
        assert waits == policies.RECORD_HEARTBEAT
    await replays_on_a_new_worker(place)


async def test_a_worker_that_restarts_in_the_outage_loses_nothing_and_bricks_nothing(
    submitted_place: Installation,
) -> None:
    place = submitted_place
    async with away(place):
        async with place.worker():
            with pytest.raises(Pending):
                await place.client.act(
                    STREAM,
                    f.submit(staff=31),
                    actor=f.APPLICANT,
                    command_id="edit-1",
                    patience=timedelta(seconds=4),
                )
            await until_regular(place, STREAM)
        async with place.worker():
            body = envelope(STREAM, f.submit(staff=32), f.APPLICANT, "edit-2")
            await signal(place, STREAM, body)
            await asyncio.sleep(1)
    async with place.worker():
        await place.until_version(STREAM, 3)
        again = await place.client.act(
            STREAM, f.submit(staff=31), actor=f.APPLICANT, command_id="edit-1", patience=PATIENCE
        )
        assert again.version == 2
        assert await place.version(STREAM) == 3
    await replays_on_a_new_worker(place)


async def test_a_run_that_starts_in_the_outage_asks_until_the_record_answers(
    submitted_place: Installation,
) -> None:
    place, other = submitted_place, application(2)
    async with place.worker():
        async with away(place):
            acting = asyncio.create_task(
                place.client.act(other, f.submit(), actor=f.APPLICANT, patience=PATIENCE)
            )
            await asyncio.sleep(1)
        assert (await acting).version == 1
        await compare_with_record(place, other)
    await replay(await histories_of(place, other))


async def test_a_decision_that_waits_for_the_record_tells_that_its_worker_lives(
    submitted_place: Installation,
) -> None:
    """Else an act whose worker died in the midst of it would wait out the longest that an attempt may take."""
    place, beat = submitted_place, asyncio.Event()
    body = json.dumps(envelope(STREAM, f.submit(staff=31), f.APPLICANT, "edit-1")).encode()
    environment = ActivityEnvironment()
    environment.info = replace(
        environment.info, workflow_id=STREAM, workflow_type="Application", is_local=False
    )
    environment.on_heartbeat = lambda *_: beat.set()
    deciding = DecidingActivities(place.recorder)
    async with await psycopg.AsyncConnection.connect(place.ends.database_url) as holding:
        await holding.execute("SELECT FROM selection.head FOR UPDATE")
        request = DecideRequest(stream=STREAM, at=datetime.now(UTC), body=body)
        running = asyncio.create_task(environment.run(deciding.decide, request))
        await asyncio.wait_for(beat.wait(), SOON.total_seconds())
        assert not running.done()
    assert (await running).code == ""


class StuckDecisions:
    """Decisions that never come to an end, as on a machine that stands still."""

    @activity.defn(name=DECIDE)
    async def decide(self, request: DecideRequest) -> Answer:
        await asyncio.Event().wait()
        return Answer()


class BrokenDecisions:
    """Decisions that a fault of the code ends."""

    @activity.defn(name=DECIDE)
    async def decide(self, request: DecideRequest) -> Answer:
        raise KeyError("a fault")


class OfAnother:
    """Decisions that are refused for good, as those of a stranger's workflow are."""

    @activity.defn(name=DECIDE)
    async def decide(self, request: DecideRequest) -> Answer:
        raise ApplicationError("not this workflow's", non_retryable=activity.info().is_local)


@pytest.mark.parametrize("faulty", [StuckDecisions, BrokenDecisions, OfAnother])
async def test_a_local_decision_that_fails_goes_on_as_a_regular_one_and_replays(
    submitted_place: Installation, faulty: type
) -> None:
    """Its failure is another exception live than on replay; catching only the one stopped workflows for good."""
    place = submitted_place
    await signal(place, STREAM, envelope(STREAM, f.submit(staff=31), f.APPLICANT, "edit-1"))
    async with Worker(
        place.temporal,
        task_queue=place.ends.task_queue,
        workflows=list(WORKFLOWS),
        activities=[faulty().decide],
    ):
        await until_regular(place, STREAM)
    failed = [
        event.marker_recorded_event_attributes.failure
        for history in await histories_of(place, STREAM)
        for event in history.events
        if event.HasField("marker_recorded_event_attributes")
        and event.marker_recorded_event_attributes.HasField("failure")
    ]
    assert len(failed) == 1
    async with place.worker():
        await place.until_version(STREAM, 2)
    await replays_on_a_new_worker(place)
