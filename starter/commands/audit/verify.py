"""`selection audit verify`: prove or refute a bundle, offline, with a key from outside."""

from pathlib import Path
from typing import Annotated

import typer

from starter.cli.command_table import example, single
from starter.cli.options import options_of

app = single()
Html = Annotated[Path | None, typer.Option(help="Also write the report as a web page to read and print.")]


@app.command(
    "verify", epilog=example("selection audit verify round.zip --key installation.vkey --html report.html")
)
def verify_bundle(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle (zip).")],
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.vkey", help="The installation's public key, obtained independently of the bundle."
        ),
    ] = None,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that someone else kept; may be repeated.")
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(metavar="VKEY", help="A witness's public key or its file; may be repeated."),
    ] = None,
    stamping: Annotated[
        Path | None, typer.Option(metavar="FILE.pem", help="Root certificates of the time stamp service.")
    ] = None,
    processes: Annotated[
        int, typer.Option(min=0, help="Number of processes that replay the histories; 0: one per core.")
    ] = 0,
    html: Html = None,
) -> None:
    """Verify a bundle and report each claim. The exit code is 0 only if every claim is proven.

    It is 5 if nothing was refuted, but contents are missing that no entry says were erased; else 1.

    Needs neither network nor database. Keys inside the bundle are never trusted.
    """
    # What verifies takes far longer to load than its help takes to print.
    from starter.replay.verdict import read_outside, show_verdict

    outside = read_outside(key, checkpoint or (), witness or (), stamping)
    raise typer.Exit(show_verdict(file, outside, options_of(ctx), processes=processes, html=html))
