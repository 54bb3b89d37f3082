"""The public numbers that open a round's draws: where they come from, when they are public, how they look.

A source says by itself when each of its issues is public, so that nobody can name one that is known already as if it
were to come. And it leaves one spelling to each result: of two, whoever opens a draw could choose the better one.
"""

import re
from datetime import date, datetime, timedelta
from math import comb, prod
from typing import Annotated, Literal

from pydantic import Field, StrictBool, field_validator

from selection.kernel.day_clock import AnyClock, after_days, day_of, scale_to_clock, start_of_day
from selection.kernel.model import Frozen
from selection.kernel.named import Code, Named
from selection.kernel.numbers import Whole
from selection.rules.beacon import Beacon

_ISSUE = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$", re.ASCII)
_TYPED = re.compile(r"^[0-9 ,+，、\t]+$", re.ASCII)
_DAYS = 370

TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Balls(Frozen):
    """Numbers that a lottery draws out of `least` to `most`.

    They are given in ascending order and each once, or `as_drawn`: in their order, which counts, and again where one
    came again.
    """

    count: Annotated[Whole, Field(ge=1, le=50)]
    least: Annotated[Whole, Field(ge=0, le=10_000)] = 1
    most: Annotated[Whole, Field(ge=0, le=10_000)]
    as_drawn: StrictBool = False

    def spell(self, numbers: tuple[int, ...]) -> str | None:
        """Return the one spelling of these numbers, None where they are no result of this."""
        if len(numbers) != self.count or not all(self.least <= number <= self.most for number in numbers):
            return None
        if not self.as_drawn and list(numbers) != sorted(set(numbers)):
            return None
        width = len(str(self.most))
        return " ".join(f"{number:0{width}d}" for number in numbers)

    @property
    def outcomes(self) -> int:
        """How many results there are."""
        pool = max(0, self.most - self.least + 1)
        return pool**self.count if self.as_drawn else comb(pool, self.count)


class Lottery(Named):
    """A lottery that is drawn in public, on `weekdays` (1 is Monday) at `times`, by the round's clock [D].

    An issue is named by its day and time, as in 2025-11-25T21:15: of a number nobody could tell when it was drawn.
    """

    kind: Literal["lottery"] = "lottery"
    weekdays: Annotated[
        tuple[Annotated[Whole, Field(ge=1, le=7)], ...], Field(min_length=1, max_length=7)
    ] = (*range(1, 8),)
    times: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=1440)]
    balls: Annotated[tuple[Balls, ...], Field(min_length=1, max_length=5)]

    @property
    def outcomes(self) -> int:
        """How many results there are of all balls."""
        return prod(balls.outcomes for balls in self.balls)

    def find_instant(self, clock: AnyClock, issue: str) -> datetime | None:
        """Return the instant from which an issue is public; None for one that there is not."""
        if (found := _ISSUE.match(issue)) is None or found[2] not in self.times:
            return None
        try:
            day = date.fromisoformat(found[1])
            if day.isoweekday() not in self.weekdays:
                return None
            return start_of_day(clock, day) + scale_to_clock(clock, _since_midnight(found[2]))
        except (ValueError, OverflowError):
            return None

    def next_issue(self, clock: AnyClock, after: datetime) -> str | None:
        """Return the first issue that is public at `after` or later."""
        first = day_of(clock, after)
        for days in range(_DAYS):
            for time in sorted(self.times):
                issue = f"{first + timedelta(days=days)}T{time}"
                instant = self.find_instant(clock, issue)
                if instant is not None and instant >= after:
                    return issue
        return None

    def read(self, issue: str, published: str) -> str | None:
        """Return what was typed as the randomness of an issue, in its one spelling; None where it is no result."""
        if not _TYPED.match(published):
            return None
        numbers = [int(digits) for digits in re.findall(r"\d{1,9}", published)]
        spelt = []
        for balls in self.balls:
            spelt.append(balls.spell(tuple(numbers[: balls.count])))
            numbers = numbers[balls.count :]
        return None if numbers or None in spelt else " + ".join(part for part in spelt if part)


def _since_midnight(time: str) -> timedelta:
    hours, _, minutes = time.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


Source = Annotated[Lottery | Beacon, Field(discriminator="kind")]

SSQ = Lottery(
    code="ssq",
    en="China Welfare Lottery, Double Colour Ball",
    zh="中国福利彩票双色球",
    weekdays=(2, 4, 7),
    times=("21:15",),
    balls=(Balls(count=6, most=33), Balls(count=1, most=16)),
)
"""Drawn on Tuesdays, Thursdays and Sundays at 21:15 Beijing time, on television [F]; that a round uses it is [D]."""


class Draws(Frozen):
    """What binds whoever draws panels: the public numbers that may open a draw, and when.

    A draw is committed `lead_minutes` before its numbers are public at the latest [D], `ahead_days` before at the
    earliest [D], and opened until the end of the day that is `open_days` after [D].
    """

    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=20)] = (SSQ,)
    lead_minutes: Annotated[Whole, Field(ge=1, le=10_080)] = 60
    ahead_days: Annotated[Whole, Field(ge=1, le=3660)] = 14
    open_days: Annotated[Whole, Field(ge=1, le=3660)] = 3

    @field_validator("sources")
    @classmethod
    def _refuse_duplicates(cls, sources: tuple[Lottery | Beacon, ...]) -> tuple[Lottery | Beacon, ...]:
        if len({source.code for source in sources}) != len(sources):
            raise ValueError("a source of public numbers stands twice")
        return sources

    def find(self, code: Code) -> Lottery | Beacon | None:
        """Return the source of a code."""
        return next((source for source in self.sources if source.code == code), None)

    def earliest(self, clock: AnyClock, now: datetime) -> datetime:
        """Return the first instant at which numbers of a draw that is committed now may be public."""
        return now + scale_to_clock(clock, timedelta(minutes=self.lead_minutes))

    def latest(self, clock: AnyClock, now: datetime) -> datetime:
        """Return the last one."""
        return now + scale_to_clock(clock, timedelta(days=self.ahead_days))

    def open_until(self, clock: AnyClock, public: datetime) -> datetime:
        """Return the instant from which on a draw can't be opened any more."""
        return after_days(clock, public, self.open_days)
