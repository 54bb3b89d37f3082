"""Decide on a reviewer's own correction of a review (docs/decisions/0038)."""

from selection.application.preconditions import ask_about_answers, refuse_late, require_terms
from selection.application.review.commands import CorrectReview
from selection.application.review.correction_events import ReviewCorrected
from selection.application.review.decide import own_seat, submit_review
from selection.application.review.events import with_seat
from selection.application.review.score_events import ReviewSubmitted
from selection.application.review.seats import seat_due
from selection.application.state import ApplicationState, Review
from selection.decision.aggregate import Context, Event
from selection.decision.citing import citations_of, refuse_uncitable
from selection.decision.command import Command
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused


def correct_review(state: ApplicationState, command: CorrectReview, context: Context) -> tuple[Event, ...]:
    """Put a corrected review beside the former one, judged as if it were handed in now, but without any grace.

    That the score is fixed is asked last: all else is answered the same before and after it, so that only who sends a
    correction which would have counted learns that it no longer does.
    """
    terms = require_terms(context)
    seat = own_seat(state, context)
    former = state.review_of(seat.expert)
    if former is None:
        raise Refused("not-reviewed")
    refuse_late("review", seat_due(seat, terms, context.facts), context)
    limit = terms.panel.corrections_max
    if limit is not None and former.corrections >= limit:
        raise Refused("corrections-used-up", limit=str(limit))
    if command.number != former.corrections + 1:
        raise Refused("other-correction", number=str(former.corrections + 1))
    written = _write_anew(state, command, context)
    if _says_the_same(written, former):
        raise Refused("nothing-corrected")
    refuse_uncitable(citations_of(context.actor, command), context.facts)
    if not state.in_review or state.score is not None:
        raise Refused("correction-closed")
    fields = {name: getattr(written, name) for name in ReviewSubmitted.model_fields}
    return (
        ReviewCorrected(**fields, number=command.number, former_total=former.total, reason=command.reason),
    )


def _write_anew(state: ApplicationState, command: CorrectReview, context: Context) -> ReviewSubmitted:
    """Return the review that the command would be, had the seat not submitted one. Raises Refused."""
    seat = own_seat(state, context)
    reopened = state.with_(seats=with_seat(state, seat.number, status="accepted"))
    (written,) = submit_review(reopened, command, context)
    assert isinstance(written, ReviewSubmitted)
    return written


def _says_the_same(written: ReviewSubmitted, former: Review) -> bool:
    return written.scores == former.scores and written.form == former.form


DECIDES: dict[type[Command], Decider[ApplicationState]] = {CorrectReview: correct_review}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {CorrectReview: ask_about_answers("review")}
