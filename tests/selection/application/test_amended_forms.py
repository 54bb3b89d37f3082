"""What a form that changed means for an application: who must look again is told, and nobody loses what they had."""

from datetime import datetime
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.decision.facts import Facts
from selection.forms.form import FormName
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.letter import Letter
from selection.process.task import OpenTask
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

UNFIT = Fitting(count=2, told=("extra missing", "form too-long"))
UNTIL = f.deadline("submission")


def change(
    name: FormName = "application", number: int = 1, until: datetime | None = UNTIL
) -> c.TakeFormChange:
    was, version = ("one-text", "one-text-2") if name == "application" else ("one-review", "one-review-2")
    return c.TakeFormChange(
        amendment=number, form_name=name, was=was, version=version, changed=("extra",), until=until
    )


def fitting(desk: Desk, found: Fitting) -> Desk:
    desk.world = desk.world.model_copy(update={"fitting": found})
    return desk


def list_awaited(desk: Desk, *kinds: str) -> list[OpenTask]:
    return [task for task in tasks_of(desk.state) if task.kind in kinds]


def letters(desk: Desk) -> list[tuple[str, str]]:
    found = (item for item in desk.sent if isinstance(item, Letter))
    return [(item.template, item.to) for item in found if "form-changed" in item.template]


def anew(**changes: Any) -> c.Submit:
    return f.submit(form_version="one-text-2", form=f.ref("anew"), **changes)


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.RECOMMENDED])
def test_whose_version_does_not_fit_is_told_where_and_until_when(stage: Stage) -> None:
    desk = fitting(paths.application_in(stage), UNFIT)
    (event,) = desk.act(change())
    assert event == e.ApplicationFormChanged(
        amendment=1,
        was="one-text",
        form_version="one-text-2",
        changed=("extra",),
        unfit=UNFIT.told,
        faults_count=2,
        people=("applicant-1",),
        until=UNTIL,
    )
    (task,) = list_awaited(desk, "submit-anew")
    assert (task.person, task.role, task.until) == ("applicant-1", Role.APPLICANT, UNTIL)
    assert letters(desk) == [("form-changed-anew", "applicant-1")]
    letter = desk.sent[-1]
    assert isinstance(letter, Letter)
    assert letter.params["unfit"] == "extra missing, form too-long"
    assert desk.state.stage is stage


def test_whose_version_fits_is_told_that_nothing_is_to_be_done() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    (event,) = desk.act(change())
    assert isinstance(event, e.ApplicationFormChanged)
    assert (event.people, event.unfit) == ((), ())
    assert list_awaited(desk, "submit-anew") == []
    assert letters(desk) == [("form-changed", "applicant-1")]


def test_a_new_version_ends_the_task_and_one_under_the_old_form_is_refused() -> None:
    desk = fitting(paths.application_in(Stage.SUBMITTED), UNFIT)
    desk.act(change())
    fitting(desk, Fitting(other="one-text-2"))
    assert desk.refuse(f.submit(staff=31), f.APPLICANT) == "form-changed"
    assert desk.leaves[-1].data["params"] == {"version": "one-text-2"}
    assert list_awaited(desk, "submit-anew")
    fitting(desk, Fitting()).act(anew(), f.APPLICANT)
    assert list_awaited(desk, "submit-anew") == []


def test_who_handed_in_the_new_version_meanwhile_is_asked_nothing() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    desk.act(anew(), f.APPLICANT)
    (event,) = fitting(desk, UNFIT).act(change())
    assert isinstance(event, e.ApplicationFormChanged)
    assert (event.people, event.faults_count) == ((), 0)


def test_nobody_is_shut_out_who_does_not_look_again() -> None:
    """What was handed in before a form changed goes its way, whatever the form asks since."""
    desk = fitting(paths.application_in(Stage.RECOMMENDED), UNFIT)
    desk.act(change())
    fitting(desk, Fitting())
    paths.lead_to(desk, Stage.ELIGIBLE)
    assert list_awaited(desk, "submit-anew") == []


