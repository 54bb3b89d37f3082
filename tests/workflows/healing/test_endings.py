"""Cancel requests, a record that went on without the workflow, continue-as-new, and two workers."""

import asyncio
import gc
from datetime import timedelta

import pytest

from runtime.temporal.namespace import pollers
from selection.application import commands as c
from selection.refusals.refused import Refused
from tests import factories as f
from tests.running.waiting import until
from tests.workflows.conftest import LONG_HISTORY
from tests.workflows.support.acting import hold
from tests.workflows.support.histories import compare_all, compare_with_record, histories_of, is_running
from tests.workflows.support.installation import Installation, application, slip_in
from tests.workflows.support.messages import answer, envelope, post, signal

STREAM = application(1)
SUBMITTED = "application.submitted"
OTHER = f.actor("applicant-2")
PATIENCE = timedelta(seconds=40)
EDITS = [f.submit(staff=number) for number in range(31, 331)]
WAVE = 30


@pytest.fixture
async def submitted_place(open_place: Installation) -> Installation:
    await open_place.client.act(STREAM, f.submit(), actor=f.APPLICANT, command_id="submit-1")
    return open_place


async def test_a_cancel_request_is_refused_on_the_record_and_ends_nothing(
    submitted_place: Installation,
) -> None:
    await submitted_place.handle(STREAM).cancel()
    await submitted_place.until_version(STREAM, 2)
    [entry] = await submitted_place.ledger.reading.stream_entries(STREAM, 1)
    assert (entry.leaf.type, entry.leaf.data["code"]) == ("act.refused.v1", "cancel-by-act")
    assert (await submitted_place.client.act(STREAM, EDITS[0], actor=f.APPLICANT)).version == 3
    assert await is_running(submitted_place, STREAM)
    await compare_with_record(submitted_place, STREAM)


async def test_a_cancel_request_that_a_draining_run_cannot_take_goes_along_into_the_next(
    submitted_place: Installation,
) -> None:
    place, handle = submitted_place, submitted_place.handle(STREAM)
    first = (await handle.describe()).run_id
    edits = [envelope(STREAM, edit, f.APPLICANT, f"edit-{edit.submission.staff}") for edit in EDITS]
    while (await handle.describe()).history_length < LONG_HISTORY - 20:
        await answer(await post(place, STREAM, edits.pop()))
    posted, before = [], await place.version(STREAM)
    async with hold(place, {STREAM}):
        while (await handle.describe()).history_length <= LONG_HISTORY:
            posted.append(await post(place, STREAM, edits.pop()))
        await handle.cancel()
        await until_cancel_requested(place)
    assert [code for (code, _), _ in [await answer(item) for item in posted]] == [""] * len(posted)
    await place.until_version(STREAM, before + len(posted) + 1)
    assert (await handle.describe()).run_id != first, "the run was to continue as new"
    *_, last = await place.ledger.reading.stream_entries(STREAM)
    assert (last.leaf.data["code"], last.leaf.data["command_id"]) == ("cancel-by-act", f"cancel/{first}")
    await place.until_idle(STREAM)
    await compare_with_record(place, STREAM)


async def until_cancel_requested(place: Installation) -> None:
    async def is_requested() -> bool:
        history = await place.handle(STREAM).fetch_history()
        return any(
            event.HasField("workflow_execution_cancel_requested_event_attributes") for event in history.events
        )

    await until(is_requested, "the cancel request")


async def test_an_entry_that_the_workflow_did_not_see_is_what_the_next_acts_stand_on(
    submitted_place: Installation,
) -> None:
    await slip_in(submitted_place, STREAM)
    bodies = [envelope(STREAM, EDITS[n], f.APPLICANT, f"edit-{n}") for n in range(3)]
    posted = await asyncio.gather(*(post(submitted_place, STREAM, body) for body in bodies))
    answers = [await answer(item) for item in posted]
    assert sorted(receipt.version for _, receipt in answers if receipt) == [3, 4, 5]
    assert (await submitted_place.types(STREAM))[:3] == [SUBMITTED, "act.refused", SUBMITTED]
    assert await submitted_place.handle(STREAM).query("version") == 5


async def test_updates_and_signals_share_command_ids(submitted_place: Installation) -> None:
    first = await submitted_place.client.act(STREAM, EDITS[0], actor=f.APPLICANT, command_id="edit-1")
    await signal(submitted_place, STREAM, envelope(STREAM, EDITS[0], f.APPLICANT, "edit-1"))
    again = await submitted_place.client.act(STREAM, EDITS[0], actor=f.APPLICANT, command_id="edit-1")
    assert again == first
    await signal(submitted_place, STREAM, envelope(STREAM, EDITS[1], f.APPLICANT, "edit-2"))
    told, receipt = await answer(
        await post(submitted_place, STREAM, envelope(STREAM, EDITS[1], f.APPLICANT, "edit-2"))
    )
    assert told == ("", {})
    assert receipt is not None
    assert (receipt.version, receipt.command_id) == (3, "edit-2")
    with pytest.raises(Refused, match="wrong-stage"):
        await submitted_place.client.act(
            STREAM, c.PassCheck(revision=1), actor=f.OFFICER, command_id="check-1"
        )
    await signal(submitted_place, STREAM, envelope(STREAM, c.PassCheck(revision=1), f.OFFICER, "check-1"))
    told, _ = await answer(
        await post(submitted_place, STREAM, envelope(STREAM, c.PassCheck(revision=1), f.OFFICER, "check-1"))
    )
    assert told[0] == "wrong-stage"
    assert await submitted_place.version(STREAM) == 4
    with pytest.raises(Refused, match="command-reused"):
        await submitted_place.client.act(STREAM, EDITS[2], actor=f.APPLICANT, command_id="edit-1")
    # Ids belong to persons: what others call their acts does not matter.
    with pytest.raises(Refused, match="not-entitled"):
        await submitted_place.client.act(STREAM, EDITS[2], actor=OTHER, command_id="edit-1")
    assert await submitted_place.version(STREAM) == 5
    await compare_with_record(submitted_place, STREAM)


