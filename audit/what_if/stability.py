"""How firmly a list stands: run again without each reviewer in turn, and with weights that vary a little.

All figures are exact and depend on nothing but the record, the assumption and the seed.
"""

import hashlib
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from audit.what_if.round_record import RoundRecord
from audit.what_if.simulating import Assumptions, Outcome, compute_stretch, rank_scores, score_of, simulate

Tell = Callable[[str, int, int], None]
"""Called with a sweep's name, how many of its runs are done, and how many there are."""
STEPS = 1000
"""A weight varies in so many steps to either side."""


@dataclass(frozen=True)
class Run:
    """One run of a sweep: what it was called, how like its order is, who came into the cut and who left it."""

    name: str
    reviewed: int
    likeness: Fraction | None
    came: tuple[str, ...]
    left: tuple[str, ...]
    unscored: tuple[str, ...]


@dataclass
class Interval:
    """Where an application came in over a sweep's runs, and in how many it was within cut and places."""

    best: int | None = None
    worst: int | None = None
    within: int = 0
    placed: int = 0
    unscored: int = 0

    def see(self, number: str, outcome: Outcome) -> None:
        """Count one run."""
        rank = outcome.ranks.get(number)
        if rank is None:
            self.unscored += 1
            return
        self.best = rank if self.best is None else min(self.best, rank)
        self.worst = rank if self.worst is None else max(self.worst, rank)
        self.within += number in outcome.within
        self.placed += number in outcome.placed


@dataclass(frozen=True)
class Sweep:
    """What the runs of one kind came to; intervals by application, in the order of the outcome varied."""

    runs: tuple[Run, ...]
    intervals: Mapping[str, Interval]


def without_each_reviewer(recorded: RoundRecord, assumed: Assumptions, base: Outcome, tell: Tell) -> Sweep:
    """Leave out each reviewer's reviews in turn, everywhere."""
    reviewers = {
        person: numbers for person, numbers in recorded.reviewers.items() if person not in assumed.without
    }

    stretch = compute_stretch(recorded.scales, assumed.weights)

    def outcomes() -> Iterator[tuple[str, int, Outcome]]:
        for person, numbers in reviewers.items():
            less = assumed.leave_out(person)
            anew = {number: score_of(recorded.applications[number], less, stretch) for number in numbers}
            scores = {**base.scores, **anew}
            left = {number: score for number, score in scores.items() if score is not None}
            yield person, len(numbers), rank_scores(recorded, assumed.rules, left)

    return _sweep("reviewers", base, outcomes(), len(reviewers), tell)


def with_other_weights(
    recorded: RoundRecord, assumed: Assumptions, base: Outcome, draws: "Draws", tell: Tell
) -> Sweep:
    """Vary all weights at random, but the same for one seed, and run again with each set."""

    def outcomes() -> Iterator[tuple[str, int, Outcome]]:
        for number in range(1, draws.runs + 1):
            varied = replace(assumed, weights=draws.weights(assumed.weights, number))
            yield str(number), 0, simulate(recorded, varied)

    return _sweep("weights", base, outcomes(), draws.runs, tell)


@dataclass(frozen=True)
class Draws:
    """How weights vary: in `runs` sets, each weight by up to `spread` percent of itself, evenly, from a seed."""

    runs: int
    spread: int
    seed: int

    def weights(self, weights: Mapping[str, Fraction], run: int) -> Mapping[str, Fraction]:
        """Return the weights of a run, which sum to what they did.

        Each factor is read off SHA-256 of seed, run and code, so that it is the same on every machine and does not
        depend on how many are drawn.
        """
        varied = {code: weight * self._factor(run, code) for code, weight in weights.items()}
        full, total = sum(weights.values(), Fraction(0)), sum(varied.values(), Fraction(0))
        return {code: weight * full / total for code, weight in varied.items()}

    def _factor(self, run: int, code: str) -> Fraction:
        digest = hashlib.sha256(f"what-if/{self.seed}/{run}/{code}".encode()).digest()
        step = int.from_bytes(digest[:8], "big") % (2 * STEPS + 1) - STEPS
        return 1 + Fraction(self.spread * step, 100 * STEPS)


def likeness(before: Sequence[str], after: Sequence[str]) -> Fraction | None:
    """Return Kendall's tau of two orders over what stands in both: 1 for the same order, -1 for the reverse.

    Kendall, A New Measure of Rank Correlation, Biometrika 30 (1938). None for fewer than two: there is
    nothing to compare.
    """
    places = {name: index for index, name in enumerate(before)}
    seen: list[int] = []
    crossed = 0
    for name in after:
        if name in places:
            crossed += len(seen) - bisect_right(seen, places[name])
            insort(seen, places[name])
    pairs = len(seen) * (len(seen) - 1) // 2
    return 1 - Fraction(2 * crossed, pairs) if pairs else None


def margins(outcome: Outcome, within: frozenset[str]) -> Mapping[str, Fraction]:
    """Return by how many points each mean is ahead of the best one outside, or behind the last one inside.

    Empty while everybody is within, or nobody.
    """
    means = {number: Fraction(score.mean) for number, score in outcome.scores.items()}
    inside = [means[number] for number in means if number in within]
    outside = [means[number] for number in means if number not in within]
    if not inside or not outside:
        return {}
    return {
        number: mean - (max(outside) if number in within else min(inside)) for number, mean in means.items()
    }


def _sweep(
    name: str, base: Outcome, outcomes: Iterator[tuple[str, int, Outcome]], total: int, tell: Tell
) -> Sweep:
    intervals = {number: Interval() for number in base.order}
    runs = []
    for done, (label, reviewed, outcome) in enumerate(outcomes, 1):
        for number, interval in intervals.items():
            interval.see(number, outcome)
        runs.append(_run(label, reviewed, base, outcome))
        tell(name, done, total)
    return Sweep(tuple(runs), intervals)


def _run(label: str, reviewed: int, base: Outcome, outcome: Outcome) -> Run:
    return Run(
        name=label,
        reviewed=reviewed,
        likeness=likeness(base.order, outcome.order),
        came=tuple(sorted(outcome.within - base.within)),
        left=tuple(sorted(base.within - outcome.within)),
        unscored=tuple(sorted(base.scores.keys() - outcome.scores.keys())),
    )
