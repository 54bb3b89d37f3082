"""Recommending units have a task, and are reminded of it, while an application waits for them and a place is left."""

from datetime import timedelta

from ledger.record import Ledger
from selection.decision.machine import Settle
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend
from selection.round.reminding.events import RoundReminded
from tests import factories as f
from tests.ledger.support.deciding import (
    CALENDAR,
    DEADLINES,
    LIST,
    ONE,
    ROUND,
    TWO,
    act,
    code,
    decide,
    move,
    open_round,
    register,
    types,
)

RULES = f.rules(calendar=CALENDAR, ladder={})
OTHER = "unit-1"
OTHERS_LIST = LIST.replace("/bj", f"/{OTHER}")


async def list_units(ledger: Ledger) -> list[str]:
    """The units of which a recommendation is awaited."""
    found = [item for item in await ledger.reading.open_tasks(round_=f.ROUND) if item.kind == "recommend"]
    assert {item.role for item in found} <= {Role.RECOMMENDER}
    assert {item.until for item in found} <= {DEADLINES["recommendation"]}
    return sorted(item.unit or "" for item in found)


async def list_reminded(ledger: Ledger) -> list[str]:
    letters = await ledger.outbox.letters(f.ROUND)
    return sorted(item["body"]["to"] for item in letters if item["body"]["template"] == "round-task-due")


async def recommend(ledger: Ledger, stream: str, person: str) -> None:
    """Have a unit put the first application on its list, which carries it out."""
    assert (
        code(await decide(ledger, act(stream, Recommend(application="0001", revision=1), f.actor(person))))
        == ""
    )


async def come_to_reminder(ledger: Ledger, url: str) -> None:
    await move(url, DEADLINES["recommendation"] - timedelta(days=7) + timedelta(hours=1))
    await ledger.deciding.decide(ROUND, Settle())
    assert RoundReminded.TYPE in await types(ledger, ROUND)


async def test_a_unit_is_awaited_and_reminded_while_an_application_waits_for_it(url: str) -> None:
    async with open_round(url, RULES) as ledger:
        await register(ledger, f.people()["recommender-2"])
        assert await list_units(ledger) == []
        elsewhere = f.submit(region="CN-SH", host=f.unit(region="CN-SH"))
        assert code(await decide(ledger, act(ONE, elsewhere, f.APPLICANT))) == ""
        assert await list_units(ledger) == [OTHER]
        assert code(await decide(ledger, act(TWO, f.submit(), f.actor("applicant-2")))) == ""
        assert await list_units(ledger) == ["bj", OTHER]
        await come_to_reminder(ledger, url)
        assert await list_reminded(ledger) == ["recommender-1", "recommender-2"]


async def test_a_unit_whose_places_are_taken_is_neither_awaited_nor_reminded(url: str) -> None:
    async with open_round(url, RULES) as ledger:
        await register(ledger, f.people()["recommender-2"])
        assert code(await decide(ledger, act(ONE, f.submit(), f.APPLICANT))) == ""
        assert code(await decide(ledger, act(TWO, f.submit(), f.actor("applicant-2")))) == ""
        await recommend(ledger, OTHERS_LIST, "recommender-2")
        assert await list_units(ledger) == ["bj"]
        await come_to_reminder(ledger, url)
        assert await list_reminded(ledger) == ["recommender-1"]


async def test_where_nothing_waits_nobody_is_reminded(url: str) -> None:
    async with open_round(url, RULES) as ledger:
        await come_to_reminder(ledger, url)
        assert await list_reminded(ledger) == []
