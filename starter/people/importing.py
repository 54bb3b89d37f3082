"""Many applications from one table: each row checked as one form is, and what handing it in would come to."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import ValidationError

from papers.values import Words
from reading.access.subject import Subject
from reading.rehearsals import NEW, UNSTORED, Trial
from reading.service import ReadService
from selection.application import commands as c
from selection.application.submission import Submission
from selection.forms.faults import AnswerFault
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from selection.refusals.unreadable import refuse_unreadable
from selection.register.units_in_forms import asks_the_register, find_unregistered
from selection.streams import application_stream
from selection.wording.refusals import render_refusal
from starter.client.client import SelectionClient
from starter.imports.form_rows import FormTable, TypedApplication
from starter.imports.row_acts import BEGIN, RowAct, RowsBefore
from starter.people.handing_in import store_answers
from starter.people.named_units import find_units

ROWS_LIMIT = 2_000
"""Applications of one table."""


class AnswersOfRow(Protocol):
    """What a row says, with each of its files named by the SHA-256 of its bytes, by which the row is known again."""

    @property
    def form(self) -> Form:
        """The form that was filled in."""
        ...

    @property
    def answers(self) -> Json:
        """The answers, once they were checked."""
        ...

    def check(self) -> list[AnswerFault]:
        """Return every fault."""
        ...


F = TypeVar("F", bound=AnswersOfRow)


class Fitting(NamedTuple, Generic[F]):
    """A row whose answers fit the form, and the version that they are, with stand-ins for what is not stored yet."""

    item: TypedApplication
    filled: F
    version: Submission


@dataclass(frozen=True)
class Row(Generic[F]):
    """One row that fits the form: its answers, the version that they would be, and what handing it in comes to."""

    item: TypedApplication
    filled: F
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


@dataclass(frozen=True)
class Importer:
    """Who imports into which round, and by what they ask the record."""

    reads: ReadService
    client: SelectionClient
    subject: Subject
    round: str


async def check_rows(table: FormTable, fill: Callable[[Any], F]) -> list[Fitting[F]]:
    """Return the rows that fit the form; what is wrong with the others is added to the table.

    `fill` makes of what a row says what its answers are. Others have their turn between two rows.
    """
    fitting: list[Fitting[F]] = []
    for item in table.applications:
        await asyncio.sleep(0)
        filled = fill(item.typed)
        faults = filled.check()
        for fault in faults:
            table.add(item, fault)
        if faults:
            continue
        try:
            fitting.append(await foresee_version(item, filled))
        except ValidationError as error:
            refuse_row(table, item, refuse_unreadable(error, frozenset(table.form.by_code)))
    return fitting


async def foresee_version(item: TypedApplication, filled: F) -> Fitting[F]:
    """Return a row that fits its form with the version that it is. Raises ValidationError for what is no version."""
    assert isinstance(filled.answers, dict)
    return Fitting(item, filled, await store_answers(filled.form, filled.answers, _stand_in))


async def keep_registered(
    reads: ReadService, subject: Subject, table: FormTable, fitting: Sequence[Fitting[F]]
) -> list[Fitting[F]]:
    """Return the rows whose units the register has, where the form asks for that; the others' faults are added."""
    if not fitting or not asks_the_register(form := fitting[0].filled.form):
        return list(fitting)
    known = await find_units(reads, subject, form, [row.filled.answers for row in fitting])
    kept = []
    for row in fitting:
        faults = find_unregistered(form, row.filled.answers, known)
        for fault in faults:
            table.add(row.item, fault)
        if not faults:
            kept.append(row)
    return kept


async def plan_rows(importer: Importer, fitting: Sequence[Fitting[F]]) -> list[Row[F]]:
    """Return what handing in each row comes to, by what was handed in before."""
    person = importer.subject.person
    numbered = await importer.reads.applications.list_numbered(importer.subject, importer.round, BEGIN)
    before = RowsBefore(numbered)
    places = [{"round": importer.round, "row": row.item.key} for row in fitting]
    keys = await importer.client.mark_all(places, person=person)
    marks = await importer.client.mark_all([row.filled.answers for row in fitting], person=person)
    return [
        Row(*parts, before.find(key, mark)) for parts, key, mark in zip(fitting, keys, marks, strict=True)
    ]


async def try_rows(importer: Importer, rows: Sequence[Row[F]]) -> list[Refused | None]:
    """Return for each row what would refuse it, as the record would say it now.

    Those that differ in nothing that is decided on are tried once.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for place, row in enumerate(rows):
        alike.setdefault(_key_of_decision(row, importer.round), []).append(place)
    firsts = [rows[places[0]] for places in alike.values()]
    trials: list[Trial] = [
        (row.stream(importer.round), c.Submit(submission=row.version), row.act.command_id) for row in firsts
    ]
    found = await importer.reads.rehearsals.find_refusals(
        importer.subject, importer.round, trials, Role.APPLICANT
    )
    refusals: list[Refused | None] = [None] * len(rows)
    for refused, places in zip(found, alike.values(), strict=True):
        for place in places:
            refusals[place] = refused
    return refusals


def _key_of_decision(row: Row[F], round_id: str) -> tuple[object, ...]:
    """Return what the decision on a row depends on besides whether its answers fit the form."""
    version = row.version
    units = (version.host, *version.co_builders)
    return (
        row.stream(round_id),
        *(version.field, version.region, version.priority, version.host.code, version.host.region),
        *(len(version.avoid), len(units) == len({unit.code for unit in units})),
    )


def refuse_row(table: FormTable, item: TypedApplication, refused: Refused, zone: Zone = BEIJING) -> None:
    """Add to a table why a row as a whole is not taken."""
    sentence = render_refusal(refused.code, refused.params, "zh" if table.lang else "en", zone)
    table.refuse(item, refused.code, sentence)


async def _stand_in(_: str) -> Ref:
    return UNSTORED
