"""No outcome depends on the order of concurrent acts on a round: approvals of one level, rulings on hits.

One exception, on purpose: what only one can have goes to who comes first in the record's order, and the other is
refused. It is a test of its own below. Of approvers who agree at once the first N are recorded; which N is the one
thing that a passed level tells of their order.
"""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage
from selection.round import commands as c
from tests import factories as f, moves, paths
from tests.desk import Desk
from tests.moves import Move, play

pytestmark = pytest.mark.long

NUMBERS = ("0001", "0002", "0003", "0004")
MEMBERS = [f.actor(f"approver-{number}") for number in range(2, 7)]
"""Who may agree at the ministry's level."""


def approving(needed: int, *hits: str) -> Desk:
    """A round of four proposed centres before its first level, with hits that wait for a ruling."""
    desk = paths.round_in(RoundStage.APPROVAL)
    department, ministry = desk.state.sealed.approval
    members = tuple(actor.person for actor in MEMBERS)
    levels = (department, ministry.model_copy(update={"approvers": members, "needed": needed}))
    sealed = desk.state.sealed.model_copy(update={"approval": levels, "places": len(NUMBERS)})
    desk.state = desk.state.with_(sealed=sealed, items=f.propose(*NUMBERS).items)
    paths.know(desk, {}, *NUMBERS, stage="cleared")
    found = dict.fromkeys(hits, f.ref("hit"))
    check = c.RecordIntegrityCheck(proposal=1, hits=found, text=f.ref("integrity"))
    desk.act(check, f.SUPERVISOR)
    return desk


def agree(who: Actor, level: str = "ministry") -> Move:
    return c.Approve(proposal=1, level=level), who


def rule(number: str, *, cleared: bool, who: Actor = f.SUPERVISOR) -> Move:
    return f.rule_on_hit(number, cleared=cleared, text=f.ref("ruling")), who


def outcome(desk: Desk) -> dict[str, Any]:
    """What must not depend on order: how many agreed, not who of those that a level did not need."""
    state = desk.state
    return {
        "stage": state.stage,
        "passed": state.passed,
        "agreed": {level: len(given) for level, given in state.approvals.items()},
        "hits": state.hits,
        "places": state.next_places,
    }


def answers(told: list[str]) -> list[str]:
    """How many were answered in which way, whoever they were."""
    return sorted(answer.rsplit(" ", 1)[-1] for answer in told)


@settings(max_examples=30)
@given(
    st.integers(1, len(MEMBERS)),
    st.lists(st.sampled_from(MEMBERS), max_size=8),
    moves.shuffles,
    moves.shuffles,
)
def test_approvals_of_one_level_at_once_come_to_the_same_list(
    needed: int, agreeing: list[Actor], one: moves.Shuffle, other: moves.Shuffle
) -> None:
    def play_mixed(mix: moves.Shuffle) -> tuple[dict[str, Any], int, set[str]]:
        desk = approving(needed)
        play(desk, [agree(f.actor("approver-1"), "department")])
        told = answers(play(desk, mix([agree(who) for who in agreeing])))
        given = desk.state.approvals.get("ministry", ())
        assert len(set(given)) == len(given) == min(needed, len(set(agreeing)))
        # A second time is refused as such, or as after the level's end: it is no approval either way.
        assert set(told) <= {"done", "already-done", "level-not-open"}
        return outcome(desk), told.count("done"), set(given) if len(given) < needed else set()

    assert play_mixed(one) == play_mixed(other)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(NUMBERS), st.booleans()), moves.shuffles, moves.shuffles)
def test_rulings_on_hits_at_once_come_to_the_same_list(
    rulings: dict[str, bool], one: moves.Shuffle, other: moves.Shuffle
) -> None:
    def play_mixed(mix: moves.Shuffle) -> tuple[dict[str, Any], list[str]]:
        desk = approving(2, *rulings)
        told = play(desk, mix([rule(number, cleared=cleared) for number, cleared in rulings.items()]))
        return outcome(desk), told

    found, told = play_mixed(one)
    assert (found, told) == play_mixed(other)
    assert answers(told) == ["done"] * len(rulings)
    stays = [number for number in NUMBERS if rulings.get(number, True)]
    assert found["places"] == {number: place for place, number in enumerate(stays, 1)}


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(NUMBERS), st.booleans(), min_size=1), moves.shuffles, moves.shuffles)
def test_who_agreed_while_a_hit_was_open_and_agrees_again_is_as_good_as_who_came_after_it(
    rulings: dict[str, bool], one: moves.Shuffle, other: moves.Shuffle
) -> None:
    def play_mixed(mix: moves.Shuffle) -> dict[str, Any]:
        desk = approving(3, *rulings)
        ruled = [rule(number, cleared=cleared) for number, cleared in rulings.items()]
        agreed = [agree(f.actor("approver-1"), "department")]
        play(desk, mix([*ruled, *agreed]))
        play(desk, agreed)
        play(desk, mix([agree(who) for who in MEMBERS[:3]]))
        return outcome(desk)

    found = play_mixed(one)
    assert found == play_mixed(other)
    assert found["passed"] == ("department", "ministry")


def test_what_only_one_can_have_goes_to_who_comes_first_in_the_record() -> None:
    """The exception: two supervisors who differ on a hit, and an approval against a send-back."""
    clears, stops = rule("0001", cleared=True), rule("0001", cleared=False, who=f.actor("supervisor-2"))
    for first, second, kept in ((clears, stops, 4), (stops, clears, 3)):
        desk = approving(1, "0001")
        assert answers(play(desk, [first, second])) == ["done", "not-a-candidate"]
        assert len(desk.state.next_places) == kept
    chief = f.actor("approver-1")
    agreed = agree(chief, "department")
    back = c.SendBackProposal(proposal=1, level="department", items=("0001",), reason=f.ref()), chief
    desk = approving(1)
    assert answers(play(desk, [agreed, back])) == ["done", "level-not-open"]
    assert (desk.state.stage, desk.state.passed) == (RoundStage.APPROVAL, ("department",))
    desk = approving(1)
    assert answers(play(desk, [back, agreed])) == ["done", "wrong-stage"]
    assert (desk.state.stage, desk.state.passed) == (RoundStage.PROPOSAL, ())
