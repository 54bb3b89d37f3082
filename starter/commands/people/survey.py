"""`selection survey`: what the team found on the site."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import Field

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import Given, keep
from starter.cli.session import Session, application, run_acting
from starter.commands.people.act_forms import ActForm, ask_beside, commands_of, read_with_form

app = group("Report a site survey.")


class SurveyFile(Frozen):
    """A survey report as its team writes it: one finding per review content."""

    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    findings: dict[str, Given]
    photos: Annotated[tuple[Given, ...], Field(max_length=50)] = ()
    verdict: Literal["confirmed", "confirmed-with-reservations", "not-confirmed"]


BESIDE = (
    ("day", "日期，YYYY-MM-DD", "Day, YYYY-MM-DD"),
    ("findings", "每项评审内容一条：{编码: 文字}", "One finding for each content: {code: text}"),
    ("photos", "照片：[{file: 路径}]", "Photos: [{file: PATH}]"),
    (
        "verdict",
        "结论：confirmed（属实）、confirmed-with-reservations（基本属实）或 not-confirmed（不属实）",
        "Verdict: confirmed, confirmed-with-reservations or not-confirmed",
    ),
)
SURVEY = ActForm(
    "survey",
    "survey",
    "surveyor-1",
    ask_beside(("实勘", "Survey"), BESIDE),
    frozenset(SurveyFile.model_fields),
)
app.add_typer(commands_of(SURVEY))


@app.command(
    "report",
    epilog=example(
        "selection --as surveyor-1 survey report 2025-second/0007 survey.yaml",
        "survey.yaml contains day (YYYY-MM-DD), findings (one text per review content), photos ({file: PATH}) and"
        " verdict: confirmed, confirmed-with-reservations or not-confirmed.",
        "Where the round's rules have a form for this, the file holds its answers too; `form` writes it.",
    ),
)
def report(
    ctx: typer.Context,
    number: Application,
    file: Annotated[Path, typer.Argument(help="The report (YAML or JSON).")],
) -> None:
    """Report a site survey, as a member of the survey team."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        written, form = await read_with_form(session, SURVEY, file, SurveyFile, log)
        findings = {
            name: await keep(session, item, log, file.parent) for name, item in written.findings.items()
        }
        photos = [await keep(session, item, log, file.parent) for item in written.photos]
        command = c.ReportSurvey(
            day=written.day, findings=findings, photos=tuple(photos), verdict=written.verdict, form=form
        )
        await session.act(stream, command, Role.SURVEYOR)

    run_acting(ctx, work)
