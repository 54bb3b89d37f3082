from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.kernel.stages import Stage
from selection.rules.grounds import DETECTED
from tests import factories as f, paths
from tests.desk import Desk


def checking(**changes: Any) -> Desk:
    desk = paths.application()
    desk.act(f.submit(**changes), f.APPLICANT)
    return paths.lead_to(desk, Stage.CHECKING)


def test_a_fault_is_sent_back_with_a_date_and_mended() -> None:
    desk = checking()
    until = f.TERMS.after(desk.now, 10)
    back = c.SendBack(faults=("seals-missing",), text=f.ref())
    assert desk.act(back, f.OFFICER) == (e.SentBack(faults=("seals-missing",), text=f.ref(), until=until),)
    mended = f.submission(evidence=(f.ref("more"),))
    assert desk.act(c.Mend(submission=mended), f.APPLICANT) == (
        e.ApplicationMended(revision=2, submission=mended),
    )
    assert desk.state.stage is Stage.CHECKING
    assert desk.refuse(back, f.OFFICER) == "sent-back-once"


def test_a_version_that_is_not_mended_in_time_is_decided_on_as_it_is() -> None:
    desk = paths.application_in(Stage.MENDING)
    until = desk.state.until
    assert desk.wait(until + f.TERMS.grace) == (e.MendingLapsed(deadline=until),)
    assert desk.leaves[-1].at == until
    assert desk.refuse(c.Mend(submission=f.submission()), f.APPLICANT) == "wrong-stage"


def test_mending_late_is_refused_even_within_the_grace() -> None:
    desk = paths.application_in(Stage.MENDING)
    assert desk.refuse(c.Mend(submission=f.submission()), f.APPLICANT, desk.state.until) == "late"


def test_mending_with_what_was_stored_in_time_counts_within_the_grace() -> None:
    desk = paths.application_in(Stage.MENDING)
    until = desk.state.until
    stored = f.list_stored(until - f.DAY, "form", "applicant-pledge", "seals")
    desk.world = desk.world.with_(contents=stored)
    (event,) = desk.act(c.Mend(submission=f.submission()), f.APPLICANT, until)
    assert event == e.ApplicationMended(revision=2, submission=f.submission(), stored_before=until - f.DAY)


def test_mending_changes_neither_host_nor_partners() -> None:
    desk = paths.application_in(Stage.MENDING)
    assert desk.refuse(c.Mend(submission=f.joint()), f.APPLICANT) == "unknown-value"
    assert desk.refuse(c.Mend(submission=f.submission(field="museums")), f.APPLICANT) == "unknown-value"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name_en": "Another centre"}, "name_en"),
        ({"name_zh": "另一中心"}, "name_zh"),
        ({"field": "tourism"}, "field"),
        ({"priority": "frontier"}, "priority"),
        ({"host": f.unit(f.HOST, kind="university")}, "units"),
        # Whom a tie binds to one of the team would judge it again.
        ({"team": ("expert-3",)}, "team"),
        ({"avoid": ("expert-4",)}, "avoid"),
    ],
)
def test_mending_changes_nothing_that_the_recommendation_rested_on(
    changes: dict[str, Any], place: str
) -> None:
    desk = paths.application_in(Stage.MENDING)
    assert desk.refuse(c.Mend(submission=f.submission(**changes)), f.APPLICANT) == "mended-otherwise"
    assert desk.leaves[-1].data["params"] == {"places": place}


def test_a_warning_is_not_ruled_on_without_a_reason() -> None:
    desk = checking(seals=None)
    silent = c.PassCheck(revision=1, rulings=("seals-missing",))
    assert desk.refuse(silent, f.OFFICER) == "missing"
    assert desk.act(silent.with_(text=f.ref()), f.OFFICER)


def test_what_has_no_warning_passes() -> None:
    desk = checking()
    assert desk.act(c.PassCheck(revision=1), f.OFFICER) == (e.CheckPassed(),)
    assert desk.state.hands["officer"] == ("officer-1",)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"seals": None}, "seals-missing"),
        ({"co_builders": (f.unit("91-p", "university"),)}, "agreement-missing"),
        ({"co_builders": (f.unit("91-p"),), "agreement": f.ref()}, "same-kind-bid"),
        ({"staff": 3}, "staff-below-minimum"),
        ({"fund_yuan": "5.50"}, "fund-below-minimum"),
    ],
)
def test_a_person_rules_on_each_warning(changes: dict[str, Any], ground: str) -> None:
    check = {"min_staff": 10, "min_fund": "6"}
    complete = {"fund_yuan": "1000000", **changes}
    desk = paths.application(f.terms(check=check))
    desk.act(f.submit(**complete), f.APPLICANT)
    paths.lead_to(desk, Stage.CHECKING)
    assert desk.refuse(c.PassCheck(revision=1), f.OFFICER) == "missing"
    rulings = (ground, *(("co-builder-unconfirmed",) if "co_builders" in changes else ()))
    ruled = c.PassCheck(revision=1, rulings=rulings, text=f.ref())
    assert desk.act(ruled, f.OFFICER) == (e.CheckPassed(rulings=rulings, text=f.ref()),)


