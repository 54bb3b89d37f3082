"""Forms as a section of a rules file: faults with their lines, the sealed bytes, what changed between two."""

from copy import deepcopy
from importlib.resources import files
from typing import Any

import pytest
import yaml

from selection.forms.built_in import ONE_REVIEW, form_of
from selection.forms.form import Form
from selection.forms.one_text import ONE_TEXT, application_form
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import LEAF_LIMIT
from selection.rules.loading import RulesFaults, diff_rules, faulty_places
from selection.rules.model import RoundRules
from selection.sealing import load_rules

pytestmark = pytest.mark.long

TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")
RULES = load_rules(TEXT)


def change_rules(place: str, value: Any) -> str:
    data = yaml.safe_load(TEXT)
    *path, last = (int(part) if part.isdigit() else part for part in place.split("."))
    at = data["forms"]["application"]["sections"]
    for part in path:
        at = at[part]
    at[last] = value
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("0.fields.0.kind", "what", "choice"),
        ("0.fields.0.words", 0, "out_of_range"),
        ("0.fields.0.made_up", 1, "unknown_key"),
        ("0.fields.0.en", 7, "not_a_text"),
        ("0.fields.1.code", "name_zh", "duplicate_code"),
        ("1.fields.3.columns.0.kind", "table", "choice"),
        ("1.fields.3.columns.2.most", "-1", "form_limits_crossed"),
        ("1.fields.3.shown.field", "direction", "form_not_a_choice"),
        ("2.fields.0.public", True, "form_public_unfit"),
        ("0.code", "Not a code", "malformed"),
    ],
)
def test_a_fault_of_a_form_has_its_place_and_line(place: str, value: Any, code: str) -> None:
    text = change_rules(place, value)
    with pytest.raises(RulesFaults) as found:
        load_rules(text)
    [fault] = found.value.faults
    assert fault.code == code
    assert fault.path.startswith("forms.application.sections[")
    assert not {"text", "table", "person"} & set(fault.path.replace("[", ".").split("."))
    assert fault.line is not None
    assert fault.line > text[: text.index("forms:")].count("\n")
    assert "(unknown)" not in faulty_places(found.value) or value == 1


def test_the_forms_fit_into_the_entry_that_seals_them() -> None:
    assert len(canonical_bytes(RULES)) < LEAF_LIMIT // 2
    assert RoundRules.model_validate_json(canonical_bytes(RULES)) == RULES


def test_rules_without_a_form_have_one_of_one_text() -> None:
    data = yaml.safe_load(TEXT)
    del data["forms"]
    bare = load_rules(yaml.safe_dump(data, allow_unicode=True))
    assert application_form(bare.forms) is ONE_TEXT
    assert application_form(RULES.forms).version == "second-batch-1"
    assert form_of(bare.forms, "review") is ONE_REVIEW
    assert form_of(RULES.forms, "review").version == "second-batch-review-1"
    assert [change.path for change in diff_rules(bare, RULES)] == [
        f"forms.{name}" for name, _ in RULES.forms.list_given()
    ]


def test_a_change_of_a_field_is_told_by_its_code() -> None:
    other = load_rules(change_rules("0.fields.3.words", 80))
    assert [(item.path, item.old, item.new) for item in diff_rules(RULES, other)] == [
        ("forms.application.sections[centre].fields[direction].words", 60, 80)
    ]


def test_other_forms_have_the_same_shape() -> None:
    data = yaml.safe_load(TEXT)
    field = {"code": "opinion", "kind": "text", "en": "Opinion", "zh": "意见", "words": 300}
    section = {"code": "opinion", "en": "Opinion", "zh": "意见", "fields": [field]}
    form = {"version": "o-1", "en": "Opinion", "zh": "意见", "sections": [section]}
    for name in ("opinion", "review", "survey", "appraisal", "objection"):
        data["forms"][name] = deepcopy(form)
    rules = load_rules(yaml.safe_dump(data, allow_unicode=True))
    assert [name for name, _ in rules.forms.list_given()] == [
        *("application", "opinion", "review", "survey", "appraisal", "objection")
    ]
    assert rules.forms.opinion == Form.model_validate(form)
