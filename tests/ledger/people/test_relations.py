"""What binds people to bids, out of a real record: employments as they followed each other, parents, bids."""

import re

import psycopg
import pytest

from audit.claims import Verdict
from ledger.database.migrate import migrations
from ledger.people.relations import QUERIES, RelationsReader
from ledger.record import Ledger
from selection.application import commands as c
from selection.application.bids import HANDING_IN
from selection.decision.machine import Carry
from selection.decision.reference import Decision
from selection.decision.relations import Bid, Declared, Relations, RelationsAsked, Tie
from selection.kernel.unit_codes import canonical_code
from selection.recommendation import commands as listed
from selection.refusals.refused import Refused
from selection.register.commands import DeclareTie
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.support.deciding import LIST, ONE, TWO, act, code, decide, register, submit
from tests.registering import act_on_register

HOST = canonical_code(f.HOST)


async def read(ledger: Ledger, *people: str, **asked: str) -> Relations:
    reader = RelationsReader(ledger.record.store)
    return await reader.read(f.ROUND, RelationsAsked(people=people, **asked))


async def test_each_employer_lasts_until_another_is_registered(place: Ledger) -> None:
    await register(place, f.person("expert-1", "expert"), "begins")
    before = await read(place, "expert-1")
    assert [item.until for item in before.employments["expert-1"]] == [None]
    await register(place, f.person("expert-1", "expert", employer=f.HOST), "moves")
    await register(place, f.person("expert-1", "expert", employer=f.HOST), "again")
    await register(place, f.person("expert-1", "expert", employer="91-elsewhere"), "leaves")
    told = (await read(place, "expert-1")).employments["expert-1"]
    assert [item.unit for item in told] == ["91-EXPERT-1", HOST, "91-ELSEWHERE"]
    assert [item.until is None for item in told] == [False, False, True]
    assert told[0].until is not None
    assert told[1].until is not None
    assert told[0].until < told[1].until


async def test_a_declared_tie_is_told_of_both_ends_until_it_is_left_out(place: Ledger) -> None:
    tie = Tie(kind="adviser", other="expert-1")
    await register(place, f.person("expert-1", "expert"))
    await register(
        place, f.person("leader-1", "applicant"), "declares", tie, Tie(kind="relative", unit=f.HOST)
    )
    told = (await read(place, "expert-1", "leader-1")).ties
    assert told["expert-1"] == (Declared(kind="adviser", other="leader-1"),)
    assert (await read(place, "expert-1")).ties == {"expert-1": told["expert-1"]}
    assert told["leader-1"] == (
        Declared(kind="adviser", other="expert-1"),
        Declared(kind="relative", unit=HOST),
    )
    await register(place, f.person("leader-1", "applicant"), "omits")
    told = (await read(place, "expert-1", "leader-1")).ties
    assert [tie.until is None for tie in (*told["expert-1"], *told["leader-1"])] == [False] * 3
    assert [item.until for item in (await read(place, "leader-1")).employments["leader-1"]] == [None]


async def test_neither_a_person_nor_an_administrator_takes_back_what_the_other_declared(
    place: Ledger,
) -> None:
    own, entered = Tie(kind="project", unit=HOST), Tie(kind="adviser", other="leader-1")
    one = f.actor("expert-1")
    await register(place, f.person("expert-1", "expert"), "entered", entered)
    declared = DeclareTie(tie="project", unit=HOST)
    await act_on_register(place, declared, one, "own")
    with pytest.raises(Refused, match="no-such-tie"):
        await act_on_register(place, DeclareTie(tie="adviser", other="leader-1", holds=False), one, "not-own")
    await register(place, f.person("expert-1", "expert"), "omits")
    adviser, project = (await read(place, "expert-1")).ties["expert-1"]
    assert (adviser.kind, adviser.until is None) == ("adviser", False)
    assert project == Declared(kind="project", unit=HOST)
    assert await place.relations.read_own_ties("expert-1") == ((own,), ())
    with pytest.raises(Refused, match="tie-declared-already"):
        await act_on_register(place, declared, one, "twice")
    await act_on_register(place, declared.with_(holds=False), one, "ends")
    _, project = (await read(place, "expert-1")).ties["expert-1"]
    assert project.until is not None
    assert await place.relations.read_own_ties("expert-1") == ((), ())
    await act_on_register(place, DeclareTie(tie="relative", other="officer-1"), one, "names")
    assert (await read(place, "officer-1")).ties == {}
    assert [await place.relations.count_declared(who) for who in ("expert-1", "officer-1")] == [2, 0]
    assert (await claim_on(place)).verdict is Verdict.PROVEN


