"""What reviews amount to: exact totals, the mean without the extremes, and how each is spelled."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

Marks = Mapping[str, Fraction]
"""What each content of a review counts, by its code."""


DIGITS = 28
"""Of a total that an entry states exactly, at most."""


class Figures(NamedTuple):
    """A panel's score: how many reviews count, the mean that decides, that of all totals, and that of the tie-break."""

    valid: int
    mean: Fraction
    untrimmed: Fraction
    technical: Fraction

    def spell(self) -> dict[str, str]:
        """Return the figures as an entry states them: fractions in lowest terms, and the mean for people's eyes."""
        exact = {
            name: f"{value.numerator}/{value.denominator}"
            for name, value in (
                ("mean", self.mean),
                ("untrimmed", self.untrimmed),
                ("technical", self.technical),
            )
        }
        return {"valid": str(self.valid), **exact, "shown": spell_rounded(self.mean)}


class Scheme:
    """How the sealed rules have reviews scored: contents with their weights and scales, steps, extremes, tie-break."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        contents = rules["criteria"]
        self.weights = {item["code"]: Fraction(item["weight"]) for item in contents}
        # A content without a scale of its own is scored up to its weight.
        self.scales = {item["code"]: Fraction(item.get("scale") or item["weight"]) for item in contents}
        self.step = Fraction(rules["score_step"])
        self.tie_break = str(rules["tie_break"])
        self.from_valid, self.drop = (int(rules["trim"][name]) for name in ("from_valid", "drop"))

    def mark(self, scores: Mapping[str, str]) -> Marks:
        """Return what each score counts. Raises ValueError for a score that is missing, too many, off scale or step."""
        if scores.keys() != self.scales.keys():
            raise ValueError("other contents than the rules ask for")
        marks: dict[str, Fraction] = {}
        for code, text in scores.items():
            score = Fraction(text)
            if not 0 <= score <= self.scales[code] or (score / self.step).denominator != 1:
                raise ValueError(f"{code}: off the scale or between two steps")
            marks[code] = self.weights[code] * (score / self.scales[code])
        return marks

    def figure(self, reviews: Sequence[Marks]) -> Figures:
        """Return the panel's score of at least one review: with enough of them, without the extremes at each end."""
        totals = [total(marks) for marks in reviews]
        counted = list(totals)
        if len(totals) >= self.from_valid:
            for _ in range(self.drop):
                counted.remove(max(counted))
                counted.remove(min(counted))
        return Figures(
            valid=len(totals),
            mean=_average(counted),
            untrimmed=_average(totals),
            technical=_average([marks[self.tie_break] for marks in reviews]),
        )


class MeetingRules:
    """How the sealed rules have a panel's meeting count: the agreed score, and which votes support an application."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        # Left out of the sealed bytes where it is the default.
        section = rules.get("appraisal") or {}
        self.way = str(section.get("agreed", "median"))
        self.percent = int(section.get("support_percent", 50))

    def agree(self, scores: Sequence[Fraction]) -> str | None:
        """Return what the members' own scores come to, half-up to 2 places; None where nobody stated one."""
        if not scores:
            return None
        if self.way == "mean":
            return spell_rounded(_average(scores))
        ordered, middle = sorted(scores), (len(scores) - 1) // 2
        return spell_rounded(_average(ordered[middle : len(scores) - middle]))

    def supports(self, in_favour: int, voters: int) -> bool:
        """Tell whether so many of the votes are enough."""
        return in_favour * 100 > voters * self.percent


def total(marks: Marks) -> Fraction:
    """Return what a review amounts to."""
    return sum(marks.values(), Fraction(0))


def spell_total(value: Fraction) -> Fraction:
    """Return a total as an entry states it: exact where that ends within 28 digits, else half-up to 2 places."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    digits = len(str(value * 10 ** max(twos, fives))) if rest == 1 else DIGITS + 1
    if digits <= DIGITS:
        return value
    return Fraction(spell_rounded(value))


def spell_rounded(value: Fraction) -> str:
    """Return a value that is not negative with 2 places, the half up."""
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _average(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
