"""A change of the register is carried to the running applications that it may bind somebody to, and to no others."""

from datetime import UTC, datetime, timedelta

import psycopg

from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.machine import Carry
from selection.decision.reference import Decision
from selection.kernel.actor import Role
from selection.recommendation import commands as listed
from selection.register.unit_commands import RegisterUnits, UnitEntry
from tests import factories as f
from tests.ledger.support.deciding import (
    DEADLINES,
    LIST,
    ONE,
    TWO,
    act,
    code,
    decide,
    register,
    submit,
    types,
)
from tests.registering import act_on_register

LEASE = timedelta(seconds=30)
WORKS, ABOVE = "99SYNTHA", "99SYNTHB"


async def lead_to_check(place: Ledger, url: str) -> None:
    """Lead one application to its check; another is left in the call."""
    await submit(place)
    await submit(place, TWO, actor=f.actor("applicant-2"))
    made = await decide(place, act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER))
    assert made.receipt is not None
    await place.deciding.decide(ONE, Carry(Decision(stream=LIST, version=made.receipt.version)))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        ahead = DEADLINES["recommendation"] - datetime.now(UTC) + timedelta(hours=1)
        await connection.execute("UPDATE selection.test_clock SET ahead = %s", [ahead])


async def send_back(place: Ledger, url: str) -> None:
    """Lead one application to its check, where an officer sends it back."""
    await lead_to_check(place, url)
    back = c.SendBack(faults=("evidence-unclear",), text=f.ref())
    assert code(await decide(place, act(ONE, back, f.OFFICER, "back"))) == ""


async def carry(place: Ledger) -> list[str]:
    """Have what waits for applications carried, as the courier does; return to which it went."""
    found = []
    for item in await place.outbox.claim(100, LEASE):
        if item.kind == "message":
            stream = str(item.body["workflow_id"])
            await place.deciding.decide(stream, Carry(Decision.model_validate(item.body["decision"])))
            found.append(stream)
        await place.outbox.mark_sent(item)
    return found


async def tasks(place: Ledger) -> list[tuple[str, str]]:
    found = await place.reading.open_tasks(round_=f.ROUND)
    return [(task.stream, task.kind) for task in found if task.kind == "rule-on-conflict"]


async def test_whoever_checks_and_moves_to_the_host_is_a_task_of_the_supervisors_at_once(
    place: Ledger, url: str
) -> None:
    await send_back(place, url)
    await carry(place)
    await register(place, f.person("expert-9", "expert", employer=f.HOST), "of-nobody-here")
    await register(place, f.person("officer-2", "officer", employer=f.HOST), "has-no-hand-yet")
    assert await carry(place) == []
    await register(place, f.person("officer-1", "officer", employer=f.HOST), "moves")
    assert await carry(place) == [ONE]
    assert (await types(place, ONE))[-1] == "conflict.found.v1"
    assert await tasks(place) == [(ONE, "rule-on-conflict")]
    # What says no more than was known is carried to nobody, other roles and all.
    await register(place, f.person("officer-1", "officer", "objector", employer=f.HOST), "once-more")
    assert await carry(place) == []
    assert (await types(place, ONE)).count("conflict.found.v1") == 1
    await register(place, f.person("officer-1", "officer", employer=WORKS), "moves-on")
    assert await carry(place) == [ONE]


