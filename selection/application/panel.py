"""A panel as an application's state keeps it: its seats, its reviews, its score, and what an earlier one left."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from selection.forms.handed_in import AnsweredForm
from selection.kernel.leaf import Instant
from selection.kernel.model import CLOSED, Compact, Frozen


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Seat(Compact):
    """One place on the panel. status: invited, accepted, submitted or empty (no alternate was left)."""

    number: int
    expert: str
    status: str
    invited_at: Instant
    respond_by: Instant
    review_by: Instant
    remind_review: tuple[Instant, ...] = ()

    @property
    def open(self) -> bool:
        """Tell whether something is still awaited from the expert."""
        return self.status in ("invited", "accepted")


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Review(Compact):
    """A submitted review, as corrected last; `corrections` counts how often. `void` once a conflict was found.

    `declared` where its own expert said so: no ruling brings it back.
    """

    seat: int
    expert: str
    scores: dict[str, Decimal]
    total: Decimal
    form: AnsweredForm
    at: Instant
    void: bool = False
    declared: Annotated[bool, Field(exclude_if=lambda declared: not declared)] = False
    corrections: Annotated[int, Field(exclude_if=lambda count: count == 0)] = 0


class Score(Frozen):
    """The fixed panel score: exact fractions, number of valid reviews, and what is shown."""

    valid: int
    mean: str
    untrimmed: str
    technical: str
    shown: Decimal
    lot: str


class EarlierPanel(Frozen):
    """What a panel left in whose place a fresh one was drawn: who sat on it or left it, its reviews, its score."""

    members: tuple[str, ...]
    reviews: tuple[Review, ...] = ()
    score: Score | None = None


class Settling(Frozen):
    """What one of two people would do about a panel that cannot be filled, and the panel that they saw."""

    person: str
    way: str
    scores: int
    basis: str
