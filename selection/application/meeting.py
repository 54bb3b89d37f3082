"""The panel's meeting: who was there, what each voted, and what came of it."""

from decimal import Decimal
from fractions import Fraction
from statistics import mean, median
from typing import Literal

from pydantic import Field

from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref
from selection.scoring.panel_score import round_shown


class Ballot(Frozen):
    """What one member voted: for, against or abstained; their own score, and a dissent in writing, if any."""

    vote: str
    score: Decimal | None = None
    dissent: Ref | None = None


class Meeting(Frozen):
    """A meeting of the panel that votes: who was there, who stood aside, and who voted what."""

    number: int
    present: tuple[str, ...]
    aside: tuple[str, ...]
    at: Instant
    votes: dict[str, Ballot] = Field(default_factory=dict)

    @property
    def voters(self) -> tuple[str, ...]:
        """Those who were there and did not stand aside."""
        return tuple(person for person in self.present if person not in self.aside)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The voters who have not voted yet."""
        return tuple(person for person in self.voters if person not in self.votes)

    def count(self, vote: str) -> int:
        """Return how many voted so."""
        return sum(ballot.vote == vote for ballot in self.votes.values())

    def agree(self, way: Literal["median", "mean"]) -> Decimal | None:
        """Return the score that the members' own come to, half-up to 2 places; None where all abstained."""
        scores = [Fraction(ballot.score) for ballot in self.votes.values() if ballot.score is not None]
        if not scores:
            return None
        return round_shown(median(scores) if way == "median" else mean(scores))


class Appraisal(Frozen):
    """The recorded result of the panel's meeting."""

    score: Decimal
    votes_for: int
    votes_against: int
    abstained: int

    @property
    def votes(self) -> str:
        """How the panel voted, in one word: for, against, abstained."""
        return f"{self.votes_for}:{self.votes_against}:{self.abstained}"
