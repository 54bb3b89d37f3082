"""What decides an outcome, and who has more time, is nobody's favour: fixed before scores are known, or in the open."""

from datetime import timedelta
from typing import Any

import pytest

from selection.kernel.actor import Actor
from selection.kernel.day_clock import day_of
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.letters.writing import Broadcast
from selection.round import commands as c, course_events as e
from selection.round.amending_rules import events as a
from tests import factories as f, paths
from tests.desk import Desk

DEPARTMENT, *MINISTRY = (f.actor(f"approver-{number}") for number in (1, 2, 3))


def enter(desk: Desk, path: str = "per_field_max", before: str = "none", after: str = "1") -> None:
    desk.act(c.AmendRules(path=path, before=before, after=after, reason=f.ref("why")), f.OFFICER)


def ruling_on(desk: Desk, ruling: Any = "agreed") -> c.RuleOnAmendment:
    return c.RuleOnAmendment(number=desk.state.entered_amendments, ruling=ruling, reason=f.ref("consent"))


def rule(desk: Desk, actor: Actor) -> Any:
    return desk.act(ruling_on(desk), actor)


def refuse(desk: Desk, actor: Actor, ruling: Any = "agreed") -> str:
    return desk.refuse(ruling_on(desk, ruling), actor)


@pytest.mark.parametrize(("path", "before", "after"), [("per_field_max", "none", "1"), ("places", "2", "1")])
def test_limits_and_places_need_the_top_level_once_scores_are_known(
    path: str, before: str, after: str
) -> None:
    desk = paths.round_in(RoundStage.APPRAISAL)
    enter(desk, path, before, after)
    assert refuse(desk, DEPARTMENT) == "amendment-needs-top"
    assert refuse(desk, DEPARTMENT, "declined") == "amendment-needs-top"
    # The top level decides as it does on the list: here two of its three.
    assert [event.TYPE for event in rule(desk, MINISTRY[0])] == [a.AmendmentAgreed.TYPE]
    assert desk.state.current.places == f.RULES.places
    assert refuse(desk, MINISTRY[0]) == "already-done"
    (event,) = rule(desk, MINISTRY[1])
    assert isinstance(event, a.RulesAmended)
    assert event.level == f.RULES.approval[-1].code
    letters = [item for item in desk.sent if isinstance(item, Broadcast) and item.template == "rules-amended"]
    assert letters


def test_before_any_panel_sits_one_approver_agrees_as_ever() -> None:
    desk = paths.round_in(RoundStage.CALL)
    enter(desk)
    (event,) = rule(desk, DEPARTMENT)
    assert isinstance(event, a.RulesAmended)
    assert event.level == ""


def test_what_was_entered_before_scores_is_not_agreed_to_by_one_after_them() -> None:
    desk = paths.round_in(RoundStage.DRAWING)
    enter(desk)
    paths.ROUND_STEPS[RoundStage.REVIEW](desk)
    assert refuse(desk, DEPARTMENT) == "amendment-needs-top"


def test_nobody_extends_a_deadline_or_records_an_outage_alone_or_without_a_cause() -> None:
    assert c.ExtendDeadline.ACT.assurance is Assurance.SIGNED_BY_TWO
    assert c.RecordOutage.ACT.assurance is Assurance.SIGNED_BY_TWO
    desk = paths.round_in(RoundStage.CHECKING)
    until = day_of(f.RULES.clock, desk.now) + timedelta(days=3)
    causeless = {"name": "mend", "until": until, "reason": f.ref("why")}
    assert desk.refuse(c.ExtendDeadline.model_validate(causeless), f.OFFICER) == "cause-missing"
    extended = c.ExtendDeadline.model_validate({**causeless, "cause": "organiser"})
    (event,) = desk.act(extended, f.OFFICER)
    assert isinstance(event, e.DeadlineExtended)
    assert event.cause == "organiser"
    desk.now += timedelta(hours=3)
    outage = c.RecordOutage(began=desk.now - timedelta(hours=2), ended=desk.now, reason=f.ref())
    assert desk.refuse(outage, f.OFFICER) == "cause-missing"


@pytest.mark.parametrize("event", [e.DeadlineExtended, e.OutageRecorded])
def test_every_applicant_reads_the_cause_and_the_reason(event: Any) -> None:
    assert {"participant", "approver"} <= set(event.AUDIENCE["reason"].split())
    assert event.AUDIENCE["cause"] == event.AUDIENCE["reason"]
