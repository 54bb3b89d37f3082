"""`selection review`: an expert's seat on a panel."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional, store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, acting, application
from starter.commands.people import review_correct, review_draft

app = group("Accept or decline an invitation; submit a review.")
app.add_typer(review_correct.app)
app.add_typer(review_draft.app, name="draft")

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
        " --score technical=22 --score conditions=19 --text @review.md",
        "selection --as expert-07 review submit 2025-second/0007 --draft",
    ),
)
def submit(
    ctx: typer.Context,
    number: Application,
    score: review_draft.Score = None,
    text: Annotated[str | None, typer.Option(help="The written review: a text, @FILE or ref:ID.")] = None,
    draft: review_draft.Draft = False,
) -> None:
    """Submit the scores and the written review; until the score is fixed you can correct them yourself."""
    kept = review_draft.find_draft(ctx, number) if draft else None
    found = review_draft.load_draft(kept)
    review_draft.require_option(score or found.scores, "--score")
    review_draft.require_option(text is not None or found.text, "--text")

    async def work(session: Session) -> None:
        stream = application(number)
        scores = review_draft.fill_in(score, found)
        written = await review_draft.store_text(session, text, found, log_of(stream))
        command = check_data(c.SubmitReview, {"scores": scores, "text": written})
        receipt = await session.act(stream, command, Role.EXPERT)
        if kept is not None and receipt is not None:
            kept.drop()

    acting(ctx, work)
