"""`selection survey`: what the team found on the site."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import Field

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.streams import log_of
from starter.cli.command_table import example, single
from starter.cli.content_arguments import Given, keep
from starter.cli.files_in import read_model
from starter.cli.session import Session, acting, application

app = single()


class SurveyFile(Frozen):
    """A survey report as its team writes it: one finding per review content."""

    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    findings: dict[str, Given]
    photos: Annotated[tuple[Given, ...], Field(max_length=50)] = ()
    verdict: Literal["confirmed", "confirmed-with-reservations", "not-confirmed"]


@app.command(
    epilog=example(
        "selection --as surveyor-1 survey 2025-second/0007 survey.yaml",
        "survey.yaml contains day (YYYY-MM-DD), findings (one text per review content), photos ({file: PATH}) and"
        " verdict: confirmed, confirmed-with-reservations or not-confirmed.",
    )
)
def survey(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")],
    file: Annotated[Path, typer.Argument(help="The report (YAML or JSON).")],
) -> None:
    """Report a site survey, as a member of the survey team."""

    async def work(session: Session) -> None:
        stream = application(number)
        log, written = log_of(stream), read_model(file, SurveyFile)
        findings = {
            name: await keep(session, item, log, file.parent) for name, item in written.findings.items()
        }
        photos = [await keep(session, item, log, file.parent) for item in written.photos]
        command = c.ReportSurvey(
            day=written.day, findings=findings, photos=tuple(photos), verdict=written.verdict
        )
        await session.act(stream, command, Role.SURVEYOR)

    acting(ctx, work)
