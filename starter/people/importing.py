"""Many applications from one table: each row checked as one form is, and what handing it in would come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from papers.values import Words
from reading.models import RoundForm
from reading.rehearsals import NEW, UNSTORED, Trial
from selection.application import commands as c
from selection.application.submission import Submission
from selection.forms.checking import AnswerChecker
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from selection.refusals.unreadable import refuse_unreadable
from selection.register.units_in_forms import asks_the_register, find_unregistered
from selection.streams import application_stream
from selection.wording.refusals import render_refusal
from starter.cli.session import Session
from starter.imports.form_rows import FormTable, TypedApplication
from starter.imports.row_acts import BEGIN, RowAct, RowsBefore
from starter.people.filled_file import FilledAnswers
from starter.people.handing_in import store_answers
from starter.people.named_units import find_units

FOR_ALL = frozenset({"ended", "late", "unknown-round"})
"""What refuses one row refuses every row."""
CHANGED = (
    "Handed in as {number} with other answers: take those, or give --new-versions to hand these in as a new version.",
    "已作为 {number} 提交，但答案不同：请改回原答案，或加 --new-versions 作为新版本提交。",
)


@dataclass(frozen=True)
class Row:
    """One row that fits the form: its answers, the version that they would be, and what handing it in comes to."""

    item: TypedApplication
    filled: FilledAnswers
    version: Submission
    act: RowAct

    def stream(self, round_id: str) -> str:
        """Return its application's stream, or a stand-in."""
        number = NEW if self.act.number is None else f"{self.act.number:04d}"
        return application_stream(round_id, number)

    @property
    def preview(self) -> dict[str, Any]:
        """Return its line in the preview."""
        version = self.version
        return {
            "row": self.item.key,
            "application": None if self.act.number is None else f"{self.act.number:04d}",
            "change": self.act.change,
            "centre": Words(en=version.name_en, zh=version.name_zh),
            "host": version.host.code,
        }


class Fitting(NamedTuple):
    """A row whose answers fit the form, and the version that they are, with stand-ins for what is not stored yet."""

    item: TypedApplication
    filled: FilledAnswers
    version: Submission


async def check_rows(table: FormTable, form: RoundForm, folder: Path) -> list[Fitting]:
    """Return the rows that fit the form; what is wrong with the others is added to the table."""
    checker = AnswerChecker(form.form, form)
    fitting: list[Fitting] = []
    for item in table.applications:
        filled = FilledAnswers(checker, item.typed, folder)
        faults = filled.check()
        for fault in faults:
            table.add(item, fault)
        if faults:
            continue
        assert isinstance(filled.answers, dict)
        try:
            version = await store_answers(form.form, filled.answers, _stand_in)
        except ValidationError as error:
            _refuse(table, item, refuse_unreadable(error, frozenset(form.form.by_code)))
            continue
        fitting.append(Fitting(item, filled, version))
    return fitting


async def plan_rows(
    session: Session,
    round_id: str,
    table: FormTable,
    fitting: Sequence[Fitting],
    *,
    new_versions: bool,
) -> list[Row]:
    """Return what each row comes to; what would refuse one is added to the table, as the record would say it now.

    Raises Refused for what refuses all.
    """
    subject = await session.subject()
    fitting = await _keep_registered(session, table, fitting)
    before = RowsBefore(await session.reads.applications.list_numbered(subject, round_id, BEGIN))
    places = [{"round": round_id, "row": item.key} for item, _, _ in fitting]
    answered = [filled.answers for _, filled, _ in fitting]
    keys = await session.client.mark_all(places, person=session.person)
    marks = await session.client.mark_all(answered, person=session.person)
    rows = [
        Row(*parts, before.find(key, mark)) for parts, key, mark in zip(fitting, keys, marks, strict=True)
    ]
    for row in rows:
        if row.act.change == "new-version" and not new_versions:
            sentence = CHANGED[table.lang].format(number=f"{row.act.number:04d}")
            table.refuse(row.item, "row-changed", sentence)
    await _rehearse(session, round_id, table, [row for row in rows if row.act.change != "as-before"])
    return rows


async def _keep_registered(session: Session, table: FormTable, fitting: Sequence[Fitting]) -> list[Fitting]:
    """Return the rows whose units the register has, where the form asks for that; the others' faults are added."""
    if not fitting or not asks_the_register(form := fitting[0].filled.form):
        return list(fitting)
    known = await find_units(
        session.reads, await session.subject(), form, [row.filled.answers for row in fitting]
    )
    kept = []
    for row in fitting:
        faults = find_unregistered(form, row.filled.answers, known)
        for fault in faults:
            table.add(row.item, fault)
        if not faults:
            kept.append(row)
    return kept


async def _rehearse(session: Session, round_id: str, table: FormTable, rows: Sequence[Row]) -> None:
    """Add to the table what would refuse rows. Those that differ in nothing that is decided on are tried once."""
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(_key_of_decision(row, round_id), []).append(row)
    trials: list[Trial] = [
        (same[0].stream(round_id), c.Submit(submission=same[0].version), same[0].act.command_id)
        for same in alike.values()
    ]
    subject = await session.subject()
    await session.show_as(round_id)
    found = await session.reads.rehearsals.find_refusals(subject, round_id, trials, Role.APPLICANT)
    for refused, same in zip(found, alike.values(), strict=True):
        if refused is not None and refused.code in FOR_ALL and len(same) == len(rows):
            raise refused
        for row in same if refused is not None else ():
            assert refused is not None
            _refuse(table, row.item, refused, session.out.zone)


def _key_of_decision(row: Row, round_id: str) -> tuple[object, ...]:
    """Return what the decision on a row depends on besides whether its answers fit the form."""
    version = row.version
    units = (version.host, *version.co_builders)
    return (
        row.stream(round_id),
        *(version.field, version.region, version.priority, version.host.code, version.host.region),
        *(len(version.avoid), len(units) == len({unit.code for unit in units})),
    )


def _refuse(table: FormTable, item: TypedApplication, refused: Refused, zone: Zone = BEIJING) -> None:
    sentence = render_refusal(refused.code, refused.params, "zh" if table.lang else "en", zone)
    table.refuse(item, refused.code, sentence)


async def _stand_in(_: str) -> Ref:
    return UNSTORED
