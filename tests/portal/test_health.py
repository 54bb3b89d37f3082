"""`/health` says in JSON what answers: in parts to programs of this machine, in a word to everybody else."""

from starlette.applications import Starlette

from ledger.record import Ledger
from portal.pages.health import Worker, takes_acts
from tests.portal.conftest import browse
from tests.portal.test_guard import away

__all__ = ["away"]
ELSEWHERE = "203.0.113.9"


async def test_what_answers_is_told_in_parts_on_this_machine_alone(app: Starlette, recorder: Ledger) -> None:
    async with browse(app) as here, browse(app, ELSEWHERE) as there:
        answer = await here.client.get("/health")
        assert answer.status_code == 200
        # The record's portal has no Temporal beside it: pages are shown, and nothing can be done.
        assert answer.json() == {
            "status": "reads-only",
            "postgres": "answers",
            "temporal": "away",
            "worker": None,
        }
        assert (await there.client.get("/health")).json() == {"status": "ok"}


def test_acts_are_taken_while_a_worker_asks_for_work() -> None:
    def worker(silent: float | None) -> Worker:
        return {"silent_s": silent, "waiting": 0, "behind_s": 0.0}

    silences = (0.0, 90.0, 90.1, None)
    assert [takes_acts(worker(silent)) for silent in silences] == [True, True, False, False]
    assert not takes_acts(None)


async def test_while_the_record_is_away_that_is_told_without_where_it_is(away: Starlette) -> None:
    async with browse(away) as here, browse(away, ELSEWHERE) as there:
        answer, told = await here.client.get("/health"), await there.client.get("/health")
    assert (answer.status_code, told.status_code) == (503, 503)
    assert answer.json() == {"status": "away", "postgres": "away", "temporal": "unknown", "worker": None}
    assert told.json() == {"status": "away"}
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert answer.headers["cache-control"] == "no-store"
