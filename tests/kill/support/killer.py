"""A seeded killer: which part it kills, at which moment of which append or letter, and for how long."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

from tests.kill.support.living import Place
from tests.kill.support.tower import ACCEPTED, BEGUN, COMMITTED, SENDING, Catch

ANY = "any"
PARTS = ("worker", "temporal", "postgres")
FOR_GOOD = float("inf")
MOMENT_COMES_WITHIN = 15.0
"""Seconds; a letter may not come for longer. Then the kill falls where it falls."""


@dataclass(frozen=True)
class Blow:
    """Kill `part` at `moment` once `after` more appends have begun, `delay` later; start it after `pause`."""

    part: str
    moment: str
    after: int
    delay: float
    pause: float


@dataclass(frozen=True)
class Strike:
    """What was in flight when a part was killed."""

    blow: Blow
    appends: int
    committed: int
    sends: int

    @property
    def mid_flight(self) -> bool:
        return bool(self.appends or self.sends)

    def sentence(self) -> str:
        pause = self.blow.pause
        back = "gone for good" if pause == FOR_GOOD else f"back after {pause:.1f} s"
        return (
            f"kill -9 {self.blow.part:8} at {self.blow.moment:16} in flight: {self.appends} appends, of them "
            f"{self.committed} between commit and completion, and {self.sends} letters; {back}"
        )


def plan_of(seed: int) -> list[Blow]:
    """Five kills: each part, at least one between commit and completion of an append."""
    chance = random.Random(seed)
    moments = [COMMITTED, *chance.choices((BEGUN, COMMITTED, SENDING, ACCEPTED, ANY), k=4)]
    parts = [*PARTS, *chance.choices(PARTS, k=2)]
    chance.shuffle(parts)
    chance.shuffle(moments)
    return [
        Blow(
            part=part,
            moment=moment,
            after=chance.randint(8, 28),
            delay=chance.choice((0.0, chance.uniform(0, 0.004))),
            pause=chance.uniform(0.1, 1.0),
        )
        for part, moment in zip(parts, moments, strict=True)
    ]


class Killer:
    """Strikes one blow after the other while a round runs."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.struck: list[Strike] = []

    async def run(self, plan: list[Blow]) -> None:
        """Strike every blow of the plan and see that each part is back."""
        for blow in plan:
            tower = self._place.tower
            await tower.until_seen(BEGUN, tower.seen[BEGUN] + blow.after)
            catch = await self._moment(blow)
            self._strike(blow)
            if blow.pause < FOR_GOOD:
                await asyncio.sleep(blow.pause)
                await self._place.stack.start(blow.part)
            if catch and not catch.nod.done():
                catch.nod.set_result(None)

    async def _moment(self, blow: Blow) -> Catch | None:
        """Wait for the moment. One caught before its work goes on into it; one caught after it stays held."""
        if blow.moment == ANY:
            await asyncio.sleep(blow.delay * 50)
            return None
        worker = blow.part if blow.part.startswith("worker") else ""
        try:
            async with asyncio.timeout(MOMENT_COMES_WITHIN):
                catch = await self._place.tower.catch(blow.moment, worker=worker)
        except TimeoutError:
            return None
        if blow.moment in (BEGUN, SENDING):
            catch.nod.set_result(None)
            await asyncio.sleep(blow.delay)
        return catch

    def _strike(self, blow: Blow) -> None:
        tower = self._place.tower
        struck = Strike(
            blow,
            appends=tower.under_way(BEGUN, COMMITTED),
            committed=tower.under_way(COMMITTED),
            sends=tower.under_way(SENDING, ACCEPTED),
        )
        self._place.stack.kill(blow.part)
        self.struck.append(struck)
        self._place.say(struck.sentence())


def require_hard_enough(struck: list[Strike]) -> None:
    """Assert that the kills of one seed were worth it."""
    assert {item.blow.part for item in struck} == set(PARTS), Counter(item.blow.part for item in struck)
    assert 2 * sum(item.mid_flight for item in struck) >= len(struck), struck
    assert any(item.committed for item in struck), struck
