"""Scores and ranks in exact arithmetic; only what is shown to people is ever rounded.

Means are recorded as `numerator/denominator` in lowest terms, so that an auditor compares text with text.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from selection.kernel.model import Frozen
from selection.rules.sections import Trim

Mark = Decimal | Fraction
PartedBy = Literal["", "mean", "untrimmed", "technical", "lot", "nothing"]


class PanelScore(Frozen):
    """What a panel's valid reviews amount to.

    `mean` decides, after the extremes are dropped; `untrimmed` is the mean of all totals, `technical` that of
    the tie-break content alone; these three are exact fractions. `shown` is the mean half-up to 2 places.
    """

    valid: int
    mean: str
    untrimmed: str
    technical: str
    shown: Decimal


class RankedApplication(Frozen):
    """An application's rank, from 1, and what parted it from the one before it ("" for the first).

    Ranks are shared only where even the lots are equal, which two different applications' lots are not.
    """

    application: str
    rank: int
    mean: str
    parted_by: PartedBy


def weigh_scores(
    scores: Mapping[str, Decimal], weights: Mapping[str, Decimal], scales: Mapping[str, Decimal]
) -> Mapping[str, Mark]:
    """Return what a reviewer's scores count: each its share of its scale, times its weight."""
    if weights == scales:
        return scores
    return {
        code: Fraction(score) * Fraction(weights[code]) / Fraction(scales[code])
        for code, score in scores.items()
    }


def review_total(marks: Mapping[str, Mark]) -> Decimal:
    """Return the sum of what a reviewer's scores count, the full marks at most; half-up to 2 places if it has more."""
    total = _sum(marks.values())
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact if Fraction(exact) == total else round_shown(total)


def unfit_scores(
    scores: Mapping[str, Decimal], scales: Mapping[str, Decimal], step: Decimal
) -> tuple[str, ...]:
    """Return the contents whose score is missing, not asked for, off the scale, or between steps."""
    return tuple(
        sorted(
            code
            for code in scores.keys() | scales.keys()
            if code not in scores
            or code not in scales
            or not scores[code].is_finite()
            or not 0 <= scores[code] <= scales[code]
            or scores[code] % step != 0
        )
    )


def panel_score(reviews: Sequence[Mapping[str, Mark]], trim: Trim, tie_break: str) -> PanelScore:
    """Return the score of the valid reviews given, each a mark per content as `weigh_scores` gives it.

    Marks are decimals where scales are weights, else fractions. From
    `trim.from_valid` reviews on, the `trim.drop` highest and lowest totals are left out of the mean (process,
    stage 5). Raises ValueError when there is no review; whether there are enough is the application's decision.
    """
    if not reviews:
        raise ValueError("no review, no score")
    totals = sorted(_sum(review.values()) for review in reviews)
    kept = totals[trim.drop : len(totals) - trim.drop] if len(totals) >= trim.from_valid else totals
    mean = _mean(kept)
    return PanelScore(
        valid=len(totals),
        mean=fraction_text(mean),
        untrimmed=fraction_text(_mean(totals)),
        technical=fraction_text(_mean([review[tie_break] for review in reviews])),
        shown=round_shown(mean),
    )


def rank(scores: Mapping[str, PanelScore], lots: Mapping[str, str]) -> tuple[RankedApplication, ...]:
    """Return all applications from the best to the last: by mean, untrimmed mean, technical mean, then lot.

    The lot is hexadecimal text of one length, the lower wins. The order of the mappings has no influence.
    """
    order = sorted(scores, key=lambda name: (*_make_sort_key(scores[name], lots[name]), name))
    ranked: list[RankedApplication] = []
    for index, name in enumerate(order):
        parted: PartedBy = ""
        place = index + 1
        if index:
            before = order[index - 1]
            parted = _name_tie_break(
                _make_sort_key(scores[before], lots[before]), _make_sort_key(scores[name], lots[name])
            )
            place = ranked[-1].rank if parted == "nothing" else place
        ranked.append(
            RankedApplication(application=name, rank=place, mean=scores[name].mean, parted_by=parted)
        )
    return tuple(ranked)


def shortlist_by_rank(
    ranked: Sequence[RankedApplication], places: int, factor: Decimal, ties_in: bool
) -> tuple[str, ...]:
    """Return the applications to survey: the first `factor` times `places`, rounded up to a whole one.

    With `ties_in`, all whose mean equals that of the last one in are in as well: neither the finer means nor
    a lot keeps anyone from the survey [D].
    """
    cut = ceil(places * Fraction(factor))
    chosen = [item.application for item in ranked[:cut]]
    if ties_in and 0 < cut < len(ranked):
        chosen += [item.application for item in ranked[cut:] if item.mean == ranked[cut - 1].mean]
    return tuple(chosen)


def fraction_text(value: Fraction) -> str:
    """Return the exact value as `numerator/denominator` in lowest terms, `85/1` for a whole number."""
    return f"{value.numerator}/{value.denominator}"


def round_shown(value: Fraction) -> Decimal:
    """Return the non-negative value half-up to 2 places, for people's eyes only."""
    return Decimal(floor(value * 100 + Fraction(1, 2))).scaleb(-2)


def _sum(marks: Iterable[Mark]) -> Fraction:
    # By denominator, of which marks have few: adding fractions one by one takes five times as long.
    parts: dict[int, int] = {}
    for mark in marks:
        numerator, denominator = mark.as_integer_ratio()
        parts[denominator] = parts.get(denominator, 0) + numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in parts.items()), Fraction(0))


def _mean(marks: Sequence[Mark]) -> Fraction:
    return _sum(marks) / len(marks)


def _make_sort_key(score: PanelScore, lot: str) -> tuple[Fraction, Fraction, Fraction, str]:
    return -Fraction(score.mean), -Fraction(score.untrimmed), -Fraction(score.technical), lot


def _name_tie_break(before: tuple[object, ...], after: tuple[object, ...]) -> PartedBy:
    names: tuple[PartedBy, ...] = ("mean", "untrimmed", "technical", "lot")
    for name, a, b in zip(names, before, after, strict=True):
        if a != b:
            return name
    return "nothing"
