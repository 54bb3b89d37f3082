"""`selection appoint`: chair and survey team of an application."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.session import Session, acting, application
from starter.commands.officer import appoint_import

app = group("Appoint a panel's chair or a survey team.")
app.add_typer(appoint_import.app)


@app.command("chair", epilog=example("selection --as officer-1 appoint chair 2025-second/0007 expert-07"))
def chair(
    ctx: typer.Context,
    number: Application,
    person: Annotated[str, typer.Argument(help="A member of the panel.")],
) -> None:
    """Appoint the panel's chair."""

    async def work(session: Session) -> None:
        await session.act(application(number), c.AppointChair(chair=person), Role.OFFICER)

    acting(ctx, work)


@app.command(
    "survey-team",
    epilog=example(
        "selection --as officer-1 appoint survey-team 2025-second/0007 surveyor-1 surveyor-2 expert-07"
        " --lead surveyor-1"
    ),
)
def survey_team(
    ctx: typer.Context,
    number: Application,
    members: Annotated[list[str], typer.Argument(help="All members, including the leader.")],
    lead: Annotated[str, typer.Option(help="The leader of the team.")],
) -> None:
    """Appoint the survey team."""

    async def work(session: Session) -> None:
        command = c.AppointSurveyTeam(lead=lead, members=tuple(members))
        await session.act(application(number), command, Role.OFFICER)

    acting(ctx, work)
