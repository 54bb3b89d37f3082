"""How candidates stand to each other, and whose place in a choice among them needs a reason (stage 8)."""

from collections import Counter
from decimal import Decimal

from selection.decision.facts import Candidate
from selection.kernel.stages import Stage
from selection.round.state import RoundState
from selection.rules.model import RoundRules


def order_candidates(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates in the order of the agreed score, then of the panel's rank."""
    return tuple(sorted(candidates, key=lambda item: (-_number(item.agreed), item.rank, item.stream)))


def find_deviating(
    chosen: list[str], ranking: tuple[Candidate, ...], rules: RoundRules, beside: tuple[Candidate, ...] = ()
) -> tuple[str, ...]:
    """Return the numbers that need a reason: passed over though standing higher, out of order, over a limit.

    Where nobody is chosen, everybody is passed over. What stands `beside` counts towards the limits alone.
    """
    numbers = [number_of(item) for item in ranking]
    known = {number_of(item): item for item in ranking}
    last = max((numbers.index(number) for number in chosen), default=len(numbers) - 1)
    passed_over = [number for number in numbers[: last + 1] if number not in chosen]
    in_order = sorted(chosen, key=numbers.index)
    moved = [number for number, expected in zip(chosen, in_order, strict=True) if number != expected]
    over: list[str] = []
    for limit, value in ((rules.per_field_max, "field"), (rules.per_region_max, "region")):
        seen: Counter[str] = Counter(getattr(item, value) for item in beside)
        for number in chosen:
            key = getattr(known[number], value)
            seen[key] += 1
            if limit is not None and seen[key] > limit:
                over.append(number)
    return tuple(dict.fromkeys((*passed_over, *moved, *over)))


def number_of(candidate: Candidate) -> str:
    """Return an application's number from its stream."""
    return candidate.stream.rsplit("/", 1)[-1]


def list_reopened(state: RoundState, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return the items of which the ruling on an objection was reversed, which the round has not taken in yet.

    One that the ruling had removed is among them.
    """
    proposed = state.kept_numbers - state.numbers_on_hold
    return tuple(
        number_of(item)
        for item in candidates
        if number_of(item) in proposed
        and item.stage in (Stage.HELD, Stage.CLEARED)
        and item.reopened > state.reopened.get(number_of(item), 0)
    )


def count_reopened(
    state: RoundState, candidates: tuple[Candidate, ...], numbers: tuple[str, ...]
) -> dict[str, int]:
    """Return of these items how many rulings were reversed, where that is more than the round has taken in."""
    counts = {number_of(item): item.reopened for item in candidates if number_of(item) in numbers}
    return {number: count for number, count in counts.items() if count > state.reopened.get(number, 0)}


def _number(text: str) -> Decimal:
    return Decimal(text or "0")
