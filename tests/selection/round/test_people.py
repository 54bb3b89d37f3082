"""Posts of a running round change by events that others sign, and count from the next act on."""

from typing import Any

import pytest

from selection.application import commands as a
from selection.decision.envelope import envelope_of
from selection.decision.machine import Act
from selection.decision.relations import Bid, Relations
from selection.kernel.actor import Actor
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Letter
from selection.rooms import LEAST_ASSURANCE
from selection.round import commands as c, events as e
from selection.rules.terms import with_people
from selection.visibility.viewer import Standing, relation
from tests import factories as f, paths
from tests.desk import Desk
from tests.signatures import Signatures

NEW = f.actor("officer-3")


def change(post: Any = "officers", *, add: Any = (), remove: Any = (), level: str = "") -> c.ChangePost:
    return c.ChangePost(post=post, level=level, add=add, remove=remove, reason=f.ref())


def replace_officer() -> Desk:
    desk = paths.round_in(RoundStage.CHECKING)
    desk.act(change(add=["officer-3"], remove=["officer-1"]), f.SUPERVISOR)
    return desk


def test_whoever_is_replaced_does_nothing_from_the_next_act_on_and_whoever_replaces_them_does() -> None:
    desk = replace_officer()
    assert desk.refuse(c.CancelRound(reason=f.ref()), f.OFFICER) == "not-entitled"
    assert desk.act(c.CancelRound(reason=f.ref()), NEW)


def test_so_in_the_applications_of_the_round() -> None:
    terms = with_people(f.TERMS, replace_officer().state.current)
    desk = paths.application_in(Stage.CHECKING)
    desk.world = desk.world.with_(terms=terms)
    assert desk.refuse(a.PassCheck(revision=1), f.OFFICER) == "not-entitled"
    assert desk.act(a.PassCheck(revision=1), NEW)


def test_the_event_names_who_came_and_who_went_and_both_are_told() -> None:
    desk = replace_officer()
    event = e.PostChanged(
        post="officers", level="", added=("officer-3",), removed=("officer-1",), reason=f.ref()
    )
    assert desk.leaves[-1].data.items() >= event.model_dump(mode="json").items()
    told = {(item.to, item.template) for item in desk.sent if isinstance(item, Letter)}
    assert {("officer-3", "post-given"), ("officer-1", "post-taken")} <= told
    assert desk.state.sealed == f.RULES
    assert desk.refold() == desk.state


def test_two_sign() -> None:
    assert LEAST_ASSURANCE["change-post"] is Assurance.SIGNED_BY_TWO


def test_whoever_left_oversees_nothing_any_more() -> None:
    state = replace_officer().state
    people = f.people()
    assert relation(state, "officer-1", people["officer-1"]).standings == {Standing.PARTICIPANT}
    assert relation(state, "officer-3", people["officer-3"]).standings == {Standing.OFFICER}
    application = paths.application_in(Stage.CHECKING).state
    seen = relation(application, "officer-1", people["officer-1"], state.current)
    assert seen.standings == {Standing.PARTICIPANT}


@pytest.mark.parametrize(
    ("command", "person", "code"),
    [
        (change(add=["officer-3"]), "officer-1", "post-not-yours"),
        (change("supervisors", add=["supervisor-3"]), "supervisor-1", "post-not-yours"),
        (change(add=["officer-3"]), "expert-1", "not-entitled"),
        (change(), "supervisor-1", "post-unchanged"),
        (change("admins", add=["supervisor-1"]), "supervisor-1", "own-post"),
        (change(add=["officer-1"]), "supervisor-1", "post-held"),
        (change(remove=["officer-3"]), "supervisor-1", "post-not-held"),
        (change(add=["expert-1"]), "supervisor-1", "staff-unregistered"),
        (change(add=["nobody-1"]), "supervisor-1", "staff-unregistered"),
        (change(remove=["officer-1"]), "supervisor-1", "post-too-few"),
        (change("approvers", remove=["approver-2"], level="ministry"), "supervisor-1", "post-too-few"),
        (change("approvers", add=["approver-3"]), "supervisor-1", "unknown-value"),
        (change("officers", add=["officer-3"], level="ministry"), "supervisor-1", "unknown-value"),
        (change("approvers", add=["approver-2"], level="department"), "supervisor-1", "post-clash"),
    ],
)
def test_what_is_refused(command: c.ChangePost, person: str, code: str) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    role = person.partition("-")[0] if not person.startswith("expert") else "officer"
    assert desk.refuse(command, f.actor(person, role)) == code


def test_who_is_not_active_is_given_no_post() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    gone = desk.world.people["officer-3"].with_(active=False)
    desk.world = desk.world.with_(people={**desk.world.people, "officer-3": gone})
    assert desk.refuse(change(add=["officer-3"]), f.SUPERVISOR) == "staff-unregistered"


def test_whoever_registers_people_puts_nobody_into_a_post() -> None:
    """Two officers who are administrators too would register a confidant, and make them a supervisor by themselves."""
    desk = paths.round_in(RoundStage.CHECKING)
    both = f.person("supervisor-1", "supervisor", "admin")
    desk.world = desk.world.with_(people={**desk.world.people, "supervisor-1": both})
    assert desk.refuse(change(add=["officer-3"]), f.SUPERVISOR) == "registrar-appoints"
    assert desk.act(change("admins", remove=["admin-1"]), f.SUPERVISOR), (
        "who takes a post away puts nobody in"
    )
    assert desk.act(change(add=["officer-3"]), f.actor("supervisor-2"))


