"""Floods cost a stream its history and never its life: what exceeds the bound is dropped, counted and shown.

`FLOOD_SIGNALS=10000 FLOOD_REFUSALS=5000` runs them in full.
"""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from temporalio.service import RPCError, RPCStatusCode

from selection.application.commands import PassCheck
from selection.refusals.refused import Refused
from tests import factories as f
from tests.workflows.support.acting import hold
from tests.workflows.support.histories import compare_with_record, histories_of, is_running
from tests.workflows.support.installation import Installation, application
from tests.workflows.support.messages import answer, envelope, post, signal

T = TypeVar("T")
STREAM = application(1)
SIGNALS = int(os.environ.get("FLOOD_SIGNALS", "2000"))
REFUSALS = int(os.environ.get("FLOOD_REFUSALS", "300"))
AT_ONCE = 50
PATIENCE = timedelta(seconds=120)
EVENTS = 20_000
"""More events no run may have: Temporal ends one at 51,200. A signal is an event, whatever becomes of it."""
STATE = 8_000
"""More bytes the stream's folded state may not have."""
COUNTS = re.compile(r"dropped (\d+), garbage (\d+)")


@pytest.fixture
async def submitted_place(place: Installation) -> AsyncIterator[Installation]:
    """An application whose worker is a process of its own: it does not share its time with who floods it."""
    async with place.worker_process():
        await place.open_round()
        await place.client.act(STREAM, f.submit(), actor=f.APPLICANT, command_id="submit-1")
        yield place


async def at_once(many: int, send: Callable[[int], Awaitable[T]]) -> list[T]:
    """Send so many, some at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> T:
        async with gate:
            return await send(number)

    return await asyncio.gather(*(one(number) for number in range(many)))


async def send_until_accepted(place: Installation, number: int) -> None:
    """Send one of the flood until Temporal takes it, which refuses signals while a run has too many.

    One that was told to be refused may have been stored all the same.
    """
    body: bytes | dict[str, Any] = b"garbage"
    if number % 2:
        body = envelope(STREAM, PassCheck(revision=1), f.OFFICER, f"flood-{number}")
    while True:
        try:
            await signal(place, STREAM, body)
        except RPCError as exc:
            if exc.status not in (RPCStatusCode.RESOURCE_EXHAUSTED, RPCStatusCode.INVALID_ARGUMENT):
                raise
            await asyncio.sleep(0.1)
        else:
            return


async def counts(place: Installation) -> tuple[int, int]:
    """What an operator sees: how many were dropped, and how many named nobody."""
    shown = COUNTS.search(str(await place.handle(STREAM).query("__temporal_workflow_metadata")))
    return (int(shown[1]), int(shown[2])) if shown else (0, 0)


async def count_signals(place: Installation) -> int:
    """Return how many signals Temporal stored for the stream, in all its runs."""
    runs = await histories_of(place, STREAM)
    return sum(
        event.HasField("workflow_execution_signaled_event_attributes") for run in runs for event in run.events
    )


async def works(place: Installation) -> None:
    """Assert that the owner's next act is answered, and that state and history are bounded."""
    receipt = await place.client.act(
        STREAM, f.submit(staff=31), actor=f.APPLICANT, command_id="after", patience=PATIENCE
    )
    assert receipt.command_id == "after"
    assert await is_running(place, STREAM)
    found = await place.ledger.reading.snapshot(STREAM)
    assert found is not None
    assert len(found.state) < STATE
    assert max(len(run.events) for run in await histories_of(place, STREAM)) < EVENTS


async def test_a_flood_of_signals_is_bounded_counted_and_survived(submitted_place: Installation) -> None:
    place = submitted_place
    await at_once(SIGNALS, lambda number: send_until_accepted(place, number))
    await works(place)
    refused = (await place.types(STREAM)).count("act.refused")
    dropped, garbage = await counts(place)
    told = refused + dropped + garbage
    # More are stored than were sent where one was sent again, or the owner's act was left as a signal too.
    stored = await count_signals(place)
    assert SIGNALS <= told <= stored, (refused, dropped, garbage, stored)
    assert min(refused, garbage) > 0
    assert await compare_with_record(place, STREAM) == refused + 2


async def test_thousands_of_refusals_leave_the_state_as_it_was(submitted_place: Installation) -> None:
    place = submitted_place
    before = await place.ledger.reading.snapshot(STREAM)
    assert before is not None

    async def refuse(number: int) -> None:
        check = PassCheck(revision=1)
        with pytest.raises(Refused, match="wrong-stage"):
            await place.client.act(
                STREAM, check, actor=f.OFFICER, command_id=f"check-{number}", patience=PATIENCE
            )

    await at_once(REFUSALS, refuse)
    after = await place.ledger.reading.snapshot(STREAM)
    assert after is not None
    assert len(after.state) < len(before.state) + 10
    assert await place.version(STREAM) == REFUSALS + 1
    # Those of an earlier run, too, are answered as before and stand once.
    for number in (0, REFUSALS // 2, REFUSALS - 1):
        await refuse(number)
    assert await place.version(STREAM) == REFUSALS + 1
    await works(place)
    assert len(await histories_of(place, STREAM)) > 1
    await compare_with_record(place, STREAM)


async def test_what_waits_when_a_run_continues_as_new_goes_along(submitted_place: Installation) -> None:
    place, many = submitted_place, 300
    async with hold(place, {STREAM}):
        for number in range(many):
            body = envelope(STREAM, PassCheck(revision=1), f.OFFICER, f"waiting-{number}")
            await signal(place, STREAM, body)
    await place.until_version(STREAM, many + 1)
    await works(place)
    runs = await histories_of(place, STREAM)
    started = [run.events[0].workflow_execution_started_event_attributes.input.payloads for run in runs]
    carried = [len(json.loads(payload.data).get("waiting", ())) for [payload] in started]
    assert max(carried) > 0, carried
    entries = await place.ledger.reading.stream_entries(STREAM, 1)
    ids = [str(entry.leaf.data["command_id"]) for entry in entries]
    assert ids == [*(f"waiting-{number}" for number in range(many)), "after"]
    assert await counts(place) == (0, 0)
    await compare_with_record(place, STREAM)


async def test_who_waits_for_an_answer_overtakes_nobody(submitted_place: Installation) -> None:
    place, many = submitted_place, 300
    async with hold(place, {STREAM}):
        for number in range(many):
            body = envelope(STREAM, PassCheck(revision=1), f.OFFICER, f"waiting-{number}")
            await signal(place, STREAM, body)
        # Held for longer than the local limit, so that the workflow has it before it goes on.
        last = await post(place, STREAM, envelope(STREAM, f.submit(staff=31), f.APPLICANT, "last"))
    _, receipt = await answer(last)
    assert receipt is not None
    assert receipt.version == many + 2
    assert len(await histories_of(place, STREAM)) > 1
    await compare_with_record(place, STREAM)
