"""A draw that is opened with drand's quicknet: by vectors that it published, and by nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.rules.panel import beacons
from selection.decision.facts import DrawBasis
from selection.kernel.day_clock import CalendarClock
from selection.kernel.stages import RoundStage
from selection.round import commands as c
from selection.rules.beacon import Beacon
from tests import factories as f, paths
from tests.desk import Desk
from tests.draws import NUMBERS, enter_numbers, open_draw

pytestmark = pytest.mark.long

PUBLISHED = {
    "1000": (
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
    ),
    "657413": (
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    ),
}
"""Rounds of the chain as it publishes them: signature and randomness."""
FIRST, RANDOMNESS = PUBLISHED["1000"]
QUICKNET = Beacon(kind="beacon", code="quicknet", en="quicknet", zh="quicknet")
CLOCK = CalendarClock()
PUBLIC = datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)
"""When round 1000 was, by the chain's genesis and period."""
INFINITY = "c0" + "00" * 47
OTHERS = {
    "of another round": PUBLISHED["657413"][0],
    "its negative": "94" + FIRST[2:],
    "no flag of a compressed point": "34" + FIRST[2:],
    "no point": "ff" * 48,
    "the point that signs everything": INFINITY,
    "shorter": FIRST[:-2],
    "no hex": "zz" * 48,
    "with more behind it": FIRST + "00",
    "the randomness alone": RANDOMNESS,
}


def drawing() -> Desk:
    """A round of 2023, in which panels are to be drawn an hour and more before round 1000 of the chain."""
    desk = paths.round_desk()
    draws = {"sources": [QUICKNET.model_dump(mode="json")], "ahead_days": 1}
    days = [datetime(2023, 8, 1).date() + timedelta(days=number) for number in range(20)]
    names = ("call", "submission", "recommendation", "check", "review", "review_last", "survey", "appraisal")
    desk.now = datetime(2023, 8, 1, tzinfo=UTC)
    desk.act(f.open_round(f.rules(draws=draws, calendar=dict(zip(names, days, strict=False)))), f.OFFICER)
    desk.wait(PUBLIC - timedelta(hours=2))
    paths.look(desk)
    assert desk.state.stage is RoundStage.DRAWING
    return desk


def commit(desk: Desk, issue: str) -> c.CommitDraw:
    return c.CommitDraw(
        draw="main", commitment=f.COMMITMENT, deposit=f.ref("deposit"), source="quicknet", issue=issue
    )


def commit_one() -> Desk:
    desk = drawing()
    basis = DrawBasis(inputs=f.ref("inputs"), applications=3, experts=24)
    desk.world = desk.world.model_copy(update={"draw": basis})
    desk.act(commit(desk, "1000"), f.OFFICER)
    return desk


@pytest.mark.parametrize("number", sorted(PUBLISHED))
def test_what_the_chain_published_holds_for_core_and_audit(number: str) -> None:
    signature, randomness = PUBLISHED[number]
    assert QUICKNET.read(number, signature) == randomness
    assert QUICKNET.read(number, f" {signature.upper()}\n") == randomness
    assert beacons.is_own(number, signature, randomness)


def test_a_round_of_the_chain_has_its_instant() -> None:
    assert QUICKNET.find_instant(CLOCK, "1000") == beacons.public_from("1000") == PUBLIC
    for none in ("0", "01000", "-1", "1e3", "2023-08-23T21:15", "", "9" * 12):
        assert QUICKNET.find_instant(CLOCK, none) is None
        assert beacons.public_from(none) is None
    for behind, number in (
        (timedelta(), "1000"),
        (timedelta(seconds=1), "1001"),
        (timedelta(days=-999), "1"),
    ):
        assert QUICKNET.next_issue(CLOCK, PUBLIC + behind) == number


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_the_signature_of_the_round_opens_nothing(name: str) -> None:
    assert QUICKNET.read("1000", OTHERS[name]) is None
    assert not beacons.is_own("1000", OTHERS[name], RANDOMNESS)


def test_a_signature_with_another_randomness_is_not_the_beacons() -> None:
    assert not beacons.is_own("1000", FIRST, "00" * 32)
    assert not beacons.is_own("1000", FIRST.upper(), RANDOMNESS)


def test_a_draw_is_opened_with_the_signature_that_its_round_has() -> None:
    desk = commit_one()
    assert desk.refuse(open_draw(published=FIRST), f.OPENER) == "numbers-not-public"
    desk.wait(PUBLIC)
    assert desk.refuse(enter_numbers(published=FIRST), f.OFFICER) == "numbers-signed"
    assert desk.refuse(open_draw(published=FIRST), f.OFFICER) == "draw-own"
    for wrong in (OTHERS["of another round"], OTHERS["its negative"], NUMBERS):
        assert desk.refuse(open_draw(published=wrong), f.OPENER) == "signature-unfit"
    (opened,) = desk.act(open_draw(published=FIRST), f.OPENER)
    told: Any = opened
    assert (told.randomness, told.signature) == (RANDOMNESS, FIRST)


def test_a_round_that_is_public_or_nearly_opens_no_draw_that_is_committed_now() -> None:
    desk = drawing()
    basis = DrawBasis(inputs=f.ref("inputs"), applications=3, experts=24)
    desk.world = desk.world.model_copy(update={"draw": basis})
    desk.wait(PUBLIC - timedelta(hours=1) + timedelta(seconds=1))
    for known in ("1", "999", "1000"):
        assert desk.refuse(commit(desk, known), f.OFFICER) == "randomness-too-early"
    assert desk.act(commit(desk, "1001"), f.OFFICER)