def test_a_person_rules_an_application_out() -> None:
    desk = checking()
    fail = c.FailCheck(revision=1, grounds=("direction-held",), text=f.ref())
    assert desk.act(fail, f.OFFICER) == (e.CheckFailed(grounds=("direction-held",), text=f.ref()),)
    assert desk.state.outcome == "ineligible"


def test_a_ruling_on_another_version_is_refused() -> None:
    desk = checking()
    assert desk.refuse(c.PassCheck(revision=2), f.OFFICER) == "version-changed"
    fail = c.FailCheck(revision=2, grounds=("direction-held",), text=f.ref())
    assert desk.refuse(fail, f.OFFICER) == "version-changed"


def test_grounds_come_from_the_list() -> None:
    desk = checking()
    assert desk.refuse(c.PassCheck(revision=1, rulings=("mood",)), f.OFFICER) == "ground-unlisted"
    assert desk.refuse(c.SendBack(faults=("mood",), text=f.ref()), f.OFFICER) == "ground-unlisted"
    fail = c.FailCheck(revision=1, grounds=("mood",), text=f.ref())
    assert desk.refuse(fail, f.OFFICER) == "ground-unlisted"
    listed = ", ".join(ground.code for ground in f.RULES.check.every_ground)
    assert desk.leaves[-1].data["params"] == {"listed": listed}


OWN = {
    "grounds": [
        {"code": "mood", "en": "a mood", "zh": "情绪", "mend": False},
        {"code": "seals-missing", "en": "no stamp", "zh": "无印章", "rule": False},
    ]
}
"""Grounds of another scheme: one of its own that cannot be mended, one of the engine's that nobody rules on."""


def checking_by(check: dict[str, Any], **changes: Any) -> Desk:
    desk = paths.application(f.terms(check=check))
    desk.act(f.submit(**changes), f.APPLICANT)
    return paths.lead_to(desk, Stage.CHECKING)


def test_a_scheme_has_grounds_of_its_own() -> None:
    desk = checking_by(OWN)
    fail = c.FailCheck(revision=1, grounds=("evidence-unclear",), text=f.ref())
    assert desk.refuse(fail, f.OFFICER) == "ground-unlisted"
    fail = c.FailCheck(revision=1, grounds=("mood",), text=f.ref())
    assert desk.act(fail, f.OFFICER) == (e.CheckFailed(grounds=("mood",), text=f.ref()),)


def test_what_cannot_be_mended_is_not_sent_back() -> None:
    desk = checking_by(OWN)
    back = c.SendBack(faults=("seals-missing", "mood"), text=f.ref())
    assert desk.refuse(back, f.OFFICER) == "ground-not-mendable"
    assert desk.leaves[-1].data["params"] == {"grounds": "mood"}


def test_no_ruling_lets_pass_what_the_rules_let_nobody_rule_on() -> None:
    desk = checking_by(OWN, seals=None)
    for rulings in ((), ("seals-missing",)):
        passed = c.PassCheck(revision=1, rulings=rulings)
        assert desk.refuse(passed, f.OFFICER) == "ground-not-ruled"
    assert desk.act(c.SendBack(faults=("seals-missing",), text=f.ref()), f.OFFICER)
    desk.act(c.Mend(submission=f.submission()), f.APPLICANT)
    assert desk.act(c.PassCheck(revision=2), f.OFFICER) == (e.CheckPassed(),)
    assert desk.refuse(c.PassCheck(revision=2, rulings=("seals-missing",)), f.OFFICER) == "wrong-stage"


def test_what_the_engine_finds_by_itself_stays_listed() -> None:
    terms = f.terms(check={"grounds": []})
    assert [ground.code for ground in terms.check.grounds] == list(DETECTED)
    own = f.terms(check=OWN).check.grounds
    assert [ground.code for ground in own[:2]] == ["mood", "seals-missing"]
    assert own[1].name_in("zh") == "无印章"
    assert sorted(ground.code for ground in own[1:]) == sorted(DETECTED)


def test_only_the_rounds_officers_check() -> None:
    desk = checking()
    assert desk.refuse(c.PassCheck(revision=1), f.actor("officer-3")) == "not-entitled"
    assert desk.refuse(c.PassCheck(revision=1), f.SUPERVISOR) == "not-entitled"


def test_an_officer_of_the_round_does_not_apply_in_it() -> None:
    people = f.people() | {"officer-1": f.person("officer-1", "officer", "applicant", employer=f.HOST)}
    desk = paths.application(people=people)
    assert desk.refuse(f.submit(), f.actor("officer-1", "applicant")) == "same-hands"
