"""Who holds a post is read with each decision on a real record, and compared when it is recorded."""

from datetime import timedelta

import pytest

from ledger.record import Ledger
from selection.application import commands as c
from selection.kernel.actor import Actor
from selection.round import commands as r
from tests import factories as f
from tests.ledger.support.deciding import ONE, ROUND, TODAY, act, code, decide, register, submit
from tests.ledger.test_deciding import forgetting, slipping

NEW = f.actor("officer-3")


async def replace(ledger: Ledger) -> None:
    await register(ledger, f.people()["officer-3"])
    change = r.ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref("why"))
    assert code(await decide(ledger, act(ROUND, change, f.SUPERVISOR, "change"))) == ""


async def answer(ledger: Ledger, actor: Actor, command_id: str) -> str:
    """What somebody is told of a check that comes too early: `wrong-stage` if they hold the post."""
    return code(await decide(ledger, act(ONE, c.PassCheck(revision=1), actor, command_id)))


async def test_whoever_left_a_post_is_refused_on_the_next_act_and_whoever_came_is_not(place: Ledger) -> None:
    await submit(place)
    assert await answer(place, f.OFFICER, "before") == "wrong-stage"
    await replace(place)
    assert await answer(place, f.OFFICER, "after") == "not-entitled"
    assert await answer(place, NEW, "new") == "wrong-stage"


async def test_so_is_who_left_it_meanwhile(place: Ledger) -> None:
    await submit(place)
    deciding = slipping(place, lambda: replace(place))
    told = await deciding.decide(ONE, act(ONE, c.PassCheck(revision=1), f.OFFICER, "check"))
    assert code(told) == "not-entitled"


async def test_without_the_comparison_who_left_meanwhile_would_be_let_in(
    place: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await submit(place)
    deciding = slipping(place, lambda: replace(place))
    with forgetting(monkeypatch):
        told = await deciding.decide(ONE, act(ONE, c.PassCheck(revision=1), f.OFFICER, "check"))
    assert code(told) == "wrong-stage"


async def test_a_substitute_acts_on_an_application_with_both_names(place: Ledger) -> None:
    await submit(place)
    await register(place, f.people()["officer-3"])
    days = {"first": TODAY, "last": TODAY + timedelta(days=2)}
    named = r.Delegate(substitute="officer-3", reason=f.ref("why"), **days)
    assert code(await decide(place, act(ROUND, named, f.OFFICER, "delegate"))) == ""
    assert await answer(place, NEW, "stand-in") == "wrong-stage"
    actor = (await place.reading.stream_entries(ONE))[-1].leaf.actor
    assert (actor.person, actor.behalf) == ("officer-3", "officer-1")
