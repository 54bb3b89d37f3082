"""What the people of the demo decide: pure functions of seed, application, seat and person.

Nothing here looks at a clock, at the order of acts or at what others did meanwhile, so the same seed gives
the same list however the acts fall.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from starter.demo.chance import happens, number, pick, shuffle

Answer = Literal["accept", "decline", "conflict", "silence"]

CENT = Decimal("0.01")
HALF = Decimal("0.5")


def answer(seed: int, code: str, seat: int, person: str, *, first: bool) -> Answer:
    """Return what an expert does with an invitation.

    Only who was drawn first stays silent: whoever follows from the alternates was asked beforehand, and so no
    second window has to run out. Which seat falls to an alternate depends on who declined before whom, so
    their answer does not depend on the seat.
    """
    roll = number(100, seed, code, seat if first else "alternate", person, "answer")
    if roll < 7:
        return "decline"
    if roll < 9:
        return "conflict"
    return "silence" if roll < 12 and first else "accept"


def scores(
    seed: int, code: str, person: str, scales: Mapping[str, Decimal], step: Decimal = HALF
) -> dict[str, Decimal]:
    """Return an expert's scores in steps: the application's worth, the expert's measure, some noise."""
    worth = 56 + number(36, seed, code, "worth")
    measure = number(9, seed, person, "measure") - 4
    return {
        name: _in_steps(scale, step, worth + measure + number(15, seed, code, person, name) - 7)
        for name, scale in sorted(scales.items())
    }


def _in_steps(scale: Decimal, step: Decimal, percent: int) -> Decimal:
    steps = (scale * min(max(percent, 0), 100) / 100 / step).quantize(Decimal(1), ROUND_HALF_UP)
    return steps * step


def choose_conflicted(seed: int, code: str, seats: Mapping[int, str]) -> str:
    """Return whose conflict is found after the review: one of the first panel who accepts."""
    return pick(_list_accepting(seed, code, seats), seed, code, "conflict found")


def choose_correcting(seed: int, code: str, seats: Mapping[int, str]) -> str:
    """Return who corrects their own review: one of the first panel who accepts."""
    return pick(_list_accepting(seed, code, seats), seed, code, "corrected")


def _list_accepting(seed: int, code: str, seats: Mapping[int, str]) -> list[str]:
    return sorted(
        person for seat, person in seats.items() if answer(seed, code, seat, person, first=True) == "accept"
    )


def slip(scores: Mapping[str, Decimal], scales: Mapping[str, Decimal], step: Decimal) -> dict[str, Decimal]:
    """Return scores with a slip of the pen in the first: a step beside what was meant."""
    name = min(scores)
    beside = scores[name] + step if scores[name] + step <= scales[name] else scores[name] - step
    return {**scores, name: beside}


def officer(officers: Sequence[str], code: str) -> str:
    """Return the officer who looks after an application."""
    return pick(officers, code, "officer")


def supervisor(supervisors: Sequence[str], code: str) -> str:
    """Return the supervisor who rules on an application's reports."""
    return pick(supervisors, code, "supervisor")


def team(seed: int, code: str, surveyors: Iterable[str], size: int) -> tuple[str, ...]:
    """Return the survey team, its lead first."""
    return tuple(shuffle(sorted(surveyors), seed, code, "team")[:size])


def verdict(seed: int, code: str) -> Literal["confirmed", "confirmed-with-reservations"]:
    """Return what the survey team found."""
    return "confirmed-with-reservations" if happens(20, seed, code, "verdict") else "confirmed"


def chair(seed: int, code: str, panel: Iterable[str]) -> str:
    """Return who leads the panel."""
    return pick(sorted(panel), seed, code, "chair")


def choose_own_score(
    seed: int, code: str, shown: Decimal, full: Decimal, voters: Sequence[str], member: str
) -> Decimal:
    """Return what a member scores in the meeting: the reviews' mean, moved a little by survey and discussion.

    The first of the voters finds it a point less, the last a point more.
    """
    moved = shown + Decimal(number(13, seed, code, "agreed") - 6) / 4
    own = {voters[0]: -1, voters[-1]: 1}.get(member, 0)
    return min(max(moved + own, Decimal(0)), full).quantize(CENT)


def vote(
    seed: int, code: str, voters: Sequence[str], chair: str, member: str
) -> Literal["for", "against", "abstained"]:
    """Return a member's vote: of some panels one is against, of some one abstains, never the chair."""
    others = [person for person in voters if person != chair]
    if others[:1] == [member] and happens(15, seed, code, "against"):
        return "against"
    return "abstained" if others[-1:] == [member] and happens(10, seed, code, "abstained") else "for"


def randomness(seed: int, draw: str) -> str:
    """Return what stands for the public randomness of a draw."""
    return " ".join(f"{number(33, seed, draw, 'ball', place) + 1:02d}" for place in range(7))
