"""`selection tie`: relatives, advisers and shared projects that one declares of oneself."""

from typing import Annotated

import typer

from selection.kernel.unit_codes import canonical_code
from selection.register.commands import DeclareTie
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, group
from starter.cli.files_in import check_data
from starter.cli.session import Session, run_acting, run_reading
from starter.commands.own.roles import any_role

app = group("Your relatives, advisers and shared projects: declare, end and list them.")

Kind = Annotated[str, typer.Argument(help="relative, adviser or project.")]
Unit = Annotated[str, typer.Option(help="Code of the unit that employs them, or shares the project.")]
Other = Annotated[str, typer.Option("--person", help="Or the id of the person, if registered.")]


@app.command(
    "declare", epilog=example("selection --as expert-07 tie declare project --unit 91110000XXXXXXXXXX")
)
def declare(ctx: typer.Context, kind: Kind, unit: Unit = "", other: Other = "") -> None:
    """Declare a tie of your own: from now on you stand aside; whom you name is not bound by it."""
    _act(ctx, kind, unit, other, holds=True)


@app.command("end", epilog=example("selection --as expert-07 tie end project --unit 91110000XXXXXXXXXX"))
def end(ctx: typer.Context, kind: Kind, unit: Unit = "", other: Other = "") -> None:
    """Declare that a tie of your own no longer holds; it binds for the years that each round's rules name."""
    _act(ctx, kind, unit, other, holds=False)


def _act(ctx: typer.Context, kind: str, unit: str, other: str, *, holds: bool) -> None:
    async def work(session: Session) -> None:
        # What is signed has the one spelling, as what is recorded has.
        fields = {"tie": kind, "unit": canonical_code(unit), "other": other, "holds": holds}
        command = check_data(DeclareTie, fields)
        await session.act(INSTALLATION, command, await any_role(session))

    run_acting(ctx, work)


@app.command("list", epilog=example("selection --as expert-07 tie list"))
def list_ties(ctx: typer.Context) -> None:
    """List your own ties: what you declared, and what your registration tells."""

    async def work(session: Session) -> None:
        found = await session.reads.register.list_own_ties(await session.subject())
        rows = [
            {"tie": tie.kind, "unit": tie.unit, "person": tie.other, "declared": item.own}
            for item in found
            for tie in (item.tie,)
        ]
        session.out.rows("ties", ("tie", "unit", "person", "declared"), rows)

    run_reading(ctx, work)
