"""`selection audit export`: one file that proves a round, to be verified without us."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from activities.key_files import KeyFileFault, public_file, read_verifier
from ledger.database.store import AUDITOR_ROLE
from ledger.record import Ledger
from reading.access.subject import Subject
from reading.service import ReadService
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.note import Verifier
from starter.archive.export import Exported, RoundExport, Tell
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.progress import progress_bars
from starter.cli.session import Session, database_url, reading

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

    reading(ctx, work)


async def write_bundle(
    settings: Settings, who: Subject, round_id: str, path: Path, *, redacted: bool, tell: Tell
) -> Exported:
    """Write a round's bundle for a subject, in the auditor's role of the database. Raises what RoundExport raises."""
    ledger = await Ledger.connect(database_url(settings, Login.AUDITOR), role=AUDITOR_ROLE, size=2)
    try:
        record = await ReadService(ledger).exports.open(who, round_id, redacted=redacted)
        return await RoundExport(record, key=_public_key(settings), tell=tell).write(path)
    finally:
        await ledger.close()


def _public_key(settings: Settings) -> Verifier | None:
    try:
        return read_verifier(public_file(settings.signing_key_file))
    except KeyFileFault:
        return None


def _show(session: Session, done: Exported, path: Path) -> None:
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
