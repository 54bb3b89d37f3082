"""`selection request`: request a review of the procedure, appoint who decides on it, decide, record the remedy."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, application, run_acting

app = group("Request a review of the procedure after the end, and decide on it.")

Ground = Annotated[str, typer.Argument(help="A ground that the rules name, such as `reasons-missing`.")]
EVIDENCE = "ref:ID of a stored file, or @FILE; as often as you like."
Text = Annotated[str, typer.Option("--text", help="A text, @FILE or ref:ID.")]


@app.command(
    "make",
    epilog=example(
        "selection --as agent-01 request make 2025-second/0007 conflict-overlooked --text @facts.md"
    ),
)
def make(
    ctx: typer.Context,
    number: Application,
    ground: Ground,
    text: Text,
    evidence: Annotated[list[str] | None, typer.Option(help=EVIDENCE)] = None,
) -> None:
    """Request a review of the procedure within the rules' days after the application's end, once on each ground."""

    async def work(session: Session) -> None:
        stream = application(number)
        log = log_of(stream)
        command = c.RequestReview(
            ground=ground,
            text=await store_typed_text(session, text, log),
            evidence=tuple([await store_typed_text(session, item, log) for item in evidence or ()]),
        )
        await session.act(stream, command, Role.APPLICANT)

    run_acting(ctx, work)


@app.command(
    "appoint",
    epilog=example(
        "selection --as officer-1 request appoint 2025-second/0007 conflict-overlooked --decider judge-1 --decider"
        " judge-2"
    ),
)
def appoint(
    ctx: typer.Context,
    number: Application,
    ground: Ground,
    decider: Annotated[list[str], typer.Option(help="Who decides; give it twice at least.")],
) -> None:
    """Appoint who decides on a request: people without any part in the application or the round."""

    async def work(session: Session) -> None:
        command = c.AppointDeciders(ground=ground, deciders=tuple(decider))
        await session.act(application(number), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "decide",
    epilog=example(
        "selection --as judge-1 request decide 2025-second/0007 conflict-overlooked --upheld --remedy fresh-panel"
        " --text 'The chair was an employee'"
    ),
)
def decide(
    ctx: typer.Context,
    number: Application,
    ground: Ground,
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="Whether the procedure was broken.")],
    text: Text,
    remedy: Annotated[str, typer.Option(help="If the request is upheld: a remedy that the rules name.")] = "",
) -> None:
    """Enter what you find as one of those who decide; the request is decided once most of you find the same."""

    async def work(session: Session) -> None:
        stream = application(number)
        reasons = await store_typed_text(session, text, log_of(stream))
        command = c.RuleOnRequest(ground=ground, upheld=upheld, remedy=remedy, text=reasons)
        await session.act(stream, command, Role.EXAMINER)

    run_acting(ctx, work)


@app.command(
    "remedy",
    epilog=example(
        "selection --as officer-1 request remedy 2025-second/0007 conflict-overlooked --text @done.md"
    ),
)
def remedy(ctx: typer.Context, number: Application, ground: Ground, text: Text) -> None:
    """Record how the remedy of a request that was upheld was carried out."""

    async def work(session: Session) -> None:
        stream = application(number)
        ref = await store_typed_text(session, text, log_of(stream))
        await session.act(stream, c.RecordRemedy(ground=ground, text=ref), Role.OFFICER)

    run_acting(ctx, work)
