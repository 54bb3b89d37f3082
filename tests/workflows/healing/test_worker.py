"""What a worker refuses to be."""

import pytest

from activities.mail import Mailer
from tests.workflows.support.installation import Installation
from worker.run import FEWEST_CACHED, make_worker


@pytest.mark.parametrize("cached", [0, 1])
async def test_a_cache_in_which_decisions_would_not_end_is_refused(place: Installation, cached: int) -> None:
    mailer = Mailer(place.ends.mail, place.ledger.people, place.ledger.contents)
    queue = place.ends.task_queue
    with pytest.raises(ValueError, match=f"at least 2 workflows, not {cached}"):
        make_worker(place.temporal, place.recorder, mailer, queue, cached=cached)
    make_worker(place.temporal, place.recorder, mailer, queue, cached=FEWEST_CACHED)
