"""An application leaves the round at any stage before the list: given up, or ruled out by two people."""

import pytest
from pydantic import ValidationError

from selection.application import commands as c, events as e
from selection.kernel.stages import Outcome, Stage, between
from selection.letters.writing import Message, Wake
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths

STAGES = tuple(stage for stage in between(Stage.SUBMITTED, Stage.CLEARED) if stage is not Stage.WITHDRAWN)
AGENT = f.actor("applicant-1")


@pytest.mark.parametrize("stage", STAGES)
def test_an_applicant_gives_up_at_any_stage_before_the_list(stage: Stage) -> None:
    desk = paths.application_in(stage)
    assert desk.refuse(c.GiveUp(), f.actor("applicant-2")) == "not-entitled"
    assert desk.act(c.GiveUp(reason=f.ref()), AGENT) == (e.ApplicationGivenUp(reason=f.ref()),)
    assert (desk.state.stage, desk.state.outcome, tasks_of(desk.state)) == (Stage.ENDED, Outcome.GIVEN_UP, ())
    assert desk.refuse(c.GiveUp(), AGENT) == "ended"
    # What the round or the unit's list has to hear of is told to them; a stage that is empty wakes the round by itself.
    told = [item for item in desk.sent if isinstance(item, Wake | Message)]
    freed = [item.workflow_id for item in told if isinstance(item, Message)]
    assert freed == (["recommender/second-2024/bj"] if stage is Stage.RECOMMENDED else [])
    woken = [item.stage for item in told if isinstance(item, Wake)]
    assert woken[-1:] == ([stage.value] if stage in (Stage.CLEARED, Stage.HELD) else [])


@pytest.mark.parametrize("stage", STAGES)
def test_fraud_rules_out_at_any_stage_by_two_people(stage: Stage) -> None:
    desk = paths.application_in(stage)
    ruling = c.RuleOnFraud(upheld=True, text=f.ref("ruling"))
    assert desk.refuse(ruling, f.SUPERVISOR) == "no-fraud-reported"
    assert desk.refuse(f.report_fraud(), f.SUPERVISOR) == "not-entitled"
    desk.act(f.report_fraud(), f.OFFICER)
    assert "rule-on-fraud" in [task.kind for task in tasks_of(desk.state)]
    assert desk.refuse(f.report_fraud(), f.OFFICER) == "fraud-reported"
    assert desk.refuse(ruling, f.OFFICER) == "not-entitled"
    ruled = e.FraudRuled(upheld=True, text=f.ref("ruling")), e.ApplicationRuledOut(text=f.ref("ruling"))
    assert desk.act(ruling, f.SUPERVISOR) == ruled
    assert (desk.state.stage, desk.state.outcome) == (Stage.ENDED, Outcome.RULED_OUT)


def test_a_report_that_is_dismissed_changes_nothing_else() -> None:
    desk = paths.application_in(Stage.REVIEW)
    before = desk.state
    desk.act(f.report_fraud(), f.OFFICER)
    desk.act(c.RuleOnFraud(upheld=False, text=f.ref()), f.SUPERVISOR)
    assert (desk.state.stage, desk.state.seats, desk.state.fraud) == (before.stage, before.seats, None)
    assert desk.act(f.report_fraud("other"), f.OFFICER)


def test_fraud_is_not_reported_without_evidence() -> None:
    with pytest.raises(ValidationError):
        c.ReportFraud(text=f.ref(), evidence=())


def test_nobody_leaves_a_list_that_is_issued_and_about_to_be_carried_out() -> None:
    desk = paths.application_in(Stage.CLEARED)
    desk.act(f.report_fraud(), f.OFFICER)
    desk.world = desk.world.with_(places={"0001": 1})
    assert desk.refuse(c.GiveUp(), AGENT) == "list-issued"
    assert desk.refuse(c.RuleOnFraud(upheld=True, text=f.ref()), f.SUPERVISOR) == "list-issued"
    assert desk.act(c.RuleOnFraud(upheld=False, text=f.ref()), f.SUPERVISOR)


def test_a_report_waits_while_what_it_is_about_is_withdrawn_and_is_ruled_on_once_it_is_back() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    ruling = c.RuleOnFraud(upheld=True, text=f.ref())
    desk.act(f.report_fraud(), f.OFFICER)
    desk.act(c.Withdraw(), AGENT)
    assert desk.refuse(ruling, f.SUPERVISOR) == "wrong-stage"
    assert "rule-on-fraud" not in [task.kind for task in tasks_of(desk.state)]
    desk.act(f.submit(), AGENT)
    assert "rule-on-fraud" in [task.kind for task in tasks_of(desk.state)]
    assert desk.act(ruling, f.SUPERVISOR)
