"""Units that somebody typed, against the register: faults where a form asks for that, else what to look at again."""

from collections.abc import Sequence
from typing import Any

from reading.models import RoundForm
from selection.decision.register_views import UnitFact
from selection.forms.faults import AnswerFault
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.register.units_in_forms import (
    asks_the_register,
    find_renamed,
    find_unregistered,
    judge_recommenders,
    list_recommending_units,
    units_in,
)
from selection.rules.model import RoundRules
from starter.cli.session import Session


async def find_units(session: Session, form: Form, several: Sequence[Json]) -> dict[str, UnitFact]:
    """Return the units of the register that these answers to a form name."""
    codes = {unit.code for answers in several for unit in units_in(form, answers)}
    return await session.reads.units.find(await session.subject(), sorted(codes)) if codes else {}


async def find_not_registered(session: Session, form: Form, answers: Json) -> tuple[AnswerFault, ...]:
    """Return the units that must be of the register and are not."""
    if not asks_the_register(form):
        return ()
    return find_unregistered(form, answers, await find_units(session, form, [answers]))


async def warn_of_names(session: Session, form: RoundForm, answers: Json) -> None:
    """Show where a unit is called otherwise than in the register; nothing is refused for it."""
    found = find_renamed(form.form, answers, await find_units(session, form.form, [answers]))
    _show(session, [(item.path, item) for item in found])


async def warn_of_recommenders(session: Session, rules: RoundRules) -> None:
    """Show which recommending units the register lacks or calls otherwise, as far as their codes are codes of units."""
    codes = list_recommending_units(rules)
    known = await session.reads.units.find(await session.subject(), sorted(codes)) if codes else {}
    _show(session, judge_recommenders(rules, known))


def _show(session: Session, found: Sequence[tuple[str, AnswerFault]]) -> None:
    lang = session.out.lang
    rows: list[dict[str, Any]] = [
        {"path": path, "warning": item.sentence(lang), "code": item.code} for path, item in found
    ]
    if rows:
        session.out.rows("warnings", ("path", "warning", "code"), rows)
