"""Where no two of one post are left, two people of different posts change one: by two entries, three days apart."""

from datetime import timedelta
from typing import Any

import pytest

from selection.decision.aggregate import Frame
from selection.decision.relations import Bid, Relations
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import after_days
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.letters.writing import Letter
from selection.projections.possible import list_possible
from selection.refusals.refused import Refused
from selection.rooms import LEAST_ASSURANCE
from selection.round import commands as c, events as e
from selection.rules.terms import with_people
from tests import factories as f, paths
from tests.desk import Desk

OTHER_OFFICER, OTHER_SUPERVISOR = f.OPENER, f.actor("supervisor-2")
APPROVER, OTHER_APPROVER = f.actor("approver-1"), f.actor("approver-2")
OUT, IN = "officer-2", "officer-3"


def change(
    post: Any = "officers", *, add: Any = (IN,), remove: Any = (OUT,), level: str = ""
) -> c.AgreeOnPost:
    return c.AgreeOnPost(post=post, level=level, add=add, remove=remove, reason=f.ref())


def decline(number: int = 1) -> c.DeclinePostChange:
    return c.DeclinePostChange(number=number, reason=f.ref("no"))


def enter_first(command: c.AgreeOnPost | None = None, by: Actor = f.OFFICER) -> Desk:
    """A round in which one person entered a change, at the instant from which a second may."""
    desk = paths.round_in(RoundStage.CHECKING)
    desk.act(command or change(), by)
    desk.wait(desk.state.post_entries[0].start)
    return desk


def is_made(desk: Desk, by: Actor, command: c.AgreeOnPost | None = None) -> bool:
    """Enter a change as the second; tell whether the post changed, and was not entered by one person alone."""
    (event,) = desk.act(command or change(), by)
    assert isinstance(event, e.PostChanged | e.PostChangeEntered)
    return isinstance(event, e.PostChanged)


def register(desk: Desk, name: str, *roles: str, active: bool = True) -> None:
    fact = f.person(name, *roles, active=active)
    desk.world = desk.world.with_(people={**desk.world.people, name: fact})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f.OFFICER, f.SUPERVISOR),
        (f.SUPERVISOR, f.OFFICER),
        (f.OFFICER, APPROVER),
        (APPROVER, f.SUPERVISOR),
        (APPROVER, OTHER_APPROVER),
    ],
    ids=lambda actor: actor.person,
)
def test_two_of_different_posts_change_one_by_entering_the_same(first: Actor, second: Actor) -> None:
    desk = enter_first(by=first)
    assert desk.refuse(c.CancelRound(reason=f.ref()), f.actor(IN)) == "not-entitled"
    changed = e.PostChanged(post="officers", level="", added=(IN,), removed=(OUT,), reason=f.ref(), entry=1)
    assert desk.act(change(), second) == (changed,)
    assert desk.refuse(c.CancelRound(reason=f.ref()), f.OPENER) == "not-entitled"
    assert desk.act(c.CancelRound(reason=f.ref()), f.actor(IN))
    assert desk.state.post_entries == ()
    assert desk.refold() == desk.state


def test_two_approvers_put_nobody_among_approvers() -> None:
    """Seen before: two of a level put a third into it, and no officer or supervisor had a part in it."""
    wanted = change("approvers", add=("approver-4",), remove=(), level="ministry")
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "approver-4", "approver")
    desk.act(wanted, APPROVER)
    desk.wait(desk.state.post_entries[0].start)
    assert not is_made(desk, OTHER_APPROVER, wanted)
    assert is_made(desk, f.OFFICER, wanted)


def test_the_first_entry_says_what_is_to_change_and_from_when_until_when_it_counts() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    start, until = (after_days(f.RULES.clock, desk.now, days) for days in (3, 30))
    told = {"post": "officers", "level": "", "added": (IN,), "removed": (OUT,), "reason": f.ref()}
    assert desk.act(change(), f.OFFICER) == (e.PostChangeEntered(number=1, start=start, until=until, **told),)
    assert start >= desk.now + timedelta(days=3)
    assert desk.refold() == desk.state


