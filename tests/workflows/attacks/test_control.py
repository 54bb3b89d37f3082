"""The control of one loop: handlers that take their acts to the record themselves keep no order.

The record decides soundly either way, since a decision that another came before is made again. But acts that were
accepted one after the other may then take effect in another order, and many at once decide again and again.
"""

from collections.abc import Sequence

import pytest

from runtime.endpoints import Endpoints
from tests.workflows.healing.test_cold_equals_warm import plain, record_of
from tests.workflows.support.acting import Mode, stage
from tests.workflows.support.acts import ONE, intake, open_round, short_intake
from tests.workflows.support.faulty import DecidesInHandlers
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import installation
from tests.workflows.support.overtaking import IN_ORDER, OVERTAKEN, send_overtaking
from workflows.application import ApplicationWorkflow
from workflows.catalogue import WORKFLOWS


def with_application(workflow: type) -> Sequence[type]:
    return (workflow, *WORKFLOWS[1:])


async def one_by_one(servers: Endpoints, workflow: type) -> object:
    """Record and answers of acts of all kinds, each sent when the one before is done."""
    workflows = with_application(workflow)
    async with installation(servers) as place, stage(place, Mode.CACHED, workflows) as acting:
        await open_round(acting, place)
        await acting.send_singly(intake(ONE))
        assert await compare_with_record(place, ONE, workflows) == 7
        return await record_of(place), plain(acting.answers)


async def test_one_act_at_a_time_the_control_is_the_sound_workflow(servers: Endpoints) -> None:
    assert await one_by_one(servers, DecidesInHandlers) == await one_by_one(servers, ApplicationWorkflow)


@pytest.mark.parametrize(
    ("workflow", "mode", "found"),
    [
        (ApplicationWorkflow, Mode.CACHED, IN_ORDER),
        (ApplicationWorkflow, Mode.COLD, IN_ORDER),
        (DecidesInHandlers, Mode.CACHED, OVERTAKEN),
    ],
)
async def test_no_act_overtakes_another_but_in_the_control(
    servers: Endpoints, workflow: type, mode: Mode, found: list[str]
) -> None:
    workflows = with_application(workflow)
    async with installation(servers) as place, stage(place, mode, workflows) as acting:
        await send_overtaking(acting, place, overtakes=found == OVERTAKEN)
        entries = await place.ledger.reading.stream_entries(ONE)
        assert [str(entry.leaf.data["command_id"]).partition(":")[0] for entry in entries] == found
        assert [code for (code, _), _ in acting.answers[-3:]] == ["wrong-stage", "late", "wrong-stage"]
        if workflow is ApplicationWorkflow:
            await compare_with_record(place, ONE, workflows)


async def test_a_new_worker_finds_a_record_done_and_an_act_come_in_at_once(servers: Endpoints) -> None:
    async with installation(servers) as place, stage(place, Mode.COLD) as acting:
        await open_round(acting, place)
        await acting.send_across(short_intake(ONE, 9))
        assert [version for _, version in acting.answers][1:] == list(range(1, 10))
        assert await compare_with_record(place, ONE) == 9
