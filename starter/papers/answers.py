"""A filled-in form as a dossier shows it: by sections, brief answers as lines of a table, long ones as texts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from papers.intake import LongAnswer, Section
from papers.values import Fact, Words
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm
from selection.forms.faults import Unreadable
from selection.forms.fields import (
    Asked,
    ChoiceField,
    FileField,
    NumberField,
    PersonField,
    TableField,
    UnitField,
    is_published,
    personal_columns,
)
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.reading import read_answers
from selection.kernel.named import Named
from starter.papers.blocks import read_blocks
from starter.papers.part_names import PARTS

BRIEF = 120
"""Characters of an answer that still stands in a table."""
BRIEF_PERSON = 400
"""The same of a person, whose details are many and each brief."""
CELL = 4_000
"""Characters of an answer that a command shows in a cell."""
HASH_SHOWN = 12
"""Digits of a file's hash that stand for it in an answer."""
_MANY_DIGITS = re.compile(r"(-?)([0-9]{5,})((?:\.[0-9]+)?)")


class AnswerText(NamedTuple):
    """An answer in words; what was typed is the same in both languages, however long."""

    en: str
    zh: str

    def fits(self, limit: int) -> bool:
        """Tell whether it is of one paragraph with so many characters at most."""
        return max(len(self.en), len(self.zh)) <= limit and "\n" not in self.en

    @property
    def words(self) -> Words:
        """The same as the words of a table, which are cut."""
        return Words(en=self.en[:CELL], zh=self.zh[:CELL])


NameFile = Callable[[dict[str, Any]], AnswerText]
"""What to call a file, from its reference."""
ERASED = AnswerText("erased since", "此后已清除")
NOTHING = AnswerText("", "")


def lay_out_answers(filled: FilledForm, name_file: NameFile | None = None) -> Iterator[Section]:
    """Yield the sections of a form in which something was answered; what was erased since is said to be.

    A file is named by its hash, for a reader on paper, unless it is said how.
    """
    name = name_file or name_by_hash
    for part in filled.round_form.form.sections:
        laid = [_lay_out(field, filled, name) for field in part.fields]
        facts = tuple(item for item in laid if isinstance(item, Fact))
        answers = tuple(item for item in laid if isinstance(item, LongAnswer))
        if facts or answers:
            yield Section(title=Words(en=part.en, zh=part.zh), facts=facts, answers=answers)


def _lay_out(field: Asked, filled: FilledForm, name_file: NameFile) -> Fact | LongAnswer | None:
    said, label = tell_field(field, filled, name_file), Words(en=field.en, zh=field.zh)
    if said is None:
        return None
    rows = tuple(_lay_out_rows(field, filled, name_file))
    if not rows and said.fits(BRIEF_PERSON if isinstance(field, PersonField) else BRIEF):
        return Fact(label=label, value=Words(en=said.en, zh=said.zh))
    return _lay_out_at_length(label, said, rows)


def _lay_out_at_length(
    label: Words, said: AnswerText, rows: tuple[tuple[LongAnswer, ...], ...] = ()
) -> LongAnswer:
    return LongAnswer(label=label, en=read_blocks(said.en), zh=read_blocks(said.zh), rows=rows)


def _lay_out_rows(field: Asked, filled: FilledForm, name_file: NameFile) -> Iterator[tuple[LongAnswer, ...]]:
    """Yield the rows of a table with the columns in which something was answered, or erased since."""
    items = filled.answers.get(field.code)
    if not isinstance(field, TableField) or field.code in filled.missing or not isinstance(items, list):
        return
    rows = []
    for number, item in enumerate(items):
        erased = personal_columns(field) if f"{field.code}[{number}]" in filled.missing else ()
        said = {column.code: told for column, told in _tell_cells(field, item, filled, name_file)}
        rows.append(dict.fromkeys(erased, ERASED) | said)
    columns = [column for column in field.columns if any(column.code in row for row in rows)]
    for row in rows:
        yield tuple(
            _lay_out_at_length(Words(en=column.en, zh=column.zh), row.get(column.code, NOTHING))
            for column in columns
        )


class AnswerLine(NamedTuple):
    """One answered field: its code, what was asked, and what was said in words."""

    code: str
    asked: Words
    said: AnswerText


def list_answers(filled: FilledForm) -> Iterator[AnswerLine]:
    """Yield the answers one by one, in the order of the form; what was erased since is said to be."""
    for field in filled.round_form.form.fields():
        said = tell_field(field, filled)
        if said is not None:
            yield AnswerLine(field.code, Words(en=field.en, zh=field.zh), said)


def fill(published: RoundForm, filled: SentForm, texts: Mapping[str, str]) -> FilledForm:
    """Return the answers of a form as far as the texts hold them; what was erased since is missing."""
    bodies = {content: text.encode() for content, text in texts.items()}
    missing = {item.answer for item in filled.personal if item.content.id not in bodies}
    refs = {}
    for name, codes in _list_kept(published.form).items():
        ref = getattr(filled, name)
        refs[name] = ref if ref is not None and ref.id in bodies else None
        missing |= codes if ref is not None and refs[name] is None else set()
    whole = filled.with_(
        **refs,
        personal=tuple(item for item in filled.personal if item.content.id in bodies),
    )
    try:
        answers = read_answers(published.form, whole, bodies)
    except Unreadable:
        # Brought back after a loss without its check: nothing of it can be laid out.
        raise Hidden from None
    return FilledForm(round_form=published, answers=answers, missing=tuple(sorted(missing)))


