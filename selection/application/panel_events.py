"""What can happen on an application's expert panel: seats, reviews, conflicts, the score."""

from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.kernel.model import Ref


@lru_cache(maxsize=10_000)
def _mark(text: str) -> Decimal:
    return Decimal(text)


def _kept_once(value: Decimal) -> Decimal:
    return _mark(str(value))


Mark = Annotated[Decimal, AfterValidator(_kept_once)]
"""A score or a total, digit by digit as it was given; the few that there are stand in memory once."""


class PanelSeated(Event):
    """Experts of a draw took the seats; `alternates` follow in order. The first draw also holds the lot."""

    TYPE = "panel.seated.v1"
    draw: str
    revision: int
    seats: dict[str, str]
    alternates: tuple[str, ...]
    employers: dict[str, str]
    lot: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()


class InvitationAccepted(Event):
    """An expert accepted with pledge and declaration; from here on the expert may read."""

    TYPE = "panel.invitation-accepted.v1"
    seat: int
    expert: str
    pledge: Ref


class SeatVacated(Event):
    """A seat fell free: declined, no-response, conflict, no-review, or report-upheld."""

    TYPE = "panel.seat-vacated.v1"
    seat: int
    expert: str
    why: str
    deadline: Instant | None = None


class SeatFilled(Event):
    """The next alternate was invited to a free seat."""

    TYPE = "panel.seat-filled.v1"
    seat: int
    expert: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()


class ReviewSubmitted(Event):
    """A reviewer's scores per criterion, locked from here on."""

    TYPE = "review.submitted.v1"
    seat: int
    expert: str
    scores: dict[str, Mark]
    total: Mark
    text: Ref
    stored_before: Instant | None = None


class ConflictDeclared(Event):
    """An expert declared a conflict of their own."""

    TYPE = "conflict.declared.v1"
    expert: str
    text: Ref


class ConflictReported(Event):
    """Someone reported a conflict of interest of a reviewer; a supervisor rules."""

    TYPE = "conflict.reported.v1"
    report: str
    expert: str
    text: Ref


class ConflictRuled(Event):
    """A supervisor's ruling on a reported conflict."""

    TYPE = "conflict.ruled.v1"
    report: str
    upheld: bool
    text: Ref


class ReviewVoided(Event):
    """A submitted review no longer counts; it stays in the record."""

    TYPE = "review.voided.v1"
    seat: int
    expert: str
    report: str


class ApplicationScored(Event):
    """The panel's score is fixed: exact fractions as `num/den`, and the mean half-up to 2 places."""

    TYPE = "application.scored.v1"
    valid: int
    mean: str
    untrimmed: str
    technical: str
    shown: Decimal
    lot: str


class ChairAppointed(Event):
    """A member of the panel leads it."""

    TYPE = "panel.chair-appointed.v1"
    chair: str
