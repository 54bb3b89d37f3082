from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, Stage
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths

UNTIL = f.deadline("submission")
SECOND = timedelta(seconds=1)
STORED = f.list_stored(UNTIL - SECOND, "form", "applicant-pledge", "seals")


def make_application_submitted(revision: int = 1, **changes: Any) -> e.ApplicationSubmitted:
    return e.ApplicationSubmitted(
        round=f.ROUND,
        rules_hash=f.TERMS.rules_hash,
        revision=revision,
        submission=f.submission(),
        agent="applicant-1",
        officers=f.TERMS.officers,
        supervisors=f.TERMS.supervisors,
    ).model_copy(update=changes)


def test_the_first_version_makes_its_sender_the_agent() -> None:
    desk = paths.application()
    assert desk.act(f.submit(), f.APPLICANT) == (make_application_submitted(),)
    assert (desk.state.stage, desk.state.agent) == (Stage.SUBMITTED, "applicant-1")


def test_a_version_is_edited_and_the_recommendation_falls() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    edited = f.submission(priority="frontier")
    assert desk.act(c.Submit(submission=edited), f.APPLICANT) == (
        make_application_submitted(2, submission=edited),
    )
    assert (desk.state.stage, desk.state.unit, desk.state.recommended_revision) == (Stage.SUBMITTED, "", 0)


def test_an_application_is_withdrawn_and_submitted_again() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.act(c.Withdraw(), f.APPLICANT) == (e.ApplicationWithdrawn(),)
    assert desk.act(f.submit(), f.APPLICANT) == (make_application_submitted(2),)


def test_the_last_instant_is_in_time_and_the_deadline_is_late() -> None:
    assert paths.application().act(f.submit(), f.APPLICANT, UNTIL - timedelta(microseconds=1))
    assert paths.application().refuse(f.submit(), f.APPLICANT, UNTIL) == "late"
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.refuse(c.Withdraw(), f.APPLICANT, UNTIL) == "late"


def test_what_was_stored_in_time_may_come_within_the_grace() -> None:
    desk = paths.application(contents=STORED)
    events = desk.act(f.submit(), f.APPLICANT, UNTIL + f.TERMS.grace - SECOND)
    assert events == (make_application_submitted(stored_before=UNTIL - SECOND),)


def test_the_grace_saves_nothing_that_was_stored_late() -> None:
    desk = paths.application(contents=STORED | f.list_stored(UNTIL, "seals"))
    assert desk.refuse(f.submit(), f.APPLICANT, UNTIL + SECOND) == "late"


def test_after_the_grace_all_is_late() -> None:
    desk = paths.application(contents=STORED)
    assert desk.refuse(f.submit(), f.APPLICANT, UNTIL + f.TERMS.grace) == "late"


def test_an_extension_that_was_never_told_is_read_by_the_act_that_looks_late() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    paths.extend(desk, "submission", UNTIL + f.DAY)
    assert desk.act(c.Withdraw(), f.APPLICANT, UNTIL + SECOND) == (e.ApplicationWithdrawn(),)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"field": "museums"}, "unknown-value"),
        ({"region": "CN-XX"}, "unknown-value"),
        ({"priority": "none"}, "unknown-value"),
        ({"region": "CN-SH"}, "unknown-value"),
        ({"avoid": ("expert-1", "expert-2", "expert-3", "expert-4")}, "too-many"),
        ({"co_builders": (f.unit(),)}, "unknown-value"),
        ({"co_builders": (f.unit("91-p", region="CN-XX"),)}, "unknown-value"),
        ({"staff": 10**20}, "unreadable"),
        ({"fund_yuan": "-1"}, "unreadable"),
    ],
)
def test_a_version_outside_the_rules_is_refused(changes: dict[str, Any], code: str) -> None:
    body = f.submit().model_dump(mode="json")
    body["submission"] |= {
        key: [asdict(unit) for unit in value] if key == "co_builders" else value
        for key, value in changes.items()
    }
    assert paths.application().refuse(body, f.APPLICANT) == code


def test_the_same_version_twice_is_done_already() -> None:
    assert paths.application_in(Stage.SUBMITTED).refuse(f.submit(), f.APPLICANT) == "already-done"


@pytest.mark.parametrize("who", ["applicant-3", "applicant-9", "recommender-1"])
def test_only_a_registered_agent_of_the_host_may_submit(who: str) -> None:
    assert paths.application().refuse(f.submit(), f.actor(who, Role.APPLICANT)) == "not-entitled"


def test_a_colleague_is_not_the_agent() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.refuse(c.Withdraw(), f.actor("applicant-2")) == "not-entitled"
    assert desk.refuse(c.Withdraw(), f.OFFICER) == "not-entitled"


