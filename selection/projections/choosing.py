"""What a choice of applications amounts to before it is made: its order, what it covers, what needs a reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import Literal

from selection.decision.facts import Candidate
from selection.kernel.model import Frozen, Ref
from selection.kernel.named import Named
from selection.kernel.references import TextRef
from selection.round.approving.standing import find_deviating, is_supported, number_of, order_candidates
from selection.round.commands import FixDeviatingShortlist, FixShortlist, Propose, ProposeDeviating
from selection.round.state import ProposalItem
from selection.rules.model import RoundRules

Aspect = Literal["field", "region", "priority"]
LAST = 10_000
"""No place is typed beyond this."""


class Coverage(Frozen):
    """How many of a choice fall under a value, and how many may; None where there is no limit."""

    value: Named
    count: int
    limit: int | None = None

    @property
    def over(self) -> bool:
        """Tell whether more than the limit fall under it: each beyond it needs a reason."""
        return self.limit is not None and self.count > self.limit


class Choice(Frozen):
    """A choice of applications, best first, and what follows from it.

    `deviating` need a reason: passed over, moved, beyond a limit, or not supported. `left_out` stood in a notice and
    may stay. `free` is how many can be chosen.
    """

    chosen: tuple[str, ...]
    deviating: tuple[str, ...]
    left_out: tuple[str, ...]
    free: int
    coverage: dict[Aspect, tuple[Coverage, ...]]

    @property
    def too_many(self) -> int:
        """How many more are chosen than there are places."""
        return max(0, len(self.chosen) - self.free)

    @property
    def by_two(self) -> bool:
        """Tell whether two people sign it: it deviates, or leaves out what stood in a notice."""
        return bool(self.left_out or self.deviating)


def read_place(text: str) -> Decimal | None:
    """Return a place as it was typed, such as 3, or 2.5 for between the second and the third; None for what is none."""
    try:
        place = Decimal(text.strip())
    except InvalidOperation:
        return None
    return place if place.is_finite() and 0 < place <= LAST else None


def order_chosen(ranking: Sequence[Candidate], typed: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Return the numbers for which a place was typed, by that place; those of the same place as they stand."""
    numbers = [number_of(item) for item in ranking]
    return tuple(sorted((number for number in numbers if number in typed), key=lambda number: typed[number]))


def choose_best(ranking: Sequence[Candidate], rules: RoundRules, free: int) -> tuple[str, ...]:
    """Return those who come first by their standing and are supported, as many as there are places."""
    best = [item for item in order_candidates(tuple(ranking), rules) if is_supported(item, rules)]
    return tuple(number_of(item) for item in best[: max(0, free)])


def weigh_choice(
    candidates: Iterable[Candidate],
    rules: RoundRules,
    chosen: Sequence[str],
    *,
    free: int,
    noticed: Iterable[str] = (),
) -> Choice:
    """Return what choosing these, best first, amounts to; numbers that are no candidates are left out of it."""
    ranking = order_candidates(tuple(candidates), rules)
    known = {number_of(item): item for item in ranking}
    kept = [number for number in dict.fromkeys(chosen) if number in known]
    picked = [known[number] for number in kept]
    return Choice(
        chosen=tuple(kept),
        deviating=find_deviating(kept, ranking, rules),
        left_out=tuple(number for number in noticed if number in known and number not in kept),
        free=free,
        coverage={
            "field": count_covered("field", rules.fields, picked, rules.per_field_max),
            "region": count_covered("region", rules.regions, picked, rules.per_region_max),
            "priority": count_covered("priority", rules.priorities, picked),
        },
    )


def choose_shortlisting(
    add: dict[str, TextRef], remove: dict[str, TextRef]
) -> FixShortlist | FixDeviatingShortlist:
    """Return the act that fixes a shortlist with these changes: two sign it where there are any."""
    return FixDeviatingShortlist(add=add, remove=remove) if add or remove else FixShortlist()


def choose_proposing(
    items: tuple[ProposalItem, ...], deviations: dict[str, Ref], *, by_two: bool
) -> Propose | ProposeDeviating:
    """Return the act that proposes these: two sign it where anything deviates, or by `by_two` is left out."""
    if by_two or deviations:
        return ProposeDeviating(items=items, deviations=deviations)
    return Propose(items=items)


def count_covered(
    of: Aspect, values: Sequence[Named], picked: Iterable[Candidate], limit: int | None = None
) -> tuple[Coverage, ...]:
    """Return how many of the picked fall under each value, most first; regions without any are left out."""
    counts = Counter(map(attrgetter(of), picked))
    found = [
        Coverage(value=value, count=counts[value.code], limit=limit)
        for value in values
        if counts[value.code] or of != "region"
    ]
    return tuple(sorted(found, key=lambda item: -item.count))
