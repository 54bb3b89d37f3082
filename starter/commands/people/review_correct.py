"""`selection review correct`: a reviewer's own correction, said whole and with a reason."""

from typing import Annotated

import typer

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.streams import log_of
from starter.cli.command_table import example
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data
from starter.cli.session import Session, acting, application
from starter.commands.people import review_draft

app = typer.Typer()


@app.command(
    "correct",
    epilog=example(
        "selection --as expert-07 review correct 2025-second/0007 --score positioning=20.5 --score mechanism=18"
        " --score technical=23 --score conditions=19 --reason 'Two scores were interchanged'"
    ),
)
def correct(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")],
    reason: Annotated[str, typer.Option(help="Why you correct it: a text, @FILE or ref:ID.")],
    score: review_draft.Score = None,
    text: Annotated[
        str | None,
        typer.Option(help="The corrected text: a text, @FILE or ref:ID; default: the former one."),
    ] = None,
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
    kept = review_draft.find_draft(ctx, number) if draft else None
    found = review_draft.load_draft(kept)
    review_draft.require_option(score or found.scores, "--score")

    async def work(session: Session) -> None:
        stream = application(number)
        former, done = await _read_own(session, stream)
        anew = text is not None or found.text
        written = await review_draft.store_text(session, text, found, log_of(stream)) if anew else former
        told = {
            "scores": review_draft.fill_in(score, found),
            "text": written,
            "number": correction or done + 1,
            "reason": await store_typed_text(session, reason, log_of(stream)),
        }
        receipt = await session.act(stream, check_data(c.CorrectReview, told), Role.EXPERT)
        if kept is not None and receipt is not None:
            kept.drop()

    acting(ctx, work)


async def _read_own(session: Session, stream: str) -> tuple[Ref, int]:
    """Return the text of one's own review as it counts, and how often it was corrected. Raises Refused not-reviewed."""
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
    return Ref(**own[-1]["text"]), own[-1].get("number", 0)
