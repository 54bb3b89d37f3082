"""A filled-in form as a page lays it out: a file is called by a number, under which it can be opened."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from papers.intake import Section
from papers.values import Words
from reading.models import FilledForm
from selection.forms.fields import PeopleField
from selection.kernel.references import references_in
from starter.papers.answers import AnswerText, lay_out_answers


@dataclass(frozen=True)
class AttachedFile:
    """A file of an answer: its number on the page, what it was asked for as, and its id."""

    number: int
    asked: Words
    id: str


@dataclass(frozen=True)
class LaidOut:
    """The sections of a form in which something was answered, and the files in them that can be opened."""

    sections: tuple[Section, ...] = ()
    files: tuple[AttachedFile, ...] = ()


def list_people(filled: FilledForm) -> set[str]:
    """Return the people of the register whom a form names, by their ids."""
    fields = [field.code for field in filled.round_form.form.fields() if isinstance(field, PeopleField)]
    return {person for code in fields for person in _list_ids(filled.answers.get(code))}


def lay_out(
    filled: FilledForm, open_to_them: Collection[str], called: Mapping[str, str] | None = None
) -> LaidOut:
    """Return a form laid out, with links to the files among those that are open to the visitor, by their ids.

    `called` is what people are called whom the visitor may know by name; the others stand by their ids.
    """
    filled = call_people(filled, called or {})
    asked = dict(_list_files(filled))
    numbers = {content: number for number, content in enumerate(asked, start=1)}

    def name_file(ref: dict[str, Any]) -> AnswerText:
        number = numbers.get(str(ref.get("id")), 0)
        return AnswerText(f"attached as file {number}", f"见附件 {number}")

    files = (AttachedFile(numbers[content], words, content) for content, words in asked.items())
    return LaidOut(
        tuple(lay_out_answers(filled, name_file)), tuple(file for file in files if file.id in open_to_them)
    )


def call_people(filled: FilledForm, called: Mapping[str, str]) -> FilledForm:
    """Return a form in which the people of the register stand by what they are called; the others by their ids."""
    named = {
        field.code: [called.get(person, person) for person in _list_ids(filled.answers[field.code])]
        for field in filled.round_form.form.fields()
        if isinstance(field, PeopleField) and field.code in filled.answers
    }
    return filled.with_(answers={**filled.answers, **named})


def _list_ids(answer: Any) -> list[str]:
    return (
        [str(item) for item in answer]
        if isinstance(answer, list | tuple)
        else [str(answer)]
        if answer
        else []
    )


def _list_files(filled: FilledForm) -> Iterator[tuple[str, Words]]:
    for field in filled.round_form.form.fields():
        for content in references_in(filled.answers.get(field.code)):
            yield content, Words(en=field.en, zh=field.zh)