async def test_a_repeat_after_the_stream_has_ended_is_answered_as_before(
    submitted_place: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    """Sent as signals at first: the answer of an update Temporal would know, as long as it keeps the run."""
    client, checked = submitted_place.client, c.PassCheck(revision=1)
    await client.signal(STREAM, EDITS[0], actor=f.APPLICANT, command_id="edit-1")
    await client.signal(STREAM, checked, actor=f.OFFICER, command_id="check-1")
    await client.signal(STREAM, c.Withdraw(), actor=f.APPLICANT, command_id="withdraw-1")
    await submitted_place.until_version(STREAM, 4)
    await submitted_place.move(submitted_place.deadline("submission") + timedelta(hours=1), STREAM)
    assert await submitted_place.handle(STREAM).result() == "withdrawn"

    edited = await client.act(STREAM, EDITS[0], actor=f.APPLICANT, command_id="edit-1")
    assert (edited.version, edited.command_id) == (2, "edit-1")
    withdrawn = await client.act(STREAM, c.Withdraw(), actor=f.APPLICANT, command_id="withdraw-1")
    assert (withdrawn.version, withdrawn.command_id) == (4, "withdraw-1")
    with pytest.raises(Refused, match="wrong-stage"):
        await client.act(STREAM, checked, actor=f.OFFICER, command_id="check-1")
    with pytest.raises(Refused, match="ended"):
        await client.act(STREAM, checked, actor=f.OFFICER, command_id="check-2")
    # That it has ended is for those who may know of it.
    with pytest.raises(Refused, match="not-entitled"):
        await client.act(STREAM, c.Withdraw(), actor=f.actor("applicant-2", "applicant"))
    with pytest.raises(Refused, match="no-notice"):
        await client.act(STREAM, f.objection(), actor=f.actor("objector-1", "objector"))
    with pytest.raises(Refused, match="not-entitled"):
        await client.act(STREAM, f.objection(), actor=f.actor("stranger-1", "objector"))
    assert len(await submitted_place.types(STREAM)) == 5
    gc.collect()
    assert "never retrieved" not in caplog.text


async def edit(place: Installation, number: int) -> int:
    command_id = f"edit-{number}"
    if number % 5 == 4:
        await signal(place, STREAM, envelope(STREAM, EDITS[number], f.APPLICANT, command_id))
    receipt = await place.client.act(
        STREAM, EDITS[number], actor=f.APPLICANT, command_id=command_id, patience=PATIENCE
    )
    return receipt.version


async def test_a_busy_workflow_continues_as_new_with_acts_in_flight_and_loses_none(
    submitted_place: Installation,
) -> None:
    versions: list[int] = []
    # How many events an act costs depends on how many came at once, so they come until the run was followed.
    while len(runs := await histories_of(submitted_place, STREAM)) == 1:
        assert len(versions) < len(EDITS), f"{len(runs[0].events)} events, and no other run"
        wave = range(len(versions), len(versions) + WAVE)
        versions += await asyncio.gather(*(edit(submitted_place, number) for number in wave))
    assert sorted(versions) == list(range(2, len(versions) + 2))
    # What was done in an earlier run is the same act in a later one.
    again = await submitted_place.client.act(STREAM, EDITS[0], actor=f.APPLICANT, command_id="edit-0")
    assert again.version == versions[0]
    assert await compare_with_record(submitted_place, STREAM) == len(versions) + 1


async def test_two_workers_share_a_task_queue_and_one_is_killed_midway(place: Installation) -> None:
    async with place.worker_process() as doomed, place.worker():
        await place.open_round()
        await until_polling(place, 2)
        led = await begin_with_both(place, f"{doomed.pid}@")
        acting = asyncio.gather(*(lead(place, stream) for stream in led))
        await place.until_version(led[-1], 3)
        doomed.kill()
        await acting
        told = await compare_all(place)
    assert {stream: told[stream] for stream in led} == dict.fromkeys(led, 6)


async def begin_with_both(place: Installation, doomed: str) -> list[str]:
    """Submit applications, one after the other, until both workers have begun some; return them."""
    begun: list[str] = []
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while len(by := await workers_of(place, begun)) < 2:
            begun.append(application(len(begun) + 1))
            await place.client.act(begun[-1], f.submit(), actor=f.APPLICANT, patience=PATIENCE)
    assert any(identity.startswith(doomed) for identity in by), by
    return begun


async def lead(place: Installation, stream: str) -> None:
    for number in range(1, 6):
        await place.client.act(stream, EDITS[number], actor=f.APPLICANT, patience=PATIENCE)


async def until_polling(place: Installation, count: int) -> None:
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while len(await pollers(place.temporal, place.ends.task_queue)) < count:
            await asyncio.sleep(0.1)


async def workers_of(place: Installation, streams: list[str]) -> set[str]:
    """Who completed the workflow tasks of these streams."""
    runs = [run for stream in streams for run in await histories_of(place, stream)]
    completed = (event.workflow_task_completed_event_attributes for run in runs for event in run.events)
    return {item.identity for item in completed if item.identity}