def test_an_edit_cannot_change_the_host() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.refuse(f.submit(host=f.unit("91-other")), f.APPLICANT) == "unknown-value"


def test_without_sealed_rules_nothing_is_decided() -> None:
    desk = paths.application()
    desk.world = desk.world.model_copy(update={"terms": None})
    assert desk.refuse(f.submit(), f.APPLICANT) == "unknown-round"


def test_a_recommendation_of_the_present_version_is_taken() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    taken = e.RecommendationTaken(unit="bj", revision=1, agent="recommender-1")
    assert desk.act(f.take()) == (taken,)
    assert desk.state.hands["recommender"] == ("recommender-1",)


def test_a_recommendation_of_another_version_is_refused() -> None:
    assert paths.application_in(Stage.SUBMITTED).refuse(f.take(2)) == "version-changed"


def test_nobody_recommends_an_application_of_their_own() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.refuse(f.take(agent="applicant-1")) == "same-employer"
    assert desk.refuse(f.take(agent="officer-2")) == "same-hands"


def test_one_application_uses_one_route() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    assert desk.refuse(f.take(unit="unit-1")) == "other-route"
    assert desk.refuse(f.take()) == "already-done"


def test_a_province_recommends_its_own_region_only() -> None:
    elsewhere = f.terms().model_copy(update={"unit_regions": {"bj": "CN-SD"}})
    desk = paths.application_in(Stage.SUBMITTED, elsewhere)
    assert desk.refuse(f.take()) == "other-region"
    assert desk.act(f.take(unit="unit-1"))


def test_only_the_engine_carries_a_recommendation_over() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    assert desk.refuse(f.take(), f.RECOMMENDER) == "not-entitled"
    assert desk.refuse(f.take(), f.actor("recommender-1", Role.SYSTEM)) == "not-entitled"


def test_a_withdrawn_recommendation_is_released() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    assert desk.refuse(c.ReleaseRecommendation(unit="unit-1")) == "not-listed"
    assert desk.act(c.ReleaseRecommendation(unit="bj")) == (e.RecommendationReleased(unit="bj"),)
    assert desk.state.stage is Stage.SUBMITTED


@pytest.mark.parametrize("stage", [Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE])
def test_a_withdrawal_that_comes_after_the_check_opened_ends_the_application(stage: Stage) -> None:
    desk = paths.application_in(stage)
    lapsed = e.ApplicationLapsed(outcome="not-recommended", deadline=f.deadline("recommendation"))
    released = e.RecommendationReleased(unit="bj")
    assert desk.act(c.ReleaseRecommendation(unit="bj")) == (released, lapsed)
    assert desk.state.outcome == Outcome.NOT_RECOMMENDED.value
    assert (desk.state.unit, tasks_of(desk.state)) == ("", ())
    assert desk.wait(desk.now + 60 * f.DAY) == ()


def test_a_panel_that_is_seated_is_not_undone_by_a_withdrawal() -> None:
    assert paths.application_in(Stage.REVIEW).refuse(c.ReleaseRecommendation(unit="bj")) == "wrong-stage"


def test_without_recommendation_an_application_ends_at_the_deadline() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    until = f.deadline("recommendation")
    assert desk.wait(until + f.TERMS.grace - SECOND) == ()
    lapsed = e.ApplicationLapsed(outcome="not-recommended", deadline=until)
    assert desk.wait(until + f.TERMS.grace) == (lapsed,)
    assert desk.leaves[-1].at == until
    assert desk.refuse(f.submit(), f.APPLICANT) == "ended"


def test_a_withdrawn_application_ends_at_the_submission_deadline() -> None:
    desk = paths.application_in(Stage.WITHDRAWN)
    lapsed = e.ApplicationLapsed(outcome="withdrawn", deadline=UNTIL)
    assert desk.wait(UNTIL + f.TERMS.grace) == (lapsed,)


def test_the_check_opens_at_the_recommendation_deadline_in_force() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    until = f.deadline("recommendation") + f.DAY
    paths.extend(desk, "recommendation", until)
    assert desk.wait(until) == ()
    assert desk.wait(until + f.TERMS.grace) == (e.CheckOpened(deadline=until),)


@pytest.mark.parametrize("kind", ["erase", "", None, 7, ["submit"], {"submit": 1}])
def test_an_unknown_act_is_refused(kind: Any) -> None:
    assert paths.application().refuse({"kind": kind}, f.APPLICANT) == "unknown-command"


def test_an_act_that_cannot_be_read_is_refused_by_its_places() -> None:
    desk = paths.application()
    assert desk.refuse({"kind": "submit", "submission": {"field": "canary"}}, f.APPLICANT) == "unreadable"
    assert "canary" not in str(desk.leaves[-1].data)
