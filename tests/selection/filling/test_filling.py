"""A place that falls empty is filled from the reserve, where the rules say so, by a notice of its own."""

from typing import Any

import pytest

from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.projections.open_tasks import tasks_of
from selection.projections.possible import list_possible
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.round.test_listing import ONE, approve, integrity


def stand(desk: Desk, **stages: str) -> None:
    """Let the record hold candidates by their standing: `n0003="reserve"`."""
    found = tuple(
        f.candidate(name.removeprefix("n"), rank=rank, stage=stage, agreed=str(90 - rank))
        for rank, (name, stage) in enumerate(stages.items(), 1)
    )
    desk.world = desk.world.model_copy(update={"counts": {}, "candidates": found})


def empty_place(**rules: Any) -> Desk:
    """A round in approval whose first of two items ended in the notice; three are in reserve."""
    desk = paths.round_in(RoundStage.NOTICE)
    sealed = desk.state.sealed
    desk.state = desk.state.with_(sealed=sealed.with_(**{"filled_from_reserve": True, **rules}))
    paths.find(desk, n0001="ended", n0002="cleared")
    stand(desk, n0002="cleared", n0003="reserve", n0004="reserve", n0005="reserve")
    return desk


def fill(*numbers: str, proposal: int = 1, **deviations: str) -> c.FillPlaces:
    reasons = {name.removeprefix("n"): f.ref(text) for name, text in deviations.items()}
    return c.FillPlaces(proposal=proposal, add=dict.fromkeys(numbers, f.ref("fill")), deviations=reasons)


def test_without_the_rules_word_a_place_stays_empty() -> None:
    desk = empty_place(filled_from_reserve=False)
    assert desk.refuse(fill("0003"), f.OFFICER) == "places-stay-empty"
    assert "fill-places" not in [act.kind for act in list_possible(desk.state, "officer-1")]
    plain = f.RULES.model_dump(mode="json")
    assert "filled_from_reserve" not in plain, "rules sealed before keep their hash"


def test_the_added_one_follows_the_last_and_gets_a_notice_of_its_own() -> None:
    desk = empty_place()
    agreed_before = desk.state.items[1]
    assert "fill-places" in [act.kind for act in list_possible(desk.state, "officer-1")]
    added = e.ProposalItem(application="0003", rank=3, reason=f.ref("fill"))
    filled = e.PlacesFilled(
        proposal=2, items=(added,), replaced=("0001",), deviations={}, ranking=("0003", "0004", "0005")
    )
    assert desk.act(fill("0003"), f.OFFICER) == (filled,)
    assert (desk.state.items, desk.state.removed) == ((agreed_before, added), ())
    paths.carry_out(desk)
    assert [task.kind for task in tasks_of(desk.state)] == ["open-notice"]
    assert desk.refuse(f.propose("0002", "0004"), f.OFFICER) == "places-filled"
    kinds = [act.kind for act in list_possible(desk.state, "officer-1")]
    assert {"propose", "propose-deviating"}.isdisjoint(kinds)
    [opened] = desk.act(c.OpenPublicNotice(proposal=2), f.OFFICER)
    assert isinstance(opened, e.PublicNoticeOpened)
    assert opened.until >= desk.now + f.RULES.days.notice * f.DAY
    paths.carry_out(desk)
    paths.find(desk, n0002="cleared", n0003="cleared")
    assert desk.state.stage is RoundStage.APPROVAL
    paths.issue(desk)
    assert desk.state.places == {"0002": 1, "0003": 2}


def test_what_was_approved_of_the_others_stands() -> None:
    desk = empty_place()
    desk.act(integrity(), f.SUPERVISOR)
    desk.act(approve("department"), ONE)
    [given] = desk.state.agreed
    desk.act(fill("0003"), f.OFFICER)
    assert desk.state.agreed == (given,)
    assert (desk.state.integrity, desk.state.passed) == (False, ()), "of the added one nobody decided yet"
    paths.carry_out(desk)
    paths.notice(desk)
    # The added one ends in its notice: what was approved of the other is enough again.
    paths.find(desk, n0002="cleared", n0003="ended")
    desk.act(integrity(2), f.SUPERVISOR)
    assert desk.state.passed == ("department",)
    assert desk.state.empty_places == ("0003",)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (fill(), "nothing-to-do"),
        (fill("0003", "0004"), "empty-places-exceeded"),
        (fill("0002"), "not-in-reserve"),
        (fill("0001"), "not-in-reserve"),
        (fill("0004"), "reason-missing"),
        (fill("0003", n0009="why"), "not-in-reserve"),
        (fill("0003", proposal=2), "proposal-changed"),
    ],
)
def test_what_is_refused(command: c.FillPlaces, code: str) -> None:
    assert empty_place().refuse(command, f.OFFICER) == code


def test_who_is_passed_over_and_a_limit_take_a_reason() -> None:
    assert empty_place().act(fill("0004", n0003="the host was dissolved"), f.OFFICER)
    limited = empty_place(per_field_max=1)
    assert limited.refuse(fill("0003"), f.OFFICER) == "reason-missing"
    assert limited.act(fill("0003", n0003="the field has one place, and two are needed"), f.OFFICER)


def test_a_place_is_filled_once_and_never_by_what_a_stop_keeps_off() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.state = desk.state.with_(sealed=desk.state.sealed.with_(filled_from_reserve=True))
    stand(desk, n0001="cleared", n0002="cleared", n0003="reserve")
    assert desk.refuse(fill("0003"), f.OFFICER) == "empty-places-exceeded"
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    assert desk.refuse(fill("0003"), f.OFFICER) == "empty-places-exceeded", "nobody ruled on the hit"
    desk.act(f.rule_on_hit("0001", cleared=False), f.SUPERVISOR)
    desk.act(fill("0003"), f.OFFICER)
    paths.carry_out(desk)
    # Its stop may be lifted now, but its place is taken: it waits in reserve.
    paths.notice(desk)
    paths.find(desk, n0002="cleared", n0003="ended")
    stand(desk, n0001="reserve", n0002="cleared", n0004="reserve")
    assert desk.refuse(fill("0001", proposal=2), f.OFFICER) == "integrity-stop"
    assert desk.refuse(fill("0004", proposal=2), f.OFFICER) == "reason-missing"
    assert desk.act(fill("0004", proposal=2, n0001="stopped"), f.OFFICER)


def test_whoever_empties_a_place_does_not_fill_it_with_a_favourite_alone() -> None:
    """Examiners, supervisors or the applicant empty a place; two officers fill it, and every level decides."""
    assert c.FillPlaces.ROW.assurance is Assurance.SIGNED_BY_TWO
    desk = empty_place()
    for actor in (f.SUPERVISOR, ONE, f.actor("admin-1")):
        assert desk.refuse(fill("0003"), actor) == "not-entitled"
    favourite = f.candidate("0003", stage="reserve", agreed="89", hands={"recommender": ("officer-1",)})
    desk.world = desk.world.model_copy(update={"candidates": (favourite,)})
    assert desk.refuse(fill("0003"), f.OFFICER) == "same-hands"


def test_nobody_fills_while_a_decision_is_made_again_or_carried_out() -> None:
    desk = empty_place()
    desk.world = desk.world.model_copy(update={"counts": {"checking": 1}})
    assert desk.refuse(fill("0003"), f.OFFICER) == "still-open"
    again = empty_place()
    again.act(fill("0003"), f.OFFICER)
    assert again.refuse(c.OpenPublicNotice(proposal=2), f.OFFICER) == "decision-under-way"