def test_whoever_may_enter_or_decline_is_told_but_for_who_did_and_so_of_a_decline() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    days = {"first": desk.now.date(), "last": desk.now.date() + f.DAY}
    desk.act(c.Delegate(substitute=IN, reason=f.ref(), **days), f.OPENER)
    register(desk, "officer-4", "officer")
    desk.act(change(add=("officer-4",)), f.OFFICER)
    told = _list_readers(desk, "post-change-entered")
    assert {OUT, IN, "supervisor-1", "supervisor-2", "approver-1", "approver-2", "approver-3"} <= told
    assert "officer-1" not in told
    desk.act(decline(), f.OPENER)
    assert _list_readers(desk, "post-change-declined") == told | {"officer-1"}


def _list_readers(desk: Desk, template: str) -> set[str]:
    return {item.to for item in desk.sent if isinstance(item, Letter) and item.template == template}


def test_each_signs_their_own() -> None:
    asked = {kind: LEAST_ASSURANCE[kind] for kind in ("agree-on-post", "decline-post-change")}
    assert set(asked.values()) == {Assurance.SIGNED}


def test_within_an_hour_two_who_collude_remove_nobody_and_are_told_from_when_on() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    desk.act(change(), f.OFFICER)
    start = desk.state.post_entries[0].start
    for at in (desk.now + timedelta(hours=1), start - timedelta(microseconds=1)):
        with pytest.raises(Refused) as refused:
            desk.act(change(), f.SUPERVISOR, at=at)
        assert refused.value.code == "post-entry-early"
        assert refused.value.params == {"number": "1", "since": start.isoformat()}
    desk.wait(start)
    assert is_made(desk, f.SUPERVISOR)


def test_the_days_begin_when_it_enters_the_record_however_long_it_was_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    late = desk.now + timedelta(days=5)
    monkeypatch.setattr(desk, "frame", lambda: Frame(recorded=late))
    desk.act(change(), f.OFFICER)
    assert desk.state.post_entries[0].start == after_days(f.RULES.clock, late, 3)


@pytest.mark.parametrize(("first", "second"), [(f.OFFICER, OTHER_OFFICER), (f.SUPERVISOR, OTHER_SUPERVISOR)])
def test_two_of_one_post_sign_together_and_do_not_enter(first: Actor, second: Actor) -> None:
    told = change("auditors", add=("auditor-2",), remove=())
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "auditor-2", "auditor")
    desk.act(told, first)
    desk.wait(desk.state.post_entries[0].start)
    assert not is_made(desk, second, told)


