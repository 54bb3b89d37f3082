"""What holds for every form: what fits it goes round, and what does not is named where it is."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from selection.forms.checking import AnswerChecker
from selection.forms.choices import Choices
from selection.forms.definition import find_definition_faults
from selection.forms.faults import SENTENCES
from selection.forms.fields import Asked, TableField, TextField, is_personal, personal_columns
from selection.forms.form import Form, Forms
from selection.forms.handed_in import SentForm
from selection.forms.json_text import read_canonical
from selection.forms.parts import (
    Answers,
    Parts,
    PersonalAnswer,
    files_in,
    join_answers,
    person_in,
    split_answers,
)
from selection.forms.raw_answers import read_raw
from selection.forms.reading import find_unfit, read_answers
from selection.forms.schema import schema_of
from selection.forms.validation.validating import validator_of_answers
from selection.kernel.canonical import canonical_bytes
from tests.factories import RULES, ref
from tests.selection.forms.strategies import LETTERS, forms, forms_with_answers

pytestmark = pytest.mark.long

MANY = settings(max_examples=120, deadline=None)
CHOICES: Choices = RULES


def codes(form: Form, answers: Any) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in AnswerChecker(form, CHOICES).check(answers)]


def hand_in(parts: Parts, form: Form, answers: Answers) -> tuple[SentForm, dict[str, bytes]]:
    """A form as it is handed in: what is apart in texts of its own."""
    bodies = {"shared": canonical_bytes(parts.shared)}
    personal = []
    if parts.public:
        bodies["public"] = canonical_bytes(parts.public)
    if parts.told:
        bodies["told"] = canonical_bytes(parts.told)
    for place, answer in parts.personal.items():
        bodies[place] = canonical_bytes(answer)
        personal.append(PersonalAnswer(answer=place, content=ref(place), person=person_in(answer)))
    files = tuple(dict.fromkeys(found for _, _, found in files_in(form, answers)))
    filled = SentForm(
        version=form.version,
        entry=parts.entry,
        shared=ref("shared"),
        told=ref("told") if parts.told else None,
        public=ref("public") if parts.public else None,
        personal=tuple(personal),
        files=files,
    )
    return filled, bodies


@MANY
@given(forms_with_answers(public=True))
def test_what_fits_is_kept_in_parts_and_read_again(drawn: tuple[Form, Answers]) -> None:
    form, answers = drawn
    assert codes(form, answers) == []
    parts = split_answers(form, answers)
    assert join_answers(form, parts) == answers
    assert read_canonical(canonical_bytes(answers)) == answers
    filled, bodies = hand_in(parts, form, answers)
    assert read_answers(form, filled, bodies) == answers
    named_once = len(filled.files) == len(files_in(form, answers))
    faults = find_unfit(AnswerChecker(form, CHOICES), filled, bodies, {})
    assert [fault.code for fault in faults] == ([] if named_once else ["file-unnamed"])
    for field in form.fields():
        assert not is_personal(field) or personal_columns(field) or field.code not in parts.shared


@MANY
@given(forms_with_answers(public=True))
def test_what_is_typed_as_text_reads_as_the_same_answers(drawn: tuple[Form, Answers]) -> None:
    form, answers = drawn

    def as_typed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: as_typed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [as_typed(item) for item in value]
        return str(value)

    def as_written(path: str, written: Any) -> Any:
        return written

    typed = as_typed(answers)
    read = read_raw(form, typed, as_written)
    assert codes(form, read) == []
    assert read_raw(form, as_typed(read), as_written) == read


@MANY
@given(forms(public=True))
def test_each_form_has_a_valid_schema_and_the_same_bytes_after_reading(form: Form) -> None:
    Draft202012Validator.check_schema(schema_of("review", form, CHOICES))
    assert Form.model_validate_json(canonical_bytes(form)) == form
    assert canonical_bytes(Form.model_validate_json(canonical_bytes(form))) == canonical_bytes(form)
    # Nothing of a review is for everyone.
    public = [field.code for field in form.fields() if field.public]
    faults = [fault.code for fault in find_definition_faults(Forms(review=form), CHOICES)]
    assert faults == ["form_public_unfit"] * len(public)


@MANY
@given(forms_with_answers(public=True), st.data())
def test_each_broken_answer_is_named_at_its_place(drawn: tuple[Form, Answers], data: st.DataObject) -> None:
    form, answers = drawn
    field = data.draw(st.sampled_from(list(form.fields())))
    if field.code not in answers:
        return
    broken: Any = data.draw(st.sampled_from(break_answers(field, answers[field.code])))
    found = codes(form, {**answers, field.code: broken})
    assert any(path.partition("[")[0].partition(".")[0] == field.code for path, _ in found), (broken, found)
    if field.required and field.shown is None:
        without = {code: answer for code, answer in answers.items() if code != field.code}
        assert (field.code, "missing") in codes(form, without)


def break_answers(field: Asked, answer: Any) -> list[Any]:
    broken: list[Any] = [None, True, {"what": 1}, [[[]]], 10**15, "\u202e", "=SUM(A1)", "\x00"]
    if isinstance(field, TextField):
        broken += ["", "字" * (field.characters + 1), " "]
    if isinstance(field, TableField):
        broken = [None, 1, [*answer, 1], [{"made up": "x"}], [{}] * 5]
    return broken


@MANY
@given(forms_with_answers(public=True), st.data())
def test_what_is_passed_over_has_no_error_that_the_whole_validator_finds(
    drawn: tuple[Form, Answers], data: st.DataObject
) -> None:
    form, answers = drawn
    schema = schema_of("application", form, CHOICES)
    field = data.draw(st.sampled_from(list(form.fields())))
    answer = answers.get(field.code)
    twice = [[*answer, *answer], answer[:-1]] if isinstance(answer, list) else []
    spoiled = [{**answer, "more": 1}, dict(list(answer.items())[1:])] if isinstance(answer, dict) else []
    broken: Any = data.draw(st.sampled_from([*break_answers(field, answer or []), 1.0, -1, *twice, *spoiled]))
    tried: list[Any] = [answers, {**answers, field.code: broken}, {}, []]
    for given_answers in tried:
        ours, theirs = (
            [(list(error.absolute_path), error.validator, error.validator_value) for error in found]
            for found in (
                validator_of_answers()(schema).iter_errors(given_answers),
                Draft202012Validator(schema).iter_errors(given_answers),
            )
        )
        assert ours == theirs


@MANY
@given(forms_with_answers(public=True), st.text(LETTERS, min_size=1, max_size=5))
def test_a_key_that_no_form_has_is_told_without_being_repeated(drawn: tuple[Form, Answers], key: str) -> None:
    form, answers = drawn
    assert ("?", "unknown-field") in codes(form, {**answers, f"_{key}": "1"})


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=8)
)
@settings(max_examples=100, deadline=None)
def test_whatever_is_handed_in_is_checked_to_the_end(value: Any) -> None:
    form = Form.model_validate(
        {
            "version": "v",
            "en": "e",
            "zh": "z",
            "sections": [
                {
                    "code": "s",
                    "en": "e",
                    "zh": "z",
                    "fields": [{"code": "f", "kind": "date", "en": "e", "zh": "z"}],
                }
            ],
        }
    )
    for answers in (value, {"f": value}, [{"f": value}]):
        assert all(code in SENTENCES for _, code in codes(form, answers))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_fault_says_what_is_wrong_in_both_languages(code: str) -> None:
    english, chinese = SENTENCES[code]
    assert english.isascii()
    assert not chinese.isascii()
