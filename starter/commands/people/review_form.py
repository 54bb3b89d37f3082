"""The review as a file: the scores, and the answers to the round's review form, as `submit` and `correct` take it."""

from decimal import Decimal

from selection.forms.handed_in import AnsweredForm
from selection.streams import log_of
from starter.cli.session import Session
from starter.commands.people.act_forms import ActForm
from starter.commands.people.review_draft import ReviewSource
from starter.people.typed_scores import SCORES, check_review, read_scores, write_score_lines

REVIEW = ActForm("review", "review", "expert-07", write_score_lines, frozenset({SCORES}), check_review)


async def hand_in_review(
    session: Session, stream: str, written: ReviewSource
) -> tuple[dict[str, Decimal], AnsweredForm]:
    """Store a review and return its scores and answers. Raises Refused answers-unfit once every fault is shown."""
    log = log_of(stream)
    form = await REVIEW.get(session, log)
    filled = REVIEW.read_sound(session, form, written.file, written.folder)
    return read_scores(filled.beside[SCORES]), await filled.store_form(session, log)
