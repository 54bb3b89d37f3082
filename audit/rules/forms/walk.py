"""A walk through answers, field by field, for the first place that a form does not allow.

Written a second time, from the meaning of the fields, without the schema and the checks by which it was decided. What
is not held is passed over: its absence is no fault.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audit.bundle.unit_spelling import spell
from selection.forms import fields as q
from selection.forms.choices import option_codes
from selection.forms.credit_codes import find_code_fault
from selection.forms.texts import count_words, is_formula
from selection.kernel.hidden_characters import find_hidden
from selection.rules.model import RoundRules

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.([0-9]+))?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
MAIL_PART = r"[^@\s<>(),;:，；：、\".]"
MAIL = re.compile(rf"(?:{MAIL_PART}|\.)+@(?:{MAIL_PART}+\.)+{MAIL_PART}{{2,}}")
HASH = re.compile(r"[0-9a-f]{64}")
PHONE_SIGNS = frozenset("+＋()（）[]./·•∙,，;；、:：#*＃＊‐‑‒–—−－-")
NAME_LIMIT, CODE_LIMIT = 200, 100


class Unfit(Exception):
    """An answer that the form does not allow."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def hold(holds: bool, place: str) -> None:
    """Raise Unfit at a place unless the condition holds."""
    if not holds:
        raise Unfit(place)


class Walk:
    """Looks at single answers; `files` collects the files that they name, with the fields that they answer."""

    def __init__(self, rules: RoundRules, in_force: Callable[[str], bool]) -> None:
        """Take the rules, and what tells of a code whether the register has a unit in force under it."""
        self._rules = rules
        self._in_force = in_force
        self.files: list[tuple[str, q.FileField, tuple[str, str]]] = []

    def see(self, field: q.Asked, answer: Any, place: str, gone: Mapping[int, frozenset[str]]) -> None:
        """Look at the answer to a field; of a table, columns of rows that are `gone` are not held. Raises Unfit."""
        match field:
            case q.TableField():
                self._see_table(field, answer, place, gone)
            case q.FileField(many=True) | q.UnitField(many=True):
                self._see_several(answer, place, field.most, lambda item, at: self._see_one(field, item, at))
                if isinstance(field, q.UnitField):
                    hold(len({spell(unit["code"]) for unit in answer}) == len(answer), place)
            case q.ChoiceField(many=True):
                most = field.most or len(option_codes(field, self._rules))
                self._see_several(answer, place, most, lambda item, at: self._see_one(field, item, at))
            case q.PeopleField():
                self._see_several(answer, place, field.most, lambda item, at: _see_match(ID, item, at))
            case _:
                self._see_one(field, answer, place)

    def _see_table(
        self, field: q.TableField, answer: Any, place: str, gone: Mapping[int, frozenset[str]]
    ) -> None:
        hold(isinstance(answer, list), place)
        hold(max(field.least, int(field.required)) <= len(answer) <= field.rows, place)
        for number, row in enumerate(answer):
            at = f"{place}[{number}]"
            absent = gone.get(number, frozenset())
            hold(isinstance(row, dict) and bool(row or absent), at)
            hold(row.keys() <= {column.code for column in field.columns}, at)
            for column in field.columns:
                if column.code in row:
                    self.see(column, row[column.code], f"{at}.{column.code}", {})
                else:
                    hold(not column.required or column.code in absent, f"{at}.{column.code}")

    @staticmethod
    def _see_several(answer: Any, place: str, most: int, see: Callable[[Any, str], None]) -> None:
        hold(isinstance(answer, list) and 1 <= len(answer) <= most, place)
        for number, item in enumerate(answer):
            hold(item not in answer[:number], place)
            see(item, f"{place}[{number}]")

    def _see_one(self, field: q.Asked, answer: Any, place: str) -> None:
        match field:
            case q.TextField():
                _see_text(field, answer, place)
            case q.NumberField():
                _see_number(field, answer, place)
            case q.DateField():
                _see_day(field, answer, place)
            case q.ChoiceField():
                hold(answer in option_codes(field, self._rules), place)
            case q.FileField():
                hold(isinstance(answer, dict) and answer.keys() == {"id", "sha256"}, place)
                hold(isinstance(answer["id"], str) and 1 <= len(answer["id"]) <= CODE_LIMIT, place)
                _see_match(HASH, answer["sha256"], place)
                self.files.append((place, field, (answer["id"], answer["sha256"])))
            case q.UnitField():
                _see_unit(field, answer, place)
                hold(not field.registered or self._in_force(answer["code"]), f"{place}.code")
            case q.CreditCodeField():
                _see_code(answer, field.schemes, place)
            case q.PersonField():
                _see_person(field, answer, place)
            case _:
                raise Unfit(place)


