"""What came to a log while it was halted is decided once a person has opened it again: nothing is answered for good."""

from datetime import timedelta

import pytest

from selection.kernel.leaf import Receipt
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.round.commands import CancelRound
from selection.streams import log_of
from starter.client.errors import Pending
from tests import factories as f
from tests.running.waiting import until
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.messages import envelope, signal
from tests.workflows.support.worker_without import CARRYING_OUT, TELLING, worker_without

ONE, TWO, BJ = application(1), application(2), unit_list("bj")
FEW = timedelta(seconds=2)


async def halt(place: Installation) -> None:
    await place.recorder.halts.halt(f.ROUND, "entries were lost")


async def lift(place: Installation, *streams: str) -> None:
    """Open the log again and have its workflows look, as `selection reconcile` does."""
    assert await place.recorder.halts.lift(f.ROUND)
    for stream in streams:
        assert log_of(stream) == f.ROUND
        await place.handle(stream).signal("look")


async def recommend(place: Installation, patience: timedelta = timedelta(seconds=60)) -> Receipt:
    command = Recommend(application="0001", revision=1)
    return await place.client.act(BJ, command, actor=f.RECOMMENDER, command_id="recommend", patience=patience)


async def until_met(place: Installation, stream: str, update: str) -> None:
    """Wait until a workflow has answered an update of this name."""

    async def has_answered() -> bool:
        history = await place.handle(stream).fetch_history()
        return any(
            event.HasField("workflow_execution_update_completed_event_attributes")
            and event.workflow_execution_update_completed_event_attributes.meta.update_id.startswith(update)
            for event in history.events
        )

    await until(has_answered, f"an answer of {stream} to {update}")


@pytest.mark.parametrize("looking", [(), (BJ,)], ids=["by itself", "as its list looks"])
async def test_an_application_takes_its_recommendation_once_the_halt_is_lifted(
    place: Installation, looking: tuple[str, ...]
) -> None:
    async with place.worker():
        await place.open_round()
        await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    async with worker_without(place, TELLING):
        with pytest.raises(Pending):
            await recommend(place, FEW)
        await place.until_version(BJ, 1)
    await halt(place)
    async with place.worker():
        await until_met(place, ONE, f"{BJ}#1")
        with pytest.raises(Refused, match="record-behind"):
            await recommend(place)
        await lift(place, *looking)
        await place.until_version(ONE, 2)
        assert await place.types(ONE) == ["application.submitted", "application.recommended"]
        assert (await recommend(place)).version == 1
        assert await place.types(BJ) == ["list.recommended"]
        await place.until_idle(BJ)
        for stream in (ONE, BJ):
            await compare_with_record(place, stream)


async def test_a_batch_that_meets_a_halt_is_carried_out_when_it_is_lifted(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
        for stream in (ONE, TWO):
            await place.client.act(stream, f.submit(), actor=f.APPLICANT)
    async with worker_without(place, CARRYING_OUT):
        await place.client.act(ROUND, CancelRound(reason=f.ref()), actor=f.OFFICER)
    await halt(place)
    async with place.worker():
        for stream in (ONE, TWO):
            await until_met(place, stream, f"{ROUND}#2")
        await lift(place, ROUND)
        await place.until_version(ROUND, 3)
        [*_, finished] = await place.ledger.reading.stream_entries(ROUND)
        assert (finished.leaf.data["touched"], finished.leaf.data["left_over"]) == (2, [])
        for stream in (ONE, TWO):
            assert await place.types(stream) == ["application.submitted", "application.cancelled"]


async def test_what_was_left_as_a_signal_in_a_halt_is_decided_when_it_is_lifted(
    open_place: Installation,
) -> None:
    place = open_place
    await place.client.act(ONE, f.submit(), actor=f.APPLICANT)
    await halt(place)
    for staff in (31, 32):
        body = envelope(ONE, f.submit(staff=staff), f.APPLICANT, f"edit-{staff}")
        await signal(place, ONE, body)
    await place.until_idle(ONE)
    assert await place.version(ONE) == 1
    await lift(place, ONE)
    await place.until_version(ONE, 3)
    entries = await place.ledger.reading.stream_entries(ONE)
    assert [entry.leaf.data["command_id"] for entry in entries][1:] == ["edit-31", "edit-32"]
    await place.until_idle(ONE)
    await compare_with_record(place, ONE)
