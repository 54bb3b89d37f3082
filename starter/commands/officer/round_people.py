"""`selection round post`: who holds a post of a running round."""

from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, acting

app = single()

Reason = Annotated[str, typer.Option("--reason", help="Why: a text, @FILE or ref:ID.")]
Level = Annotated[str, typer.Option(help="The level of approval, where the post is an approver's.")]


@app.command(
    "post",
    epilog=example(
        "selection --as supervisor-1 round post 2025-second officers --add officer-3 --remove officer-1"
        " --reason 'Transferred'",
        "selection --as officer-1 round post 2025-second supervisors --add supervisor-3 --reason 'On leave'",
    ),
)
def post(
    ctx: typer.Context,
    round_id: RoundId,
    name: Annotated[str, typer.Argument(help="officers, supervisors, auditors, admins or approvers.")],
    reason: Reason,
    add: Annotated[list[str] | None, typer.Option(help="A person who is to hold the post.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="A person who is to hold it no longer.")] = None,
    level: Level = "",
) -> None:
    """Change who holds a post of the round; two supervisors sign, two officers for the supervisors' own post."""

    async def work(session: Session) -> None:
        text = await store_typed_text(session, reason, round_id)
        told = {"post": name, "level": level, "add": add or [], "remove": remove or [], "reason": text}
        role = Role.OFFICER if name == "supervisors" else Role.SUPERVISOR
        await session.act(round_stream(round_id), check_data(c.ChangePost, told), role)

    acting(ctx, work)
