"""Where one person at most is left of all who lead a round, an auditor may be one of two who have others come."""

from typing import Any

import pytest

from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage
from selection.letters.writing import Letter
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk

AUDITOR, OTHER_AUDITOR = f.actor("auditor-1"), f.actor("auditor-2")
STAFF = ("officer-1", "officer-2", "supervisor-1", "supervisor-2", "approver-1", "approver-2", "approver-3")
WAYS = {"officer-1": f.OFFICER, "supervisor-2": f.actor("supervisor-2"), "approver-3": f.actor("approver-3")}


def come(*people: str, post: Any = "supervisors", remove: Any = (), level: str = "") -> c.AgreeOnPost:
    added = people or ("supervisor-3", "supervisor-4")
    return c.AgreeOnPost(post=post, level=level, add=added, remove=remove, reason=f.ref())


def register(desk: Desk, name: str, *roles: str, active: bool = True) -> None:
    fact = f.person(name, *roles, active=active)
    desk.world = desk.world.with_(people={**desk.world.people, name: fact})


def switch(desk: Desk, *people: str, active: bool) -> None:
    for name in people:
        register(desk, name, name.rpartition("-")[0], active=active)


def lose_all_but(*people: str) -> Desk:
    """A round of whose staff these alone may still act, and which two auditors oversee."""
    desk = paths.round_in(RoundStage.CHECKING)
    assert {*STAFF} == {
        *desk.state.current.staff.officers,
        *desk.state.current.staff.supervisors,
        *(name for level in desk.state.current.approval for name in level.approvers),
    }
    desk.state = desk.state.with_(holders={"auditors": ("auditor-1", "auditor-2")})
    for name in ("auditor-2", "supervisor-3", "supervisor-4", "officer-3", "approver-4"):
        register(desk, name, name.rpartition("-")[0])
    switch(desk, *(name for name in STAFF if name not in people), active=False)
    return desk


def enter_first(desk: Desk, by: Actor, command: c.AgreeOnPost | None = None) -> Desk:
    desk.act(command or come(), by)
    desk.wait(desk.state.post_entries[-1].start)
    return desk


def is_made(desk: Desk, by: Actor, command: c.AgreeOnPost | None = None) -> bool:
    (event,) = desk.act(command or come(), by)
    return isinstance(event, e.PostChanged)


def test_who_holds_a_post_without_its_role_in_the_register_is_left_as_long_as_they_are_active() -> None:
    """They act all the same; seen before: the auditor and one of these had others come over the other's head."""
    desk = lose_all_but("supervisor-1")
    register(desk, "officer-1", "expert")
    assert desk.refuse(come(), AUDITOR) == "staff-left"
    switch(desk, "officer-1", active=False)
    assert not is_made(desk, AUDITOR), "a first entry"


@pytest.mark.parametrize("last", WAYS)
@pytest.mark.parametrize("first", [True, False])
def test_who_is_left_alone_and_an_auditor_have_others_come(last: str, first: bool) -> None:
    """Seen before: nobody else could enter the same, and the round was cancelled."""
    one, other = (WAYS[last], AUDITOR) if first else (AUDITOR, WAYS[last])
    command = come() if last != "supervisor-2" else come("officer-3", post="officers")
    desk = enter_first(lose_all_but(last), one, command)
    assert is_made(desk, other, command)
    assert desk.refold().post_entries == ()


def test_where_nobody_is_left_two_auditors_do() -> None:
    desk = enter_first(lose_all_but(), AUDITOR)
    assert desk.refuse(come(), AUDITOR) == "post-entered"
    assert is_made(desk, OTHER_AUDITOR)
    assert {"supervisor-3", "supervisor-4"} <= {*desk.state.current.staff.supervisors}


def test_two_auditors_agree_over_nobodys_head() -> None:
    desk = enter_first(lose_all_but("approver-3"), AUDITOR)
    assert not is_made(desk, OTHER_AUDITOR), "an approver is left, and has to be one of the two"
    assert is_made(desk, WAYS["approver-3"])