def test_what_is_sent_back_is_mended_under_its_own_form() -> None:
    """Else an officer could change a form, and send back whoever does not fit it."""
    desk = fitting(paths.application_in(Stage.RECOMMENDED), UNFIT)
    desk.act(change())
    paths.lead_to(fitting(desk, Fitting()), Stage.CHECKING)
    desk.act(c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER)
    assert desk.refuse(c.Mend(submission=anew().submission), f.APPLICANT) == "form-changed"
    assert desk.leaves[-1].data["params"] == {"version": "one-text"}
    asked = []
    learn = desk.learn

    def note(request: Any) -> Facts:
        asked.append(request.filled)
        return learn(request)

    desk.learn = note  # type: ignore[method-assign]
    desk.act(c.Mend(submission=f.submission(staff=40)), f.APPLICANT)
    assert [item.held_to for item in asked if item is not None] == ["named"]


def reviewing(**panel: Any) -> Desk:
    desk = paths.application_in(Stage.REVIEW, f.terms(panel={**f.RULES_DATA["panel"], **panel}))
    for number in (1, 2):
        desk.act(f.accept(), f.actor(f.expert(number)))
    desk.act(f.review(), f.actor("expert-1"))
    return desk


def test_reviewers_look_again_who_have_accepted_and_not_those_who_are_only_invited() -> None:
    desk = reviewing()
    (event,) = desk.act(change("review"))
    assert isinstance(event, e.WorkFormChanged)
    assert list(event.people) == ["expert-1", "expert-2"]
    assert letters(desk) == [("review-form-changed", "expert-1"), ("work-form-changed", "expert-2")]
    (task,) = list_awaited(desk, "correct-review")
    assert (task.person, task.until) == ("expert-1", event.people["expert-1"])
    # Who has not reviewed has the task of the review itself.
    assert [item.person for item in list_awaited(desk, "review")] == ["expert-2"]


def test_a_correction_under_the_new_form_ends_the_task() -> None:
    desk = reviewing()
    desk.act(change("review"))
    correction = f.correct("21").with_(form=f.review_form(version="one-review-2"))
    desk.act(correction, f.actor("expert-1"))
    assert list_awaited(desk, "correct-review") == []
    (event,) = desk.act(change("review", 2))
    assert isinstance(event, e.WorkFormChanged)
    assert list(event.people) == ["expert-2"]


def test_who_may_not_correct_any_more_is_not_asked_to() -> None:
    desk = reviewing(corrections_max=0)
    (event,) = desk.act(change("review"))
    assert isinstance(event, e.WorkFormChanged)
    assert list(event.people) == ["expert-2"]


def test_that_the_score_is_fixed_shows_in_no_task() -> None:
    desk = reviewing()
    desk.act(change("review"))
    for number in range(3, 8):
        desk.act(f.accept(), f.actor(f.expert(number)))
    for number in range(2, 8):
        review = f.review().with_(form=f.review_form(version="one-review-2"))
        desk.act(review, f.actor(f.expert(number)))
    assert desk.state.stage is Stage.SCORED
    assert [task.person for task in list_awaited(desk, "correct-review")] == ["expert-1"]


@pytest.mark.parametrize(
    ("name", "stage", "who"),
    [("survey", Stage.SURVEY, "surveyor-1"), ("appraisal", Stage.APPRAISAL, "expert-1")],
)
def test_who_has_a_report_or_an_appraisal_in_hand_is_told(name: Any, stage: Stage, who: str) -> None:
    desk = paths.application_in(stage)
    if stage is Stage.SURVEY:
        desk.act(f.team(), f.OFFICER)
    else:
        desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    (event,) = desk.act(change(name))
    assert isinstance(event, e.WorkFormChanged)
    assert event.people == {who: UNTIL}
    assert letters(desk) == [("work-form-changed", who)]
    desk.act(change(name, 2, until=None))
    assert letters(desk)[-1] == ("work-form-changed-open", who)


@pytest.mark.parametrize("name", ["review", "survey", "appraisal"])
def test_where_nobody_has_it_in_hand_nobody_is_told(name: Any) -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    (event,) = desk.act(change(name))
    assert isinstance(event, e.WorkFormChanged)
    assert event.people == {}
    assert letters(desk) == []
