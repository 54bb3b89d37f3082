"""Whoever approved and is bound since: the approval does not count, and others of the level are asked (0067)."""

import pytest

from selection.decision.aggregate import Event
from selection.decision.relations import Employment, Relations
from selection.kernel.stages import RoundStage
from selection.kernel.unit_codes import canonical_code
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from selection.round import commands as r, events as e
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import bind

ISSUE = r.IssueList(proposal=1)


def agree() -> Desk:
    """A round whose list every level approved."""
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    return desk


def employ(desk: Desk, person: str, unit: str = f.HOST) -> None:
    told = desk.world.relations or Relations()
    known = {**told.employments, person: (Employment(unit=unit),)}
    desk.world = desk.world.with_(relations=told.with_(employments=known))


def look(desk: Desk) -> tuple[Event, ...]:
    """Have the round look at a record in which all its items are clear."""
    return desk.look()


def clear(desk: Desk, **changes: object) -> None:
    """Have the first item be one of the host's, with what else is said of it."""
    number = desk.state.items[0].application
    paths.know(desk, {"cleared": 1}, number, stage="cleared", units=(canonical_code(f.HOST),), **changes)


def waiting(desk: Desk) -> list[tuple[str, str]]:
    return [(task.kind, task.unit or "") for task in tasks_of(desk.state)]


def test_an_approval_of_whom_data_binds_since_is_void_and_the_level_is_asked_again_at_once() -> None:
    desk = agree()
    assert waiting(desk) == [("issue", "")]
    clear(desk)
    employ(desk, "approver-2")
    (void,) = look(desk)
    assert isinstance(void, e.ApprovalVoided)
    number = desk.state.items[0].application
    assert (void.person, void.levels, void.items) == ("approver-2", ("ministry",), (number,))
    assert [found.kind for found in void.bound_by] == ["employer"]
    assert waiting(desk) == [("approve", "ministry")]
    told = [(item.template, item.to) for item in desk.sent if isinstance(item, Letter)]
    assert ("approval-voided", "officer-1") in told
    assert ("approval-voided", "supervisor-1") in told
    assert "approver-2" not in [to for template, to in told if template == "approval-voided"]
    assert desk.refuse(ISSUE, f.OFFICER) == "level-not-open"
    assert look(desk) == ()


def test_before_the_round_has_looked_the_list_is_not_issued_either() -> None:
    desk = agree()
    clear(desk)
    employ(desk, "approver-1")
    assert desk.refuse(ISSUE, f.OFFICER) == "approval-bound"


def test_whom_it_is_about_does_not_approve_again_and_a_dismissal_lets_them() -> None:
    desk = agree()
    clear(desk)
    bind(desk, "approver-1", "unit-related")
    (void,) = look(desk)
    assert isinstance(void, e.ApprovalVoided)
    again = r.Approve(proposal=1, level="department")
    assert desk.refuse(again, f.actor("approver-1")) == "unit-related"
    clear(desk, dismissed={"approver-1": void.bound_by})
    desk.act(again, f.actor("approver-1"))
    assert (waiting(desk), look(desk)) == ([("issue", "")], ())
    assert desk.act(ISSUE, f.OFFICER)


def test_a_ruling_by_which_they_have_a_conflict_voids_it_as_well() -> None:
    desk = agree()
    clear(desk, conflicted=("approver-3",))
    (void,) = look(desk)
    assert isinstance(void, e.ApprovalVoided)
    assert (void.person, void.bound_by) == ("approver-3", ())


@pytest.mark.parametrize("who", ["approver-9", "supervisor-1"])
def test_nobody_elses_tie_voids_anything(who: str) -> None:
    desk = agree()
    clear(desk)
    employ(desk, who)
    assert look(desk) == ()
    assert desk.act(ISSUE, f.OFFICER)
