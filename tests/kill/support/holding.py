"""The record held open in the public notice, while signals, acts and the deadline arrive."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from activities.messages import DECIDE
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.forms.handed_in import AnsweredForm
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.streams import application_stream
from starter.demo.desk import Desk
from tests.kill.support.living import Place
from tests.kill.support.patience import UNANSWERED
from tests.kill.support.tower import BEGUN

LOOK_EVERY = 0.1
STAYS_OPEN = 3.0
"""Seconds that the record stays held after the deadline, and after the worker was started anew."""


async def hold_record_open(place: Place, desk: Desk) -> str:
    """Hold an append of an application in notice across its deadline; return the application's stream.

    Postgres is killed with the append begun; a signal and an update arrive, the notice's timer fires; then
    the worker is killed and started, and only then Postgres comes back.
    """
    stream = await _in_notice(desk)
    state = await desk.application(stream)
    assert state.until is not None
    catching = asyncio.create_task(place.tower.catch(BEGUN, about=stream))
    await asyncio.sleep(0)
    first = asyncio.create_task(_review_again(place, desk, state, 0))
    catch = await catching
    place.stack.kill("postgres")
    catch.nod.set_result(None)
    await place.client.signal(
        stream, c.DeclineInvitation(), actor=_expert(state, 1), command_id="held-signal"
    )
    second = asyncio.create_task(_review_again(place, desk, state, 2))
    await asyncio.sleep(max((state.until - datetime.now(UTC)).total_seconds(), 0) + STAYS_OPEN)
    handle = place.client.temporal.get_workflow_handle(stream)
    pending = (await handle.describe()).raw_description.pending_activities
    [held] = [item for item in pending if item.activity_type.name == DECIDE]
    place.say(
        f"record of {catch.key} held open: attempt {held.attempt} over, a signal, an update and the deadline "
        "waiting; the worker is killed and started anew"
    )
    place.stack.kill("worker")
    await place.stack.start("worker")
    await asyncio.sleep(STAYS_OPEN)
    await place.stack.start("postgres")
    assert await first == await second == "wrong-stage"
    return stream


def check_order(leaves: list[Leaf], stream: str) -> None:
    """Assert that what arrived was taken in order, and the deadline dated at itself and before what was late."""
    held = [leaf for leaf in leaves if leaf.stream == stream]
    order = [leaf for leaf in held if str(leaf.data["command_id"]).startswith(("held-", "deadline/notice"))]
    names = [str(leaf.data["command_id"]).split("/")[0] for leaf in order]
    assert names[0] == "held-0", names
    assert names[1] == "deadline", names
    assert sorted(names[2:]) == ["held-2", "held-signal"], names
    assert order[0].at < order[1].at <= min(leaf.at for leaf in order[2:])


async def _in_notice(desk: Desk) -> str:
    while (state := await desk.round_state()).stage is not RoundStage.NOTICE or state.batch:
        await asyncio.sleep(LOOK_EVERY)
    stream = application_stream(desk.round, state.items[0].application)
    await desk.until_stage(stream, Stage.NOTICE)
    return stream


def _expert(state: ApplicationState, place: int) -> Actor:
    return Actor(person=state.seats[place].expert, role=Role.EXPERT)


async def _review_again(place: Place, desk: Desk, state: ApplicationState, seat: int) -> str:
    """Hand in a review long after its time, until it is refused; return the code."""
    actor = _expert(state, seat)
    text = (
        await desk.text("Too late.", actor.person)
        if seat == 0
        else state.submission and state.submission.form
    )
    assert text
    command = c.SubmitReview(scores={}, form=AnsweredForm(version="one-review", answers=text, told=text))
    while True:
        with suppress(*UNANSWERED):
            try:
                await place.client.act(state.stream, command, actor=actor, command_id=f"held-{seat}")
            except Refused as refused:
                return refused.code
            raise AssertionError("a review in the notice was taken")
