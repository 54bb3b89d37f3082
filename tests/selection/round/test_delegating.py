"""Who stands in for a holder of a post: for a time, with both names, with neither in conflict, and no further."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from selection.application import commands as a
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.decision.relations import Employment, Relations
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Letter
from selection.round import commands as c, events as e
from selection.rules.terms import with_people
from selection.visibility.viewer import Standing, relation
from tests import factories as f, paths
from tests.desk import Desk
from tests.draws import open_draw

SUBSTITUTE = f.actor("officer-3")


def delegate(desk: Desk, substitute: str = "officer-3", first: int = 0, last: int = 3) -> c.Delegate:
    today = desk.now.date()
    days = {"first": today + timedelta(days=first), "last": today + timedelta(days=last)}
    return c.Delegate(substitute=substitute, **days, reason=f.ref())


def enter_delegation(stage: RoundStage = RoundStage.CHECKING, first: int = 0, last: int = 3) -> Desk:
    desk = paths.round_in(stage)
    desk.act(delegate(desk, first=first, last=last), f.OFFICER)
    refresh(desk)
    return desk


def refresh(desk: Desk) -> None:
    """Let the record tell the terms as the round has them now."""
    state = desk.state
    desk.world = desk.world.with_(terms=with_people(f.TERMS, state.current, state.delegations))


def checking(of: Desk) -> Desk:
    """An application in the check, of a round with delegations."""
    desk = paths.application_in(Stage.CHECKING)
    desk.now = max(desk.now, of.now)
    desk.world = desk.world.with_(terms=of.world.terms)
    return desk


CANCEL = c.CancelRound(reason=f.ref())
PASS = a.PassCheck(revision=1)


def test_a_substitute_acts_in_the_post_and_both_names_are_recorded() -> None:
    desk = enter_delegation()
    desk.act(CANCEL, SUBSTITUTE)
    actor = desk.leaves[-1].actor
    assert (actor.person, actor.behalf, actor.principal) == ("officer-3", "officer-1", "officer-1")
    told = checking(enter_delegation())
    told.act(PASS, SUBSTITUTE)
    assert told.leaves[-1].actor.people == ("officer-3", "officer-1")
    assert {"officer-1", "officer-3"} <= set(told.state.hands["officer"])


def test_nobody_says_by_themselves_for_whom_they_act() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    assert desk.refuse(CANCEL, SUBSTITUTE.with_(behalf="officer-1")) == "not-entitled"
    desk.act(CANCEL, f.OFFICER.with_(behalf="officer-2"))
    assert desk.leaves[-1].actor.behalf == ""


def test_the_holder_acts_all_the_same() -> None:
    assert enter_delegation().act(CANCEL, f.OFFICER)


def test_neither_before_the_first_day_nor_after_the_last() -> None:
    desk = enter_delegation(first=2, last=3)
    assert desk.refuse(CANCEL, SUBSTITUTE) == "not-entitled"
    desk.now = desk.state.delegations[0].until
    assert desk.refuse(CANCEL, SUBSTITUTE) == "not-entitled"
    desk.now -= timedelta(seconds=1)
    assert desk.act(CANCEL, SUBSTITUTE)


def test_not_after_it_was_ended() -> None:
    desk = enter_delegation()
    desk.act(c.EndDelegation(number=1, reason=f.ref()), f.OFFICER)
    refresh(desk)
    assert desk.refuse(CANCEL, SUBSTITUTE) == "not-entitled"
    assert desk.refuse(c.EndDelegation(number=1, reason=f.ref()), f.OFFICER) == "no-delegation"
    told = {(item.to, item.template) for item in desk.sent if isinstance(item, Letter)}
    assert {("officer-3", "post-delegated"), ("officer-3", "delegation-ended")} <= told


def test_whoever_changes_a_post_ends_its_delegations_and_nobody_else() -> None:
    end = c.EndDelegation(number=1, reason=f.ref())
    assert enter_delegation().refuse(end, f.OPENER) == "not-entitled"
    assert enter_delegation().act(end, f.SUPERVISOR)


def test_not_for_somebody_who_is_deactivated_or_left_the_post() -> None:
    desk = enter_delegation()
    people = desk.world.people
    desk.world = desk.world.with_(people={**people, "officer-1": people["officer-1"].with_(active=False)})
    assert desk.refuse(CANCEL, SUBSTITUTE) == "not-entitled"
    desk.world = desk.world.with_(people=people)
    four = f.person("officer-4", "officer")
    desk.world = desk.world.with_(people={**people, "officer-4": four})
    change = c.ChangePost(post="officers", add=("officer-4",), remove=("officer-1",), reason=f.ref())
    desk.act(change, f.SUPERVISOR)
    refresh(desk)
    assert desk.refuse(CANCEL, SUBSTITUTE) == "not-entitled"


def test_not_in_another_role() -> None:
    void = c.VoidDraw(draw="main", reason=f.ref())
    desk = enter_delegation(RoundStage.DRAWING)
    assert desk.refuse(void, Actor(person="officer-3", role=f.SUPERVISOR.role)) == "not-entitled"


@pytest.mark.parametrize("act", ["delegate", "change-post", "end-delegation"])
def test_nobody_passes_it_on(act: str) -> None:
    desk = enter_delegation()
    four = f.person("officer-4", "officer")
    desk.world = desk.world.with_(people={**desk.world.people, "officer-4": four})
    acts: dict[str, Any] = {
        "delegate": delegate(desk, "officer-4"),
        "change-post": c.ChangePost(post="supervisors", add=("examiner-1",), reason=f.ref()),
        "end-delegation": c.EndDelegation(number=1, reason=f.ref()),
    }
    assert desk.refuse(acts[act], SUBSTITUTE) == "no-onward-delegation"


@pytest.mark.parametrize(
    ("changes", "actor", "code"),
    [
        ({"substitute": "officer-1"}, f.OFFICER, "own-post"),
        ({"substitute": "officer-2"}, f.OFFICER, "substitute-in-office"),
        ({"substitute": "supervisor-1"}, f.OFFICER, "staff-unregistered"),
        ({"substitute": "expert-1"}, f.OFFICER, "staff-unregistered"),
        ({}, SUBSTITUTE, "not-entitled"),
        # Nobody reviews for another.
        ({}, f.actor("expert-1"), "not-entitled"),
        ({"first": -3, "last": -1}, f.OFFICER, "delegation-unclear"),
        ({"first": 3, "last": 2}, f.OFFICER, "delegation-unclear"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], actor: Actor, code: str) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    assert desk.refuse(delegate(desk, **changes), actor) == code


def test_nobody_who_held_a_post_of_the_round_stands_in_for_another_holder() -> None:
    """Seen before: who had committed a draw was replaced, stood in for the other officer, and opened it as them."""
    desk = paths.round_in(RoundStage.CHECKING)
    replaced = c.ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref())
    desk.act(replaced, f.SUPERVISOR)
    assert desk.refuse(delegate(desk, "officer-1"), f.OPENER) == "substitute-was-in-office"


def test_days_beyond_the_calendar_are_refused() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    far = c.Delegate(substitute="officer-3", first=date.min, last=date.max, reason=f.ref())
    assert desk.refuse(far, f.OFFICER) == "delegation-unclear"


def test_one_person_stands_in_for_one_and_one_at_a_time_stands_in() -> None:
    desk = enter_delegation()
    assert desk.refuse(delegate(desk), f.OPENER) == "substitute-taken"
    assert desk.refuse(delegate(desk), f.OFFICER) == "delegated-already"
    change = c.ChangePost(post="officers", add=("officer-3",), reason=f.ref())
    assert desk.refuse(change, f.SUPERVISOR) == "substitute-taken"


def test_two_who_share_a_post_are_not_two_people() -> None:
    """The holder commits a draw, and neither their substitute opens it, nor are the numbers of both those of two."""
    desk = enter_delegation(RoundStage.DRAWING, last=30)
    paths.commit(desk)
    paths.until_public(desk)
    assert desk.refuse(open_draw(), SUBSTITUTE) == "draw-own"


def test_nor_do_they_approve_twice() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    four = f.person("approver-4", "approver")
    desk.world = desk.world.with_(people={**desk.world.people, "approver-4": four})
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref()), f.SUPERVISOR)
    desk.act(c.Approve(proposal=1, level="department"), f.actor("approver-1"))
    desk.act(delegate(desk, "approver-4"), f.actor("approver-2"))
    refresh(desk)
    agree = c.Approve(proposal=1, level="ministry")
    desk.act(agree, f.actor("approver-4"))
    assert desk.state.approvals["ministry"] == ("approver-2",)
    assert desk.refuse(agree, f.actor("approver-2")) == "already-done"
    assert desk.act(agree, f.actor("approver-3"))[0] == e.LevelApproved(
        proposal=1, level="ministry", passed=True, reason=None
    )


def test_a_holder_signs_nothing_as_the_second_beside_their_substitute() -> None:
    desk = enter_delegation()
    body = CANCEL.model_dump(mode="json")
    act = Act(Envelope(stream=desk.state.stream, command_id="c", actor=SUBSTITUTE, command=body))
    both = type("Both", (Act,), {"second": property(lambda _act: f.OFFICER)})(act.envelope)
    outcome = desk.run(both)
    assert outcome.refused is not None
    assert outcome.refused.code == "second-same"


@pytest.mark.parametrize("bound", ["officer-3", "officer-1"])
def test_a_conflict_of_either_is_in_the_way(bound: str) -> None:
    """Seen with the check on `actor.person` alone: the substitute passed the check of their holder's employer."""
    desk = checking(enter_delegation())
    employed = {bound: (Employment(unit=f.HOST),)}
    desk.world = desk.world.with_(relations=Relations(employments=employed))
    assert desk.refuse(PASS, SUBSTITUTE) == "same-employer"


@pytest.mark.parametrize("other", ["officer-3", "officer-1"])
def test_so_is_another_duty_of_either(other: str) -> None:
    desk = checking(enter_delegation())
    desk.state = desk.state.with_(hands=desk.state.with_hand("recommender", other))
    assert desk.refuse(PASS, SUBSTITUTE) == "same-hands"


def test_a_substitute_counts_as_of_the_post_for_every_other_duty() -> None:
    desk = paths.application_in(Stage.NOTICE)
    desk.world = desk.world.with_(terms=enter_delegation().world.terms)
    assert desk.refuse(f.objection(), f.actor("officer-3", "objector")) == "same-hands"


def test_they_see_what_the_holder_sees_as_long_as_it_lasts() -> None:
    state, person = enter_delegation().state, f.people()["officer-3"]

    def standings(at: datetime) -> frozenset[Standing]:
        return relation(state.with_substitutes(at), "officer-3", person).standings

    first = state.delegations[0]
    assert standings(first.start) == {Standing.OFFICER}
    assert standings(first.until) == {Standing.PARTICIPANT}
