"""The controls of cold equals warm: handlers that decide by themselves must not come out equal."""

from collections.abc import Sequence
from contextlib import nullcontext

import pytest

from runtime.endpoints import Endpoints
from tests.workflows.acting import Mode, stage
from tests.workflows.acts import ONE, intake, open_round, short_intake
from tests.workflows.faulty import DecidesInHandlers, RecordsBehindALock
from tests.workflows.histories import compare_with_record
from tests.workflows.installation import installation
from tests.workflows.overtaking import IN_ORDER, send_overtaking
from tests.workflows.test_cold_equals_warm import plain, record_of
from workflows.application import ApplicationWorkflow
from workflows.catalogue import WORKFLOWS

SOUND: dict[str, object] = {}


def with_application(workflow: type) -> Sequence[type]:
    return (workflow, *WORKFLOWS[1:])


async def one_by_one(servers: Endpoints, workflow: type) -> object:
    """Record and answers of acts of all kinds, each sent when the one before is done."""
    workflows = with_application(workflow)
    async with installation(servers) as place, stage(place, Mode.CACHED, workflows) as acting:
        await open_round(acting, place)
        await acting.send_singly(intake(ONE))
        assert await compare_with_record(place, ONE, workflows) == 9
        return await record_of(place), plain(acting.answers)


@pytest.mark.parametrize("workflow", [DecidesInHandlers, RecordsBehindALock])
async def test_one_act_at_a_time_the_control_is_the_sound_workflow(
    servers: Endpoints, workflow: type
) -> None:
    if not SOUND:
        SOUND["told"] = await one_by_one(servers, ApplicationWorkflow)
    assert await one_by_one(servers, workflow) == SOUND["told"]


@pytest.mark.parametrize(
    ("workflow", "mode", "found"),
    [
        (ApplicationWorkflow, Mode.CACHED, IN_ORDER),
        (ApplicationWorkflow, Mode.FRESH, IN_ORDER),
        (RecordsBehindALock, Mode.CACHED, IN_ORDER),
        (RecordsBehindALock, Mode.FRESH, ["submit-0", "before", "after", "edit"]),
    ],
)
async def test_control_behind_a_lock_an_act_overtakes_another_unless_the_workflow_is_cached(
    servers: Endpoints, workflow: type, mode: Mode, found: list[str]
) -> None:
    workflows = with_application(workflow)
    async with installation(servers) as place, stage(place, mode, workflows) as acting:
        await send_overtaking(acting, place)
        entries = await place.ledger.reading.stream_entries(ONE)
        assert [entry.leaf.data["command_id"] for entry in entries] == found
        told = [(code, version) for (code, _), version in acting.answers[-3:]]
        assert told == [("wrong-stage", 0), ("", found.index("edit") + 1), ("wrong-stage", 0)]
        with nullcontext() if found == IN_ORDER else pytest.raises(AssertionError, match="histories-agree"):
            await compare_with_record(place, ONE, workflows)


async def test_a_new_worker_finds_a_record_done_and_an_act_come_in_at_once(servers: Endpoints) -> None:
    async with installation(servers) as place, stage(place, Mode.FRESH) as acting:
        await open_round(acting, place)
        await acting.send_across(short_intake(ONE, 9))
        assert [version for _, version in acting.answers][1:] == list(range(1, 10))
        assert await compare_with_record(place, ONE) == 9