async def test_a_team_is_told_as_applicants_of_their_bid(place: Ledger) -> None:
    await register(place, f.person("leader-1", "expert", employer=f.HOST))
    await register(place, f.person("stranger-1", "expert"))
    await decide(place, act(ONE, f.submit(team=("leader-1", "stranger-1"))))
    (bid,) = (await read(place, "leader-1")).bids
    assert bid.applicants == ("leader-1",)
    assert (await read(place, "stranger-1")).bids == ()


async def test_a_bid_is_told_to_whom_it_binds_by_unit_or_by_hand(place: Ledger) -> None:
    await submit(place)
    await register(place, f.person("insider-1", "expert", employer=f.HOST))
    await register(place, f.person("expert-1", "expert"))
    bid = Bid(number=ONE.rsplit("/", 1)[-1], field="equipment", units=(HOST,))
    own = bid.with_(applicants=("applicant-1",))
    assert (await read(place, "applicant-1")).bids == (own,)
    assert (await read(place, "insider-1")).bids == (bid,)
    assert (await read(place, "expert-1")).bids == ()


@pytest.mark.parametrize(
    ("outcome", "out"), [("not-recommended", True), ("ineligible", True), ("removed", False)]
)
async def test_a_bid_that_is_out_is_told_as_such(place: Ledger, url: str, outcome: str, out: bool) -> None:
    await submit(place)
    await register(place, f.person("insider-1", "expert", employer=f.HOST))
    end = """UPDATE selection.applications
        SET "row" = "row" || jsonb_build_object('stage', 'ended', 'outcome', %s::text)"""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        assert (await connection.execute(end, [outcome])).rowcount == 1
    (bid,) = (await read(place, "insider-1")).bids
    assert bid.out is out


async def test_an_employer_that_was_registered_in_another_spelling_binds_all_the_same(
    place: Ledger, url: str
) -> None:
    await submit(place)
    await register(place, f.person("insider-1", "expert", employer=f.HOST))
    spelled = await read(place, "insider-1")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        moved = "UPDATE selection.employments SET unit = ' ' || lower(unit) WHERE person = 'insider-1'"
        assert (await connection.execute(moved)).rowcount == 1
    told = await read(place, "insider-1")
    assert [canonical_code(item.unit) for item in told.employments["insider-1"]] == [HOST]
    assert told.bids == spelled.bids != ()


async def test_who_confirmed_for_a_co_builder_is_told_as_an_applicant_wherever_they_work(
    place: Ledger,
) -> None:
    await register(place, f.people()["partner-1"])
    await decide(place, act(ONE, c.Submit(submission=f.joint())))
    confirmed = act(
        ONE,
        c.ConfirmCoBuilding(co_builder=f.PARTNER, revision=1),
        f.actor("partner-1", "applicant"),
        "confirm",
    )
    assert code(await decide(place, confirmed)) == ""
    await register(place, f.person("partner-1", "applicant", employer="91-elsewhere"), "leaves")
    (bid,) = (await read(place, "partner-1")).bids
    assert bid.applicants == ("partner-1",)


async def test_an_agent_of_the_host_recommends_nothing_on_the_record(place: Ledger) -> None:
    await submit(place)
    await submit(place, TWO, actor=f.actor("applicant-2"))
    made = await decide(place, act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER))
    assert made.receipt is not None
    await register(
        place, f.person("recommender-1", "recommender", employer=f.HOST, unit="bj"), "moves-to-the-host"
    )
    taken = await place.deciding.decide(ONE, Carry(Decision(stream=LIST, version=made.receipt.version)))
    assert code(taken) == "same-employer"


def test_the_entries_by_which_somebody_hands_in_are_those_that_are_indexed() -> None:
    made = next(item.text for item in migrations() if item.name == "0023_pre_handing_in.sql")
    for text in (QUERIES["read_relations"], made):
        assert {*re.findall(r"'(application\.[a-z-]+\.v[0-9]+)'", text)} == {*HANDING_IN}
