"""`selection fraud`: report fraud in an application with evidence, and rule on the report."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, application, run_acting

app = group("Report fraud in an application with evidence, and rule on it.")

Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]


@app.command(
    "report",
    epilog=example(
        "selection --as officer-1 fraud report 2025-second/0007 --text @facts.md --evidence ref:file-12ab"
    ),
)
def report(
    ctx: typer.Context,
    number: Application,
    text: Text,
    evidence: Annotated[list[str], typer.Option(help="ref:ID of a stored file, or @FILE; at least one.")],
) -> None:
    """Report fraud, with evidence, at any stage before the list; a supervisor rules on it."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        command = c.ReportFraud(
            text=await store_typed_text(session, text, log),
            evidence=tuple([await store_typed_text(session, item, log) for item in evidence]),
        )
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "rule",
    epilog=example(
        "selection --as supervisor-1 fraud rule 2025-second/0007 --upheld --text 'The figures are forged'"
    ),
)
def rule(
    ctx: typer.Context,
    number: Application,
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="Rule it out, or let it go on.")],
    text: Text,
) -> None:
    """Rule on the report of fraud; upheld, the application is ruled out."""

    async def work(session: Session) -> None:
        stream = application(number)
        reasons = await store_typed_text(session, text, log_of(stream))
        await session.act(stream, c.RuleOnFraud(upheld=upheld, text=reasons), Role.SUPERVISOR)

    run_acting(ctx, work)
