"""Who stands where: the order by scores, the cut of the shortlist, and what of a choice needs a reason."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from audit.outcome.scores import Figures

Value = TypeVar("Value", Fraction, str, int)


class Contender(NamedTuple):
    """An application whose score is fixed, with the lot that parts what no mean parts; the lower lot goes first."""

    number: str
    figures: Figures
    lot: str


class Standing(NamedTuple):
    """Where an application stands after its appraisal: whether it is supported, the agreed score, the panel's rank."""

    number: str
    supported: bool
    agreed: Fraction
    rank: int
    field: str
    region: str


def rank_scored(scored: Iterable[Contender]) -> list[tuple[int, Contender]]:
    """Return all by rank, from 1: parted by mean, by the mean of all totals, by the tie-break, by lot, in this order.

    Whom nothing parts have one rank, and stand by their numbers.
    """
    groups = [list(scored)]
    keys: tuple[Callable[[Contender], Any], ...] = (
        lambda item: -item.figures.mean,
        lambda item: -item.figures.untrimmed,
        lambda item: -item.figures.technical,
        lambda item: item.lot,
    )
    for key in keys:
        groups = [part for group in groups for part in _part(group, key)]
    ranked: list[tuple[int, Contender]] = []
    for group in groups:
        rank = len(ranked) + 1
        ranked += [(rank, item) for item in sorted(group, key=lambda item: item.number)]
    return ranked


def cut(ranked: Sequence[tuple[int, Contender]], rules: Mapping[str, Any]) -> set[str]:
    """Return who is within the cut: so many times the places, and by the rules whoever ties with the last of them."""
    room = Fraction(rules["shortlist"]["factor"]) * int(rules["places"])
    count = -(-room.numerator // room.denominator)
    within = {item.number for _, item in ranked[:count]}
    if rules["shortlist"]["ties_in"] and 0 < count < len(ranked):
        last = ranked[count - 1][1].figures.mean
        within |= {item.number for _, item in ranked[count:] if item.figures.mean == last}
    return within


def order_standing(standings: Iterable[Standing]) -> list[Standing]:
    """Return who may be proposed, the supported first; by agreed score, then by the panel's rank, then by number."""
    groups = [list(standings)]
    keys: tuple[Callable[[Standing], Any], ...] = (
        lambda item: 0 if item.supported else 1,
        lambda item: -item.agreed,
        lambda item: item.rank,
    )
    for key in keys:
        groups = [part for group in groups for part in _part(group, key)]
    return [item for group in groups for item in sorted(group, key=lambda item: item.number)]


def find_reasons_due(
    chosen: Sequence[str],
    ordered: Sequence[Standing],
    rules: Mapping[str, Any],
    beside: Sequence[Standing] = (),
) -> list[str]:
    """Return who needs a reason: passed over, out of order, beyond the most of a field or region, or not supported.

    Where nobody is chosen, everybody is passed over. What stands `beside` counts towards the most alone.
    """
    numbers = [item.number for item in ordered]
    if not chosen:
        return numbers
    due: list[str] = []
    lowest = max(numbers.index(number) for number in chosen)
    due += [number for number in numbers[:lowest] if number not in chosen]
    expected = [number for number in numbers if number in chosen]
    due += [number for place, number in enumerate(chosen) if expected[place] != number]
    by_number = {item.number: item for item in ordered}
    for name, of in (("per_field_max", "field"), ("per_region_max", "region")):
        most = rules.get(name)
        if most is None:
            continue
        values = [getattr(by_number[number], of) for number in chosen]
        taken = [getattr(item, of) for item in beside]
        due += [
            number
            for place, number in enumerate(chosen)
            if values[: place + 1].count(values[place]) + taken.count(values[place]) > int(most)
        ]
    due += [number for number in chosen if not by_number[number].supported]
    return list(dict.fromkeys(due))


def _part(group: Sequence[Any], key: Callable[[Any], Any]) -> list[list[Any]]:
    parts: dict[Any, list[Any]] = {}
    for item in group:
        parts.setdefault(key(item), []).append(item)
    return [parts[value] for value in sorted(parts)]
