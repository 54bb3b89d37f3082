"""An application whose workflow fails holds up nobody else on its unit's list, and is told once it is well again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from temporalio.worker import Worker

from activities.mail import Mailer
from runtime.endpoints import connect
from runtime.settings import Settings
from selection.kernel.leaf import Receipt
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from starter.client.errors import Pending
from tests import factories as f
from tests.workflows.support.faulty import FailsForOne
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import STICKY, Installation, application, unit_list
from worker.run import activities_of
from workflows.catalogue import WORKFLOWS

ONE, TWO, BJ = application(1), application(2), unit_list("bj")
PATIENCE = timedelta(seconds=240)


@asynccontextmanager
async def faulty_worker(place: Installation) -> AsyncIterator[Worker]:
    temporal = await connect(place.ends.temporal_address, place.temporal.namespace, Settings())
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    async with Worker(
        temporal,
        task_queue=place.ends.task_queue,
        workflows=[FailsForOne, *WORKFLOWS[1:]],
        activities=activities_of(temporal, place.recorder, mailer),
        sticky_queue_schedule_to_start_timeout=STICKY,
    ) as running:
        yield running


async def recommend(place: Installation, number: str, revision: int = 1) -> Receipt:
    command = Recommend(application=number, revision=revision)
    command_id = f"recommend-{number}-{revision}"
    return await place.client.act(BJ, command, actor=f.RECOMMENDER, command_id=command_id, patience=PATIENCE)


@pytest.fixture
async def submitted_place(place: Installation) -> Installation:
    async with place.worker():
        await place.open_round()
        for stream in (ONE, TWO):
            await place.client.act(stream, f.submit(), actor=f.APPLICANT)
    return place


async def test_a_list_goes_on_while_an_application_fails_and_tells_it_later(
    submitted_place: Installation,
) -> None:
    place = submitted_place
    async with faulty_worker(place):
        with pytest.raises(Pending):
            await recommend(place, "0001")
        assert (await recommend(place, "0002")).version == 2
        # Asked again, the list answers at once what it knows, and holds nobody up with it.
        with pytest.raises(Pending):
            await recommend(place, "0001")
        assert await current_details(place) == ["not told yet, as they do not answer: 0001"]
        stages = [(await place.state(stream)).stage for stream in (ONE, TWO)]
        assert stages == ["submitted", "recommended"]
    async with place.worker():
        await place.until_version(ONE, 2)
        assert (await recommend(place, "0001")).version == 1
        await place.until_idle(BJ)
        for stream in (ONE, BJ):
            await compare_with_record(place, stream)


async def test_what_it_refuses_once_it_is_well_again_frees_the_place(submitted_place: Installation) -> None:
    place = submitted_place
    async with faulty_worker(place):
        with pytest.raises(Pending):
            await recommend(place, "0001", revision=7)
    async with place.worker():
        await place.until_version(BJ, 3)
        assert await place.types(BJ) == ["list.recommended", "list.freed", "act.refused"]
        with pytest.raises(Refused, match="version-changed"):
            await recommend(place, "0001", revision=7)
        await compare_with_record(place, BJ)


async def current_details(place: Installation) -> list[str]:
    """The lines that operators read of applications that were not told."""
    metadata = await place.handle(BJ).query("__temporal_workflow_metadata")
    text = metadata["currentDetails"] if isinstance(metadata, dict) else metadata.current_details
    return [line for line in text.split("\n") if line.startswith("not told")]
