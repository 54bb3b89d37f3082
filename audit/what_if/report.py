"""What a simulation says in the end, for people and as JSON. Numbers are texts or whole; none is a float."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from selection.kernel.model import Frozen

NOTICE = {
    "en": "SIMULATION. It decides nothing: no application is rejected by a score alone, and no list changes by this.",
    "zh": "模拟结果，不作任何决定：任何申报都不会仅凭得分被否决，名单也不会因此改变。",
}


class Change(Frozen):
    """One place of the rules that was assumed otherwise; `after` is empty for reviews left out."""

    path: str
    before: str
    after: str


class Standing(Frozen):
    """How an application stands, as recorded or as simulated. Without a score there is no rank either.

    `shortlisted`: with officers' reasoned additions and removals. `placed`: its rank is within the places.
    `advised`: within the places by the scores agreed at the appraisal; None where nothing is known of them.
    """

    rank: int | None
    mean: str = ""
    score: Decimal | None = None
    valid: int
    shortlisted: bool
    placed: bool
    advised: bool | None = None


class ApplicationMove(Frozen):
    """An application before and after. `moved` is how many ranks it gains; negative when it loses.

    `decided` is what officers decided on it at the shortlist, carried over: `added`, `removed` or nothing.
    `margin` is by how many points it is ahead of the first outside the simulated cut, or behind the last inside;
    `margin_to_places` likewise for the places.
    """

    application: str
    recorded: Standing
    simulated: Standing
    moved: int | None
    decided: Literal["", "added", "removed"] = ""
    proposed: bool = False
    place: int | None = None
    margin: Decimal | None = None
    margin_to_places: Decimal | None = None


class Spread(Frozen):
    """Where one application came in over the runs of a sweep, and in how many it was within cut and places.

    In `unscored` runs it had no score, as too few of its reviews were left.
    """

    application: str
    best: int | None
    worst: int | None
    within: int
    placed: int
    unscored: int


class SweepRun(Frozen):
    """One run; `name` is the reviewer who was left out, or the number of a set of weights."""

    name: str
    reviewed: int
    likeness: Decimal | None
    came: tuple[str, ...]
    left: tuple[str, ...]
    unscored: tuple[str, ...]


def least_like(run: SweepRun) -> Decimal:
    """Return what runs are ordered by: where nothing was left to compare, most has changed."""
    return Decimal(-2) if run.likeness is None else run.likeness


class Stability(Frozen):
    """What a sweep came to. `unchanged` runs gave the same cut; `likeness` is the least and the middle one.

    Of the runs that left anything to compare, None if none did.
    """

    kind: Literal["reviewers", "weights"]
    runs: int
    unchanged: int
    likeness_least: Decimal | None
    likeness_middle: Decimal | None
    spreads: tuple[Spread, ...]
    each: tuple[SweepRun, ...]


class WhatIf(Frozen):
    """A whole simulation: what was assumed, what became of it, how firmly it stands, and what it rests on.

    `cut` and `places` are how many are within by rank, recorded and simulated. `likeness` is Kendall's tau of the
    recorded and the simulated order, None where fewer than two have a rank in both.
    """

    simulation: Literal[True] = True
    decides: Literal[False] = False
    notice: dict[str, str] = Field(default_factory=lambda: dict(NOTICE))
    round: str
    title: dict[str, str]
    rehearsal: bool
    engine: str
    file: str
    sha256: str
    reproduced_at: str
    voided_later: int
    changes: tuple[Change, ...]
    not_simulated: tuple[str, ...]
    criteria: dict[str, dict[str, str]]
    cut: tuple[int, int]
    places: tuple[int, int]
    likeness: Decimal | None
    spread: int
    seed: int
    applications: tuple[ApplicationMove, ...]
    stability: tuple[Stability, ...]
    issued: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was assumed otherwise: then all ranks are as recorded."""
        return not self.changes

    def list_entering(self) -> tuple[str, ...]:
        """Return who would come onto the shortlist."""
        return tuple(
            item.application
            for item in self.applications
            if item.simulated.shortlisted and not item.recorded.shortlisted
        )

    def list_leaving(self) -> tuple[str, ...]:
        """Return who would be off the shortlist."""
        return tuple(
            item.application
            for item in self.applications
            if item.recorded.shortlisted and not item.simulated.shortlisted
        )

    def list_losing(self) -> tuple[str, ...]:
        """Return who of the recorded list, or of the proposal while none is issued, would be off the shortlist."""
        return tuple(
            item.application
            for item in self.applications
            if (item.place is not None if self.issued else item.proposed) and not item.simulated.shortlisted
        )
