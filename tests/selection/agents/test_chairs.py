"""Who chairs a panel: an officer appoints where nobody does; two supervisors alone put another in a chair's place."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import ActRefused
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from tests import factories as f, paths
from tests.desk import Desk

WHY = f.ref("why")


@pytest.fixture
def desk() -> Desk:
    """A panel in the appraisal that `expert-1` chairs."""
    made = paths.application_in(Stage.APPRAISAL)
    made.act(c.AppointChair(chair="expert-1"), f.OFFICER)
    return made


def replace_chair(person: str) -> c.ReplaceChair:
    return c.ReplaceChair(chair=person, reason=WHY)


def test_an_officer_puts_nobody_in_a_chairs_place(desk: Desk) -> None:
    """Seen before: an officer alone replaced the chair, without a reason, also in the middle of a vote."""
    assert desk.refuse(c.AppointChair(chair="expert-2"), f.OFFICER) == "chair-in-place"
    assert desk.refuse(replace_chair("expert-2"), f.OFFICER) == "not-entitled"
    assert c.ReplaceChair.ACT.assurance is Assurance.SIGNED_BY_TWO
    told = e.ChairReplaced(former="expert-1", chair="expert-2", reason=WHY)
    assert desk.act(replace_chair("expert-2"), f.SUPERVISOR) == (told,)
    assert desk.state.chair == "expert-2"
    assert desk.refold() == desk.state


def test_from_the_next_act_on_the_new_chair_leads_and_the_former_votes_on(desk: Desk) -> None:
    panel = tuple(paths.experts(desk, "submitted"))
    desk.act(replace_chair("expert-2"), f.SUPERVISOR)
    opening = f.meeting(panel, reason=f.ref("far"))
    assert desk.refuse(opening, f.actor("expert-1", Role.CHAIR)) == "not-entitled"
    for act, member in f.hold_meeting(panel, "expert-2", reason=f.ref("far")):
        desk.act(act, member)
    assert desk.state.stage is Stage.APPRAISED


def test_whoever_may_act_no_more_takes_no_chair(desk: Desk) -> None:
    """Seen before: the panel waited for somebody who could do nothing, and nobody was told."""
    stopped = f.person("expert-2", "expert", active=False)
    desk.world = desk.world.with_(people={**desk.world.people, "expert-2": stopped})
    assert desk.refuse(replace_chair("expert-2"), f.SUPERVISOR) == "unknown-person"
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert desk.refuse(c.AppointChair(chair="expert-2", reason=WHY), f.OFFICER) == "unknown-person"
    assert desk.act(c.AppointChair(chair="expert-3", reason=WHY), f.OFFICER)


def test_whom_two_removed_no_officer_puts_back_and_two_may(desk: Desk) -> None:
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert desk.state.chair == ""
    # What happened is told in a sentence without a new chair.
    assert "chair" not in desk.leaves[-1].data
    assert desk.refuse(replace_chair(""), f.SUPERVISOR) == "no-chair"
    assert desk.refuse(c.AppointChair(chair="expert-1"), f.OFFICER) == "chair-removed"
    # Nobody comes in somebody's place without a word, and only those who may know why they left read it.
    assert desk.refuse(c.AppointChair(chair="expert-2"), f.OFFICER) == "replaced-unexplained"
    (named,) = desk.act(c.AppointChair(chair="expert-2", reason=WHY), f.OFFICER)
    assert named == e.ChairAppointed(chair="expert-2", reason=WHY)
    assert e.ChairAppointed.AUDIENCE["reason"] == ""
    desk.act(replace_chair("expert-1"), f.SUPERVISOR)
    assert desk.state.chair == "expert-1"


def test_a_first_chair_is_appointed_for_a_reason_or_without_one() -> None:
    for reason in (None, WHY):
        desk = paths.application_in(Stage.APPRAISAL)
        told = e.ChairAppointed(chair="expert-1", reason=reason)
        assert desk.act(c.AppointChair(chair="expert-1", reason=reason), f.OFFICER) == (told,)
        assert ("reason" in desk.leaves[-1].data) == (reason is not None), (
            "what was recorded before reads as it did"
        )


def test_two_name_a_chair_where_an_officer_can_appoint_nobody(desk: Desk) -> None:
    """Seen before: all had been removed, and an officer got `chair-removed`, two supervisors `no-chair`, for ever."""
    panel = paths.experts(desk, "submitted")
    for person in panel[1:]:
        desk.act(replace_chair(person), f.SUPERVISOR)
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert {desk.refuse(c.AppointChair(chair=person), f.OFFICER) for person in panel} == {"chair-removed"}
    assert desk.act(replace_chair(panel[1]), f.SUPERVISOR) == (e.ChairReplaced(chair=panel[1], reason=WHY),)
    assert "former" not in desk.leaves[-1].data
    assert (desk.state.chair, set(desk.state.unchaired)) == (panel[1], set(panel))
    letters = [sent for sent in desk.sent if isinstance(sent, Letter)]
    assert (letters[-1].template, letters[-1].to) == ("chair-appointed", panel[1])
    assert desk.refold() == desk.state


@pytest.mark.parametrize(
    ("person", "code"),
    [("expert-1", "already-done"), ("expert-23", "no-such-seat"), ("supervisor-1", "no-such-seat")],
)
def test_only_another_member_who_sits_takes_the_chair(desk: Desk, person: str, code: str) -> None:
    assert desk.refuse(replace_chair(person), f.SUPERVISOR) == code


def test_rules_that_do_not_know_the_act_have_officers_replace_as_before(desk: Desk) -> None:
    known = {kind: level for kind, level in f.TERMS.assurance.items() if kind != "replace-chair"}
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=known))
    assert not isinstance(desk.act(c.AppointChair(chair="expert-2"), f.OFFICER)[0], ActRefused)
    assert desk.state.chair == "expert-2"
