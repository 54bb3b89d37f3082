"""Faults of a form itself, as they would be found in a rules file."""

from typing import Any

import pytest

from selection.forms.choices import Choices
from selection.forms.definition import SENTENCES, find_definition_faults
from selection.forms.form import Form, Forms
from selection.forms.one_text import ONE_TEXT
from starter.demo.example import load_example
from tests.factories import RULES

CHOICES: Choices = RULES
NAMES = {"en": "e", "zh": "中"}
OPTIONS = [{"code": "yes", **NAMES}, {"code": "no", **NAMES}]
CHOICE = {"code": "on", "kind": "choice", "options": OPTIONS}
TEXT = {"code": "a", "kind": "text"}
SHOWN = {"field": "on", "one_of": ["yes"]}


def form(*fields: dict[str, Any]) -> Form:
    named = [{**NAMES, **field} for field in fields]
    return Form.model_validate(
        {"version": "v1", **NAMES, "sections": [{"code": "s", **NAMES, "fields": named}]}
    )


def faults(*fields: dict[str, Any], of: str = "review") -> list[tuple[str, str]]:
    found = find_definition_faults(Forms.model_validate({of: form(*fields)}), CHOICES)
    return [(fault.path.removeprefix(f"{of}.sections[0].fields"), fault.code) for fault in found]


def column(**field: Any) -> dict[str, Any]:
    return {"code": "t", "kind": "table", "columns": [{**TEXT, **NAMES, **field}]}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ([TEXT, TEXT], ("[1].code", "duplicate_code")),
        ([{**TEXT, "shown": SHOWN}], ("[0].shown.field", "form_not_a_choice")),
        (
            [TEXT, {**TEXT, "code": "b", "shown": {**SHOWN, "field": "a"}}],
            ("[1].shown.field", "form_not_a_choice"),
        ),
        ([{**CHOICE, "personal": True}, {**TEXT, "shown": SHOWN}], ("[1].shown.field", "form_not_a_choice")),
        (
            [CHOICE, {**TEXT, "shown": {**SHOWN, "one_of": ["what"]}}],
            ("[1].shown.one_of", "form_unknown_option"),
        ),
        ([{**CHOICE, "shown": SHOWN}], ("[0].shown", "form_circle")),
        ([{**CHOICE, "options": []}], ("[0]", "form_no_options")),
        ([{**CHOICE, "of": "fields"}], ("[0]", "form_no_options")),
        ([{**TEXT, "words": 5, "least_words": 6}], ("[0]", "form_limits_crossed")),
        ([{"code": "n", "kind": "number", "least": 2, "most": 1}], ("[0]", "form_limits_crossed")),
        ([{"code": "n", "kind": "number", "most": "1.5"}], ("[0]", "form_whole_limits")),
        ([{**TEXT, "public": True}], ("[0].public", "form_public_unfit")),
        ([{"code": "p", "kind": "file", "personal": True}], ("[0].personal", "form_file_personal")),
        ([{**TEXT, "entry": "name_en"}], ("[0].entry", "form_entry_unfit")),
        ([column(entry="name_en")], ("[0].columns[0]", "form_in_table")),
        ([column(shown=SHOWN)], ("[0].columns[0]", "form_in_table")),
        ([column(told=True)], ("[0].columns[0]", "form_in_table")),
        ([column(public=True)], ("[0].columns[0]", "form_in_table")),
        ([column(kept=True)], ("[0].columns[0]", "form_in_table")),
        ([{"code": "p", "kind": "people", "told": True}], ("[0].told", "form_told_unfit")),
        ([{**TEXT, "told": True, "personal": True}], ("[0].told", "form_told_unfit")),
        ([{"code": "p", "kind": "person", "told": True}], ("[0].told", "form_told_unfit")),
        ([{"code": "p", "kind": "file", "told": True}], ("[0].told", "form_told_unfit")),
        ([column(kind="file") | {"told": True}], ("[0].told", "form_told_unfit")),
        ([column(personal=True) | {"told": True}], ("[0].told", "form_told_unfit")),
        ([CHOICE, {**TEXT, "shown": SHOWN, "told": True}], ("[1].shown.field", "form_told_shown")),
        ([{**TEXT, "code": "scores"}], ("[0].code", "form_code_taken")),
    ],
)
def test_each_fault_is_named_at_its_place(fields: list[dict[str, Any]], found: tuple[str, str]) -> None:
    assert found in faults(*fields)


