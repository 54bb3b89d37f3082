"""Temporal and the worker are down while the intake's deadlines pass."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.rules.terms import terms_of
from starter.demo.acts import intake
from starter.demo.desk import Desk
from tests.databases import superuser
from tests.kill.support.evidence import collect
from tests.kill.support.histories import compare_all
from tests.kill.support.living import ROUND, Place, open_round, running_place
from tests.kill.support.patience import STUCK_AFTER, UNANSWERED
from tests.kill.support.people import small_example

pytestmark = pytest.mark.kill

INTAKE = 45.0
DOWN_AFTER = 2.0
"""Seconds that the outage outlasts the last deadline."""
IN_TIME, LEFT_OUT, MEANWHILE, LATE = "a01", "a02", "a09", "a10"


async def test_an_outage_across_the_deadlines_moves_no_deadline(tmp_path: Path) -> None:
    async with asyncio.timeout(STUCK_AFTER), running_place("outage", tmp_path) as place:
        desk = await open_round(place, small_example(INTAKE))
        for code in (IN_TIME, LEFT_OUT, MEANWHILE, LATE):
            await desk.number(code, desk.example.applicant(code).agent)
        for code in (IN_TIME, LEFT_OUT):
            await intake._submit_in_time(desk, desk.example.applicant(code))
        unit = desk.list_stream(desk.example.applicant(IN_TIME).unit)
        await desk.act(unit, await intake._recommend(desk, IN_TIME), *intake._agent("bj"))
        await until_kept(place, unit)
        deadlines = terms_of(desk.example.rules).deadlines
        during = await down_across(place, desk, deadlines["recommendation"])
        assert await during == "late"
        await desk.expect(unit, await intake._recommend(desk, LEFT_OUT), *intake._agent("bj"), "late")
        late = desk.example.applicant(LATE)
        first = c.Submit(submission=await intake.submission(desk, late, 1))
        await desk.expect(desk.streams[LATE], first, late.agent, Role.APPLICANT, "late")
        await until_ended(desk, LEFT_OUT)
        await desk.until_stage(desk.streams[IN_TIME], Stage.CHECKING)
        entries = [entry.leaf async for entry in place.client.ledger.reading.all_entries(ROUND)]
        check_dates(desk, entries, {name: deadlines[name] for name in ("submission", "recommendation")})
        evidence = await collect(superuser(place.ends.databases), None, place.client.receipts)
        faults = [fault for fault in evidence.faults() if desk.streams[IN_TIME] not in fault]
        assert [fault for fault in faults if not fault.startswith("letter")] == []
        print()
        place.say(f"{await compare_all(place, ROUND)} entries agree with the histories and their replays")


async def until_kept(place: Place, stream: str) -> None:
    """Wait until Temporal keeps an answer of the stream: off the record a client may have it sooner."""
    handle = place.client.temporal.get_workflow_handle(stream)
    while True:
        async for event in handle.fetch_history_events():
            if event.HasField("workflow_execution_update_completed_event_attributes"):
                return
        await asyncio.sleep(0.1)


async def down_across(place: Place, desk: Desk, deadline: datetime) -> "asyncio.Task[str]":
    """Kill worker and Temporal before the deadline, act meanwhile, and start both after it."""
    assert datetime.now(UTC) < terms_of(desk.example.rules).deadlines["submission"]
    place.stack.kill("worker")
    place.stack.kill("temporal")
    acting = asyncio.create_task(submit_meanwhile(place, desk))
    await asyncio.sleep((deadline - datetime.now(UTC)).total_seconds() + DOWN_AFTER)
    assert not acting.done()
    await place.stack.start("temporal")
    await place.stack.start("worker")
    return acting


async def submit_meanwhile(place: Place, desk: Desk) -> str:
    """Submit until there is an answer; return the code of the refusal."""
    applicant = desk.example.applicant(MEANWHILE)
    command = c.Submit(submission=await intake.submission(desk, applicant, 1))
    actor = Actor(person=applicant.agent, role=Role.APPLICANT)
    while True:
        try:
            await place.client.act(desk.streams[MEANWHILE], command, actor=actor, command_id="meanwhile")
        except UNANSWERED:
            continue
        except Refused as refused:
            return refused.code
        raise AssertionError("an application was taken after the deadline")


async def until_ended(desk: Desk, code: str) -> None:
    async with asyncio.timeout(STUCK_AFTER):
        while not (await desk.application(desk.streams[code])).ended:
            await asyncio.sleep(0.1)


def check_dates(desk: Desk, leaves: list[Leaf], deadlines: dict[str, datetime]) -> None:
    """What a deadline brought is dated at the deadline itself, and recorded after it."""
    by_type = {(leaf.stream, leaf.type.rsplit(".v", 1)[0]): leaf for leaf in leaves}
    expected = {
        (desk.round_stream, "round.submission-closed"): "submission",
        (desk.round_stream, "round.intake-closed"): "recommendation",
        (desk.list_stream("bj"), "list.closed"): "recommendation",
        (desk.streams[LEFT_OUT], "application.lapsed"): "recommendation",
    }
    for (stream, kind), name in expected.items():
        assert (stream, kind) in by_type, (stream, kind, sorted(by_type))
        assert by_type[stream, kind].at == deadlines[name], (stream, kind)
