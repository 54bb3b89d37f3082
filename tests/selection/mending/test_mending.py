"""What mending keeps: the answers that the form says, each time as in the version before it."""

from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.application.check.decide import ask_about_mended
from selection.application.submission import get_form
from selection.forms.handed_in import FAULTS_NAMED, Fitting, name_questions
from selection.forms.one_text import ONE_TEXT
from selection.kernel.named import Named
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.wording.refusals import render_refusal
from tests import factories as f, paths
from tests.chance.acting import scheme_without
from tests.desk import Desk

DIRECTION = Named(code="direction", en="Research direction", zh="研究方向")
PLAN = Named(code="plan", en="Plan", zh="建设方案")
BACK = c.SendBack(faults=("evidence-unclear",), text=f.ref())
UNRECOMMENDED = f.terms(**scheme_without(frozenset({"recommendation"}), []))


def mend(desk: Desk, *changed: Named, **changes: Any) -> Refused | None:
    """Hand in a mended version of which the record finds these answers changed; return why it is refused."""
    desk.world = desk.world.with_(fitting=Fitting(changed=name_questions(changed)))
    try:
        desk.act(c.Mend(submission=f.submission(**changes)), f.APPLICANT)
    except Refused as refused:
        return refused
    return None


def test_an_answer_that_stays_is_not_mended() -> None:
    desk = paths.application_in(Stage.MENDING)
    refused = mend(desk, DIRECTION, PLAN, staff=31)
    assert refused is not None
    assert refused.code == "answers-kept"
    assert refused.params == {
        "version": "1",
        "questions": "Research direction; Plan",
        "questions_zh": "研究方向；建设方案",
    }
    assert desk.state.stage == Stage.MENDING
    assert mend(desk, staff=31) is None
    assert desk.state.revision == 2


def test_whoever_is_refused_reads_which_questions_in_their_language() -> None:
    refused = mend(paths.application_in(Stage.MENDING), DIRECTION, PLAN)
    assert refused is not None
    english, chinese = (render_refusal(refused.code, refused.params, language) for language in ("en", "zh"))
    assert "stay in mending as they were handed in: Research direction; Plan." in english
    assert "保持不变：研究方向；建设方案。" in chinese
    assert "version 1" in english
    assert "第 1 版" in chinese


def test_of_many_questions_the_first_are_named() -> None:
    many = tuple(Named(code=f"q{number}", en=f"Q{number}", zh=f"问{number}") for number in range(30))
    refused = mend(paths.application_in(Stage.MENDING), *many)
    assert refused is not None
    assert refused.params["questions"].endswith(f"; Q{FAULTS_NAMED - 1}; …")
    assert refused.params["questions_zh"].endswith("；……")


def test_what_does_not_fit_is_told_before_what_was_changed() -> None:
    desk = paths.application_in(Stage.MENDING)
    desk.world = desk.world.with_(
        fitting=Fitting(count=1, told=("form missing",), changed=name_questions((PLAN,)))
    )
    assert desk.refuse(c.Mend(submission=f.submission()), f.APPLICANT) == "answers-unfit"


def ask(desk: Desk, **changes: Any) -> Any:
    """What a decision on a mended version asks of its form, and of which version before it."""
    command = c.Mend(submission=f.submission(**changes))
    return ask_about_mended(desk.state, f.APPLICANT, command, desk.now, desk.world)


def test_the_version_in_force_is_what_it_is_compared_with_under_its_own_form() -> None:
    desk = paths.application_in(Stage.MENDING)
    asked = ask(desk, staff=31)
    assert asked.before == get_form(desk.state.submission)
    assert (asked.filled.held_to, asked.filled.version) == ("named", "one-text")


def test_each_mending_is_compared_with_the_one_before_so_that_none_leads_away_in_two_steps() -> None:
    twice = paths.application_in(Stage.MENDING, f.terms(check={"mend_at_most": 2}))
    first = twice.state.submission
    assert mend(twice, form=f.ref("blank")) is None
    twice.act(BACK, f.OFFICER)
    assert ask(twice).before == get_form(f.submission(form=f.ref("blank"))) != get_form(first)
    refused = mend(twice, PLAN)
    assert refused is not None
    assert refused.params["version"] == "2"


def test_without_recommendations_it_is_what_stood_when_it_was_handed_in() -> None:
    desk = paths.application(UNRECOMMENDED)
    desk.act(f.submit(), f.APPLICANT)
    desk.act(f.submit(form=f.ref("blank")), f.APPLICANT)
    paths.lead_to(desk, Stage.SUBMITTED)
    desk.wait(UNRECOMMENDED.deadlines["submission"] + f.DAY)
    assert desk.state.stage is Stage.CHECKING
    desk.act(BACK, f.OFFICER)
    assert ask(desk).before == get_form(f.submission(form=f.ref("blank")))
    refused = mend(desk, PLAN)
    assert refused is not None
    assert refused.code == "answers-kept"


def test_a_new_version_before_the_deadline_changes_whatever_it_likes() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    desk.world = desk.world.with_(fitting=Fitting(changed=name_questions((PLAN,))))
    (event,) = desk.act(f.submit(form=f.ref("blank")), f.APPLICANT)
    assert isinstance(event, e.ApplicationSubmitted)


@pytest.mark.parametrize("handed_in", ["one-text", "one-text-2"])
def test_no_officer_frees_an_answer_by_another_form(handed_in: str) -> None:
    """In the check the form changes no more; and a mended version keeps the form that it was handed in under."""
    desk = paths.application(f.TERMS)
    desk.act(f.submit(form_version=handed_in), f.APPLICANT)
    paths.lead_to(desk, Stage.CHECKING).act(BACK, f.OFFICER)
    other = "one-text" if handed_in == "one-text-2" else "one-text-2"
    refused = mend(desk, form_version=other)
    assert refused is not None
    assert (refused.code, refused.params) == ("form-changed", {"version": handed_in})
    checking = paths.round_in(RoundStage.CHECKING)
    freed = f.amend_form(ONE_TEXT, f.change_form(ONE_TEXT))
    assert checking.refuse(freed, f.OFFICER) == "form-too-late"
