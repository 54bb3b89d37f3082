"""`selection audit verify`: prove or refute a bundle, offline, with a key from outside."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rich import box
from rich.table import Table
from rich.text import Text

from audit.bundle.reader import BundleUnreadable
from audit.claims import Verdict
from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.verification import Outside
from audit.report.html import MARKS, page
from audit.report.report import Report
from audit.report.sentences import OVERALL, VERDICTS, say_claim, say_finding, say_listed
from audit.verify import Effort, Progress as Tell, verify
from selection.transparency.note import NoteInvalid, Verifier
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.files_in import read_bytes, read_text
from starter.cli.files_out import write_text
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.cli.progress import progress_bars

app = single()
Html = Annotated[Path | None, typer.Option(help="Also write the report as a web page to read and print.")]
COLOURS = {Verdict.PROVEN: "green", Verdict.REFUTED: "bold red", Verdict.NOT_PROVABLE: "yellow"}


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

    Needs neither network nor database. Keys inside the bundle are never trusted.
    """
    options = options_of(ctx)
    outside = _read_outside(key, checkpoint or (), witness or (), stamping)
    with progress_bars(options) as tell:
        report = _verify_file(file, outside, _effort(processes, tell))
    if html:
        write_text(html, page(report, datetime.now(UTC)))
    _show(report, options)
    if report.verdict is not Verdict.PROVEN:
        raise typer.Exit(BROKEN)


def _read_outside(
    key: Path | None, checkpoints: Sequence[Path], witnesses: Sequence[str], stamping: Path | None
) -> Outside:
    """Read what was obtained independently of the bundle."""
    return Outside(
        key=_key(key) if key else None,
        checkpoints=[_checkpoint(path) for path in checkpoints],
        witnesses=tuple(_witness(said) for said in witnesses),
        stamping=_certificates(stamping) if stamping else (),
    )


def _verify_file(file: Path, outside: Outside, effort: Effort) -> Report:
    try:
        return verify(file, outside, effort)
    except BundleUnreadable as fault:
        raise CommandFailed(fault.code, exits=BROKEN, text=file.name) from None
    except OSError as fault:
        raise CommandFailed("file-missing", text=f"{file.name}: {fault.strerror}") from None


def _effort(processes: int, tell: Tell) -> Effort:
    return Effort(processes=processes or os.cpu_count() or 1, progress=tell)


def _key(path: Path) -> Verifier:
    try:
        return Verifier.parse(read_text(path))
    except NoteInvalid as fault:
        raise CommandFailed("key-unreadable", text=f"{path.name}: {fault}") from None


def _witness(said: str) -> Verifier:
    try:
        return Verifier.parse(said)
    except NoteInvalid:
        return _key(Path(said))


def _certificates(path: Path) -> tuple[Certificate, ...]:
    try:
        return tuple(load_pem_x509_certificates(read_bytes(path)))
    except ValueError:
        raise CommandFailed("key-unreadable", text=path.name) from None


def _checkpoint(path: Path) -> OutsideCheckpoint:
    try:
        return OutsideCheckpoint(read_text(path))
    except NoteInvalid as fault:
        raise CommandFailed("checkpoint-unreadable", text=f"{path.name}: {fault}") from None


def _show(report: Report, options: Options) -> None:
    out = Output(options.lang, as_json=options.json)
    first = report.first_difference
    if options.json:
        named = None if first is None else first.model_dump(mode="json")
        out.document = {**report.model_dump(mode="json"), "first_difference": named}
        out.finish()
        return
    chinese = options.lang == "zh"
    out.console.print(_table(report, options))
    for item in report.listed:
        out.console.print(Text(say_listed(item, options.lang), "dim"))
    mark, said = MARKS[report.verdict], VERDICTS[report.verdict][chinese]
    colour = COLOURS[report.verdict]
    out.console.print(Text(f"\n{mark} {said}: {OVERALL[report.verdict][chinese]}", colour))
    if first is not None:
        word = ("First point of difference", "首个不符之处")[chinese]
        out.console.print(Text(f"{word}: {first.point}. {say_finding(first, options.lang)}", colour))


def _table(report: Report, options: Options) -> Table:
    chinese = options.lang == "zh"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(("verdict", "结论")[chinese], no_wrap=True)
    table.add_column(("about", "对象")[chinese], overflow="fold", max_width=20)
    table.add_column(("claim", "主张")[chinese], overflow="fold")
    table.add_column(("looked at", "数量")[chinese], justify="right")
    about = ""
    for claim in report.claims:
        mark = Text(f"{MARKS[claim.verdict]} {VERDICTS[claim.verdict][chinese]}", COLOURS[claim.verdict])
        said = Text(say_claim(claim, options.lang))
        if claim.finding:
            said.append(f"\n{say_finding(claim, options.lang)}", COLOURS[claim.verdict])
        if claim.point:
            said.append(f"\n{claim.point}", "dim")
        subject = "" if claim.subject == about else claim.subject
        table.add_row(mark, subject, said, str(claim.counted) if claim.counted else "")
        about = claim.subject
    return table
