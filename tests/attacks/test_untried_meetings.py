"""Officers have nobody lead a panel until the appraisal's day is over, and then end what is ranked first."""

from datetime import timedelta

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_settling import WANTED, agree, settle, uphold_conflicts


def late_without_meeting() -> Desk:
    """An application whose panel nobody called together until the appraisal's day was over."""
    desk = paths.application_in(Stage.APPRAISAL)
    desk.wait(f.deadline("appraisal"))
    return desk


def call_meeting(desk: Desk, votes: int = 0) -> tuple[str, ...]:
    """Have a chair call all members together, of whom so many vote; return these members."""
    panel = tuple(paths.experts(desk, "submitted"))
    desk.act(c.AppointChair(chair=panel[0], reason=f.ref("why")), f.OFFICER)
    opened, *cast, _ = f.hold_meeting(panel, panel[0])
    for act, member in [opened, *cast[:votes]]:
        desk.act(act, member)
    return panel


def wait_for_votes(desk: Desk) -> None:
    assert desk.state.meeting is not None
    desk.wait(f.TERMS.end("invitation", desk.state.meeting.at))


@pytest.mark.parametrize("way", [("end", 0), ("fewer", 3)])
def test_nobody_ends_or_lowers_a_panel_that_was_never_called_together(way: tuple[str, int]) -> None:
    """Seen before: an officer and a supervisor ended the first-ranked, whose panel nobody had let meet."""
    desk = late_without_meeting()
    assert desk.refuse(settle(*way), f.OFFICER) == "meeting-untried"
    assert desk.refuse(settle(*way), f.SUPERVISOR) == "meeting-untried"


def test_a_meeting_that_was_just_called_is_waited_for() -> None:
    desk = late_without_meeting()
    call_meeting(desk)
    assert desk.refuse(settle(), f.OFFICER) == "meeting-untried"
    wait_for_votes(desk)
    assert agree(desk, settle()).outcome == "not-reviewed"


def test_where_as_many_voted_as_must_it_is_the_chair_who_closes_the_meeting() -> None:
    """The silent few are left out of the next one: nobody ends what a majority voted on."""
    desk = late_without_meeting()
    call_meeting(desk, votes=WANTED)
    wait_for_votes(desk)
    assert desk.refuse(settle(), f.OFFICER) == "meeting-untried"


def test_where_fewer_voted_the_two_decide() -> None:
    desk = late_without_meeting()
    call_meeting(desk, votes=WANTED - 1)
    wait_for_votes(desk)
    assert agree(desk, settle("fewer", WANTED - 1)).fewer == WANTED - 1


def test_a_panel_of_which_nobody_is_left_to_chair_strands_nobody() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    for member in paths.experts(desk, "submitted"):
        desk.act(c.AppointChair(chair=member, reason=f.ref("why")), f.OFFICER)
        desk.act(c.ReplaceChair(chair="", reason=f.ref("chair")), f.SUPERVISOR)
    desk.wait(f.deadline("appraisal") + timedelta(days=1))
    assert agree(desk, settle()).outcome == "not-reviewed"


def test_a_panel_that_may_be_lowered_is_not_ended_instead() -> None:
    """Three of seven members are in conflict: the rest can meet, once two say that they are enough."""
    desk = uphold_conflicts(3)
    desk.wait(f.deadline("appraisal"))
    assert desk.refuse(settle(), f.OFFICER) == "meeting-untried"
    agree(desk, settle("fewer", 4))
    assert desk.refuse(settle(), f.OFFICER) == "meeting-untried"
    panel = call_meeting(desk, votes=4)
    desk.act(f.appraisal(1), f.actor(panel[0], Role.CHAIR))
    assert desk.state.stage is Stage.APPRAISED
