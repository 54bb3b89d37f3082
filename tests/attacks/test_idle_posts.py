"""Whoever does nothing holds no round: each wait has a due day, and after it somebody is told who can see to it.

Seen before: nobody appointed examiners of an objection, and the notice waited for 400 days. Of what a supervisor left
undone nobody but supervisors was told, though officers alone can put another in their place.
"""

from typing import Any

import pytest

from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.ladder import BY_LETTERS_THAT_WAIT, ENDED_BY_TIME
from selection.projections.open_tasks import tasks_of
from selection.round.people.decide import appoints
from selection.rules.terms import with_people
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.round.test_people import replace_officer
from tests.selection.rules.test_every_kind_of_task import WAITING, with_ladder

POSTS = {Role.OFFICER: "officers", Role.SUPERVISOR: "supervisors", Role.APPROVER: "approvers"}
"""The posts of a round, in which another is put where somebody does nothing; experts and applicants hold none."""
STAFF = {"officer": Role.OFFICER, "supervisor": Role.SUPERVISOR}


def wait_idle(desk: Desk, kind: str) -> tuple[list[Any], Role]:
    """Return the last reminder of the first task of a kind while nobody does anything, and whom the task waits for."""
    role = next((task.role for task in tasks_of(desk.state) if task.kind == kind), Role.OFFICER)
    desk.wait(desk.now + 400 * f.DAY)
    reminders = [leaf.data for leaf in desk.leaves if leaf.type.endswith(".reminded.v1")]
    first = next(item["task"] for item in reminders if item["awaited"] == kind)
    return next(item["told"] for item in reversed(reminders) if item["task"] == first), role


@pytest.mark.parametrize("kind", sorted(WAITING.keys() - ENDED_BY_TIME.keys() - BY_LETTERS_THAT_WAIT.keys()))
def test_of_each_wait_somebody_is_told_at_last_who_can_put_another_in_the_post(kind: str) -> None:
    recipients, role = wait_idle(with_ladder(WAITING[kind]()), kind)
    roles = {STAFF[person.partition("-")[0]] for person in recipients}
    post = POSTS.get(role)
    if post is None:
        # Whom officers appointed, they replace: a chair, a surveyor, an examiner, and whoever decides on a request.
        assert roles == {Role.SUPERVISOR}
    else:
        assert [item for item in roles if appoints(item, post)]


def test_an_objection_that_no_officer_takes_up_is_examined_once_another_is_in_the_post() -> None:
    desk = with_ladder(paths.application_in(Stage.NOTICE))
    desk.act(f.objection(), f.actor("objector-1"))
    recipients, _ = wait_idle(desk, "appoint-examiners")
    assert recipients == ["supervisor-1", "supervisor-2"]
    before = desk.state.stage
    assert desk.world.terms is not None
    desk.world = desk.world.with_(terms=with_people(desk.world.terms, replace_officer().state.current))
    desk.known = desk.known.with_(terms=None)
    desk.act(f.examiners(), f.actor("officer-3"))
    desk.act(f.settle(), f.actor("examiner-1"))
    assert (before, desk.state.stage) == (Stage.HELD, Stage.CLEARED)


def test_of_what_a_supervisor_leaves_undone_officers_are_told_who_reported_nothing() -> None:
    desk = with_ladder(paths.application_in(Stage.REVIEW))
    desk.act(f.report_conflict("expert-1"), f.OFFICER)
    recipients, _ = wait_idle(desk, "rule-on-conflict")
    assert recipients == ["supervisor-1", "supervisor-2", "officer-2"]
