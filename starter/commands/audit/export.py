"""`selection audit export`: one file that proves a round, to be verified without us."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from starter.archive.bundling import write_bundle
from starter.archive.export import ExportCounts
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.progress import progress_bars
from starter.cli.session import Session, run_reading

app = single()


@app.command(
    "export",
    epilog=example(
        "selection --as auditor-1 audit export 2025-second -o round.zip",
        "selection --as auditor-1 audit export 2025-second -o round.zip --redacted",
    ),
)
def export_round(
    ctx: typer.Context,
    round_id: RoundId,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.zip", help="The file to write.")],
    redacted: Annotated[
        bool,
        typer.Option(
            "--redacted", help="Leave out people's texts and files; the bundle can still be verified."
        ),
    ] = False,
) -> None:
    """Export a round's bundle: logs, checkpoints, histories, rules, draws. The record is only read.

    The bundle contains the histories as last archived, and the logs up to their latest checkpoints. Auditors of the
    round may export it; its administrators only a redacted bundle, which has every entry but no contents except
    those of draws.
    """

    async def work(session: Session) -> None:
        who = await session.subject()
        try:
            with progress_bars(session.options) as tell:
                done = await write_bundle(
                    session.settings, who, round_id, output, redacted=redacted, tell=tell
                )
        except OSError as fault:
            raise CommandFailed("file-unwritable", text=f"{output.name}: {fault.strerror}") from None
        _show(session, done, output)

    run_reading(ctx, work)


def _show(session: Session, done: ExportCounts, path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    values = {
        "file": path,
        "bytes": path.stat().st_size,
        "sha256": digest,
        **done.model_dump(exclude={"logs"}),
    }
    session.out.fields("bundle", values)
    rows = [{"log": log, "entries": size} for log, size in done.logs.items()]
    session.out.rows("logs", ("log", "entries"), rows)
