"""The empty table of an import, as a file to fill in."""

from pathlib import Path

import typer

from starter.cli.files_out import write_bytes
from starter.cli.options import options_of
from starter.cli.output import Output
from tables.layout import Layout
from tables.template import template_csv, template_xlsx


def save_template(ctx: typer.Context, path: Path, layout: Layout) -> None:
    """Write a template as CSV where the name ends so, else as XLSX. Raises CommandFailed file-unwritable."""
    chosen = options_of(ctx)
    out = Output(chosen.lang, as_json=chosen.json)
    make = template_csv if path.suffix.lower() == ".csv" else template_xlsx
    write_bytes(path, make(layout, int(out.lang == "zh")))
    out.say(f"{path} is ready to be filled in.", f"模板已写入 {path}，请填写。")
    out.finish()