@pytest.mark.parametrize("second", [False, True])
def test_nor_does_whoever_ever_registered_them_though_they_do_so_no_more(second: bool) -> None:
    """Seen before: in one act two officers registered a confidant, and gave up the administrator's role themselves."""
    desk = paths.round_in(RoundStage.CHECKING)
    by = ("admin-2", "supervisor-2") if second else ("admin-2", "supervisor-1")
    desk.world = desk.world.with_(registrars={"officer-3": by, "officer-4": ("admin-2",)})
    sent = envelope_of(desk.state.stream, change(add=["officer-3"]), f.SUPERVISOR, "c-1")
    signed = Signatures().sign(sent, desk.now)
    refused = desk.run(Act(signed, rehearsed=True)).refused
    assert refused is not None
    assert refused.code == "registrar-of-named"
    assert refused.params == {"person": by[1], "people": "officer-3"}
    others = {**desk.world.people, "officer-4": f.person("officer-4", "officer")}
    desk.world = desk.world.with_(people=others)
    assert desk.act(change(add=["officer-4"]), f.SUPERVISOR), "of others they registered nobody"


def appointing(*roles: str) -> Desk:
    """A round in which officer-1, who was replaced, holds other roles in the register as well."""
    desk = replace_officer()
    both = f.person("officer-1", "officer", *roles)
    desk.world = desk.world.with_(people={**desk.world.people, "officer-1": both})
    return desk


@pytest.mark.parametrize(
    ("post", "role", "level", "by"),
    [
        ("approvers", "approver", "department", f.SUPERVISOR),
        ("auditors", "auditor", "", f.SUPERVISOR),
        ("supervisors", "supervisor", "", f.actor("officer-2")),
    ],
)
def test_who_had_a_post_gets_none_that_must_not_meet_it(post: str, role: str, level: str, by: Actor) -> None:
    """Who passed a check, or proposed, as an officer would approve the same list."""
    desk = appointing(role)
    assert desk.refuse(change(post, add=["officer-1"], level=level), by) == "post-held-before"
    assert desk.act(change(add=["officer-1"]), f.SUPERVISOR), "they come back to the post that they had"
    assert desk.refold() == desk.state


def test_nor_stands_in_for_such_a_post() -> None:
    desk = appointing("supervisor")
    days = {"first": desk.now.date(), "last": desk.now.date() + f.DAY}
    named = c.Delegate(substitute="officer-1", reason=f.ref(), **days)
    assert desk.refuse(named, f.SUPERVISOR) == "post-held-before"


@pytest.mark.parametrize("stand_in", [False, True])
def test_who_applies_in_the_round_gets_no_post_and_stands_in_for_none(stand_in: bool) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    bid = Bid(number="0009", field="equipment", units=("91-x",), applicants=("officer-3",))
    desk.world = desk.world.with_(relations=Relations(bids=(bid,)))
    days = {"first": desk.now.date(), "last": desk.now.date() + f.DAY}
    if stand_in:
        named = c.Delegate(substitute="officer-3", reason=f.ref(), **days)
        assert desk.refuse(named, f.OFFICER) == "post-of-applicant"
    else:
        assert desk.refuse(change(add=["officer-3"]), f.SUPERVISOR) == "post-of-applicant"


def test_who_left_a_post_reviews_nothing_either() -> None:
    assert replace_officer().state.besides_reviewers == {"officer-1"}


def test_a_post_whose_holders_all_register_people_adds_somebody_once_they_do_so_no_more() -> None:
    """Seen before: such a round could add nobody, and no sentence named the way out."""
    desk = paths.round_in(RoundStage.CHECKING)
    people, holders = desk.world.people, ("supervisor-1", "supervisor-2")
    both = {name: f.person(name, "supervisor", "admin") for name in holders}
    desk.world = desk.world.with_(people={**people, **both})
    for person in holders:
        assert desk.refuse(change(add=["officer-3"]), f.actor(person)) == "registrar-appoints"
    desk.world = desk.world.with_(people=people)
    assert desk.act(change(add=["officer-3"]), f.SUPERVISOR)


def test_an_approval_stands_and_its_giver_approves_no_more() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.act(c.RecordIntegrityCheck(proposal=1, text=f.ref()), f.SUPERVISOR)
    desk.act(c.Approve(proposal=1, level="department"), f.actor("approver-1"))
    desk.act(c.Approve(proposal=1, level="ministry"), f.actor("approver-2"))
    new = f.person("approver-4", "approver")
    desk.world = desk.world.with_(people={**desk.world.people, "approver-4": new})
    replace = change("approvers", add=["approver-4"], remove=["approver-2"], level="ministry")
    desk.act(replace, f.SUPERVISOR)
    again = c.Approve(proposal=1, level="ministry")
    assert desk.refuse(again, f.actor("approver-2")) == "not-entitled"
    assert desk.act(again, f.actor("approver-4"))[0] == e.LevelApproved(
        proposal=1, level="ministry", passed=True, reason=None
    )
