"""`selection unit`: the register of units, by which host units, co-builders and employers are told apart."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer

from selection.decision.register_views import UnitFact
from selection.kernel.actor import Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.counting import number_of
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.register.unit_commands import UnitEntry, split_units
from starter.cli.arguments import Correction, Yes
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_bytes
from starter.cli.files_out import write_bytes
from starter.cli.manifest import PlannedAct, act_all
from starter.cli.session import Session, run_acting, run_reading
from starter.imports.filled_table import Marked, Sheet, read_filled, show_faults
from starter.imports.templates import save_template
from starter.imports.units import ACTIVE, ENDED, LAYOUT, find_faults, make_typed, plan_entries
from tables.grid import FILE_LIMIT, TableRefused
from tables.sentences import describe_refusal
from tables.writing import export_table

app = group("The register of units: list, show, import.")

UNITS_LIMIT = 20_000
COLUMNS = ("code", "name_zh", "name_en", "kind", "parents", "state")


@app.command(
    "import",
    epilog=example(
        "selection --as admin-1 unit import units.xlsx --dry-run --marked units-to-mend.xlsx",
        "selection --as admin-1 unit import units.xlsx",
    ),
)
def import_units(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Units, as XLSX or CSV.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check and show what would be registered.")
    ] = False,
    sheet: Sheet = None,
    marked: Marked = None,
    reason: Correction = "",
    yes: Yes = False,
) -> None:
    """Register units from a table, or register them anew; if one row is wrong, each fault is shown, and no unit is.

    What would change is shown first and signed together. Rows that change nothing are passed over, and a column
    that the table lacks changes nothing. --command-id is not used.
    """

    async def work(session: Session) -> None:
        session.traced = True
        subject = await session.subject()
        if not subject.holds(Role.ADMIN):
            raise Refused("not-entitled", roles=Role.ADMIN.value)
        known = {item.code: item for item in await session.reads.units.list_units(subject)}
        entries = await _read(session, file, known, sheet, marked)
        session.out.rows("units", ("change", *COLUMNS), [_show_change(item) for item in entries])
        if not entries:
            session.out.say("All units stand as the table has them.", "表中各单位均已如此登记。")
        elif not dry_run:
            why = await store_typed_text(session, reason, INSTALLATION) if reason else None
            await act_all(session, _plan(entries), Role.ADMIN, yes=yes, at_once=1, reason=why)

    run_acting(ctx, work)


@app.command("template", epilog=example("selection --lang zh unit template units.xlsx"))
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write: XLSX, or CSV where its name ends so.")],
) -> None:
    """Write an empty table of units to fill in, with what belongs in each column."""
    save_template(ctx, file, LAYOUT)


@app.command(
    "list",
    epilog=example(
        "selection --as officer-1 unit list --kind university",
        "selection --as admin-1 unit list --output units.xlsx",
    ),
)
def list_units(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Only units of this kind.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="A file to write instead, .xlsx, .csv or .json; `unit import` reads the first two."
        ),
    ] = None,
) -> None:
    """List the registered units."""

    async def work(session: Session) -> None:
        found = await session.reads.units.list_units(await session.subject(), kind)
        rows = [_show_unit(item) for item in found]
        if output is None:
            session.out.rows("units", COLUMNS, rows)
            return
        lang = int(session.out.lang == "zh")
        write_bytes(
            output, export_table(output.suffix.lower(), LAYOUT.title[lang], LAYOUT.columns, rows, lang)
        )
        session.out.say(
            f"{number_of(len(rows), 'unit', 'units')} in {output}.", f"{len(rows)} 个单位已写入 {output}。"
        )

    run_reading(ctx, work)


@app.command("show", epilog=example("selection --as officer-1 unit show 91110000XXXXXXXXXX"))
def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help="The unit's code, however it is spelt.")],
) -> None:
    """Show a unit: its names, what it belongs to and what belongs to it, and what was registered of it before."""

    async def work(session: Session) -> None:
        found = await session.reads.units.get(await session.subject(), canonical_code(code))
        session.out.fields("unit", _show_unit(found.unit))
        for name, units in (("parents", found.parents), ("below", found.below)):
            if units:
                session.out.rows(name, COLUMNS[:4], [_show_unit(item) for item in units])
        entries = [{**_show_unit(item), "at": item.at, "version": item.version} for item in found.entries]
        session.out.rows("entries", ("at", "version", *COLUMNS[1:]), entries)

    run_reading(ctx, work)


async def _read(
    session: Session, file: Path, known: Mapping[str, UnitFact], sheet: str | None, marked: Path | None
) -> list[UnitEntry]:
    """Return what a table would change. Raises CommandFailed `table-unreadable`, or `table-faulty` with all faults."""
    lang = int(session.out.lang == "zh")
    try:
        read = await read_filled(read_bytes(file, FILE_LIMIT), LAYOUT, make_typed, lang, sheet)
    except TableRefused as unread:
        text = describe_refusal(unread.code, unread.params, lang)
        raise CommandFailed("table-unreadable", text=text) from None
    if len(read.items) > UNITS_LIMIT:
        raise Refused("too-many", place="units", limit=str(UNITS_LIMIT))
    faults = find_faults(read, known, lang)
    if faults:
        show_faults(session.out, [(read.grid, faults)], lang, marked)
        raise CommandFailed("table-faulty", count=str(len(faults)))
    return plan_entries([item for _, item in read.items], known)


def _plan(entries: Sequence[UnitEntry]) -> list[PlannedAct]:
    """Return the acts, each named by what it registers in place of what: the same again is the same act."""
    planned = []
    for command in split_units(entries):
        name = f"units-{sha256(canonical_bytes(command)).hexdigest()[:32]}"
        shown = {"units": len(command.units), "from": command.units[0].code, "to": command.units[-1].code}
        planned.append(PlannedAct(INSTALLATION, command, "", shown, command_id=name))
    return planned


def _show_unit(item: Any) -> dict[str, Any]:
    fields = item.model_dump(mode="json", exclude={"active", "version", "replaces", "at"})
    return {**fields, "state": ACTIVE if item.active else ENDED}


def _show_change(item: UnitEntry) -> dict[str, Any]:
    return {**_show_unit(item), "change": "changed" if item.replaces else "new"}
