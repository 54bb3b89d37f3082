"""Answers that stay in mending: whatever says something else is found, and the same however it is written is not."""

from typing import Any

import pytest

from selection.forms.changing.amendment import RoundForms
from selection.forms.changing.field_map import list_changes, map_fields
from selection.forms.changing.mending import find_changed, list_files_to_compare, read_present
from selection.forms.definition import find_definition_faults
from selection.forms.form import Form, Forms
from selection.forms.one_text import ONE_TEXT
from selection.forms.parts import split_answers
from selection.forms.schema import schema_of
from selection.forms.template import write_template
from selection.kernel.canonical import canonical_bytes
from tests import factories as f
from tests.audit.support.kept_answers import compare_by_audit
from tests.selection.forms.strategies import LABEL
from tests.selection.forms.test_properties import hand_in

YES = {"code": "yes", **LABEL}
NO = {"code": "no", **LABEL}
KEPT: dict[str, dict[str, Any]] = {
    "plan": {"kind": "text", "lines": True},
    "goals": {
        "kind": "table",
        "columns": [
            {"code": "aim", "kind": "text", **LABEL},
            {"code": "cost", "kind": "number", "places": 2, **LABEL},
            {"code": "who", "kind": "text", "personal": True, **LABEL},
        ],
    },
    "months": {"kind": "number"},
    "cost": {"kind": "number", "places": 2},
    "topics": {"kind": "choice", "many": True, "options": [YES, NO]},
    "people": {"kind": "people"},
    "owner": {"kind": "credit_code", "schemes": ["any"]},
    "partners": {"kind": "unit", "many": True, "schemes": ["any"]},
    "drawing": {"kind": "file"},
    "papers": {"kind": "file", "many": True},
    "leader": {"kind": "person", "asks": ["post"]},
    "told": {"kind": "text", "public": True},
}


def make_form(*more: dict[str, Any]) -> Form:
    """A form of questions that stay, with one that does not and what else is given."""
    fields = [{"code": code, **LABEL, "kept": True, **field} for code, field in KEPT.items()]
    fields += [{"code": "phone", "kind": "text", **LABEL}, *more]
    section = {"code": "s", **LABEL, "fields": fields}
    return Form.model_validate({"version": "1", **LABEL, "sections": [section]})


FORM = make_form()


def file(name: str) -> Any:
    return {"id": name, "sha256": f.ref(name).sha256}


def unit(code: str) -> Any:
    return {"code": code, "kind": "k", "region": "r"}


BEFORE: dict[str, Any] = {
    "plan": "Three steps:\nforming and pilot.",
    "goals": [{"aim": "a line", "cost": "25.5", "who": "Wang"}, {"aim": "a norm", "who": "Li"}],
    "months": 12,
    "cost": "25.5",
    "topics": ["yes", "no"],
    "people": ["expert-1", "expert-2"],
    "owner": "91110000MA01ABCD12",
    "partners": [unit("91110000MA01ABCD12"), unit("91110000MA01ABCD34")],
    "drawing": file("one"),
    "papers": [file("two"), file("three")],
    "leader": {"name": "Zhao", "post": "head"},
    "told": "A centre.",
    "phone": "1",
}
BYTES = {"one": "1", "one-again": "1", "two": "2", "two-again": "2", "three": "3", "four": "4"}
"""What is in each file."""


def compare(changes: dict[str, Any], gone: frozenset[str] = frozenset(), form: Form = FORM) -> list[str]:
    """The questions that are found to be answered otherwise, by the core; the auditor finds the first of them."""
    mended = {code: answer for code, answer in {**BEFORE, **changes}.items() if answer is not None}
    held = []
    for answers, left_out in ((BEFORE, gone), (mended, frozenset[str]())):
        filled, bodies = hand_in(split_answers(form, answers), form, answers)
        kept = {name: body for name, body in bodies.items() if name not in left_out}
        held.append((filled, kept))
    old, new = (read_present(form, filled, bodies) for filled, bodies in held)
    if old is None or new is None:
        found = []
    else:
        wanted = list_files_to_compare(form, old, new) - gone
        found = [field.code for field in find_changed(form, old, new, {name: BYTES[name] for name in wanted})]
    files = {name: body.encode() for name, body in BYTES.items() if name not in gone}
    assert compare_by_audit(form, held, files) == found
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"phone": "2"},
        {"phone": None},
        {"plan": "  Three steps:\r\nforming and pilot.\n"},
        {"goals": [{"aim": "a line ", "cost": "25.50", "who": "Wang"}, {"aim": "a norm", "who": "Li"}]},
        {"goals": [*BEFORE["goals"], {}]},
        {"cost": "25.50"},
        {"topics": ["no", "yes"]},
        {"people": ["expert-2", "expert-1"]},
        {"owner": "９１110000ma01abcd12 "},
        {"partners": [unit("91110000MA01ABCD34"), unit("91-110000-MA01ABCD12")]},
        {"drawing": file("one-again")},
        {"papers": [file("three"), file("two-again")]},
        {"leader": {"name": "Zhao ", "post": "head"}},
    ],
)
def test_the_same_however_it_is_written_is_no_change(changes: dict[str, Any]) -> None:
    assert compare(changes) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"plan": "Four steps:\nforming and pilot."},
        {"plan": None},
        {"plan": "Three steps: forming and pilot."},
        # A text is what was written: full width is another one.
        {"told": "Ａ centre."},
        {"goals": [{"aim": "a line", "cost": "25.5", "who": "Wang"}]},
        {"goals": list(reversed(BEFORE["goals"]))},
        {"goals": [{"aim": "a line", "cost": "25.5", "who": "Wang"}, {"aim": "a norm", "who": "Sun"}]},
        {"goals": [{"aim": "a line", "cost": "25.6", "who": "Wang"}, {"aim": "a norm", "who": "Li"}]},
        {"months": 13},
        {"cost": None},
        {"topics": ["yes"]},
        {"people": ["expert-1", "expert-3"]},
        {"owner": "91110000MA01ABCD34"},
        {"partners": [unit("91110000MA01ABCD12")]},
        {"drawing": file("two")},
        {"papers": [file("two"), file("four")]},
        {"papers": [file("two"), file("three"), file("four")]},
        {"leader": {"name": "Qian", "post": "head"}},
        {"told": "Another centre."},
    ],
)
def test_whatever_says_something_else_is_found(changes: dict[str, Any]) -> None:
    assert compare(changes) == list(changes)


