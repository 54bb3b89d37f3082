"""A bundle's verdict: verify it with what was obtained from outside, and show each claim.

Loaded once a bundle is verified and no sooner, so that the help of `selection audit verify` is there at once.
"""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rich import box
from rich.table import Table
from rich.text import Text

from audit.bundle.reader import BundleUnreadable
from audit.claims import Verdict
from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.verification import Outside
from audit.report.html import MARKS, mark_of, page
from audit.report.report import Report
from audit.report.sentences import (
    VERDICTS,
    say_claim,
    say_draws,
    say_finding,
    say_limits,
    say_listed,
    say_overall,
    say_verdict,
)
from audit.verify import Effort, Progress as Tell, verify
from selection.transparency.note import NoteInvalid, Verifier
from starter.cli.failures import BROKEN, INCOMPLETE, CommandFailed
from starter.cli.files_in import read_bytes, read_text
from starter.cli.files_out import write_text
from starter.cli.options import Options
from starter.cli.output import Output
from starter.cli.progress import progress_bars

COLOURS = {Verdict.PROVEN: "green", Verdict.REFUTED: "bold red", Verdict.NOT_PROVABLE: "yellow"}


def show_verdict(file: Path, outside: Outside, options: Options, *, processes: int, html: Path | None) -> int:
    """Verify a bundle, print each claim and the verdict, write the page where one is wanted; return the exit code.

    Raises CommandFailed for a file that is missing or no bundle.
    """
    with progress_bars(options) as tell:
        report = _verify_file(file, outside, _effort(processes, tell))
    if html:
        write_text(html, page(report, datetime.now(UTC)))
    _show(report, options)
    if report.verdict is Verdict.NOT_PROVABLE and report.missing is not None:
        return INCOMPLETE
    return 0 if report.verdict is Verdict.PROVEN else BROKEN


def read_outside(
    key: Path | None, checkpoints: Sequence[Path], witnesses: Sequence[str], stamping: Path | None
) -> Outside:
    """Read what was obtained independently of the bundle. Raises CommandFailed for a file that can't be read."""
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
    out.console.print(Text(f"\n{mark} {said}: {say_overall(report, options.lang)}", colour))
    if drawn := say_draws(report, options.lang):
        out.console.print(Text(drawn))
    out.console.print(Text(say_limits(report, options.lang), "dim"))
    if first is not None:
        word = ("First point of difference", "首个不符之处")[chinese]
        out.console.print(Text(f"{word}: {first.point}. {say_finding(first, options.lang)}", colour))


def _table(report: Report, options: Options) -> Table:
    chinese = options.lang == "zh"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(("verdict", "结论")[chinese], max_width=14)
    table.add_column(("about", "对象")[chinese], overflow="fold", max_width=20)
    table.add_column(("claim", "主张")[chinese], overflow="fold")
    table.add_column(("looked at", "数量")[chinese], justify="right")
    about = ""
    for claim in report.claims:
        mark = Text(f"{mark_of(claim)} {say_verdict(claim, options.lang)}", COLOURS[claim.verdict])
        said = Text(say_claim(claim, options.lang))
        if claim.finding:
            said.append(f"\n{say_finding(claim, options.lang)}", COLOURS[claim.verdict])
        if claim.point:
            said.append(f"\n{claim.point}", "dim")
        subject = "" if claim.subject == about else claim.subject
        table.add_row(mark, subject, said, str(claim.counted) if claim.counted else "")
        about = claim.subject
    return table
