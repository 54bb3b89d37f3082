"""The control of cold equals warm: a workflow of the wrong shape must not come out equal."""

from collections.abc import Sequence
from typing import Any

from runtime.endpoints import Endpoints
from tests import factories as f
from tests.workflows.acting import Mode, Stage, stage
from tests.workflows.acts import ONE, by, intake, short_intake
from tests.workflows.faulty import HastyApplication
from tests.workflows.histories import compare_with_record
from tests.workflows.installation import ROUND, Installation, installation
from workflows.catalogue import WORKFLOWS

FAULTY = (HastyApplication, *WORKFLOWS[1:])


async def opened(acting: Stage, place: Installation) -> None:
    opening = by("officer-1", f.open_round(place.rules), ROUND, "open-round", starts="Round")
    await acting.send_all([opening])


async def intake_in(servers: Endpoints, mode: Mode, workflows: Sequence[type]) -> tuple[list[str], Any]:
    async with installation(servers) as place, stage(place, mode, workflows) as acting:
        await opened(acting, place)
        await acting.send_all(intake(ONE))
        return await place.types(ONE), acting.answers


async def test_handlers_that_change_the_state_are_found_out(servers: Endpoints) -> None:
    right = await intake_in(servers, Mode.CACHED, WORKFLOWS)
    assert await intake_in(servers, Mode.FRESH, FAULTY) != right


async def test_a_new_worker_finds_a_record_done_and_an_act_come_in_at_once(servers: Endpoints) -> None:
    async with installation(servers) as place, stage(place, Mode.FRESH) as acting:
        await opened(acting, place)
        await acting.send_across(short_intake(ONE, 9))
        assert [version for _, version in acting.answers][1:] == list(range(1, 10))
        assert await compare_with_record(place, ONE) == 9
