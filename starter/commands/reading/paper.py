"""`selection paper`: the papers of the process as PDF/A, each as far as the person may see what it shows."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selection.kernel.counting import number_of
from starter.cli.arguments import Application, RoundId
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_acting, run_reading
from starter.commands.reading import paper_checking
from starter.commands.reading.paper_printing import (
    choose_language,
    number_in,
    open_material,
    print_paper,
    record_printed,
    tell_missing,
)

if TYPE_CHECKING:
    # What sets papers takes a quarter of a second to load, which help does without.
    from papers.values import Paper
    from starter.papers.material import Material

app = group("Print the papers of the process as PDF/A: receipts, reviews, lists, letters, certificates.")
app.add_typer(paper_checking.app)

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The file to write; default: the paper's kind and number."),
]
Both = Annotated[bool, typer.Option("--both", help="In every language of the round, also with --lang.")]
Record = Annotated[
    bool,
    typer.Option("--record", help="The paper is sent out: record the hash of its bytes, as an officer."),
]
Callback = Callable[..., None]


def _receipt(
    ctx: typer.Context,
    number: Application,
    command_id: Annotated[str, typer.Argument(metavar="ID", help="The command id of the act.")],
    output: Output = None,
    both: Both = False,
) -> None:
    from starter.papers.applications import make_receipt

    print_paper(
        ctx, number, lambda material: make_receipt(material, number_in(number), command_id), output, both
    )


def _review(
    ctx: typer.Context,
    number: Application,
    reviewer: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Whose review; default: your own.")
    ] = None,
    output: Output = None,
    both: Both = False,
) -> None:
    from starter.papers.judging import make_review

    def make(material: "Material") -> Awaitable["Paper"]:
        return make_review(material, number_in(number), reviewer or material.who.person)

    print_paper(ctx, number, make, output, both)


def _objection(
    ctx: typer.Context,
    number: Application,
    objection: Annotated[str, typer.Argument(metavar="OBJECTION", help="The objection's id.")],
    output: Output = None,
    both: Both = False,
) -> None:
    from starter.papers.objections import make_objection

    print_paper(
        ctx, number, lambda material: make_objection(material, number_in(number), objection), output, both
    )


def _of_application(name: str) -> Callback:
    def callback(ctx: typer.Context, number: Application, output: Output = None, both: Both = False) -> None:
        from starter.papers.makers import OF_APPLICATION

        print_paper(
            ctx, number, lambda material: OF_APPLICATION[name](material, number_in(number)), output, both
        )

    return callback


def _make_application_command(name: str) -> Callback:
    def callback(
        ctx: typer.Context,
        number: Application,
        output: Output = None,
        both: Both = False,
        record: Record = False,
    ) -> None:
        from starter.papers.makers import OF_APPLICATION

        make = OF_APPLICATION[name]
        print_paper(ctx, number, lambda material: make(material, number_in(number)), output, both, record)

    return callback


def _of_round(name: str) -> Callback:
    def callback(ctx: typer.Context, round_id: RoundId, output: Output = None, both: Both = False) -> None:
        from starter.papers.makers import OF_ROUND

        print_paper(ctx, round_id, OF_ROUND[name], output, both)

    return callback


def _make_round_command(name: str) -> Callback:
    def callback(
        ctx: typer.Context,
        round_id: RoundId,
        output: Output = None,
        both: Both = False,
        record: Record = False,
    ) -> None:
        from starter.papers.makers import OF_ROUND

        print_paper(ctx, round_id, OF_ROUND[name], output, both, record)

    return callback


PAPERS: tuple[tuple[str, Callback, str, str], ...] = (
    (
        "receipt",
        _receipt,
        "Print the receipt of a version that you handed in.",
        "agent-01 paper receipt 2025-second/0007 3f0c8e1a-5d0b-4a43-9d0e-7b8f5a6c1d2e",
    ),
    (
        "application",
        _of_application("application"),
        "Print an application as a dossier: the version that counts now, with all its texts.",
        "officer-1 paper application 2025-second/0007 --both",
    ),
    (
        "review",
        _review,
        "Print a review sheet: yours, or as staff that of a reviewer.",
        "expert-07 paper review 2025-second/0007",
    ),
    (
        "opinions",
        _of_application("opinions"),
        "Print a panel's opinions together, without names.",
        "officer-1 paper opinions 2025-second/0007",
    ),
    (
        "survey",
        _of_application("survey"),
        "Print the report of a site survey.",
        "surveyor-01 paper survey 2025-second/0007",
    ),
    (
        "appraisal",
        _of_application("appraisal"),
        "Print the record of the overall appraisal.",
        "expert-07 paper appraisal 2025-second/0007",
    ),
    (
        "proposal",
        _of_round("proposal"),
        "Print the last proposal with its reasons, and what it covers.",
        "officer-1 paper proposal 2025-second",
    ),
    (
        "notice",
        _make_round_command("notice"),
        "Print the public notice.",
        "officer-1 paper notice 2025-second --both",
    ),
    (
        "objection",
        _objection,
        "Print an objection with its ruling: for whoever raised it, its examiners, and staff.",
        "examiner-1 paper objection 2025-second/0007 objection-1",
    ),
    (
        "approval",
        _of_round("approval"),
        "Print the approval sheet: integrity check, levels, who agreed when.",
        "supervisor-1 paper approval 2025-second",
    ),
    (
        "list",
        _make_round_command("list"),
        "Print the issued list, with its supplements.",
        "officer-1 paper list 2025-second --both",
    ),
    (
        "letter",
        _make_application_command("letter"),
        "Print the decision letter to an applicant: outcome, reasons, the panel's comments without names.",
        "officer-1 paper letter 2025-second/0007",
    ),
    (
        "certificate",
        _make_application_command("certificate"),
        "Print the certificate of a centre on the list.",
        "officer-1 paper certificate 2025-second/0007 --both",
    ),
)
"""Each paper's name, what prints it, its help, and how it is typed after `selection --as`."""

for _name, _callback, _help, _typed in PAPERS:
    app.command(_name, help=_help, epilog=example(f"selection --as {_typed}"))(_callback)


@app.command(epilog=example("selection --as officer-1 paper outgoing 2025-second --output papers --both"))
def outgoing(
    ctx: typer.Context,
    round_id: RoundId,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to write to.")],
    both: Both = False,
    record: Record = False,
) -> None:
    """Print all that goes out once the list is issued: notice, list, every letter, every certificate."""

    async def work(session: Session) -> None:
        from starter.papers.outgoing import write_outgoing
        from starter.papers.settings import find_fonts

        material, fonts = await open_material(session, round_id), find_fonts(session.settings)
        language = choose_language(session, material, both=both)
        try:
            files, printed = await write_outgoing(material, output, language, fonts)
        except OSError as fault:
            raise CommandFailed("file-unwritable", text=f"{output.name}: {fault.strerror}") from None
        for item in printed:
            tell_missing(session, item.paper)
        counted = number_of(len(files), "paper", "papers")
        session.out.say(f"{counted} in {output}.", f"{len(files)} 份文件已写入 {output}。")
        session.out.document["files"] = [str(path) for path in files]
        if record:
            await record_printed(session, round_id, printed)

    (run_acting if record else run_reading)(ctx, work)
