"""`selection review`: an expert's seat on a panel."""

from typing import Annotated

import typer

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, group
from starter.cli.content_arguments import keep_optional, store_typed_text
from starter.cli.session import Session, application, run_acting
from starter.commands.people import review_correct, review_draft
from starter.commands.people.act_forms import commands_of
from starter.commands.people.review_form import REVIEW, hand_in_review

app = group("Accept or decline an invitation; submit a review.")
app.add_typer(commands_of(REVIEW))
app.add_typer(review_correct.app)
app.add_typer(review_draft.app, name="draft")


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

    run_acting(ctx, work)


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

    run_acting(ctx, work)


@app.command(
    "submit",
    epilog=example(
        "selection --as expert-07 review submit 2025-second/0007 review.yaml",
        "selection --as expert-07 review submit 2025-second/0007 --draft",
        "`review form` writes a file to fill in: the scores, and the answers to the round's review form. A file with"
        " faults is not submitted; all of them are listed.",
    ),
)
def submit(
    ctx: typer.Context,
    number: Application,
    file: review_draft.File = None,
    draft: review_draft.Draft = False,
) -> None:
    """Submit the scores and the answers to the review form; until the score is fixed you can correct them yourself."""
    written = review_draft.find_written(ctx, number, file, draft=draft)

    async def work(session: Session) -> None:
        stream = application(number)
        scores, answered = await hand_in_review(session, stream, written)
        command = c.SubmitReview(scores=scores, form=answered)
        written.take(await session.act(stream, command, Role.EXPERT))

    run_acting(ctx, work)
