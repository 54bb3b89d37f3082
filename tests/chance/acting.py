"""What every stage of a random round is made of: its chances, its people and how they act."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random
from typing import Any, ClassVar

from selection.decision.facts import PersonFact
from selection.decision.reference import Decision
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from tests import factories as f
from tests.signatures import Signatures
from tests.whole_round import WholeRound

CLIMBING: dict[str, Any] = {"ladder": {"after": [1, 2], "officer": 2, "supervisor": 4, "days": 2}}
"""A section of rules by which people are reminded often."""
UNITS = ("bj", "unit-1", "unit-2", "unit-3", "unit-4")
HOUR = timedelta(hours=1)


def scheme_without(without: frozenset[str], recommenders: list[Any]) -> dict[str, Any]:
    """Return the sections of rules that leave these stages out."""
    calendar = {**f.RULES_DATA["calendar"], **dict.fromkeys(without - {"notice"})}
    direct: dict[str, Any] = {"routes": [], "recommenders": []}
    named = direct if "recommendation" in without else {"recommenders": recommenders}
    return {"stages": dict.fromkeys(without, False), "calendar": calendar, **named}


class Acting:
    """A round by one seed, whose people act by chance."""

    CHANCES: ClassVar[Mapping[str, int]] = {"late": 15, "withdraw": 20, "object": 40, "cancel": 20}
    """Of a hundred: to hand in late, to take back, to object, to cancel the round."""
    MADE: ClassVar[type[WholeRound]] = WholeRound

    def __init__(
        self,
        seed: int,
        applications: int = 7,
        signatures: Signatures | None = None,
        without: frozenset[str] = frozenset(),
        **sections: Any,
    ) -> None:
        self.chance, self.without = Random(seed), without
        self.chance_of_people = Random(f"people {seed}")
        self.chance_of_grounds = Random(f"grounds {seed}")
        self.chance_of_draws = Random(f"draws {seed}")
        self.chance_of_partners = Random(f"partners {seed}")
        self.chance_of_corrections = Random(f"corrections {seed}")
        self.named_by = f"names {seed}"
        self.chance_of_exits = Random(f"exits {seed}")
        named = {"en": "n", "zh": "n"}
        units = [{"code": unit, "route": "affiliated", **named} for unit in UNITS[1:]]
        bj = {"code": "bj", "route": "province", "region": "CN-BJ", **named}
        rules = f.rules(
            **scheme_without(without, [bj, *units]),
            panel=sections.pop("panel", {"seats": 4, "alternates": 1, "min_valid": 3}),
            shortlist=sections.pop("shortlist", {"factor": "1"}),
            places=sections.pop("places", 3),
            assurance=f.levels(fix_shortlist="signed-by-two", submit="signed"),
            **sections,
        )
        self.grounds = rules.check.grounds
        self.numbers = [f"{number:04}" for number in range(1, applications + 1)]
        self.made = self.MADE(rules, self._register(), signatures)
        self.forms = self.made, Random(f"forms {seed}")
        self.untold: dict[str, Decision] = {}

    def _register(self) -> Iterable[PersonFact]:
        """Return everyone whom the factories know, and who acts for each application and unit here."""
        hosts = [
            f.person(f"host-{number}", "applicant", employer=self._host(number)) for number in self.numbers
        ]
        partners = [
            f.person(f"partner-{number}", "applicant", employer=f"92-{number}") for number in self.numbers
        ]
        agents = [f.person(f"agent-{unit}", "recommender", unit=unit) for unit in UNITS]
        team = [f.person(f"surveyor-{number}", "objector") for number in range(1, 6)]
        changed = {item.person: item for item in (*hosts, *partners, *agents, *team)}
        return {**f.people(), **changed}.values()

    def _host(self, number: str) -> str:
        """Return the code of the unit that applies under a number."""
        return f"91-{number}"

    def _may(self, chances: int) -> bool:
        return self.chance.randrange(100) < chances

    def _try(self, stream: str, command: Frozen, actor: Actor) -> bool:
        """Act some time later, within hours; tell whether it was taken."""
        self.made.now += self.chance.randrange(3) * HOUR / 4
        try:
            self.made.desk(stream).act(command, actor)
        except Refused:
            return False
        return True

    def _app(self, number: str, command: Frozen, person: str, role: Role | str) -> bool:
        return self._try(f"application/{f.ROUND}/{number}", command, Actor(person=person, role=Role(role)))

    def _look_in(self, stage: RoundStage) -> None:
        """Look at the record, unless a stage that the rules leave out was left at once."""
        if self.made.round.state.stage is stage:
            self.made.look()
