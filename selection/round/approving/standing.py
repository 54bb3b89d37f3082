"""How candidates stand to each other, and whose place in a choice among them needs a reason (stage 8)."""

from collections import Counter
from decimal import Decimal

from selection.decision.facts import Candidate
from selection.kernel.stages import Stage
from selection.round.state import RoundState
from selection.rules.model import RoundRules

NOT_CONFIRMED = "not-confirmed"
"""The verdict of a survey that did not find what was described."""


def order_candidates(candidates: tuple[Candidate, ...], rules: RoundRules) -> tuple[Candidate, ...]:
    """Return the candidates in their standing: the supported first, by the agreed score, then by the panel's rank."""
    return tuple(
        sorted(
            candidates,
            key=lambda item: (
                not is_supported(item, rules),
                -_number(item.agreed),
                item.rank,
                item.stream,
            ),
        )
    )


def is_supported(candidate: Candidate, rules: RoundRules) -> bool:
    """Tell whether survey and panel support an application, as far as the scheme asks them (stages 6 and 7).

    The survey must not have said `not-confirmed`, and more of the panel's votes than `appraisal.support_percent` of
    them must be for it; an abstention is a vote that is not for it.
    """
    if candidate.verdict == NOT_CONFIRMED:
        return False
    if not candidate.votes:
        return True
    count, *others = (int(number) for number in candidate.votes.split(":"))
    return count * 100 > (count + sum(others)) * rules.appraisal.support_percent


def find_deviating(
    chosen: list[str], ranking: tuple[Candidate, ...], rules: RoundRules, beside: tuple[Candidate, ...] = ()
) -> tuple[str, ...]:
    """Return the numbers that need a reason: passed over though higher, out of order, over a limit, unsupported.

    Where nobody is chosen, everybody is passed over. What stands `beside` counts towards the limits alone.
    """
    numbers = [number_of(item) for item in ranking]
    known = {number_of(item): item for item in ranking}
    last = max((numbers.index(number) for number in chosen), default=len(numbers) - 1)
    passed_over = [number for number in numbers[: last + 1] if number not in chosen]
    in_order = sorted(chosen, key=numbers.index)
    moved = [number for number, expected in zip(chosen, in_order, strict=True) if number != expected]
    unsupported = [number for number in chosen if not is_supported(known[number], rules)]
    over: list[str] = []
    for limit, value in ((rules.per_field_max, "field"), (rules.per_region_max, "region")):
        seen: Counter[str] = Counter(getattr(item, value) for item in beside)
        for number in chosen:
            key = getattr(known[number], value)
            seen[key] += 1
            if limit is not None and seen[key] > limit:
                over.append(number)
    return tuple(dict.fromkeys((*passed_over, *moved, *over, *unsupported)))


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
