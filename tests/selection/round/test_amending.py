"""A form changes in the midst of a round: while everyone can still fill in the new version, and never in secret."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from selection.forms.built_in import ONE_REVIEW
from selection.forms.changing.field_map import FieldMap
from selection.forms.form import Form, FormName
from selection.forms.one_text import ONE_TEXT
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.process.letter import Letter
from selection.refusals.refused import Refused
from selection.rooms import LEAST_ASSURANCE
from selection.round import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk

NEW = f.change_form(ONE_TEXT)
SURVEY = Form.model_validate(
    {
        "version": "survey-1",
        "en": "Report",
        "zh": "报告",
        "sections": [
            {
                "code": "s",
                "en": "s",
                "zh": "s",
                "fields": [{"code": "note", "kind": "text", "en": "Note", "zh": "说明"}],
            }
        ],
    }
)
WITH_FORMS = f.rules(forms={"survey": SURVEY, "appraisal": SURVEY, "objection": SURVEY, "opinion": SURVEY})


def call(stage: RoundStage = RoundStage.CALL) -> Desk:
    return paths.round_in(stage)


def refusal(desk: Desk, command: Any, at: datetime | None = None) -> tuple[str, dict[str, str]]:
    try:
        desk.act(command, f.OFFICER, at)
    except Refused as refused:
        return refused.code, refused.params
    raise AssertionError("not refused")


def test_a_new_version_is_in_force_from_there_on_with_its_map_and_its_reason() -> None:
    desk = call()
    (event,) = desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    assert isinstance(event, e.FormAmended)
    assert (event.number, event.form_name, event.was, event.form_version) == (
        1,
        "application",
        "one-text",
        "one-text-2",
    )
    assert event.definition == NEW.model_dump(mode="json")
    assert event.by.fields == {code: code for code in ONE_TEXT.by_code}
    assert event.by.added == ("extra",)
    assert event.until == f.deadline("submission")
    assert event.reason == f.ref("reason")
    assert desk.state.forms.find("application") == NEW
    assert desk.state.forms.find_version("application", "one-text") == ONE_TEXT
    assert desk.state.batch == "amend-application/1"
    assert desk.refold() == desk.state


def test_staff_are_told_and_two_have_to_sign() -> None:
    desk = call()
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    letters = [item for item in desk.sent if isinstance(item, Letter)]
    told = {letter.to for letter in letters if letter.template == "form-amended"}
    assert told == {"officer-1", "officer-2", "supervisor-1", "supervisor-2", "auditor-1"}
    assert LEAST_ASSURANCE["amend-form"] is Assurance.SIGNED_BY_TWO


def test_only_an_officer_changes_a_form() -> None:
    desk = call()
    command = f.amend_form(ONE_TEXT, NEW)
    assert desk.refuse(command, f.SUPERVISOR) == "not-entitled"
    assert desk.refuse(command, f.actor("officer-3")) == "not-entitled"


def test_one_change_is_carried_out_before_the_next() -> None:
    desk = call()
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    third = f.change_form(NEW, "third", required=False)
    assert desk.refuse(f.amend_form(NEW, third), f.OFFICER) == "decision-under-way"
    paths.carry_out(desk)
    desk.act(f.amend_form(NEW, third), f.OFFICER)
    assert desk.state.forms.find("application") == third


def test_a_version_that_was_once_is_never_another_one() -> None:
    desk = call()
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    paths.carry_out(desk)
    again = f.change_form(NEW, "one-text")
    assert desk.refuse(f.amend_form(NEW, again), f.OFFICER) == "form-version-taken"
    assert desk.refuse(f.amend_form(NEW, NEW), f.OFFICER) == "form-version-taken"


def test_who_looked_at_another_version_changes_nothing() -> None:
    desk = call()
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    paths.carry_out(desk)
    code, params = refusal(desk, f.amend_form(ONE_TEXT, f.change_form(ONE_TEXT, "mine")))
    assert (code, params) == ("form-changed", {"version": "one-text-2"})


def test_the_days_of_the_rules_are_left_to_fill_it_in() -> None:
    """Nobody is shut out by a form that changes the evening before."""
    until = f.deadline("submission")
    last = until - timedelta(days=5, seconds=1)
    desk = call()
    code, params = refusal(desk, f.amend_form(ONE_TEXT, NEW), until - timedelta(days=5))
    assert code == "form-too-late"
    assert params["days"] == "5"
    call().act(f.amend_form(ONE_TEXT, NEW), f.OFFICER, last)
    longer = c.ExtendDeadline(
        cause="organiser", name="submission", until=f.RULES.calendar.recommendation, reason=f.ref()
    )
    desk.act(longer, f.OFFICER)
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)


def test_after_the_deadline_the_application_form_stays() -> None:
    assert refusal(call(), f.amend_form(ONE_TEXT, NEW), f.deadline("submission"))[0] == "form-too-late"
    checking = call(RoundStage.CHECKING)
    assert refusal(checking, f.amend_form(ONE_TEXT, NEW))[0] == "form-too-late"


@pytest.mark.parametrize("stage", [RoundStage.CALL, RoundStage.DRAWING, RoundStage.REVIEW])
def test_the_review_form_may_change_until_a_score_is_fixed(stage: RoundStage) -> None:
    command = f.amend_form(ONE_REVIEW, f.change_form(ONE_REVIEW), "review")
    desk = call(stage)
    desk.world = desk.world.model_copy(update={"used": 1})
    assert refusal(desk, command) == ("form-used", {"count": "1"})
    desk.world = desk.world.model_copy(update={"used": 0})
    desk.act(command, f.OFFICER)
    assert desk.state.batch == "amend-review/1"


@pytest.mark.parametrize(
    ("name", "batch"),
    [
        ("opinion", ""),
        ("survey", "amend-survey/1"),
        ("appraisal", "amend-appraisal/1"),
        ("objection", ""),
    ],
)
def test_every_other_form_changes_by_the_same_act(name: FormName, batch: str) -> None:
    desk = paths.round_desk(terms=None)
    desk.act(f.open_round(WITH_FORMS), f.OFFICER)
    desk.act(f.amend_form(SURVEY, f.change_form(SURVEY, "survey-2", required=False), name), f.OFFICER)
    assert desk.state.batch == batch
    found = desk.state.forms.find(name)
    assert found is not None
    assert found.version == "survey-2"


def test_no_form_comes_in_the_midst_of_a_round() -> None:
    assert (
        refusal(call(), f.amend_form(SURVEY, f.change_form(SURVEY, "s-2"), "survey"))[0] == "form-not-asked"
    )


def narrow_form() -> Form:
    data = NEW.model_dump(mode="json")
    fields = data["sections"][0]["fields"]
    at = next(number for number, field in enumerate(fields) if field["code"] == "host")
    fields[at] = {**fields[at], "schemes": ["uscc"]}
    return Form.model_validate(data)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"definition": {"version": "x"}}, "form-faulty"),
        ({"definition": {**NEW.model_dump(mode="json"), "canary": 1}}, "form-faulty"),
        ({"form_hash": "0" * 64}, "form-unsealed"),
        ({"by": FieldMap(fields={}, added=())}, "form-map-incomplete"),
    ],
)
def test_what_is_no_form_or_no_map_is_refused_without_repeating_it(change: Any, code: str) -> None:
    desk = call()
    assert refusal(desk, f.amend_form(ONE_TEXT, NEW, **change))[0] == code
    assert "canary" not in str(desk.leaves[-1].data)


def test_a_form_is_not_narrowed_where_the_rules_decide() -> None:
    """Whoever is of another scheme, kind or size would be shut out by it."""
    assert refusal(call(), f.amend_form(ONE_TEXT, narrow_form())) == (
        "form-entry-changed",
        {"fields": "host"},
    )


def test_a_field_of_another_kind_and_a_faulty_form_are_refused() -> None:
    data = NEW.model_dump(mode="json")
    fields = data["sections"][0]["fields"]
    other = [{**field, "kind": "date"} if field["code"] == "extra" else field for field in fields]
    new = Form.model_validate(
        {**data, "version": "3", "sections": [{**data["sections"][0], "fields": other}]}
    )
    desk = call()
    desk.act(f.amend_form(ONE_TEXT, NEW), f.OFFICER)
    paths.carry_out(desk)
    assert refusal(desk, f.amend_form(NEW, new)) == ("form-map-other-kind", {"fields": "extra"})
    without = [field for field in fields if field["code"] != "pledge"]
    faulty = Form.model_validate(
        {**data, "version": "4", "sections": [{**data["sections"][0], "fields": without}]}
    )
    assert refusal(desk, f.amend_form(NEW, faulty))[0] == "form-faulty"
