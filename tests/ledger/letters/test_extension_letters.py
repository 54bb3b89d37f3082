"""An extension is told to everyone whom it concerns, once each, in the transaction that records it."""

from datetime import timedelta

import psycopg
import pytest

from ledger.record import Ledger
from selection.kernel.day_clock import end_of_day
from selection.round import commands as r
from tests import factories as f
from tests.ledger.support.deciding import CALENDAR, DEADLINES, ONE, ROUND, RULES, act, code, decide, move

TASK = """INSERT INTO selection.tasks (stream, key, kind, person, unit, log, role, since, until, deadline)
VALUES (%s, %s, %s, %s, %s, 'second-2024', 'applicant', now(), now(), 'mend')"""


async def test_an_extension_is_told_to_applicants_and_to_those_who_recommend(place: Ledger) -> None:
    assert code(await decide(place, act(ONE, f.submit()))) == ""
    until = CALENDAR["submission"] + timedelta(days=2)
    later = r.ExtendDeadline(cause="organiser", name="submission", until=until, reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, later, f.OFFICER, "extend"))) == ""
    letters = await place.outbox.letters(f.ROUND)
    told = [item["body"]["to"] for item in letters if item["body"]["template"] == "deadline-extended"]
    assert sorted(told) == ["applicant-1", "officer-1", "officer-2", "recommender-1"]


@pytest.mark.parametrize("rows", [1, 2], ids=["mending", "and-confirming"])
async def test_an_extension_of_mending_is_told_to_every_applicant_and_to_who_may_confirm(
    place: Ledger, url: str, rows: int
) -> None:
    assert code(await decide(place, act(ONE, f.submit()))) == ""
    mending = (ONE, "mend", "mend", "applicant-2", None)
    confirming = (ONE, "confirm/x", "confirm-co-building", None, f.people()["applicant-1"].employer)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for row in (mending, confirming)[:rows]:
            await connection.execute(TASK, row)
    await move(url, DEADLINES["recommendation"] + timedelta(hours=1))
    later = r.ExtendDeadline(cause="organiser", name="mend", until=CALENDAR["check"], reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, later, f.OFFICER, "extend"))) == ""
    letters = await place.outbox.letters(f.ROUND)
    told = [item["body"]["to"] for item in letters if item["body"]["template"] == "windows-extended"]
    assert sorted(told) == ["applicant-1", "applicant-2", "officer-1", "officer-2"]
    assert {item.until for item in await place.reading.open_tasks(person="applicant-2")} == {
        end_of_day(RULES.clock, CALENDAR["check"])
    }
