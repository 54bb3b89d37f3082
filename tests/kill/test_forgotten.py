"""Temporal took the first act of a stream, and is lost before the record has it: its sender sends it again."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.embedded.stack import TEMPORAL
from runtime.endpoints import connect
from runtime.settings import Settings
from selection.application import commands as c
from selection.application.events import ApplicationSubmitted
from selection.kernel.actor import Actor, Role
from starter.demo.acts import intake
from tests.kill.support.living import Place, open_round, running_place
from tests.kill.support.patience import STUCK_AFTER
from tests.kill.support.people import small_example
from tests.kill.support.tower import BEGUN
from tests.running.waiting import until

pytestmark = pytest.mark.kill

INTAKE = 1000.0
WORKER, APPLICATION = "worker", "a01"


async def test_a_first_act_that_temporal_took_and_lost_is_sent_again(tmp_path: Path) -> None:
    async with asyncio.timeout(STUCK_AFTER), running_place("forgotten", tmp_path) as place:
        desk = await open_round(place, small_example(INTAKE))
        applicant = desk.example.applicant(APPLICATION)
        await desk.number(APPLICATION, applicant.agent)
        stream = desk.streams[APPLICATION]
        first = c.Submit(submission=await intake.submission(desk, applicant, 1))
        catching = asyncio.create_task(place.tower.catch(BEGUN, about=stream))
        actor = Actor(person=applicant.agent, role=Role.APPLICANT)
        waits = timedelta(seconds=STUCK_AFTER)
        acting = asyncio.create_task(
            place.client.act(stream, first, actor=actor, command_id="first", patience=waits)
        )
        await catching
        temporal = await connect(place.ends.temporal_address, place.ends.temporal_namespace, Settings())
        await until(lambda: has_accepted(temporal, stream), "that Temporal holds the act")
        await lose_temporal(place)
        await place.stack.start(WORKER)
        assert (await acting).version == 1
        entries = [entry.leaf.type for entry in await place.client.ledger.reading.stream_entries(stream)]
        assert entries == [ApplicationSubmitted.TYPE]


async def has_accepted(temporal: Client, stream: str) -> bool:
    with suppress(RPCError):
        history = await temporal.get_workflow_handle(stream).fetch_history()
        return any(
            event.HasField("workflow_execution_update_accepted_event_attributes") for event in history.events
        )
    return False


async def lose_temporal(place: Place) -> None:
    """Put an empty Temporal in the place of the one that runs, and no worker."""
    for part in (TEMPORAL, WORKER):
        place.stack.kill(part)
    for left in (place.stack.plan.settings.data / "temporal").glob("temporal.sqlite*"):
        left.unlink()
    await place.stack.start(TEMPORAL)
