"""`selection export`: a round's applications as XLSX, CSV or JSON."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from selection.kernel.counting import number_of
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.files_out import write_bytes
from starter.cli.session import Session, run_reading
from starter.imports.application_table import collect_table
from tables.writing import export_table, write_csv

app = single()


@app.command(
    epilog=example(
        "selection --as officer-1 export 2025-second --output applications.xlsx",
        "selection --as officer-1 export 2025-second --output applications.csv",
    )
)
def export(
    ctx: typer.Context,
    round_id: RoundId,
    output: Annotated[
        Path | None,
        typer.Option(help="The file to write, .xlsx, .csv or .json; default: CSV on standard output."),
    ] = None,
) -> None:
    """Write a round's applications as a table, rows and columns as far as you may see them.

    XLSX and JSON also say what each column means.
    """

    async def work(session: Session) -> None:
        lang = session.out.lang
        # A program gets the answers as they were given, people in words.
        plain = session.options.json or (output is not None and output.suffix.lower() == ".json")
        who = await session.subject()
        columns, rows = await collect_table(session.reads, who, round_id, None if plain else lang)
        if output is not None:
            number = int(lang == "zh")
            write_bytes(output, export_table(output.suffix.lower(), round_id, columns, rows, number))
            session.out.say(
                f"{number_of(len(rows), 'application', 'applications')} in {output}.",
                f"{len(rows)} 项申报已写入 {output}。",
            )
        elif session.options.json:
            session.out.rows("applications", tuple(column.code for column in columns), rows)
        else:
            write_csv(sys.stdout, columns, rows)

    run_reading(ctx, work)
