"""`selection apply import` and `apply template`: many applications of one person from one table."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from reading.models import RoundForm
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from starter.cli.arguments import RoundId, Yes
from starter.cli.column_labels import VALUES, word
from starter.cli.command_table import example
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_bytes
from starter.cli.files_out import write_bytes
from starter.cli.manifest import AT_ONCE, PlannedAct, act_all, require_agreement
from starter.cli.session import Session, run_acting, run_reading
from starter.imports.filled_table import Marked, Sheet, show_faults
from starter.imports.form_layouts import FormSheets, sheets_of
from starter.imports.form_rows import FormTable, match_form_table
from starter.people.filled_file import FilledAnswers, fill_beside
from starter.people.importing import (
    ROWS_LIMIT,
    Importer,
    Row,
    check_rows,
    keep_registered,
    plan_rows,
    refuse_row,
    try_rows,
)
from tables.grid import COLUMN_LIMIT, FILE_LIMIT, TableRefused
from tables.reading import read_sheets
from tables.sentences import describe_refusal
from tables.template import template_csv, template_xlsx

app = typer.Typer()
PlannedRow = Row[FilledAnswers]

FOR_ALL = frozenset({"ended", "late", "unknown-round"})
"""What refuses one row refuses every row."""
CHANGED = (
    "Handed in as {number} with other answers: take those, or give --new-versions to hand these in as a new version.",
    "已作为 {number} 提交，但答案不同：请改回原答案，或加 --new-versions 作为新版本提交。",
)
SHOWN_AT_MOST = 50
"""Rows of a preview on a terminal; programs get all."""
COLUMNS = ("row", "application", "change", "centre", "host")


@app.command(
    "template",
    epilog=example("selection --as agent-01 --lang zh apply template 2025-second many.xlsx"),
)
def template(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The file to write: XLSX, or CSV where its name ends so.")],
) -> None:
    """Write an empty table for many applications under the round's form, with what belongs in each column.

    Fields with rows of their own have a sheet each, which only XLSX can hold.
    """

    async def work(session: Session) -> None:
        form = await session.reads.forms.get_form(await session.subject(), round_id)
        sheets, lang = _sheets_of(form), int(session.out.lang == "zh")
        if file.suffix.lower() == ".csv":
            body = template_csv(sheets.main, lang)
        else:
            body = template_xlsx(sheets.main, lang, tuple(sheets.further.values()))
        write_bytes(file, body)
        session.out.say(f"{file} is ready to be filled in.", f"模板已写入 {file}，请填写。")

    run_reading(ctx, work)


@app.command(
    "import",
    epilog=example(
        "selection --as agent-01 apply import 2025-second applications.xlsx --dry-run --marked to-mend.xlsx",
        "selection --as agent-01 apply import 2025-second applications.xlsx",
        "Files are named by paths in the folder of the table. A row is known again by its row id, not by --command-id.",
    ),
)
def import_applications(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The applications, as XLSX or CSV.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check and show what would be submitted.")
    ] = False,
    new_versions: Annotated[
        bool, typer.Option("--new-versions", help="Submit rows that changed as new versions.")
    ] = False,
    sheet: Sheet = None,
    marked: Marked = None,
    yes: Yes = False,
) -> None:
    """Submit many applications of your own from a table: all are shown, signed together, each answered by itself.

    If one row is wrong, each fault is shown and nothing is submitted. Nothing is submitted twice, so an
    import that broke off is simply repeated.
    """

    async def work(session: Session) -> None:
        # No act is tried before all rows are right, so there is none that the record should hold a refusal of.
        session.traced = True
        subject = await session.subject()
        if not subject.holds(Role.APPLICANT):
            raise Refused("not-entitled", roles=Role.APPLICANT.value)
        form = await session.reads.forms.get_form(subject, round_id)
        rows = await _read_rows(session, round_id, form, file, sheet, marked, new_versions=new_versions)
        _preview(session, rows)
        todo = [row for row in rows if row.act.change != "as-before"]
        if dry_run or not todo:
            return
        require_agreement(session, yes=yes)
        await act_all(session, await _store(session, round_id, todo), Role.APPLICANT, yes=True)

    run_acting(ctx, work)


def _sheets_of(form: RoundForm) -> FormSheets:
    """Return the sheets of a form. Raises CommandFailed form-too-wide."""
    sheets = sheets_of(form.form, form)
    if len(sheets.main.columns) >= COLUMN_LIMIT:
        raise CommandFailed("form-too-wide", limit=str(COLUMN_LIMIT - 1))
    return sheets


async def _read_rows(
    session: Session,
    round_id: str,
    form: RoundForm,
    file: Path,
    sheet: str | None,
    marked: Path | None,
    *,
    new_versions: bool,
) -> list[PlannedRow]:
    """Return the rows of a file, all or none. Raises CommandFailed table-unreadable or table-faulty, Refused."""
    lang = int(session.out.lang == "zh")
    try:
        grids = await read_sheets(read_bytes(file, FILE_LIMIT))
        table = match_form_table(grids, form.form, _sheets_of(form), lang, sheet)
    except TableRefused as refused:
        text = describe_refusal(refused.code, refused.params, lang)
        raise CommandFailed("table-unreadable", text=text) from None
    if len(table.applications) > ROWS_LIMIT:
        raise Refused("too-many", place="applications", limit=str(ROWS_LIMIT))
    rows: list[PlannedRow] = []
    if table.is_headed:
        rows = await _plan(
            session, round_id, table, fill_beside(form, file.parent), new_versions=new_versions
        )
    _refuse_faults(session, table, marked)
    return rows


async def _plan(
    session: Session,
    round_id: str,
    table: FormTable,
    fill: Callable[[Any], FilledAnswers],
    *,
    new_versions: bool,
) -> list[PlannedRow]:
    """Return what each row comes to; what would refuse one is added to the table, as the record would say it now.

    Raises Refused for what refuses all.
    """
    importer = Importer(session.reads, session.client, await session.subject(), round_id)
    fitting = await check_rows(table, fill)
    fitting = await keep_registered(importer.reads, importer.subject, table, fitting)
    rows = await plan_rows(importer, fitting)
    for row in rows:
        if row.act.change == "new-version" and not new_versions:
            table.refuse(row.item, "row-changed", CHANGED[table.lang].format(number=f"{row.act.number:04d}"))
    todo = [row for row in rows if row.act.change != "as-before"]
    await session.show_as(round_id)
    found = await try_rows(importer, todo)
    for refused in found:
        if refused is not None and refused.code in FOR_ALL and all(refused == other for other in found):
            raise refused
    for row, refused in zip(todo, found, strict=True):
        if refused is not None:
            refuse_row(table, row.item, refused, session.out.zone)
    return rows


def _refuse_faults(session: Session, table: FormTable, marked: Path | None) -> None:
    count = sum(map(len, table.faults))
    if count:
        show_faults(session.out, table.sheets, table.lang, marked)
        raise CommandFailed("table-faulty", count=str(count))


def _preview(session: Session, rows: Sequence[PlannedRow]) -> None:
    out = session.out
    shown = [row.preview for row in rows]
    out.rows("rows", COLUMNS, shown if out.as_json else shown[:SHOWN_AT_MOST])
    if len(shown) > SHOWN_AT_MOST:
        left = len(shown) - SHOWN_AT_MOST
        out.say(f"and {number_of(left, 'more row', 'more rows')}.", f"另有 {left} 行。")
    counts = Counter(row.act.change for row in rows)
    english = ", ".join(f"{count} {word(VALUES, change, 'en')}" for change, count in sorted(counts.items()))
    chinese = "，".join(
        f"{word(VALUES, change, 'zh')} {count} 项" for change, count in sorted(counts.items())
    )
    out.say(f"{number_of(len(rows), 'row', 'rows')}: {english}.", f"共 {len(rows)} 行：{chinese}。")


async def _store(session: Session, round_id: str, rows: Sequence[PlannedRow]) -> list[PlannedAct]:
    """Store what the rows answer, and return the acts that hand them in."""
    slots = asyncio.Semaphore(AT_ONCE)
    with session.out.count_parts(len(rows), "Storing", "正在存入") as tick:

        async def store(row: PlannedRow) -> PlannedAct:
            async with slots:
                version = await row.filled.store(session, round_id)
                stream = row.stream(round_id)
                if row.act.number is None:
                    stream = await session.client.new_application(
                        round_id, session.person, row.act.command_id
                    )
            tick()
            shown: dict[str, Any] = {"row": row.item.key, "application": stream.rpartition("/")[2]}
            command = c.Submit(submission=version)
            return PlannedAct(stream, command, "", shown, command_id=row.act.command_id)

        return list(await asyncio.gather(*(store(row) for row in rows)))
