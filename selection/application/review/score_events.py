"""What can happen to a panel's reviews, their conflicts and the score: who may see it, and what it changes."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from selection.application.audiences import EVERYONE, REPORTER, SEAT
from selection.application.review.events import with_seat
from selection.application.state import ApplicationState, Report, Review, Score
from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.process.decisions import CONFLICT, name_decision
from selection.process.room import Fold


@lru_cache(maxsize=10_000)
def _mark(text: str) -> Decimal:
    return Decimal(text)


def _keep_once(value: Decimal) -> Decimal:
    return _mark(str(value))


Mark = Annotated[Decimal, AfterValidator(_keep_once)]
"""A score or a total, digit by digit as it was given; the few that there are stand in memory once."""


class ReviewSubmitted(Event):
    """A reviewer's scores and answers to the review form; only the reviewer's own correction changes what counts."""

    TYPE = "review.submitted.v1"
    seat: int
    expert: str
    scores: dict[str, Mark]
    total: Mark
    form: AnsweredForm
    stored_before: Instant | None = None
    # The chair reads what a review says, as soon as nobody is awaited any more, and not whose it is.
    AUDIENCE = {
        "*": f"{SEAT} chair applicant:told admin",
        "seat": SEAT,
        "expert": SEAT,
        "scores": SEAT,
        "total": SEAT,
        "form.version": f"{SEAT} chair:scored applicant:told",
        "form.told": f"{SEAT} chair:scored applicant:told",
        "form.answers": f"{SEAT} chair:scored",
        "form.files": f"{SEAT} chair:scored",
        "form.personal": SEAT,
        "stored_before": SEAT,
    }


class ConflictDeclared(Event):
    """An expert declared a conflict of their own."""

    TYPE = "conflict.declared.v1"
    expert: str
    text: Ref
    AUDIENCE = {"*": f"{SEAT} admin", "expert": SEAT, "text": SEAT}


class ConflictReported(Event):
    """Someone reported a conflict of interest of a reviewer; a supervisor rules.

    With a `tie` the application itself named the person, before there was a panel.
    """

    TYPE = "conflict.reported.v1"
    report: str
    expert: str
    tie: Annotated[str, Field(exclude_if=lambda tie: not tie)] = ""
    text: Ref
    # Of these the event belongs to who reported; the reported expert learns neither report nor reporter.
    AUDIENCE = {
        "*": f"{REPORTER} admin",
        "report": REPORTER,
        "expert": "",
        "tie": REPORTER,
        "text": REPORTER,
    }


class ConflictRuled(Event):
    """A supervisor's ruling on a reported conflict."""

    TYPE = "conflict.ruled.v1"
    report: str
    upheld: bool
    text: Ref
    AUDIENCE = {
        "*": f"{REPORTER} admin",
        "report": REPORTER,
        "upheld": REPORTER,
        "text": "",
    }


class HouseTieDismissed(Event):
    """A supervisor dismissed that units of the organiser's own house bind somebody in a post to the application.

    Everybody sees that, and which units. Who it is staff alone see, as of all that staff do.
    """

    TYPE = "house-tie.dismissed.v1"
    person: str
    units: tuple[str, ...]
    AUDIENCE = {"*": EVERYONE, "person": "", "units": EVERYONE}


DECLARED = "declared"
"""Stands in the place of a report where an expert declared their own conflict."""


class ReviewVoided(Event):
    """A submitted review no longer counts; it stays in the record."""

    TYPE = "review.voided.v1"
    seat: int
    expert: str
    report: str
    AUDIENCE = {"*": f"{SEAT} admin", "seat": SEAT, "expert": SEAT, "report": ""}


class ApplicationScored(Event):
    """The panel's score is fixed: exact fractions as `num/den`, and the mean half-up to 2 places."""

    TYPE = "application.scored.v1"
    valid: int
    mean: str
    untrimmed: str
    technical: str
    shown: Decimal
    lot: str
    AUDIENCE = {
        "*": "chair approver admin",
        "role": "",
        "valid": "chair approver",
        "mean": "",
        "untrimmed": "",
        "technical": "",
        "shown": "chair approver",
        "lot": "",
    }


# Seats, reviews and scores are copies of these, not built anew: what a valid event holds need not be validated once
# more, and a thousand applications hold fifteen thousand of them.
_DAWN = datetime.min.replace(tzinfo=UTC)
_BLANK = AnsweredForm(version="", answers=Ref(id="", sha256=""))
_REVIEW = Review(seat=0, expert="", scores={}, total=Decimal(0), form=_BLANK, at=_DAWN)
_SCORE = Score(valid=0, mean="", untrimmed="", technical="", shown=Decimal(0), lot="")


def _fold_reviewed(state: ApplicationState, event: ReviewSubmitted, leaf: Leaf) -> dict[str, object]:
    review = _REVIEW.with_(
        seat=event.seat,
        expert=event.expert,
        scores=event.scores,
        total=event.total,
        form=event.form,
        at=leaf.at,
    )
    return {"seats": with_seat(state, event.seat, status="submitted"), "reviews": (*state.reviews, review)}


def _fold_nothing(state: ApplicationState, event: Event, leaf: Leaf) -> dict[str, object]:
    return {}


def _fold_reported(state: ApplicationState, event: ConflictReported, leaf: Leaf) -> dict[str, object]:
    report = Report(
        expert=event.expert,
        reporter=leaf.actor.person,
        behalf=leaf.actor.behalf,
        cosigner=leaf.cosigner,
        tie=event.tie,
        text=event.text,
        at=leaf.at,
    )
    return {"reports": {**state.reports, event.report: report}}


def _fold_ruled(state: ApplicationState, event: ConflictRuled, leaf: Leaf) -> dict[str, object]:
    ruled = state.reports[event.report].with_(upheld=event.upheld)
    made = state.decisions.with_made(name_decision(CONFLICT, event.report), *leaf.actor.people)
    return {"reports": {**state.reports, event.report: ruled}, "decisions": made}


def _fold_voided(state: ApplicationState, event: ReviewVoided, leaf: Leaf) -> dict[str, object]:
    own = event.report == DECLARED
    reviews = tuple(
        item.with_(void=True, declared=own) if item.expert == event.expert else item for item in state.reviews
    )
    back = state.enter(Stage.REVIEW, leaf.at) if state.stage is Stage.SCORED else {}
    return {**back, "score": None, "reviews": reviews}


def _fold_scored(state: ApplicationState, event: ApplicationScored, leaf: Leaf) -> dict[str, object]:
    score = _SCORE.with_(
        valid=event.valid,
        mean=event.mean,
        untrimmed=event.untrimmed,
        technical=event.technical,
        shown=event.shown,
        lot=event.lot,
    )
    # After the shortlist a score is fixed anew where the application stands.
    fixed = state.enter(Stage.SCORED, leaf.at) if state.stage is Stage.REVIEW else {}
    return {**fixed, "score": score}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ReviewSubmitted: _fold_reviewed,
    ConflictDeclared: _fold_nothing,
    ConflictReported: _fold_reported,
    ConflictRuled: _fold_ruled,
    HouseTieDismissed: _fold_nothing,
    ReviewVoided: _fold_voided,
    ApplicationScored: _fold_scored,
}
