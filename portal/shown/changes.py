"""Two versions of an application side by side: each field that differs, and of a table each row that does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from papers.intake import LongAnswer
from papers.values import Block, Words
from portal.shown.answers import call_people
from reading.models import FilledForm
from selection.forms.fields import Asked, FileField, TableField, UnitField
from starter.papers.answers import AnswerText, tell_field
from starter.papers.blocks import read_blocks
from starter.papers.part_names import PARTS
from starter.people.changed_answers import Versions


@dataclass(frozen=True)
class Change:
    """What was asked, the row of a table where it is one (0 where it is none), and the answer before and after."""

    asked: Words
    row: int
    before: LongAnswer | None
    after: LongAnswer | None


def list_changes(versions: Versions, called: Mapping[str, str]) -> list[Change]:
    """Return what differs, in the order of the form, then what was answered to questions that are no longer asked.

    `called` is what people are called whom the visitor may know by name; the others stand by their ids.
    """
    pairs = ((versions.before, versions.after), (versions.dropped, versions.dropped.with_(answers={})))
    return [
        change
        for before, after in pairs
        for field in before.round_form.form.fields()
        for change in _compare(field, before, after, called)
    ]


def _compare(
    field: Asked, before: FilledForm, after: FilledForm, called: Mapping[str, str]
) -> Iterator[Change]:
    old, new = before.answers.get(field.code), after.answers.get(field.code)
    in_rows = isinstance(field, TableField | FileField | UnitField) and isinstance(old or new, list)
    if in_rows and field.code not in {*before.missing, *after.missing}:
        for number, (was, is_now) in enumerate(zip_longest(old or (), new or ()), start=1):
            if was != is_now:
                yield _tell(
                    field, _cut(field, before, was, number), _cut(field, after, is_now, number), number
                )
    elif old != new:
        yield _tell(field, call_people(before, called), call_people(after, called))


def _cut(field: Asked, filled: FilledForm, item: Any, number: int) -> FilledForm:
    """Return a form with one item alone of an answer, or without any."""
    gone = (f"{field.code}[0]",) if f"{field.code}[{number - 1}]" in filled.missing else ()
    return filled.with_(answers={} if item is None else {field.code: [item]}, missing=gone)


def _tell(field: Asked, before: FilledForm, after: FilledForm, row: int = 0) -> Change:
    asked = Words(en=field.en, zh=field.zh)
    told = Change(asked, row, _lay_out(field, before, asked), _lay_out(field, after, asked))
    if told.before != told.after:
        return told
    # What differs is not among what is told of such an answer, such as a unit's region or the lines of a text.
    return Change(asked, row, _spell_out(field, before, asked), _spell_out(field, after, asked))


def _spell_out(field: Asked, filled: FilledForm, asked: Words) -> LongAnswer:
    """Return all that an answer holds, each part and each line by itself."""
    answer = filled.answers.get(field.code)
    items = answer if isinstance(answer, list) else [answer]
    lines = [line for item in items for line in _list_lines(item, filled)]
    english, chinese = (tuple(Block(kind="paragraph", text=line[at]) for line in lines) for at in (0, 1))
    return LongAnswer(label=asked, en=english, zh=chinese)


def _list_lines(item: Any, filled: FilledForm) -> list[tuple[str, str]]:
    if not isinstance(item, dict):
        return [(line, line) for line in str(item).split("\n")]
    regions = {named.code: (named.en, named.zh) for named in filled.round_form.regions}
    found = []
    for name, value in item.items():
        label = PARTS.get(name, (name, name))
        said = (
            regions.get(str(value), (str(value), str(value)))
            if name == "region"
            else (str(value), str(value))
        )
        found.append((f"{label[0]}: {said[0]}", f"{label[1]}：{said[1]}"))
    return found


def _lay_out(field: Asked, filled: FilledForm, asked: Words) -> LongAnswer | None:
    said = tell_field(field, filled, lambda _: _name_file(filled.revision))
    return said and LongAnswer(label=asked, en=read_blocks(said.en), zh=read_blocks(said.zh))


def _name_file(version: int) -> AnswerText:
    # Its bytes differ from those of the other version, or it would not stand here.
    return AnswerText(f"a file of version {version}", f"第 {version} 版的附件")
