"""`selection round post` and `round delegate`: who holds a post of a running round, and who stands in for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from selection.visibility.viewer import Standing
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, run_acting

app = single()

Reason = Annotated[str, typer.Option("--reason", help="Why: a text, @FILE or ref:ID.")]
Level = Annotated[str, typer.Option(help="The level of approval, where the post is an approver's.")]
Post = Annotated[str, typer.Argument(help="officers, supervisors, auditors, admins or approvers.")]
Add = Annotated[list[str] | None, typer.Option(help="A person who is to hold the post.")]
Remove = Annotated[list[str] | None, typer.Option(help="A person who is to hold it no longer.")]


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
    name: Post,
    reason: Reason,
    add: Add = None,
    remove: Remove = None,
    level: Level = "",
) -> None:
    """Change who holds a post of the round; two supervisors sign, two officers for the supervisors' own post."""
    fields = {"post": name, "level": level, "add": add or [], "remove": remove or []}
    role = Role.OFFICER if name == "supervisors" else Role.SUPERVISOR
    _act(ctx, round_id, c.ChangePost, fields, reason, role)


@app.command(
    "agree-on-post",
    epilog=example(
        "selection --as officer-1 round agree-on-post 2025-second officers --add officer-3 --remove officer-2"
        " --reason 'Ill, and no second supervisor is left'",
    ),
)
def agree_on_post(
    ctx: typer.Context,
    round_id: RoundId,
    name: Post,
    reason: Reason,
    add: Add = None,
    remove: Remove = None,
    level: Level = "",
) -> None:
    """Enter a change of a post where no two of one post are left to sign it; another post enters the same later.

    The second enters it three days after the first or later, within thirty days. Until then it may be declined.
    """
    fields = {"post": name, "level": level, "add": add or [], "remove": remove or []}
    _act(ctx, round_id, c.AgreeOnPost, fields, reason)


@app.command(
    "decline-post-change",
    epilog=example(
        "selection --as supervisor-1 round decline-post-change 2025-second 1 --reason 'They are back tomorrow'"
    ),
)
def decline_post_change(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[int, typer.Argument(help="Number of the entry, as the timeline names it.")],
    reason: Reason,
) -> None:
    """Decline a change of a post that one person entered, or take your own back."""
    _act(ctx, round_id, c.DeclinePostChange, {"number": number}, reason)


@app.command(
    "delegate",
    epilog=example(
        "selection --as officer-1 round delegate 2025-second officer-3 --first 2024-10-01 --last 2024-10-14"
        " --reason 'On leave'",
    ),
)
def delegate(
    ctx: typer.Context,
    round_id: RoundId,
    substitute: Annotated[str, typer.Argument(help="Who stands in for you.")],
    first: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day, inclusive.")],
    reason: Reason,
) -> None:
    """Have somebody act in your post for some days, who has no post in the round and passes it on to nobody."""
    fields = {"substitute": substitute, "first": first.date(), "last": last.date()}
    _act(ctx, round_id, c.Delegate, fields, reason)


@app.command(
    "end-delegation",
    epilog=example("selection --as officer-1 round end-delegation 2025-second 1 --reason 'Back at work'"),
)
def end_delegation(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[int, typer.Argument(help="Number of the delegation, as the timeline names it.")],
    reason: Reason,
) -> None:
    """End a delegation before its last day."""
    _act(ctx, round_id, c.EndDelegation, {"number": number}, reason)


def _act(
    ctx: typer.Context,
    round_id: str,
    model: type[Command],
    fields: Mapping[str, object],
    reason: str,
    role: Role | None = None,
) -> None:
    """Do an act on the round for a reason, in a role or else in the post that one holds there."""

    async def work(session: Session) -> None:
        text = await store_typed_text(session, reason, round_id)
        command = check_data(model, {**fields, "reason": text})
        await session.act(round_stream(round_id), command, role or await _find_role(session, round_id))

    run_acting(ctx, work)


async def _find_role(session: Session, round_id: str) -> Role:
    """Return the post that somebody holds in the round; an officer's where they hold none."""
    standings = await session.reads.rounds.get_standings(await session.subject(), round_id)
    known = {
        Standing.SUPERVISOR: Role.SUPERVISOR,
        Standing.APPROVER: Role.APPROVER,
        Standing.AUDITOR: Role.AUDITOR,
    }
    return next((role for standing, role in known.items() if standing in standings), Role.OFFICER)
