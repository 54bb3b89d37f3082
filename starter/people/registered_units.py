"""Units that somebody typed, against the register: what to look at again."""

from collections.abc import Sequence
from typing import Any

from reading.models import RoundForm
from selection.forms.faults import AnswerFault
from selection.forms.json_text import Json
from selection.register.units_in_forms import find_renamed, judge_recommenders, list_recommending_units
from selection.rules.model import RoundRules
from starter.cli.session import Session
from starter.people.named_units import find_units


async def warn_of_names(session: Session, form: RoundForm, answers: Json) -> None:
    """Show where a unit is called otherwise than in the register; nothing is refused for it."""
    known = await find_units(session.reads, await session.subject(), form.form, [answers])
    found = find_renamed(form.form, answers, known)
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
