"""What no schema can say of answers: words, hidden characters, days that exist, limits of decimals, codes of units."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from selection.forms.credit_codes import find_code_fault
from selection.forms.faults import AnswerFault
from selection.forms.fields import (
    Asked,
    CreditCodeField,
    DateField,
    NumberField,
    PersonField,
    Scheme,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form
from selection.forms.texts import count_words, is_formula, is_mail, is_phone
from selection.kernel.hidden_characters import find_hidden
from selection.kernel.unit_codes import canonical_code

LEAST, MOST = ("at least", "不小于"), ("at most", "不大于")
FIRST, LAST = ("on or after", "不早于"), ("on or before", "不晚于")
CONTACTS = {"phone": is_phone, "mail": is_mail}
"""Details of a person that have a form, whatever the country."""
LONGEST = 30
"""More characters than any number has that fits a form."""


def faults_beside(form: Form, answers: Mapping[str, object]) -> Iterator[AnswerFault]:
    """Yield the faults of answers that have the type their field asks for; the others the schema finds."""
    for field in form.fields():
        if field.code in answers:
            yield from _of_field(field, answers[field.code], field.code)


def _of_field(field: Asked, answer: object, path: str) -> Iterator[AnswerFault]:
    match field:
        case TableField():
            yield from _of_table(field, _list(answer), path)
        case UnitField(many=True):
            for number, unit in enumerate(_list(answer)):
                yield from _of_unit(field, unit, f"{path}[{number}]")
            yield from _find_repeated(_list(answer), path)
        case UnitField():
            yield from _of_unit(field, answer, path)
        case NumberField():
            yield from _of_number(field, answer, path)
        case PersonField():
            yield from _of_person(field, answer, path)
        case TextField() | DateField() | CreditCodeField() if isinstance(answer, str):
            yield from _of_string(field, answer, path)


def _of_table(field: TableField, rows: list[object], path: str) -> Iterator[AnswerFault]:
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            continue
        for column in field.columns:
            if column.code in row:
                yield from _of_field(column, row[column.code], f"{path}[{number}].{column.code}")


def _of_string(
    field: TextField | DateField | CreditCodeField, answer: str, path: str
) -> Iterator[AnswerFault]:
    match field:
        case TextField():
            yield from _of_text(field, answer, path)
        case DateField():
            yield from _of_date(field, answer, path)
        case CreditCodeField():
            yield from _of_code(answer, field.schemes, path)


def _of_person(field: PersonField, answer: object, path: str) -> Iterator[AnswerFault]:
    for name, detail in answer.items() if isinstance(answer, dict) else ():
        if isinstance(detail, str) and name in ("name", *field.asks):
            yield from _of_line(detail, f"{path}.{name}")
            # An empty one the schema finds.
            if detail and name in CONTACTS and not CONTACTS[name](detail.strip()):
                yield AnswerFault(f"{path}.{name}", f"{name}-form")


def _of_text(field: TextField, text: str, path: str) -> Iterator[AnswerFault]:
    yield from _of_line(text, path, lines=field.lines)
    count = count_words(text)
    params = {"count": str(count)}
    if field.words is not None and count > field.words:
        yield AnswerFault(path, "too-many-words", {**params, "limit": str(field.words)})
    if field.least_words is not None and count < field.least_words:
        yield AnswerFault(path, "too-few-words", {**params, "limit": str(field.least_words)})
    if text and not text.strip():
        yield AnswerFault(path, "empty")


def _of_line(text: str, path: str, *, lines: bool = False) -> Iterator[AnswerFault]:
    place = find_hidden(text, lines=lines)
    if place is not None:
        yield AnswerFault(path, "hidden-character", {"place": str(place)})
    if is_formula(text):
        yield AnswerFault(path, "formula")


def _of_number(field: NumberField, answer: object, path: str) -> Iterator[AnswerFault]:
    """Compare a decimal with its limits; a whole number the schema compares."""
    if not field.places or not isinstance(answer, str) or len(answer) > 30:
        return
    number = _decimal(answer)
    if number is None:
        return
    if field.least is not None and number < field.least:
        yield _beyond(path, LEAST, field.least)
    if field.most is not None and number > field.most:
        yield _beyond(path, MOST, field.most)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return number if math.isfinite(number) else None


def _of_date(field: DateField, text: str, path: str) -> Iterator[AnswerFault]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield AnswerFault(path, "not-a-date")
        return
    if field.first is not None and day < field.first:
        yield _beyond(path, FIRST, field.first)
    if field.last is not None and day > field.last:
        yield _beyond(path, LAST, field.last)


def _beyond(path: str, relation: tuple[str, str], limit: Decimal | date) -> AnswerFault:
    params = {"relation": relation[0], "relation_zh": relation[1], "limit": str(limit)}
    return AnswerFault(path, "out-of-range", params)


def _of_code(text: str, schemes: tuple[Scheme, ...], path: str) -> Iterator[AnswerFault]:
    fault = find_code_fault(text, schemes)
    if fault is not None:
        yield AnswerFault(path, fault.code, fault.params)


def _of_unit(field: UnitField, answer: object, path: str) -> Iterator[AnswerFault]:
    if not isinstance(answer, dict):
        return
    if isinstance(answer.get("code"), str) and answer["code"]:
        yield from _of_code(answer["code"], field.schemes, f"{path}.code")
    for name in ("kind", "region", "name_en", "name_zh"):
        if isinstance(answer.get(name), str):
            yield from _of_line(answer[name], f"{path}.{name}")


def _find_repeated(units: list[object], path: str) -> Iterator[AnswerFault]:
    """Find units that stand twice under one code, whatever else is said of them."""
    seen: set[str] = set()
    for number, unit in enumerate(units):
        code = unit.get("code") if isinstance(unit, dict) else None
        if isinstance(code, str):
            code = canonical_code(code)
            if code in seen:
                yield AnswerFault(f"{path}[{number}]", "repeated")
            seen.add(code)


def _list(answer: object) -> list[object]:
    return answer if isinstance(answer, list) else []
