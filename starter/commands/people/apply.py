"""`selection apply`: submit, mend, withdraw; confirm as a co-builder.

Texts and files are stored first, then their references sent.
"""

from pathlib import Path
from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application, RoundId
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional
from starter.cli.session import Session, application, run_acting
from starter.commands.people import apply_form, apply_import
from starter.people.filled_file import hand_in

app = group("Fill in, submit, correct or withdraw an application; confirm one as its co-builder.")
app.add_typer(apply_form.app)
app.add_typer(apply_import.app)

File = Annotated[Path, typer.Argument(help="The application (YAML or JSON).")]

FORMAT = (
    "The file contains the fields of the round's form; `apply form` writes one to fill in. Each content is a text, or"
    " {text: ...}, {file: PATH} or {ref: ID}; paths lead to the file's own folder or below. A file with faults is not"
    " submitted; all of them are listed."
)


@app.command(
    "submit",
    epilog=example(
        "selection --as agent-01 apply submit 2025-second application.yaml",
        "selection --as agent-01 apply submit 2025-second application.yaml --number 0007",
        FORMAT,
    ),
)
def submit(
    ctx: typer.Context,
    round_id: RoundId,
    file: File,
    number: Annotated[str | None, typer.Option(help="Submit a new version of this application.")] = None,
) -> None:
    """Submit an application, or a new version of one, before the submission deadline."""

    async def work(session: Session) -> None:
        form = await session.reads.forms.get_form(await session.subject(), round_id)
        submission = await hand_in(session, form, file, round_id)
        if number is None:
            command_id = session.options.command_id
            stream = await session.client.new_application(round_id, session.person, command_id)
        else:
            stream = application(f"{round_id}/{number}")
        await session.act(stream, c.Submit(submission=submission), Role.APPLICANT)

    run_acting(ctx, work)


@app.command("mend", epilog=example("selection --as agent-01 apply mend 2025-second/0007 mended.yaml"))
def mend(ctx: typer.Context, number: Application, file: File) -> None:
    """Submit the corrected version of an application that was sent back."""

    async def work(session: Session) -> None:
        stream = application(number)
        reads, subject = session.reads.forms, await session.subject()
        form, before = await reads.get_next_form(subject, stream), await reads.get_answers(subject, stream)
        submission = await hand_in(session, form, file, log_of(stream), before.answers)
        await session.act(stream, c.Mend(submission=submission), Role.APPLICANT)

    run_acting(ctx, work)


@app.command("give-up", epilog=example("selection --as agent-01 apply give-up 2025-second/0007"))
def give_up(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
) -> None:
    """Give the application up for good, at any stage before the list; its place stays empty."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await keep_optional(session, reason, log_of(stream))
        await session.act(stream, c.GiveUp(reason=kept), Role.APPLICANT)

    run_acting(ctx, work)


@app.command("withdraw", epilog=example("selection --as agent-01 apply withdraw 2025-second/0007"))
def withdraw(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
) -> None:
    """Withdraw an application; it can be submitted again until the deadline."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await keep_optional(session, reason, log_of(stream))
        await session.act(stream, c.Withdraw(reason=kept), Role.APPLICANT)

    run_acting(ctx, work)


@app.command("confirm", epilog=example("selection --as partner-01b apply confirm 2025-second/0007"))
def confirm(
    ctx: typer.Context,
    number: Application,
    revision: Annotated[
        int | None, typer.Option(help="Version that you read; default: the current one.")
    ] = None,
) -> None:
    """Confirm, for the co-builder that employs you, its part in an application before the deadline."""

    async def work(session: Session) -> None:
        stream, subject = application(number), await session.subject()
        seen = revision
        if seen is None:
            seen = await session.reads.applications.get_revision(subject, stream)
        command = c.ConfirmCoBuilding(co_builder=subject.fact.employer, revision=seen)
        await session.act(stream, command, Role.APPLICANT)

    run_acting(ctx, work)