def test_a_circle_of_two_is_found() -> None:
    first = {**CHOICE, "code": "first", "shown": {"field": "second", "one_of": ["yes"]}}
    second = {**CHOICE, "code": "second", "shown": {"field": "first", "one_of": ["yes"]}}
    assert faults(first, second) == [("[0].shown", "form_circle"), ("[1].shown", "form_circle")]


def test_an_application_form_fills_what_the_rules_decide_on() -> None:
    sound = Forms(application=ONE_TEXT)
    assert list(find_definition_faults(sound, CHOICES)) == []
    found = faults(TEXT, of="application")
    assert found == [("application.sections", "form_entry_missing")]
    found = faults({**TEXT, "entry": "host", "personal": True}, of="application")
    assert ("[0].entry", "form_entry_kind") in found
    assert ("[0].entry", "form_entry_personal") in found


def test_where_rules_have_no_priorities_a_form_need_not_ask_for_one() -> None:
    asked = [field.model_dump() for field in ONE_TEXT.fields() if field.entry != "priority"]
    without = Forms(application=form(*asked))
    none = load_example("grant").rules
    found = [(fault.code, fault.params) for fault in find_definition_faults(without, CHOICES)]
    assert found == [("form_entry_missing", {"entry": "priority"})]
    assert list(find_definition_faults(without, none)) == []


def test_sentences_stand_in_both_languages() -> None:
    assert all(english.isascii() and not chinese.isascii() for english, chinese in SENTENCES.values())


def test_only_a_review_tells_the_applicant() -> None:
    for name in ("opinion", "survey", "appraisal", "objection"):
        assert faults({**TEXT, "told": True}, of=name) == [("[0].told", "form_told_unfit")]
    assert faults({**CHOICE, "told": True}, {**TEXT, "shown": SHOWN, "told": True}) == []
    assert faults({**TEXT, "code": "verdict"}, of="survey") == [("[0].code", "form_code_taken")]


@pytest.mark.parametrize(
    "field",
    [
        {**TEXT, "personal": True},
        *({"code": "p", "kind": kind} for kind in ("person", "people", "file")),
        column(kind="file"),
        column(personal=True),
        *(
            {**TEXT, "kind": kind, "entry": entry}
            for entry, kind in (("avoid", "people"), ("pledge", "file"))
        ),
        {"code": "n", "kind": "number", "entry": "staff"},
        {"code": "c", "kind": "choice", "of": "priorities", "entry": "priority"},
    ],
)
def test_what_is_about_people_files_or_closed_to_others_is_never_public(field: dict[str, Any]) -> None:
    assert ("[0].public", "form_public_unfit") in faults({**field, "public": True}, of="application")


def test_what_is_public_tells_no_answer_that_is_not() -> None:
    public, shown = {**CHOICE, "public": True}, {**TEXT, "shown": SHOWN, "public": True}
    field = {"code": "on", "kind": "choice", "of": "fields", "entry": "field"}
    shown_by_field = {**shown, "shown": {**SHOWN, "one_of": [RULES.fields[0].code]}}
    missing = ("application.sections", "form_entry_missing")
    assert faults(CHOICE, shown, of="application") == [("[1].shown.field", "form_public_shown"), missing]
    assert faults(public, shown, of="application") == [missing]
    # The field of an application stands in the notice.
    assert faults(field, shown_by_field, of="application") == [missing]
    closed = {"code": "on", "kind": "choice", "of": "priorities", "entry": "priority"}
    by_priority = {**shown, "shown": {**SHOWN, "one_of": [RULES.priorities[0].code]}}
    assert ("[1].shown.field", "form_public_shown") in faults(closed, by_priority, of="application")
