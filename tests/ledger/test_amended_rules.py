"""Rules that change while a round runs are read with each decision on a real record, and compared as it is recorded."""

import pytest

from ledger.record import Ledger
from selection.recommendation.commands import Recommend
from selection.round import commands as r
from tests import factories as f
from tests.ledger.support.deciding import LIST, ONE, ROUND, TWO, act, code, decide, submit
from tests.ledger.test_deciding import slipping

pytestmark = pytest.mark.stack
APPROVER = f.actor("approver-1")
QUOTA = "recommenders.bj.quota"


async def enter(ledger: Ledger, before: str, after: str, number: int = 1) -> str:
    command = r.AmendRules(path=QUOTA, before=before, after=after, reason=f.ref("why"))
    return code(await decide(ledger, act(ROUND, command, f.OFFICER, f"enter-{number}")))


async def agree(ledger: Ledger, number: int = 1) -> str:
    command = r.RuleOnAmendment(number=number, ruling="agreed", reason=f.ref("why"))
    return code(await decide(ledger, act(ROUND, command, APPROVER, f"agree-{number}")))


async def recommend(ledger: Ledger, number: str, command_id: str = "") -> str:
    command = Recommend(application=number, revision=1)
    named = command_id or f"recommend-{number}"
    return code(await decide(ledger, act(LIST, command, f.RECOMMENDER, named)))


async def test_a_quota_counts_as_amended_and_is_never_less_than_what_is_used(place: Ledger) -> None:
    for stream in (ONE, TWO):
        await submit(place, stream, command_id=f"submit-{stream[-4:]}")
    assert await enter(place, "none", "1") == ""
    assert await agree(place) == ""
    assert await recommend(place, "0001") == ""
    assert await recommend(place, "0002") == "quota-full"
    assert await enter(place, "1", "2", 2) == ""
    assert await agree(place, 2) == ""
    assert await recommend(place, "0002", "once-more") == ""


async def test_a_recommendation_meanwhile_keeps_its_place(place: Ledger) -> None:
    for stream in (ONE, TWO):
        await submit(place, stream, command_id=f"submit-{stream[-4:]}")
    assert await recommend(place, "0001") == ""
    assert await enter(place, "none", "1") == ""

    async def slip() -> None:
        assert await recommend(place, "0002") == ""

    deciding = slipping(place, slip, lambda asked: asked.view is not None)
    command = r.RuleOnAmendment(number=1, ruling="agreed", reason=f.ref("why"))
    told = await deciding.decide(ROUND, act(ROUND, command, APPROVER, "agree"))
    assert code(told) == "quota-used"
