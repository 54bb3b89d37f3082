"""`selection round integrity`, `rule-on-hit`, `lift-stop`, `approve`, `send-back`, `fill`: the chain of approval."""

from typing import Annotated

import typer

from reading.rehearsals import UNSTORED
from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from selection.visibility.viewer import Standing
from selection.wording.code_names import FALLS
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import keep_each, keep_optional, store_typed_text
from starter.cli.files_in import pairs
from starter.cli.preview import get_proposal, rehearse
from starter.cli.session import Session, run_acting

app = single()

Level = Annotated[str, typer.Argument(help="The approval level's code.")]
Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; record nothing.")]
Proposal = Annotated[
    int | None, typer.Option(help="Version of the proposal that you read; default: the current one.")
]


@app.command(
    "integrity",
    epilog=example(
        "selection --as supervisor-1 round integrity 2025-second --text 'Checked against the register'",
        "selection --as supervisor-1 round integrity 2025-second --text @check.md --hit 0007='Under inquiry'",
    ),
)
def integrity(
    ctx: typer.Context,
    round_id: RoundId,
    text: Text,
    hit: Annotated[list[str] | None, typer.Option(help="NUMBER=WHAT was found.")] = None,
    proposal: Proposal = None,
) -> None:
    """Record the integrity check of the proposal; each hit then needs a ruling."""

    async def work(session: Session) -> None:
        command = c.RecordIntegrityCheck(
            proposal=await get_proposal(session, round_id, proposal),
            hits=await keep_each(session, pairs(hit, "--hit"), round_id),
            text=await store_typed_text(session, text, round_id),
        )
        await session.act(round_stream(round_id), command, Role.SUPERVISOR)

    run_acting(ctx, work)


@app.command(
    "fill",
    epilog=example(
        "selection --as officer-1 round fill 2025-second --add 0012='The next of the reserve'",
    ),
)
def fill(
    ctx: typer.Context,
    round_id: RoundId,
    add: Annotated[list[str], typer.Option(help="NUMBER=WHY: add this one of the reserve.")],
    deviation: Annotated[
        list[str] | None,
        typer.Option(help="NUMBER=WHY: it is passed over, or goes beyond a limit."),
    ] = None,
    proposal: Proposal = None,
) -> None:
    """Fill places that fell empty from the reserve, where the rules say so; takes two officers."""

    async def work(session: Session) -> None:
        command = c.FillPlaces(
            proposal=await get_proposal(session, round_id, proposal),
            add=await keep_each(session, pairs(add, "--add"), round_id),
            deviations=await keep_each(session, pairs(deviation, "--deviation"), round_id),
        )
        await session.act(round_stream(round_id), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "rule-on-hit",
    epilog=example(
        "selection --as supervisor-1 round rule-on-hit 2025-second 0007 --cleared --text 'Settled in 2023'"
    ),
)
def rule_on_hit(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[str, typer.Argument(help="The application's number.")],
    cleared: Annotated[
        bool, typer.Option("--cleared/--stopped", help="Clear it, or remove it from the list.")
    ],
    text: Text,
) -> None:
    """Rule on an integrity hit; two supervisors remove an item from the list."""

    async def work(session: Session) -> None:
        ruling = c.ClearIntegrityHit if cleared else c.UpholdIntegrityHit
        command = ruling(application=number, text=await store_typed_text(session, text, round_id))
        await session.act(round_stream(round_id), command, Role.SUPERVISOR)

    run_acting(ctx, work)


@app.command(
    "lift-stop",
    epilog=example(
        "selection --as supervisor-1 round lift-stop 2025-second 0007 --text 'The court acquitted them'"
    ),
)
def lift_stop(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[str, typer.Argument(help="The application's number.")],
    text: Text,
) -> None:
    """Lift the stop of an upheld integrity hit; takes two supervisors."""

    async def work(session: Session) -> None:
        reason = await store_typed_text(session, text, round_id)
        command = c.LiftIntegrityStop(application=number, text=reason)
        await session.act(round_stream(round_id), command, Role.SUPERVISOR)

    run_acting(ctx, work)


