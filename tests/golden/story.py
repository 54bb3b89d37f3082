"""A round of which golden histories are made: its rules, its people, and acts one after the other.

Real time on the rehearsal clock, no time skipped. Every act waits for its answer and has a fixed command id, so that
histories made twice hold the same acts in the same order.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.rules.model import RoundRules
from tests import factories as f
from tests.running.waiting import SOON, tell_workflow, until
from tests.workflows.support.installation import Installation, unit_list

DAY_ZERO = date(2024, 7, 1)
LAST_DAYS = {
    "call": 0,
    "submission": 60,
    "recommendation": 70,
    "check": 2000,
    "review": 4000,
    "review_last": 5000,
    "survey": 6000,
    "appraisal": 7000,
}
"""Only the first two windows are ended by the clock; the others end because all have acted."""
EXTENDED = DAY_ZERO + timedelta(days=80)
DAYS = {"mend": 15, "invitation": 25, "review_after_invitation": 900, "notice": 25, "outage": 25}
UNITS = {"sh": "CN-SH", "unit-1": "CN-BJ", "unit-2": "CN-BJ", "unit-3": "CN-BJ", "unit-4": "CN-BJ"}
"""Units beside those of the factories, each with an agent of its own."""


def rules(pace: Decimal, **days: int) -> RoundRules:
    """The rules on a rehearsal clock that starts now; `pace` is seconds per day, `days` are other last days."""
    now = datetime.now(UTC).replace(microsecond=0)
    named = {"en": "n", "zh": "n"}
    return f.rules(
        clock={
            "kind": "rehearsal",
            "start": now.isoformat(),
            "day_zero": DAY_ZERO,
            "seconds_per_day": str(pace),
        },
        calendar={name: DAY_ZERO + timedelta(days=last) for name, last in {**LAST_DAYS, **days}.items()},
        days=DAYS,
        draws=f.IN_LESS_THAN_A_SECOND,
        panel={"seats": 5, "alternates": 2, "min_valid": 3},
        places=3,
        recommenders=[
            {"code": "bj", "route": "province", "region": "CN-BJ", **named},
            {"code": "sh", "route": "province", "region": "CN-SH", **named},
            *({"code": f"unit-{n}", "route": "affiliated", **named} for n in range(1, 5)),
        ],
    )


def agents() -> list[NewPerson]:
    """The agents of the further units."""
    return [
        NewPerson(
            person=f"agent-{unit}",
            roles={Role.RECOMMENDER: (unit,)},
            employer=f"91-{unit}",
            active=True,
            identity=Identity(name=f"Canary {unit}", mail=f"{unit}@canary.example"),
        )
        for unit in UNITS
    ]


@dataclass
class Story:
    """Acts on one installation, one at a time."""

    place: Installation
    acts: int = 0

    async def act(self, stream: str, command: Frozen, actor: Actor) -> Receipt:
        """Do an act that must be taken."""
        return await self.place.client.act(
            stream, command, actor=actor, command_id=self.next_id(), patience=SOON
        )

    async def refuse(self, stream: str, command: Frozen, actor: Actor, code: str) -> None:
        """Do an act that must be refused with this code."""
        with pytest.raises(Refused) as refused:
            await self.act(stream, command, actor)
        assert refused.value.code == code, f"{stream}: refused as {refused.value.code}, not as {code}"

    async def recommend(self, unit: str, number: str, revision: int = 1) -> Receipt:
        """Put an application on a unit's list."""
        return await self.act(
            unit_list(unit), Recommend(application=number, revision=revision), agent_of(unit)
        )

    def next_id(self) -> str:
        self.acts += 1
        return f"act-{self.acts:03d}"

    async def until(self, stream: str, **wanted: Any) -> Any:
        """Wait until a stream's recorded state has these values and its workflow is idle; return the state."""

        async def come() -> bool:
            state = await self.place.state(stream)
            return all(str(getattr(state, name)) == str(value) for name, value in wanted.items())

        async def tell() -> str:
            state = await self.place.state(stream)
            found = {name: str(getattr(state, name)) for name in wanted}
            return f"it has {found}; {await tell_workflow(self.place.handle(stream))}"

        await until(come, f"{stream} with {wanted}", tell=tell)
        state = await self.place.state(stream)
        if not state.ended:
            await self.place.until_idle(stream)
        return state


def agent_of(unit: str) -> Actor:
    return f.actor(f"agent-{unit}" if unit in UNITS else "recommender-1", "recommender")