def test_one_person_is_not_two_by_a_second_post_or_a_second_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has two posts that enter a change; were it so all the same, they would still be one person."""
    desk = enter_first(by=APPROVER)
    assert desk.refuse(change(), APPROVER) == "post-entered"
    register(desk, "approver-1", "approver", "officer")
    staff = desk.state.current.staff
    both = {"officers": (*staff.officers, "approver-1")}
    desk.state = desk.state.with_(holders=both)
    assert desk.refuse(change(), f.actor("approver-1", Role.OFFICER)) == "post-clash"
    monkeypatch.setattr("selection.round.people.decide._refuse_unfit", lambda *_: None)
    assert desk.refuse(change(), f.actor("approver-1", Role.OFFICER)) == "post-entered"


@pytest.mark.parametrize(
    "other",
    [
        change(add=("officer-4",)),
        change(add=(IN, "officer-4")),
        change(add=()),
        change(remove=()),
        change(remove=("officer-1",)),
        change("approvers", add=("approver-4",), remove=(), level="ministry"),
    ],
)
def test_what_differs_in_one_name_is_another_change(other: c.AgreeOnPost) -> None:
    desk = enter_first()
    register(desk, "officer-4", "officer")
    register(desk, "approver-4", "approver")
    if other.remove == (OUT,) and not other.add:
        assert desk.refuse(other, f.SUPERVISOR) == "post-too-few"
    else:
        assert not is_made(desk, f.SUPERVISOR, other)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ({"post": "auditors"}, {"post": "admins"}),
        (
            {"post": "approvers", "level": "ministry"},
            {"post": "approvers", "level": "department"},
        ),
    ],
    ids=["post", "level"],
)
def test_so_is_another_post_or_level_for_the_same_person(first: Any, other: Any) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "new-1", "auditor", "admin", "approver")
    desk.act(change(**first, add=("new-1",), remove=()), f.OFFICER)
    desk.wait(desk.state.post_entries[0].start)
    assert not is_made(desk.copy(), f.SUPERVISOR, change(**other, add=("new-1",), remove=()))
    assert is_made(desk, f.SUPERVISOR, change(**first, add=("new-1",), remove=()))


def test_the_order_of_names_makes_no_other_change() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "officer-4", "officer")
    desk.act(change(add=(IN, "officer-4")), f.OFFICER)
    desk.wait(desk.state.post_entries[0].start)
    assert is_made(desk, f.SUPERVISOR, change(add=("officer-4", IN, IN)))


@pytest.mark.parametrize("by", [f.actor(OUT), f.SUPERVISOR, OTHER_SUPERVISOR], ids=lambda actor: actor.person)
def test_whoever_else_is_there_declines_it_and_the_days_begin_anew(by: Actor) -> None:
    desk = enter_first()
    assert desk.act(decline(), by) == (e.PostChangeDeclined(number=1, reason=f.ref("no")),)
    assert desk.refold() == desk.state
    assert not is_made(desk, f.SUPERVISOR)
    assert desk.refuse(change(), f.OFFICER) == "post-entry-early"
    assert desk.refuse(decline(1), by) == "no-post-entry"
    desk.wait(desk.state.post_entries[0].start)
    assert is_made(desk, f.OFFICER)


def test_approvers_take_back_their_own_alone() -> None:
    desk = enter_first(by=APPROVER)
    assert desk.refuse(decline(), OTHER_APPROVER) == "post-entry-of-another"
    assert desk.refuse(decline(), f.actor("expert-1", Role.OFFICER)) == "not-entitled"
    assert desk.act(decline(), APPROVER)
    assert not is_made(desk, f.SUPERVISOR)


def test_who_enters_another_change_gives_the_first_one_up() -> None:
    desk = enter_first()
    desk.act(change(remove=()), f.OFFICER)
    assert [item.number for item in desk.state.post_entries] == [2]
    assert not is_made(desk, f.SUPERVISOR)
    assert desk.refuse(change(remove=()), APPROVER) == "post-entry-early"


def test_entries_of_several_people_wait_beside_each_other() -> None:
    desk = enter_first()
    assert not is_made(desk, APPROVER, change(remove=()))
    assert is_made(desk, f.SUPERVISOR)


def test_nothing_waits_once_a_post_has_changed() -> None:
    """Else what was entered would be completed later, among others than those who could have declined it."""
    desk = enter_first()
    auditor = c.ChangePost(post="auditors", remove=("auditor-1",), reason=f.ref())
    desk.act(auditor, f.SUPERVISOR)
    assert not is_made(desk, f.SUPERVISOR)


@pytest.mark.parametrize("years", [0, 3])
def test_nothing_waits_for_years(years: int) -> None:
    desk = enter_first()
    until = desk.state.post_entries[0].until
    desk.wait(until + timedelta(days=365 * years))
    assert not is_made(desk, f.SUPERVISOR)
    desk.wait(desk.state.post_entries[-1].start)
    assert is_made(desk, f.OFFICER)


def test_until_the_last_instant_it_counts() -> None:
    desk = enter_first()
    desk.wait(desk.state.post_entries[0].until - timedelta(microseconds=1))
    assert is_made(desk, f.SUPERVISOR)


@pytest.mark.parametrize("how", ["deactivated", "another-role", "administrator", "registrar", "erased"])
def test_the_entry_of_who_could_not_enter_it_any_more_counts_no_more(how: str) -> None:
    """What a second person enters then is a first entry: nobody is stuck for it."""
    desk = enter_first()
    roles = {"another-role": ("objector",), "administrator": ("officer", "admin")}.get(how, ("officer",))
    register(desk, "officer-1", *roles, active=how != "deactivated")
    if how == "erased":
        others = {name: fact for name, fact in desk.world.people.items() if name != "officer-1"}
        desk.world = desk.world.with_(people=others)
    if how == "registrar":
        desk.world = desk.world.with_(registrars={IN: ("officer-1", "admin-1")})
    assert not is_made(desk, f.SUPERVISOR)


def test_an_administrator_takes_posts_away_by_an_entry_too() -> None:
    removal = change("admins", add=(), remove=("admin-1",))
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "officer-1", "officer", "admin")
    desk.act(removal, f.OFFICER)
    desk.wait(desk.state.post_entries[0].start)
    assert is_made(desk, f.SUPERVISOR, removal)


def test_who_stands_in_for_another_enters_nothing_and_declines_for_them() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    register(desk, "officer-4", "officer")
    days = {"first": desk.now.date(), "last": desk.now.date() + timedelta(days=9)}
    desk.act(c.Delegate(substitute=IN, reason=f.ref(), **days), f.OPENER)
    desk.world = desk.world.with_(terms=with_people(f.TERMS, desk.state.current, desk.state.delegations))
    told = change(add=("officer-4",))
    assert desk.refuse(told, f.actor(IN)) == "no-onward-delegation"
    desk.act(told, f.OFFICER)
    desk.wait(desk.state.post_entries[0].start)
    assert (
        desk.refuse(change("auditors", add=(), remove=("auditor-1",)), f.actor(IN)) == "no-onward-delegation"
    )
    assert desk.act(decline(), f.actor(IN))
    assert not is_made(desk, f.SUPERVISOR, told)


REFUSED: list[tuple[c.AgreeOnPost, str]] = [
    (change(add=(), remove=()), "post-unchanged"),
    (change(remove=("officer-1",)), "own-post"),
    (change(add=("officer-2",), remove=()), "post-held"),
    (change(add=(), remove=("officer-3",)), "post-not-held"),
    (change(add=("nobody-1",)), "staff-unregistered"),
    (change(add=("retired-1",)), "staff-unregistered"),
    (change(add=()), "post-too-few"),
    (change("approvers", level="nowhere"), "unknown-value"),
    (change("approvers", add=(), remove=("approver-2",), level="ministry"), "post-too-few"),
    (change("approvers", add=("approver-2",), remove=(), level="department"), "post-clash"),
    (change(add=("registered-1",)), "registrar-of-named"),
    (change(add=("bidder-1",)), "post-of-applicant"),
    (change(add=("former-1",)), "post-held-before"),
]


@pytest.mark.parametrize("second", [False, True], ids=["first", "second"])
@pytest.mark.parametrize(("command", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_is_refused_of_two_who_sign_is_refused_of_either_entry(
    command: c.AgreeOnPost, code: str, second: bool
) -> None:
    desk = enter_first(by=APPROVER) if second else paths.round_in(RoundStage.CHECKING)
    for name in ("registered-1", "bidder-1", "former-1"):
        register(desk, name, "officer")
    desk.state = desk.state.with_(former={"supervisor": ("former-1",)})
    bid = Bid(number="0009", field="equipment", units=("91-x",), applicants=("bidder-1",))
    desk.world = desk.world.with_(
        registrars={"registered-1": ("officer-1", "admin-1")}, relations=Relations(bids=(bid,))
    )
    assert desk.refuse(command, f.OFFICER) == code


@pytest.mark.parametrize("second", [False, True], ids=["first", "second"])
def test_who_registers_people_enters_nobody_into_a_post(second: bool) -> None:
    desk = enter_first(by=APPROVER) if second else paths.round_in(RoundStage.CHECKING)
    register(desk, "officer-1", "officer", "admin")
    assert desk.refuse(change(), f.OFFICER) == "registrar-appoints"


@pytest.mark.parametrize("role", ["admin", "expert"])
def test_no_other_role_enters_a_change(role: str) -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    assert desk.refuse(change(), f.actor(f"{role}-1")) == "not-entitled"


def test_who_is_not_active_neither_enters_nor_declines() -> None:
    desk = enter_first()
    register(desk, "supervisor-1", "supervisor", active=False)
    assert desk.refuse(change(), f.SUPERVISOR) == "not-entitled"
    assert desk.refuse(decline(), f.SUPERVISOR) == "not-entitled"


def test_what_a_desk_offers_to_decline_is_there_to_be_declined() -> None:
    desk = enter_first(by=APPROVER)
    offered = {
        person: "decline-post-change" in {act.kind for act in list_possible(desk.state, person)}
        for person in ("officer-2", "supervisor-1", "approver-1", "approver-2", "admin-1")
    }
    assert offered == {
        "officer-2": True,
        "supervisor-1": True,
        "approver-1": True,
        "approver-2": False,
        "admin-1": False,
    }
    desk.act(decline(), APPROVER)
    assert "decline-post-change" not in {act.kind for act in list_possible(desk.state, "officer-2")}
