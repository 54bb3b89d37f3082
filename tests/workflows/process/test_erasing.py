"""Which worker erases: one with the eraser's login, on whatever worker the act arrives; nobody where there is none."""

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from activities.mail import Mailer
from audit.claims import Verdict
from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from starter.client.registering import register_people
from tests.workflows.process.test_register import ADMIN, newcomer
from tests.workflows.support.histories import follow, histories_of
from tests.workflows.support.installation import Installation
from worker.eraser import erase_where_the_login_is
from worker.run import make_worker

ERASE = ErasePerson(person="newcomer-1")


@asynccontextmanager
async def worker_that_may_not(place: Installation) -> AsyncIterator[Ledger]:
    """A worker that was given no login of the eraser."""
    queue = place.ends.task_queue
    ledger = await Ledger.connect(place.ends.database_url, role=RECORDER_ROLE)
    mailer = Mailer(place.ends.mail, ledger.people, ledger.contents)
    try:
        async with (
            make_worker(place.temporal, ledger, mailer, queue),
            erase_where_the_login_is(place.temporal, ledger, queue),
        ):
            yield ledger
    finally:
        await ledger.close()


async def test_an_erasure_goes_to_a_worker_that_may_and_is_refused_while_none_is_there(
    place: Installation,
) -> None:
    queue = place.ends.task_queue
    async with worker_that_may_not(place):
        await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
        size = await place.ledger.reading.head(INSTALLATION)
        with pytest.raises(Refused, match="eraser-away"):
            await place.client.act(INSTALLATION, ERASE, actor=ADMIN, command_id="erase-1")
        await register_people(place.client, [newcomer(2)], actor=ADMIN, command_id="two")
        assert await place.ledger.reading.head(INSTALLATION) == size + 1
        assert await place.ledger.people.identity("newcomer-1") is not None

        async with erase_where_the_login_is(place.temporal, place.recorder, queue):
            receipt = await place.client.act(INSTALLATION, ERASE, actor=ADMIN, command_id="erase-1")
            assert receipt.seq == size + 1
            again = await place.client.act(INSTALLATION, ERASE, actor=ADMIN, command_id="erase-1")
            assert again == receipt
            with pytest.raises(Refused, match="already-done"):
                await place.client.act(INSTALLATION, ERASE, actor=ADMIN, command_id="erase-2")
        assert await place.ledger.people.identity("newcomer-1") is None
        await place.until_idle(INSTALLATION)
    # The history replays, and tells of every entry since the people of the fixture were recorded without a workflow.
    entries = await place.ledger.reading.stream_entries(INSTALLATION)
    shown = await follow(INSTALLATION, await histories_of(place, INSTALLATION), entries)
    assert {claim.verdict for claim in shown.claims} == {Verdict.PROVEN}
    assert max(shown.untold) < size <= receipt.seq


async def test_who_polls_for_erasures_without_the_login_after_all_refuses_them(place: Installation) -> None:
    queue = place.ends.task_queue
    async with worker_that_may_not(place):
        await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
        lost = await Ledger.connect(
            place.ends.database_url, role=RECORDER_ROLE, size=2, eraser="postgresql://nobody@127.0.0.1:1/x"
        )
        try:
            async with erase_where_the_login_is(place.temporal, lost, queue):
                with pytest.raises(Refused, match="eraser-away"):
                    await place.client.act(INSTALLATION, ERASE, actor=ADMIN, command_id="erase-1")
        finally:
            await lost.close()
        assert await place.ledger.people.identity("newcomer-1") is not None


async def test_an_erasure_whose_worker_died_after_its_commit_is_answered_with_its_receipt(
    place: Installation,
) -> None:
    mortal, waits = "tests.workflows.support.mortal_eraser", timedelta(seconds=300)
    async with worker_that_may_not(place), place.worker_process(mortal) as eraser:
        await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
        receipt = None
        while receipt is None:
            # Until its process polls, nobody is there to erase.
            with suppress(Refused):
                receipt = await place.client.act(
                    INSTALLATION, ERASE, actor=ADMIN, command_id="erase-1", patience=waits
                )
                assert eraser.wait() == -signal.SIGKILL, "the worker was to die with its commit"
            assert receipt is not None or eraser.poll() is None, "recorded, and answered as not erased"
        assert await place.ledger.people.identity("newcomer-1") is None
        assert [leaf.seq for leaf in await place.ledger.reading.receipts("erase-1")] == [receipt.seq]
