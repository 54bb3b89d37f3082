"""`selection apply`: submit, mend, withdraw. Texts and files are stored first, then their references sent."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field

from selection.application import commands as c
from selection.application.submission import Submission, Unit
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.streams import log_of
from starter.cli.command_table import example, group
from starter.cli.content_arguments import Given, Material, keep, keep_optional
from starter.cli.files_in import read_model
from starter.cli.session import Session, acting, application

app = group("Submit, correct or withdraw an application.")

Application = Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")]
File = Annotated[Path, typer.Argument(help="The application (YAML or JSON).")]

FORMAT = (
    "The file contains field, region, priority, host and co_builders (code, kind, region), form, evidence, pledge,"
    " seals, agreement, avoid, staff, fund_yuan. Each content is a text, or {text: ...}, {file: PATH} or"
    " {ref: ID}."
)


class ApplicationFile(Frozen):
    """An application as its host unit writes it; see `Submission` for what each means."""

    field: str
    region: str
    priority: str
    host: Unit
    co_builders: tuple[Unit, ...] = ()
    form: Given
    evidence: Annotated[tuple[Given, ...], Field(max_length=50)] = ()
    pledge: Given
    seals: Given | None = None
    agreement: Given | None = None
    avoid: tuple[str, ...] = ()
    staff: int = 0
    fund_yuan: Decimal = Decimal(0)


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
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
    file: File,
    number: Annotated[str | None, typer.Option(help="Submit a new version of this application.")] = None,
) -> None:
    """Submit an application, or a new version of one, before the submission deadline."""

    async def work(session: Session) -> None:
        written = read_model(file, ApplicationFile)
        await session.reads.rounds.get_standings(await session.subject(), round_id)
        submission = await store_contents(session, written, round_id, file.parent)
        if number is None:
            command_id = session.options.command_id
            stream = await session.client.new_application(round_id, session.person, command_id)
        else:
            stream = application(f"{round_id}/{number}")
        await session.act(stream, c.Submit(submission=submission), Role.APPLICANT)

    acting(ctx, work)


@app.command("mend", epilog=example("selection --as agent-01 apply mend 2025-second/0007 mended.yaml"))
def mend(ctx: typer.Context, number: Application, file: File) -> None:
    """Submit the corrected version of an application that was sent back."""

    async def work(session: Session) -> None:
        stream = application(number)
        written = read_model(file, ApplicationFile)
        submission = await store_contents(session, written, log_of(stream), file.parent)
        await session.act(stream, c.Mend(submission=submission), Role.APPLICANT)

    acting(ctx, work)


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

    acting(ctx, work)


async def store_contents(session: Session, written: ApplicationFile, log: str, folder: Path) -> Submission:
    """Store an application's contents and return the version that refers to them."""

    async def optional(material: Material | None) -> Ref | None:
        return None if material is None else await keep(session, material, log, folder)

    return Submission(
        **written.model_dump(exclude={"form", "evidence", "pledge", "seals", "agreement"}),
        form=await keep(session, written.form, log, folder),
        evidence=tuple([await keep(session, item, log, folder) for item in written.evidence]),
        pledge=await keep(session, written.pledge, log, folder),
        seals=await optional(written.seals),
        agreement=await optional(written.agreement),
    )
