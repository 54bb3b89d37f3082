"""What a worker refuses to be, and what one does beside deciding."""

import asyncio

import pytest

from activities.mail import Mailer
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from starter.client.registering import register_people
from tests.ledger.test_read_log import add_aged
from tests.running.waiting import SOON
from tests.workflows.process.test_register import ADMIN, newcomer
from tests.workflows.support.installation import Installation
from worker.run import FEWEST_CACHED, make_worker


@pytest.mark.parametrize("cached", [0, 1])
async def test_a_cache_in_which_decisions_would_not_end_is_refused(place: Installation, cached: int) -> None:
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    queue = place.ends.task_queue
    with pytest.raises(ValueError, match=f"at least 2 workflows, not {cached}"):
        make_worker(place.temporal, place.recorder, mailer, queue, cached=cached)
    make_worker(place.temporal, place.recorder, mailer, queue, cached=FEWEST_CACHED)


async def test_a_worker_process_erases_with_its_login_and_removes_old_reads(place: Installation) -> None:
    await add_aged(place.ends.database_url, ("7 months", "old"), ("5 months", "young"))
    async with place.worker_process():
        await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
        await place.client.act(INSTALLATION, ErasePerson(person="newcomer-1"), actor=ADMIN)
        async with asyncio.timeout(SOON.total_seconds()):
            while len(kept := await place.ledger.read_log.find("r")) > 1:
                await asyncio.sleep(0.1)
    assert [read.person for read in kept] == ["young"]
    assert await place.ledger.people.identity("newcomer-1") is None
