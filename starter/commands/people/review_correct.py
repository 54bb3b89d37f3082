"""`selection review correct`: a reviewer's own correction, said whole and with a reason."""

from typing import Annotated

import typer

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, application, run_acting
from starter.commands.people import review_draft
from starter.commands.people.review_form import hand_in_review

app = typer.Typer()


@app.command(
    "correct",
    epilog=example(
        "selection --as expert-07 review correct 2025-second/0007 review.yaml"
        " --reason 'Two scores were interchanged'"
    ),
)
def correct(
    ctx: typer.Context,
    number: Application,
    reason: Annotated[str, typer.Option(help="Why you correct it: a text, @FILE or ref:ID.")],
    file: review_draft.File = None,
    correction: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="NUMBER",
            help="Which correction of this review it is, from 1; default: the next.",
        ),
    ] = None,
    draft: review_draft.Draft = False,
) -> None:
    """Correct your own review before the panel's score is fixed and before the deadline; the former entry stays."""
    written = review_draft.find_written(ctx, number, file, draft=draft)

    async def work(session: Session) -> None:
        stream = application(number)
        done = await _count_own(session, stream)
        scores, answered = await hand_in_review(session, stream, written)
        command = c.CorrectReview(
            scores=scores,
            form=answered,
            number=correction or done + 1,
            reason=await store_typed_text(session, reason, log_of(stream)),
        )
        written.take(await session.act(stream, command, Role.EXPERT))

    run_acting(ctx, work)


async def _count_own(session: Session, stream: str) -> int:
    """Return how often one's own review was corrected. Raises Refused not-reviewed."""
    who = await session.subject()
    entries = await session.reads.applications.list_timeline(who, stream)
    kinds = (e.ReviewSubmitted.TYPE, e.ReviewCorrected.TYPE)
    own = [
        entry.view["data"]
        for entry in entries
        if entry.view["type"] in kinds and entry.view["data"].get("expert") == who.person
    ]
    if not own:
        raise Refused("not-reviewed")
    return int(own[-1].get("number", 0))
