"""`selection objection`: objections to an item of the public notice."""

from pathlib import Path
from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application, Replacing
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, application, run_acting
from starter.commands.people.act_forms import ActForm, commands_of

OBJECTION = ActForm("objection", "objection", "objector-1")
app = group("Raise, examine and settle objections in the public notice.")
app.add_typer(commands_of(OBJECTION))

Objection = Annotated[str, typer.Argument(metavar="OBJECTION", help="The objection's id.")]
Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]


@app.command(
    "raise",
    epilog=example(
        "selection --as objector-1 objection raise 2025-second/0007 --text @facts.md --evidence ref:file-12ab",
    ),
)
def raise_objection(
    ctx: typer.Context,
    number: Application,
    text: Text,
    evidence: Annotated[list[str], typer.Option(help="ref:ID of a stored file, or @FILE; at least one.")],
    name: Annotated[
        str | None, typer.Option("--objection", help="Id of the objection; default: the act's id.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--form", help="The filled-in form (YAML or JSON), if the rules have one.")
    ] = None,
) -> None:
    """Raise an objection under your real name; until it is settled, only the application concerned is held up."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        form = await OBJECTION.store(session, log, file)
        command = c.RaiseObjection(
            objection=name or session.options.command_id,
            text=await store_typed_text(session, text, log),
            evidence=tuple([await store_typed_text(session, item, log) for item in evidence]),
            form=form,
        )
        await session.act(stream, command, Role.OBJECTOR)

    run_acting(ctx, work)


@app.command(
    "withdraw",
    epilog=example(
        "selection --as objector-1 objection withdraw 2025-second/0007 objection-1 --reason 'Cleared up'"
    ),
)
def withdraw(
    ctx: typer.Context,
    number: Application,
    name: Objection,
    reason: Annotated[str, typer.Option(help="A text, @FILE or ref:ID.")],
) -> None:
    """Withdraw your own objection; it holds the application no longer, and stays in the record."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await store_typed_text(session, reason, log_of(stream))
        await session.act(stream, c.WithdrawObjection(objection=name, reason=kept), Role.OBJECTOR)

    run_acting(ctx, work)


@app.command(
    "reopen",
    epilog=example(
        "selection --as supervisor-1 objection reopen 2025-second/0007 objection-1 --text 'An examiner was bribed'"
    ),
)
def reopen(ctx: typer.Context, number: Application, name: Objection, text: Text) -> None:
    """Reverse a ruling that dismissed an objection or upheld it in part; others examine it anew."""

    async def work(session: Session) -> None:
        stream = application(number)
        reason = await store_typed_text(session, text, log_of(stream))
        await session.act(stream, c.ReopenObjection(objection=name, text=reason), Role.SUPERVISOR)

    run_acting(ctx, work)


@app.command(
    "examine",
    epilog=example(
        "selection --as officer-1 objection examine 2025-second/0007 objection-1 examiner-1 examiner-2"
    ),
)
def examine(
    ctx: typer.Context,
    number: Application,
    name: Objection,
    examiners: Annotated[list[str], typer.Argument(help="Two or more people who were not involved before.")],
    reason: Replacing = None,
) -> None:
    """Appoint the examiners of an objection."""

    async def work(session: Session) -> None:
        stream = application(number)
        why = await store_typed_text(session, reason, log_of(stream)) if reason else None
        command = c.AppointExaminers(objection=name, examiners=tuple(examiners), reason=why)
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "settle",
    epilog=example(
        "selection --as examiner-1 objection settle 2025-second/0007 objection-1 upheld --text @findings.md"
    ),
)
def settle(
    ctx: typer.Context,
    number: Application,
    name: Objection,
    outcome: Annotated[str, typer.Argument(help="upheld, partly-upheld or dismissed.")],
    text: Text,
) -> None:
    """Settle an objection with reasons, signed by two of its examiners; upheld, it removes the application."""

    async def work(session: Session) -> None:
        stream = application(number)
        reasons = await store_typed_text(session, text, log_of(stream))
        if outcome == "upheld":
            await session.act(stream, c.UpholdObjection(objection=name, text=reasons), Role.EXAMINER)
            return
        facts = {"objection": name, "outcome": outcome, "text": reasons}
        await session.act(stream, check_data(c.SettleObjection, facts), Role.EXAMINER)

    run_acting(ctx, work)
