"""Units that answers name, against the register: which a form takes only from there, and which it calls otherwise."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from selection.forms.credit_codes import find_code_fault
from selection.forms.faults import AnswerFault
from selection.forms.fields import UnitField
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.kernel.unit_codes import canonical_code
from selection.register.unit_commands import SCHEMES
from selection.rules.model import RoundRules
from selection.rules.sections import Recommender


class RegisteredUnit(Protocol):
    """A unit as the register has it."""

    @property
    def name_zh(self) -> str:
        """Its name in Chinese, or nothing."""

    @property
    def name_en(self) -> str:
        """Its name in English, or nothing."""

    @property
    def active(self) -> bool:
        """Whether it is still taken."""


class NamedUnit(NamedTuple):
    """A unit in an answer: where, its code in the one spelling, what was typed of it, whether it must be registered."""

    path: str
    code: str
    typed: Mapping[str, object]
    registered: bool


def units_in(form: Form, answers: Json) -> Iterator[NamedUnit]:
    """Yield the units that answers name in fields of that kind, whatever else is wrong with them."""
    for field in form.fields():
        if not isinstance(field, UnitField) or not isinstance(answers, dict):
            continue
        answer = answers.get(field.code)
        several = answer if isinstance(answer, list) else [answer]
        for number, unit in enumerate(several):
            code = unit.get("code") if isinstance(unit, dict) else None
            if isinstance(unit, dict) and isinstance(code, str):
                path = f"{field.code}[{number}]" if field.many else field.code
                yield NamedUnit(path, canonical_code(code), unit, field.registered)


def asks_the_register(form: Form) -> bool:
    """Tell whether a form takes units of the register alone in one of its fields."""
    return any(isinstance(field, UnitField) and field.registered for field in form.fields())


def find_unregistered(
    form: Form, answers: Json, known: Mapping[str, RegisteredUnit]
) -> tuple[AnswerFault, ...]:
    """Return a fault for each unit that must be one of the register and is not, or not any more."""
    return tuple(
        AnswerFault(f"{unit.path}.code", "unit-unregistered")
        for unit in units_in(form, answers)
        if unit.registered and not (unit.code in known and known[unit.code].active)
    )


def find_renamed(form: Form, answers: Json, known: Mapping[str, RegisteredUnit]) -> tuple[AnswerFault, ...]:
    """Return what to look at again: a unit of the register that is called otherwise there. It is no fault."""
    found = []
    for unit in units_in(form, answers):
        there = known.get(unit.code)
        for name in ("name_zh", "name_en"):
            called = getattr(there, name, "")
            typed = unit.typed.get(name)
            if called and isinstance(typed, str) and typed.strip() not in ("", called):
                found.append(AnswerFault(f"{unit.path}.{name}", "unit-renamed", {"name": called}))
    return tuple(found)


def list_recommending_units(rules: RoundRules) -> dict[str, Recommender]:
    """Return the recommending units whose codes are codes of units, by these in the one spelling."""
    spelt = {canonical_code(unit.code): unit for unit in rules.recommenders}
    return {code: unit for code, unit in spelt.items() if find_code_fault(code, SCHEMES) is None}


def judge_recommenders(
    rules: RoundRules, known: Mapping[str, RegisteredUnit]
) -> tuple[tuple[str, AnswerFault], ...]:
    """Return by their codes what to look at again: recommending units that the register lacks or calls otherwise."""
    found = []
    for code, unit in list_recommending_units(rules).items():
        there = known.get(code)
        if there is None or not there.active:
            found.append((unit.code, AnswerFault("recommenders", "unit-unregistered")))
            continue
        for typed, called in ((unit.zh, there.name_zh), (unit.en, there.name_en)):
            if called and typed != called:
                found.append((unit.code, AnswerFault("recommenders", "unit-renamed", {"name": called})))
    return tuple(found)
