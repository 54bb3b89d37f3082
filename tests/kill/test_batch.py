"""A round's decision carried out on 150 application workflows, its worker killed midway."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.round.commands import CancelRound
from selection.round.state import RoundState
from starter.demo.acts import intake
from starter.demo.desk import Desk
from tests.databases import superuser
from tests.kill.support.evidence import collect
from tests.kill.support.living import ROUND, Place, open_round, running_place
from tests.kill.support.patience import STUCK_AFTER, until_answered
from tests.kill.support.people import small_example
from tests.kill.support.tower import BEGUN, COMMITTED

pytestmark = pytest.mark.kill

APPLICATIONS = 150
KILL_AFTER = 60
AT_ONCE = 40
SILENT = "0075"
"""The application whose workflow an operator has terminated: it is started anew from the record."""
INTAKE = 1000.0


async def test_a_batch_killed_midway_touches_each_application_once(tmp_path: Path) -> None:
    async with asyncio.timeout(STUCK_AFTER), running_place("batch", tmp_path) as place:
        desk = await open_round(place, small_example(INTAKE))
        streams = await submit_all(place, desk)
        await place.client.temporal.get_workflow_handle(f"application/{ROUND}/{SILENT}").terminate("control")
        officer = Actor(person=desk.example.rules.staff.officers[0], role=Role.OFFICER)
        reason = await desk.text("The call is repeated.", officer.person)
        before = place.tower.seen[COMMITTED]
        await until_answered(
            lambda: place.client.act(
                desk.round_stream, CancelRound(reason=reason), actor=officer, command_id="cancel"
            )
        )
        done_up_to, in_flight = await kill_midway(place, desk, before)
        state = await until_finished(desk)
        print()
        place.say(
            f"killed with {in_flight} appends in flight and the heartbeat at {done_up_to}; "
            f"left over {state.left_over}"
        )
        await check(place, streams, state)


async def submit_all(place: Place, desk: Desk) -> list[str]:
    """Submit as many applications by as many acts, each a workflow of its own."""
    gate = asyncio.Semaphore(AT_ONCE)
    applicant = desk.example.applicants[0]
    submission = await intake.submission(desk, applicant, 1)
    actor = Actor(person=applicant.agent, role=Role.APPLICANT)

    async def submit(number: int) -> str:
        stream = f"application/{ROUND}/{number:04d}"
        async with gate:
            command_id = f"submit-{number}"
            await until_answered(
                lambda: place.client.act(
                    stream, c.Submit(submission=submission), actor=actor, command_id=command_id
                )
            )
        return stream

    return await asyncio.gather(*(submit(number) for number in range(1, APPLICATIONS + 1)))


async def kill_midway(place: Place, desk: Desk, before: int) -> tuple[str, int]:
    """Kill the worker when some have taken it; return how far the heartbeat was, and the appends in flight.

    Heartbeats reach Temporal every few seconds, in which a fast machine would be through: the appends wait for one.
    """
    await place.tower.until_seen(COMMITTED, before + KILL_AFTER)
    handle = place.client.temporal.get_workflow_handle(desk.round_stream)
    with place.tower.holding(COMMITTED):
        while True:
            [batch] = (await handle.describe()).raw_description.pending_activities
            beat = await place.client.temporal.data_converter.decode(batch.heartbeat_details.payloads)
            if beat and beat[0]:
                break
            await asyncio.sleep(0.05)
        in_flight = place.tower.under_way(BEGUN, COMMITTED)
        place.stack.kill("worker")
    assert place.tower.seen[COMMITTED] - before < APPLICATIONS - 20, "the batch was nearly over"
    await place.stack.start("worker")
    return str(beat[0]).rsplit("/", 1)[-1], in_flight


async def until_finished(desk: Desk) -> RoundState:
    while (state := await desk.round_state()).batch:
        await asyncio.sleep(0.2)
    return state


async def check(place: Place, streams: list[str], state: RoundState) -> None:
    """One event per application, also of the one whose workflow was gone; nobody is left over."""
    entries = [entry async for entry in place.client.ledger.reading.all_entries(ROUND)]
    touched = Counter(entry.leaf.stream for entry in entries if "cancelled" in entry.leaf.type)
    del touched[f"round/{ROUND}"]
    assert touched == dict.fromkeys(streams, 1)
    assert state.left_over == ()
    [finished] = [entry.leaf for entry in entries if entry.leaf.type == "round.batch-finished.v1"]
    assert finished.data["touched"] == APPLICATIONS, finished.data["touched"]
    evidence = await collect(superuser(place.ends.databases), place.ends.mail_folder, place.client.receipts)
    assert evidence.faults() == []
