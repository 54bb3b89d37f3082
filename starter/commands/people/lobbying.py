"""`selection lobbying`: report lobbying, and rule on a report."""

from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.round import commands as c
from selection.streams import round_stream
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, run_acting
from starter.client.client import new_command_id

app = group("Report lobbying, which anyone may, and rule on a report.")

EVIDENCE = "ref:ID of a stored file, or @FILE; as often as you like."
Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]


@app.command(
    "report",
    epilog=example(
        "selection --as expert-1 lobbying report 2025-second --role expert --named officer-2 --text 'A call on Monday'"
    ),
)
def report(
    ctx: typer.Context,
    round_id: RoundId,
    text: Text,
    role: Annotated[Role, typer.Option(help="A role that you are registered in.")],
    named: Annotated[
        list[str] | None, typer.Option(help="The ids of who lobbied, as far as you know them.")
    ] = None,
    evidence: Annotated[list[str] | None, typer.Option(help=EVIDENCE)] = None,
) -> None:
    """Report that somebody lobbied, or asked you to; whoever you name sees neither the report nor you."""

    async def work(session: Session) -> None:
        command = c.ReportLobbying(
            report=new_command_id(),
            named=tuple(named or ()),
            text=await store_typed_text(session, text, round_id),
            evidence=tuple([await store_typed_text(session, item, round_id) for item in evidence or ()]),
        )
        await session.act(round_stream(round_id), command, role)

    run_acting(ctx, work)


@app.command(
    "rule",
    epilog=example(
        "selection --as supervisor-1 lobbying rule 2025-second report-1 --upheld --text 'He admits it'"
    ),
)
def rule(
    ctx: typer.Context,
    round_id: RoundId,
    report_id: Annotated[str, typer.Argument(help="The report's id.")],
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="The ruling.")],
    text: Text,
) -> None:
    """Rule on a report of lobbying that you neither made nor are named in."""

    async def work(session: Session) -> None:
        reasons = await store_typed_text(session, text, round_id)
        command = c.RuleOnLobbying(report=report_id, upheld=upheld, text=reasons)
        await session.act(round_stream(round_id), command, Role.SUPERVISOR)

    run_acting(ctx, work)
