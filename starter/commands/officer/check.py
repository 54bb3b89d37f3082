"""`selection check`: the legality check of an application."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application, RoundId
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional, store_typed_text
from starter.cli.session import Session, application, run_acting, run_reading
from starter.commands.officer import check_many
from starter.people.similarity import closest

app = group("The legality check.")
app.add_typer(check_many.app)

Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]
Near = Annotated[
    list[str] | None,
    typer.Option(
        "--direction", help="A held direction that `check similar` marks as near, and that you looked at."
    ),
]
Twins = Annotated[
    list[str] | None,
    typer.Option(
        "--twin", help="An application that `check similar` finds with the same form, and that you read."
    ),
]
Revision = Annotated[int | None, typer.Option(help="Version that you checked; default: the current one.")]
CODES = "A code that `check grounds` lists; may be repeated."


@app.command(
    "pass",
    epilog=example(
        "selection --as officer-1 check pass 2025-second/0007",
        "selection --as officer-1 check pass 2025-second/0007 --ruling seals-missing --text 'Seals came by post'",
    ),
)
def pass_check(
    ctx: typer.Context,
    number: Application,
    ruling: Annotated[list[str] | None, typer.Option(help="A warning that you ruled on. " + CODES)] = None,
    text: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
    revision: Revision = None,
    direction: Near = None,
    twin: Twins = None,
) -> None:
    """Pass the application; every warning must be ruled on individually."""

    async def work(session: Session) -> None:
        stream = application(number)
        command = c.PassCheck(
            revision=await _get_revision(session, stream, revision),
            rulings=tuple(ruling or ()),
            text=await keep_optional(session, text, log_of(stream)),
            directions=tuple(direction or ()),
            twins=tuple(twin or ()),
        )
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "fail",
    epilog=example(
        "selection --as officer-1 check fail 2025-second/0007 --ground direction-held --text 'Same as visual-fusion'"
    ),
)
def fail_check(
    ctx: typer.Context,
    number: Application,
    ground: Annotated[list[str], typer.Option(help=CODES)],
    text: Text,
    revision: Revision = None,
    direction: Near = None,
    twin: Twins = None,
) -> None:
    """Reject the application on stated grounds."""

    async def work(session: Session) -> None:
        stream = application(number)
        command = c.FailCheck(
            revision=await _get_revision(session, stream, revision),
            grounds=tuple(ground),
            text=await store_typed_text(session, text, log_of(stream)),
            directions=tuple(direction or ()),
            twins=tuple(twin or ()),
        )
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "send-back",
    epilog=example(
        "selection --as officer-1 check send-back 2025-second/0007 --fault seals-missing --text 'Add the seals'"
    ),
)
def send_back(
    ctx: typer.Context,
    number: Application,
    fault: Annotated[list[str], typer.Option(help=CODES)],
    text: Text,
) -> None:
    """Send the application back for correction; the rules set the number of days."""

    async def work(session: Session) -> None:
        stream = application(number)
        command = c.SendBack(faults=tuple(fault), text=await store_typed_text(session, text, log_of(stream)))
        await session.act(stream, command, Role.OFFICER)

    run_acting(ctx, work)


@app.command("grounds", epilog=example("selection --as officer-1 check grounds 2025-second"))
def list_grounds(
    ctx: typer.Context,
    round_id: RoundId,
) -> None:
    """List the grounds that the rules of a round give: what may be mended, and what an officer may rule on."""

    async def work(session: Session) -> None:
        names = await session.reads.rounds.get_names(await session.subject(), round_id)
        lang = session.options.lang
        rows = [
            {"code": ground.code, "ground": ground.name_in(lang), "mend": ground.mend, "rule": ground.rule}
            for ground in names.words.grounds
        ]
        session.out.rows("grounds", ("code", "ground", "mend", "rule"), rows)

    run_reading(ctx, work)


@app.command("similar", epilog=example("selection --as officer-1 check similar 2025-second/0007"))
def similar(ctx: typer.Context, number: Application) -> None:
    """List first-batch directions and exclusions beside the application, and forms like its own; a person decides.

    Whoever passes or rejects it must name those marked as near, and the applications with the same form.
    """

    async def work(session: Session) -> None:
        stream = application(number)
        found = await session.reads.applications.get_checked_form(await session.subject(), stream)
        near = await session.reads.checks.find_near(await session.subject(), stream)
        directions = [item.code for item in near.directions]
        rows = [
            {**row, "near": row["code"] in directions}
            for row in closest(found.text, found.directions, session.options.lang)
        ]
        session.out.rows("similar", ("near", "ratio", "code", "direction", "text"), rows)
        twins = [{"application": twin} for twin in near.twins]
        session.out.rows("same_form", ("application",), twins)

    run_reading(ctx, work)


async def _get_revision(session: Session, stream: str, revision: int | None) -> int:
    if revision is not None:
        return revision
    return await session.reads.applications.get_revision(await session.subject(), stream)
