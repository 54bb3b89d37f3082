"""`selection appoint`: chair and survey team of an application, and what to do about a panel that cannot be filled."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from selection.visibility.viewer import Standing
from starter.cli.arguments import Application, Replacing
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, application, run_acting
from starter.commands.officer import appoint_import

app = group("Appoint a panel's chair or a survey team, or settle a panel that cannot be filled.")
app.add_typer(appoint_import.app)


@app.command(
    "chair",
    epilog=example(
        "selection --as officer-1 appoint chair 2025-second/0007 expert-07 --reason 'Knows all fields of the panel'"
        " --for-second chair.json"
    ),
)
def chair(
    ctx: typer.Context,
    number: Application,
    person: Annotated[str, typer.Argument(help="A member of the panel.")],
    reason: Annotated[
        str | None,
        typer.Option(help="Why this member, where it must be said; a text, @FILE or ref:ID."),
    ] = None,
) -> None:
    """Appoint the panel's chair; a second officer signs too where the round's rules ask for two."""

    async def work(session: Session) -> None:
        stream = application(number)
        why = await store_typed_text(session, reason, log_of(stream)) if reason else None
        await session.act(stream, c.AppointChair(chair=person, reason=why), Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "replace-chair",
    epilog=example(
        "selection --as supervisor-1 appoint replace-chair 2025-second/0007 expert-09 --reason 'Ill until May'"
        " --for-second chair.json"
    ),
)
def replace_chair(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str, typer.Option(help="A text, @FILE or ref:ID.")],
    person: Annotated[
        str, typer.Argument(help="Another member of the panel; without one, officers appoint somebody.")
    ] = "",
) -> None:
    """Put another member in the chair's place, or nobody for now; two supervisors sign."""

    async def work(session: Session) -> None:
        stream = application(number)
        text = await store_typed_text(session, reason, log_of(stream))
        await session.act(stream, c.ReplaceChair(chair=person, reason=text), Role.SUPERVISOR)

    run_acting(ctx, work)


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
    reason: Replacing = None,
) -> None:
    """Appoint the survey team."""

    async def work(session: Session) -> None:
        stream = application(number)
        why = await store_typed_text(session, reason, log_of(stream)) if reason else None
        command = c.AppointSurveyTeam(lead=lead, members=tuple(members), reason=why)
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "agent",
    epilog=example(
        "selection --as officer-1 appoint agent 2025-second/0007 agent-02 --reason 'The first one left'"
    ),
)
def agent(
    ctx: typer.Context,
    number: Application,
    person: Annotated[str, typer.Argument(help="Who acts for the applicant from now on, of the host unit.")],
    reason: Annotated[str, typer.Option(help="A text, @FILE or ref:ID.")],
) -> None:
    """Replace who acts for the applicant, such as an agent who left the host unit; a second officer signs too."""

    async def work(session: Session) -> None:
        stream = application(number)
        text = await store_typed_text(session, reason, log_of(stream))
        await session.act(stream, c.ReplaceAgent(agent=person, reason=text), Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "panel",
    epilog=example(
        "selection --as officer-1 appoint panel 2025-second/0007 --fewer 4 --reason 'The pool has nobody left'",
        "selection --as supervisor-1 appoint panel 2025-second/0007 --reason 'No expert without a conflict'",
    ),
)
def panel(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str, typer.Option(help="A text, @FILE or ref:ID.")],
    fewer: Annotated[
        int | None,
        typer.Option(help="How many scores are enough, three at least; without it, the application ends."),
    ] = None,
) -> None:
    """Say what to do about a panel that cannot be filled: officer and supervisor, each by their own act."""

    async def work(session: Session) -> None:
        stream = application(number)
        standings = await session.reads.applications.get_standings(await session.subject(), stream)
        role = Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER
        command = c.SettlePanel(
            way="end" if fewer is None else "fewer",
            scores=fewer or 0,
            reason=await store_typed_text(session, reason, log_of(stream)),
        )
        await session.act(stream, command, role)

    run_acting(ctx, work)
