"""`selection round draw`: a commitment to public numbers first; they are entered, and open it, once they are public."""

from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from selection.visibility.viewer import Standing
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, run_acting
from starter.rounds.drawing import commit_anew, next_draw

app = single()

Name = Annotated[str | None, typer.Option("--draw", help="Name of the draw; default: the next number.")]
Source = Annotated[
    str | None,
    typer.Option(help="Source of the public numbers, by its code in the rules; default: the first one."),
]
Issue = Annotated[
    str | None,
    typer.Option(
        help="Issue of the source, as in 2025-11-25T21:15; default: the next one that is late enough."
    ),
]
Enter = Annotated[
    str | None, typer.Option(help="Enter the published numbers of the committed draw, as one of two people.")
]
OpenWith = Annotated[
    str | None,
    typer.Option("--open", help="Open the committed draw with these published numbers."),
]
Void = Annotated[
    str | None,
    typer.Option(
        help="Void the committed draw, for this reason: a text, @FILE or ref:ID; two supervisors sign."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the pool of experts; record nothing.")]


@app.command(
    "draw",
    epilog=example(
        "selection --as officer-1 round draw 2025-second --dry-run",
        "selection --as officer-1 round draw 2025-second",
        "selection --as officer-1 round draw 2025-second --enter '07 11 19 23 30 31 + 02'",
        "selection --as officer-2 round draw 2025-second --open '07 11 19 23 30 31 + 02'",
        "selection --as supervisor-1 round draw 2025-second --void 'The lottery was not drawn'",
    ),
)
def draw(
    ctx: typer.Context,
    round_id: RoundId,
    name: Name = None,
    source: Source = None,
    issue: Issue = None,
    enter: Enter = None,
    open_with: OpenWith = None,
    void: Void = None,
    dry_run: DryRun = False,
) -> None:
    """Draw panels: commit to a secret, the inputs and public numbers that nobody knows yet; open it with these later.

    Nobody can choose the outcome: the secret is fixed before the numbers are known, and these come from nobody in the
    round. It is made here and deposited, so that nobody has to hand it on, or can keep it back. Once the numbers are
    public, somebody enters them (--enter), and any officer or supervisor who did not commit the draw opens it (--open).
    One draw waits at a time; supervisors void one that is not opened (--void), and nobody of the post that committed it
    commits the next.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        chosen = name or next_draw(await session.reads.rounds.list_draws(await session.subject(), round_id))
        stream = round_stream(round_id)
        if dry_run:
            await _show_pool(session, round_id, chosen)
        elif void is not None:
            reason = await store_typed_text(session, void, round_id)
            await session.act(stream, c.VoidDraw(draw=chosen, reason=reason), Role.SUPERVISOR)
        elif enter is not None:
            role = await _find_role(session, round_id)
            await session.act(stream, c.EnterDrawNumbers(draw=chosen, published=enter), role)
        elif open_with is not None:
            opening = c.OpenDraw(draw=chosen, published=open_with)
            await session.act(stream, opening, await _find_role(session, round_id))
        else:
            await _commit(session, round_id, chosen, (source, issue))

    run_acting(ctx, work)


async def _find_role(session: Session, round_id: str) -> Role:
    """Return as what somebody makes a draw: a supervisor of the round as such, everybody else as an officer."""
    standings = await session.reads.rounds.get_standings(await session.subject(), round_id)
    return Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER


async def _commit(session: Session, round_id: str, name: str, named: tuple[str | None, str | None]) -> None:
    """Deposit a new secret, record its hash and the numbers that open the draw, and say who opens it when."""
    source, issue = await _choose_issue(session, round_id, *named)
    command = await commit_anew(name, source, issue, lambda text: store_typed_text(session, text, round_id))
    await session.act(round_stream(round_id), command, await _find_role(session, round_id))
    session.out.say(
        f"The draw waits for the numbers of {source} {issue}. Another officer or a supervisor opens it with these; the "
        "secret is deposited.",
        f"本次抽取等候 {source} {issue} 的号码公布，届时由另一名经办人员或监督人员公开；秘密数已交存。",
    )


async def _choose_issue(
    session: Session, round_id: str, source: str | None, issue: str | None
) -> tuple[str, str]:
    """Return source and issue as typed, and where one was not the first that the round offers."""
    if source and issue:
        return source, issue
    offered = await session.reads.rounds.list_issues(await session.subject(), round_id)
    for found in offered:
        if source in (None, found.source.code) and issue in (None, found.issue):
            return found.source.code, found.issue
    return source or "none", issue or "0"


async def _show_pool(session: Session, round_id: str, name: str) -> None:
    """Show what the draw would be computed from; refused as the commitment itself would be."""
    session.traced = True
    who = await session.subject()
    pool = await session.reads.rehearsals.measure_draw(who, round_id, name, session.options.command_id)
    session.out.fields("draw", {"round": round_id, "draw": name, **pool.model_dump()})