def _see_match(pattern: re.Pattern[str], answer: Any, place: str) -> None:
    hold(isinstance(answer, str) and pattern.fullmatch(answer) is not None, place)


def _see_line(answer: Any, place: str, limit: int = NAME_LIMIT, *, lines: bool = False) -> None:
    hold(isinstance(answer, str) and 1 <= len(answer) <= limit, place)
    hold(find_hidden(answer, lines=lines) is None and not is_formula(answer), place)


def _see_text(field: q.TextField, answer: Any, place: str) -> None:
    _see_line(answer, place, field.characters, lines=field.lines)
    hold(answer.strip() != "", place)
    words = count_words(answer)
    hold((field.least_words or 0) <= words <= (field.words or words), place)


def _see_number(field: q.NumberField, answer: Any, place: str) -> None:
    if field.places:
        _see_match(NUMBER, answer, place)
        found = NUMBER.fullmatch(answer)
        hold(found is not None and len(found[1] or "") <= field.places, place)
        number = Decimal(answer)
    else:
        hold(type(answer) is int, place)
        number = Decimal(answer)
    hold(field.least is None or number >= field.least, place)
    hold(field.most is None or number <= field.most, place)


def _see_day(field: q.DateField, answer: Any, place: str) -> None:
    _see_match(DAY, answer, place)
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        raise Unfit(place) from None
    hold((field.first or day) <= day <= (field.last or day), place)


def _see_code(answer: Any, schemes: tuple[q.Scheme, ...], place: str) -> None:
    hold(isinstance(answer, str) and 1 <= len(answer) <= CODE_LIMIT, place)
    hold(find_code_fault(answer, schemes) is None, place)


def _see_unit(field: q.UnitField, answer: Any, place: str) -> None:
    hold(isinstance(answer, dict) and {"code", "kind", "region"} <= answer.keys(), place)
    hold(answer.keys() <= {"code", "kind", "region", "name_en", "name_zh"}, place)
    _see_code(answer["code"], field.schemes, f"{place}.code")
    for name, text in answer.items():
        _see_line(text, f"{place}.{name}", CODE_LIMIT if name in ("kind", "region") else NAME_LIMIT)
    hold(not field.kinds or answer["kind"] in {kind.code for kind in field.kinds}, f"{place}.kind")


def _may_reach(phone: str) -> bool:
    """Tell whether a telephone number has five digits, at most two letters for each of them, and no @."""
    digits = sum(character in "0123456789０１２３４５６７８９" for character in phone)
    words = sum(not (character.isspace() or character in PHONE_SIGNS) for character in phone) - digits
    return digits >= 5 and words <= 2 * digits and "@" not in phone


def _see_person(field: q.PersonField, answer: Any, place: str) -> None:
    hold(isinstance(answer, dict) and {"name", *field.asks} <= answer.keys(), place)
    hold(answer.keys() <= {"name", "person", *field.asks}, place)
    for name, text in answer.items():
        _see_line(text, f"{place}.{name}")
    if "phone" in answer:
        hold(_may_reach(answer["phone"].strip()), f"{place}.phone")
    if "mail" in answer:
        _see_match(MAIL, answer["mail"].strip(), f"{place}.mail")
    if "person" in answer:
        _see_match(ID, answer["person"], f"{place}.person")
    if "born" in answer:
        _see_match(MONTH, answer["born"], f"{place}.born")