def _list_kept(form: Form) -> dict[str, set[str]]:
    """Return the fields whose answers lie in one text, by the text."""
    fields = list(form.fields())
    for_applicant = {field.code for field in fields if field.told}
    public = {field.code for field in fields if is_published(field)}
    return {
        "shared": {field.code for field in fields} - for_applicant - public,
        "told": for_applicant,
        "public": public,
    }


def name_by_hash(ref: dict[str, Any]) -> AnswerText:
    """Return what stands for a file: the beginning of its hash, to find it among the contents that a dossier lists."""
    begin = str(ref.get("sha256", ""))[:HASH_SHOWN]
    return AnswerText(f"attached ({begin}…)", f"已附（{begin}…）")


def tell_field(field: Asked, filled: FilledForm, name_file: NameFile = name_by_hash) -> AnswerText | None:
    """Return the answer to a field in words, None where there is none."""
    if field.code in filled.missing:
        return ERASED
    if field.code not in filled.answers:
        return None
    return _tell(field, filled.answers[field.code], filled, name_file)


def _tell(field: Asked, answer: Any, filled: FilledForm, name_file: NameFile) -> AnswerText:
    items = answer if isinstance(answer, list) else [answer]
    match field:
        case ChoiceField():
            return _join(_name_choice(field, str(code), filled) for code in items)
        case UnitField():
            return _list(_name_unit(item) for item in items)
        case NumberField():
            return _tell_number(field, str(answer))
        case FileField():
            return _join(map(name_file, items))
        case PersonField():
            return _join(_name_person(field, item) for item in items)
        case TableField():
            rows = [
                _tell_row(field, row, filled, name_file, erased=f"{field.code}[{number}]" in filled.missing)
                for number, row in enumerate(items)
            ]
            return _list(rows)
    return _join(AnswerText(str(item), str(item)) for item in items)


def _tell_row(
    field: TableField, row: dict[str, Any], filled: FilledForm, name_file: NameFile, *, erased: bool
) -> AnswerText:
    cells = list(_tell_cells(field, row, filled, name_file))
    gone = [ERASED] if erased else []
    return AnswerText(
        "; ".join([*(f"{column.en}: {value.en}" for column, value in cells), *(item.en for item in gone)]),
        "；".join([*(f"{column.zh}：{value.zh}" for column, value in cells), *(item.zh for item in gone)]),
    )


def _tell_cells(
    field: TableField, row: dict[str, Any], filled: FilledForm, name_file: NameFile
) -> Iterator[tuple[Asked, AnswerText]]:
    for column in field.columns:
        if column.code in row:
            yield column, _tell(column, row[column.code], filled, name_file)


def _tell_number(field: NumberField, number: str) -> AnswerText:
    told = _MANY_DIGITS.fullmatch(number)
    shown = number if told is None else f"{told[1]}{int(told[2]):,}{told[3]}"
    if field.measure is None:
        return AnswerText(shown, shown)
    # `5 × 10 000 yuan`: two numbers must not run into one.
    times = "× " if field.measure.en[0].isdigit() else ""
    return AnswerText(f"{shown} {times}{field.measure.en}", f"{shown} {field.measure.zh}")


def _name_person(field: PersonField, person: dict[str, Any]) -> AnswerText:
    # What the form asked of them, in its order; not the id by which the register knows them.
    details = [(PARTS[part], str(person[part])) for part in field.asks if person.get(part)]
    name = [str(person["name"])] if person.get("name") else []
    return AnswerText(
        "; ".join([*name, *(f"{label[0]}: {said}" for label, said in details)]),
        "；".join([*name, *(f"{label[1]}：{said}" for label, said in details)]),
    )


def _name_choice(field: ChoiceField, code: str, filled: FilledForm) -> AnswerText:
    found = next((item for item in _list_options(field, filled) if item.code == code), None)
    return AnswerText(code, code) if found is None else AnswerText(found.en, found.zh)


def _list_options(field: ChoiceField, filled: FilledForm) -> Iterable[Named]:
    match field.of:
        case "fields":
            return filled.round_form.fields
        case "regions":
            return filled.round_form.regions
        case "priorities":
            return filled.round_form.priorities
    return field.options


def _name_unit(unit: dict[str, Any]) -> AnswerText:
    english, chinese, code = unit.get("name_en", ""), unit.get("name_zh", ""), unit.get("code", "")
    if not (english or chinese):
        return AnswerText(code, code)
    return AnswerText(f"{english or chinese} ({code})", f"{chinese or english}（{code}）")


def _list(texts: Iterable[AnswerText]) -> AnswerText:
    """Return each one as an item of a list; a single one as it is."""
    items = list(texts)
    if len(items) == 1:
        return items[0]
    return AnswerText(
        "\n".join(f"- {item.en}" for item in items), "\n".join(f"- {item.zh}" for item in items)
    )


def _join(texts: Iterable[AnswerText]) -> AnswerText:
    items = list(texts)
    return AnswerText("; ".join(item.en for item in items), "；".join(item.zh for item in items))
