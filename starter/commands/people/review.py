"""`selection review`: an expert's seat on a panel."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional, store_typed_text
from starter.cli.files_in import check_data, pairs
from starter.cli.session import Session, acting, application
from starter.commands.people import review_correct

app = group("Accept or decline an invitation; submit a review.")
app.add_typer(review_correct.app)

Application = Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")]


@app.command(
    "accept", epilog=example("selection --as expert-07 review accept 2025-second/0007 --pledge @pledge.md")
)
def accept(
    ctx: typer.Context,
    number: Application,
    pledge: Annotated[str, typer.Option(help="Your signed pledge: a text, @FILE or ref:ID.")],
) -> None:
    """Accept the invitation with your signed pledge; you declare that you have no conflict of interest."""

    async def work(session: Session) -> None:
        stream = application(number)
        signed = await store_typed_text(session, pledge, log_of(stream))
        await session.act(stream, c.AcceptInvitation(pledge=signed), Role.EXPERT)

    acting(ctx, work)


@app.command(
    "decline",
    epilog=example("selection --as expert-07 review decline 2025-second/0007 --reason 'Travelling'"),
)
def decline(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str | None, typer.Option(help="A text, @FILE or ref:ID.")] = None,
) -> None:
    """Decline the invitation, or give up the seat before you submit a review; an alternate takes over."""

    async def work(session: Session) -> None:
        stream = application(number)
        kept = await keep_optional(session, reason, log_of(stream))
        await session.act(stream, c.DeclineInvitation(reason=kept), Role.EXPERT)

    acting(ctx, work)


@app.command(
    "submit",
    epilog=example(
        "selection --as expert-07 review submit 2025-second/0007 --score positioning=20.5 --score mechanism=18"
        " --score technical=22 --score conditions=19 --text @review.md"
    ),
)
def submit(
    ctx: typer.Context,
    number: Application,
    score: Annotated[list[str], typer.Option(help="CRITERION=POINTS, once per criterion.")],
    text: Annotated[str, typer.Option(help="The written review: a text, @FILE or ref:ID.")],
) -> None:
    """Submit the scores and the written review; until the score is fixed you can correct them yourself."""

    async def work(session: Session) -> None:
        stream = application(number)
        scores = pairs(score, "--score")
        written = await store_typed_text(session, text, log_of(stream))
        await session.act(
            stream, check_data(c.SubmitReview, {"scores": scores, "text": written}), Role.EXPERT
        )

    acting(ctx, work)