def test_two_files_in_each_others_place_are_found() -> None:
    assert compare({"drawing": file("two"), "papers": [file("one"), file("three")]}) == ["drawing", "papers"]


def test_what_was_erased_is_not_compared_and_all_else_still_is() -> None:
    other = {"leader": {"name": "Qian", "post": "head"}, "told": "Another centre."}
    assert compare(other, frozenset({"leader", "public"})) == []
    assert compare({"leader": None, "plan": "x"}, frozenset({"leader"})) == ["plan"]
    # Of a row its personal columns alone are lost.
    rows = [{"aim": "a line", "cost": "25.5", "who": "Wang"}, {"aim": "a norm", "who": "Sun"}]
    assert compare({"goals": rows}, frozenset({"goals[1]"})) == []
    assert compare({"goals": rows}, frozenset({"goals[0]"})) == ["goals"]
    assert compare({"goals": [rows[0], {"aim": "other"}]}, frozenset({"goals[1]"})) == ["goals"]
    assert compare({"drawing": file("two")}, frozenset({"one"})) == []
    assert compare({"plan": "x"}, frozenset({"shared"})) == []


def test_a_question_that_another_answer_hides_or_shows_is_found() -> None:
    """Rules with such a form are not sound; a form that is there all the same lets nothing through."""
    asked = {"code": "bid", "kind": "choice", "options": [YES, NO], **LABEL}
    why = {"code": "why", "kind": "text", "kept": True, "shown": {"field": "bid", "one_of": ["yes"]}, **LABEL}
    form = make_form(asked, why)
    assert compare({"bid": "no"}, form=form) == []
    assert compare({"bid": "yes", "why": "so"}, form=form) == ["why"]


def faults(*fields: dict[str, Any], of: str = "application") -> list[tuple[str, str]]:
    section = {"code": "s", **LABEL, "fields": [{**LABEL, **field} for field in fields]}
    form = Form.model_validate({"version": "1", **LABEL, "sections": [section]})
    found = find_definition_faults(Forms(**{of: form}), f.RULES)
    return [(fault.path.partition("fields")[2], fault.code) for fault in found if "kept" in fault.code]


def test_what_shows_a_question_that_stays_must_stay_as_well() -> None:
    asked = {"code": "bid", "kind": "choice", "options": [YES, NO]}
    why = {"code": "why", "kind": "text", "kept": True, "shown": {"field": "bid", "one_of": ["yes"]}}
    assert faults(asked, why) == [("[1].shown.field", "form_kept_shown")]
    assert faults({**asked, "kept": True}, why) == []
    assert faults(asked, {**why, "kept": False}) == []
    of_field = {"code": "bid", "kind": "choice", "of": "fields", "entry": "field"}
    shown = {"field": "bid", "one_of": [f.RULES.fields[0].code]}
    # The field stays whatever the form says of it.
    assert faults(of_field, {**why, "shown": shown}) == []


def test_only_an_application_is_mended() -> None:
    for name in ("opinion", "review", "survey", "appraisal", "objection"):
        assert faults({"code": "a", "kind": "text", "kept": True}, of=name) == [
            ("[0].kept", "form_kept_unfit")
        ]


def test_a_form_that_keeps_nothing_has_the_bytes_that_it_had() -> None:
    assert (ONE_TEXT.kept, len(FORM.kept)) == ((), len(KEPT))
    assert b"kept" not in canonical_bytes(ONE_TEXT)
    assert canonical_bytes(FORM).count(b'"kept":true') == len(KEPT)
    assert Form.model_validate_json(canonical_bytes(FORM)) == FORM


def test_whoever_fills_it_in_is_told_by_file_and_schema() -> None:
    lines = write_template(FORM, f.RULES).splitlines()
    assert sum(
        "补正时保持不变 stays as handed in when the application is mended" in line for line in lines
    ) == len(KEPT)
    properties = schema_of("application", FORM, f.RULES)["properties"]
    assert [code for code, asked in properties.items() if asked.get("x-kept")] == list(KEPT)


def test_a_changed_form_says_what_stays_from_now_on_and_what_no_more() -> None:
    def form(version: str, *kept: str) -> Form:
        fields = [{"code": code, "kind": "text", "kept": code in kept, **LABEL} for code in ("a", "b", "c")]
        section = {"code": "s", **LABEL, "fields": fields}
        return Form.model_validate({"version": version, **LABEL, "sections": [section]})

    old, new = form("1", "a", "b"), form("2", "b", "c")
    changes = [item.change for item in list_changes(old, new, map_fields(old, new, {}))]
    assert changes == ["mendable", "kept", "stays"]
    # Whoever handed in under the old version is held to that one.
    assert RoundForms(Forms(application=old)).find_version("application", "1") == old