@app.command(
    "reverse-integrity",
    epilog=example(
        "selection --as officer-1 round reverse-integrity 2025-second 0007 --text 'The file was of another unit'"
    ),
)
def reverse_integrity(
    ctx: typer.Context,
    round_id: RoundId,
    number: Annotated[
        str, typer.Argument(help="The application whose hit was cleared; none for the check itself.")
    ] = "",
    text: Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Enter that a decision on integrity is to be reversed.

    It takes effect once every post named in the rules has entered it.
    """

    async def work(session: Session) -> None:
        role = await _find_role(session, round_id)
        command = c.ReverseIntegrityDecision(application=number, text=UNSTORED)
        found = await rehearse(session, round_id, command, role, dry_run=dry_run)
        for code in getattr(found.events[0], "void", ()) or ("nothing",):
            en, zh = {**FALLS, "nothing": ("nothing else", "无其他事项")}[code]
            session.out.say(f"Falls with it: {en}.", f"一并作废：{zh}。")
        if not dry_run:
            reason = await store_typed_text(session, text, round_id)
            command = c.ReverseIntegrityDecision(application=number, text=reason)
            await session.act(round_stream(round_id), command, role)

    run_acting(ctx, work)


@app.command(
    "decline-integrity",
    epilog=example(
        "selection --as supervisor-1 round decline-integrity 2025-second 0007 --text 'The file is of this unit'"
    ),
)
def decline_integrity(
    ctx: typer.Context,
    round_id: RoundId,
    text: Text,
    number: Annotated[
        str, typer.Argument(help="The application whose hit was cleared; none for the check itself.")
    ] = "",
) -> None:
    """Decline what another post entered of a decision on integrity: it stands, and who entered it is told."""

    async def work(session: Session) -> None:
        role = await _find_role(session, round_id)
        reason = await store_typed_text(session, text, round_id)
        command = c.DeclineIntegrityReversal(application=number, text=reason)
        await session.act(round_stream(round_id), command, role)

    run_acting(ctx, work)


async def _find_role(session: Session, round_id: str) -> Role:
    standings = await session.reads.rounds.get_standings(await session.subject(), round_id)
    return Role.SUPERVISOR if Standing.SUPERVISOR in standings else Role.OFFICER


@app.command(
    "approve", epilog=example("selection --as approver-1 round approve 2025-second department --proposal 1")
)
def approve(
    ctx: typer.Context,
    round_id: RoundId,
    level: Level,
    proposal: Proposal = None,
    reason: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
) -> None:
    """Approve the proposal at your level."""

    async def work(session: Session) -> None:
        command = c.Approve(
            proposal=await get_proposal(session, round_id, proposal),
            level=level,
            reason=await keep_optional(session, reason, round_id),
        )
        await session.act(round_stream(round_id), command, Role.APPROVER)

    run_acting(ctx, work)


@app.command(
    "send-back",
    epilog=example(
        "selection --as approver-2 round send-back 2025-second ministry --item 0007 --reason 'Too near to 0012'"
    ),
)
def send_back(
    ctx: typer.Context,
    round_id: RoundId,
    level: Level,
    reason: Annotated[str, typer.Option(help="A text, @FILE or ref:ID.")],
    item: Annotated[list[str] | None, typer.Option(help="An application's number; may be repeated.")] = None,
    proposal: Proposal = None,
) -> None:
    """Send items back to the proposal stage; what was approved of them becomes void."""

    async def work(session: Session) -> None:
        command = c.SendBackProposal(
            proposal=await get_proposal(session, round_id, proposal),
            level=level,
            items=tuple(item or ()),
            reason=await store_typed_text(session, reason, round_id),
        )
        await session.act(round_stream(round_id), command, Role.APPROVER)

    run_acting(ctx, work)
