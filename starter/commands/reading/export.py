"""`selection export`: a round's applications as CSV."""

import csv
import re
import sys
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from reading.models import ShownApplication
from selection.kernel.counting import number_of
from starter.cli.command_table import example, single
from starter.cli.files_out import write_bytes
from starter.cli.output import plain
from starter.cli.printable import printable
from starter.cli.session import Session, reading

app = single()

FORMULA = re.compile(
    r"""(?:\A|(?<=[;\t\n]))(?=[\s"\u00ad\u200b-\u200d\u2060-\u2064\ufeff]*[-=+@＝＋－＠﹦﹢﹣﹫\u2212])|\A(?=[\t\n])"""
)
"""Where a spreadsheet would begin to read a formula: at a sign that it takes for an operator, also after what it skips.

A cell begins at its start; in places where semicolons or tabs part cells, also after those and in each line.
"""


@app.command(epilog=example("selection --as officer-1 export 2025-second --output applications.csv"))
def export(
    ctx: typer.Context,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
    output: Annotated[Path | None, typer.Option(help="The file to write; default: standard output.")] = None,
) -> None:
    """Write a round's applications as CSV, rows and columns as far as you may see them."""

    async def work(session: Session) -> None:
        found = await session.reads.applications.list_of_round(await session.subject(), round_id)
        rows = [item.shown() for item in found]
        columns = columns_of(rows)
        if session.options.json:
            session.out.rows("applications", columns, rows)
        elif output is None:
            write_csv(sys.stdout, columns, rows)
        else:
            written = StringIO()
            write_csv(written, columns, rows)
            # With a mark, so that spreadsheets read the Chinese as UTF-8.
            write_bytes(output, written.getvalue().encode("utf-8-sig"))
            session.out.say(
                f"{number_of(len(rows), 'application', 'applications')} in {output}.",
                f"{len(rows)} 项申报已写入 {output}。",
            )

    reading(ctx, work)


def columns_of(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the columns that show in at least one row, in their own order."""
    return tuple(name for name in ShownApplication.model_fields if any(name in row for row in rows))


def write_csv(target: TextIO, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Write rows under their columns; several values in one cell are parted by blanks."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> str:
    """Return a value as a cell that a spreadsheet shows and never runs; controls are marked as on a terminal."""
    value = plain(value)
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    text = printable("" if value is None else str(value))
    return FORMULA.sub("'", text)