@pytest.mark.parametrize(
    "people", [("officer-1", "approver-1"), ("approver-2", "approver-3"), STAFF], ids=lambda item: item[-1]
)
def test_as_long_as_two_are_left_no_auditor_has_a_part_in_it(people: tuple[str, ...]) -> None:
    desk = lose_all_but(*people)
    assert desk.refuse(come(), AUDITOR) == "staff-left"
    by = f.actor(people[0])
    desk = enter_first(desk, by)
    assert desk.refuse(come(), AUDITOR) == "staff-left"
    assert desk.refuse(c.DeclinePostChange(number=1, reason=f.ref()), AUDITOR) == "staff-left"


def test_whom_one_administrator_stopped_comes_back_and_what_an_auditor_entered_counts_no_more() -> None:
    """One administrator stops all but a confederate, who waits with an auditor for the three days to pass."""
    desk = enter_first(lose_all_but("officer-1"), AUDITOR)
    told = {
        item.to for item in desk.sent if isinstance(item, Letter) and item.template == "post-change-entered"
    }
    assert told == {*STAFF, OTHER_AUDITOR.person}, "whoever was stopped is told as well"
    switch(desk, "supervisor-1", active=True)
    assert not is_made(desk, f.OFFICER)
    desk = enter_first(lose_all_but("officer-1"), f.OFFICER)
    switch(desk, "supervisor-1", active=True)
    assert desk.refuse(come(), AUDITOR) == "staff-left"


@pytest.mark.parametrize(
    "command",
    [
        come(remove=("supervisor-1",)),
        come("officer-3", post="officers", remove=("officer-2",)),
        come("auditor-3", post="auditors"),
        come("admin-2", post="admins"),
        come("approver-4", post="approvers", level="ministry"),
    ],
    ids=lambda item: f"{item.post} {len(item.remove)}",
)
def test_an_auditor_takes_no_post_away_and_gives_an_officers_or_supervisors_alone(
    command: c.AgreeOnPost,
) -> None:
    """Whoever was stopped keeps their post, and is there again once they may act."""
    for last in ((), ("officer-1",)):
        desk = lose_all_but(*last)
        register(desk, "auditor-3", "auditor")
        register(desk, "admin-2", "admin")
        assert desk.refuse(command, AUDITOR) == "auditor-adds-staff"
    desk = enter_first(desk, f.OFFICER, command)
    assert desk.refuse(command, AUDITOR) == "auditor-adds-staff"


def test_an_auditor_declines_where_one_may_enter_and_takes_back_their_own() -> None:
    decline = c.DeclinePostChange(number=1, reason=f.ref("no"))
    for by in (f.OFFICER, AUDITOR):
        desk = enter_first(lose_all_but("officer-1"), by)
        desk.act(decline, OTHER_AUDITOR)
        assert desk.state.post_entries == ()
    desk = enter_first(lose_all_but("officer-1"), AUDITOR)
    switch(desk, "officer-2", active=True)
    assert desk.refuse(decline, OTHER_AUDITOR) == "staff-left"
    assert desk.act(decline, AUDITOR)


@pytest.mark.parametrize(
    ("who", "code"),
    [({"auditor-1": ("auditor", "admin")}, "registrar-appoints"), ({}, "registrar-of-named")],
    ids=["administrator", "through-whom-they-came"],
)
def test_an_auditor_who_registers_people_has_nobody_come(who: dict[str, tuple[str, ...]], code: str) -> None:
    desk = lose_all_but("officer-1")
    for name, roles in who.items():
        register(desk, name, *roles)
    if not who:
        desk.world = desk.world.with_(registrars={"supervisor-3": ("auditor-1",)})
    assert desk.refuse(come(), AUDITOR) == code


def test_an_auditor_puts_in_nobody_who_oversees_the_round() -> None:
    desk = lose_all_but("officer-1")
    register(desk, "auditor-2", "auditor", "supervisor")
    assert desk.refuse(come("auditor-2"), AUDITOR) == "post-clash"
    register(desk, "auditor-1", "auditor", "supervisor")
    assert desk.refuse(come("auditor-1"), AUDITOR) == "own-post"


def test_an_auditor_who_is_not_active_or_holds_no_post_any_more_agrees_on_nothing() -> None:
    desk = enter_first(lose_all_but("officer-1"), AUDITOR)
    switch(desk, "auditor-1", active=False)
    assert not is_made(desk, f.OFFICER)
    assert desk.refuse(come(), f.actor("auditor-3")) == "not-entitled"
