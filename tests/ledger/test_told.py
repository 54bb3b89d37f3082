"""An extension is told to everyone whom it concerns, once each, in the transaction that records it."""

from datetime import timedelta

from ledger.record import Ledger
from selection.round import commands as r
from tests import factories as f
from tests.ledger.support.deciding import CALENDAR, ONE, ROUND, act, code, decide


async def test_an_extension_is_told_to_applicants_and_to_those_who_recommend(place: Ledger) -> None:
    assert code(await decide(place, act(ONE, f.submit()))) == ""
    until = CALENDAR["submission"] + timedelta(days=2)
    later = r.ExtendDeadline(name="submission", until=until, reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, later, f.OFFICER, "extend"))) == ""
    letters = await place.outbox.letters(f.ROUND)
    told = [item["body"]["to"] for item in letters if item["body"]["template"] == "deadline-extended"]
    assert sorted(told) == ["applicant-1", "officer-1", "officer-2", "recommender-1"]