async def test_a_unit_that_gets_a_parent_reaches_those_whom_it_or_one_below_it_employs(
    place: Ledger, url: str
) -> None:
    await register(place, f.person("officer-1", "officer", employer=WORKS), "works")
    await send_back(place, url)
    await carry(place)
    alone = UnitEntry(code=ABOVE, name_zh="甲", parents=())
    await act_on_register(place, RegisterUnits(units=(alone,)), command_id="above")
    assert await carry(place) == []
    below = UnitEntry(code=WORKS, name_zh="乙", parents=(ABOVE,))
    await act_on_register(place, RegisterUnits(units=(below,)), command_id="below")
    assert await carry(place) == [ONE]
    top = UnitEntry(code="99SYNTHC", name_zh="丙", parents=())
    (known,) = (await place.units.find([ABOVE])).values()
    raised = UnitEntry(code=ABOVE, name_zh="甲", parents=("99SYNTHC",), replaces=known.version)
    await act_on_register(place, RegisterUnits(units=(top, raised)), command_id="higher")
    assert await carry(place) == [ONE]
    (known,) = (await place.units.find([ABOVE])).values()
    named = UnitEntry(code=ABOVE, name_zh="丁", parents=("99SYNTHC",), replaces=known.version)
    await act_on_register(place, RegisterUnits(units=(named,)), command_id="named-anew")
    assert await carry(place) == []
    (known,) = (await place.units.find([WORKS])).values()
    apart = UnitEntry(code=WORKS, name_zh="乙", replaces=known.version)
    await act_on_register(place, RegisterUnits(units=(apart,)), command_id="apart")
    assert await carry(place) == [], "what a unit leaves binds as it did"
    (known,) = (await place.units.find([ABOVE])).values()
    other = UnitEntry(code="99SYNTHD", name_zh="戊")
    moved = named.with_(parents=("99SYNTHC", "99SYNTHD"), replaces=known.version)
    await act_on_register(place, RegisterUnits(units=(other, moved)), command_id="where-it-was")
    assert await carry(place) == [ONE], "what it left gets a parent"
    assert "conflict.found.v1" not in await types(place, ONE)


async def test_after_the_end_whoever_decides_on_a_request_is_reached_until_it_is_decided(
    place: Ledger, url: str
) -> None:
    await lead_to_check(place, url)
    deciders = ("examiner-1", "examiner-2")
    for person in deciders:
        await register(place, f.person(person, "examiner", employer=WORKS), person)
    failed = c.FailCheck(revision=1, grounds=("seals-missing",), text=f.ref())
    named = c.AppointDeciders(ground="conflict-overlooked", deciders=deciders)
    for number, (made, actor) in enumerate(
        [(failed, f.OFFICER), (f.request_review(), f.APPLICANT), (named, f.OFFICER)]
    ):
        assert code(await decide(place, act(ONE, made, actor, f"act-{number}"))) == ""
    found = act(ONE, f.rule_on_request(), f.actor("examiner-1", Role.EXAMINER), "found")
    assert code(await decide(place, found)) == ""
    await carry(place)
    await register(place, f.person("examiner-1", "examiner", employer=f.HOST), "moves")
    assert await carry(place) == [ONE]
    assert await tasks(place) == [(ONE, "rule-on-conflict")]
    await register(place, f.person("examiner-2", "examiner", employer=WORKS, active=False), "stopped")
    assert await carry(place) == [ONE]
    assert (await types(place, ONE))[-1] == "judge.activity-changed.v1"
    await register(place, f.person("examiner-2", "examiner", "expert", employer=WORKS, active=False), "same")
    assert await carry(place) == []
    await register(place, f.person("examiner-2", "examiner", employer=WORKS), "back")
    assert await carry(place) == [ONE]
    report = f"data-{(await types(place, ONE)).index('conflict.found.v1') + 1}"
    ruled = act(ONE, f.rule(report, upheld=False), f.SUPERVISOR, "ruled")
    assert code(await decide(place, ruled)) == "conflict-stands"


async def test_what_ended_without_a_request_is_left_alone(place: Ledger, url: str) -> None:
    await send_back(place, url)
    given_up = act(ONE, c.GiveUp(), f.APPLICANT, "gives-up")
    assert code(await decide(place, given_up)) == ""
    await carry(place)
    await register(place, f.person("applicant-1", "applicant", employer=WORKS), "moves")
    assert await carry(place) == []


async def test_a_round_that_approves_its_list_is_woken_and_no_other(place: Ledger, url: str) -> None:
    await register(place, f.person("approver-1", "approver", employer=WORKS), "moves")
    assert [item.kind for item in await place.outbox.claim(100, LEASE) if item.kind == "wake"] == []
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        changed = """UPDATE selection.rounds SET "row" = jsonb_set("row", '{stage}', '"approval"')"""
        await connection.execute(changed)
    await register(place, f.person("approver-1", "approver", employer=f.HOST), "moves-on")
    woken = [item for item in await place.outbox.claim(100, LEASE) if item.kind == "wake"]
    assert [item.body for item in woken] == [{"round": f.ROUND, "stage": "approval"}]
    await register(place, f.person("approver-1", "approver", employer=f.HOST), "the-same")
    assert [item.kind for item in await place.outbox.claim(100, LEASE) if item.kind == "wake"] == []
