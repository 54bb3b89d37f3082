"""Rounds in which people come to be tied to applications at any time, by their own word or by either's registration.

Of each post it is the first who is tied, so that others lead on; of the experts anybody.
"""

from random import Random
from typing import Any

from selection.application.recusal import ask_relations, list_recused
from selection.decision.aggregate import Context
from selection.decision.facts import FactsRequest
from selection.decision.relations import Tie
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.register.commands import DeclareTie
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.staffed_round import StaffedRound
from tests.audit.support.stuck_round import StuckRound

STAFF = ("officer-1", "supervisor-1", "approver-1", "approver-2")
KINDS = ("relative", "adviser", "project")
TIED_AT_ONCE = 5


class TiedRound(StuckRound):
    """One round by one seed. With `judges` also those are tied who have nobody beside them: survey team, examiners."""

    MADE = StaffedRound
    made: StaffedRound

    def __init__(self, seed: int, *, judges: bool = False) -> None:
        super().__init__(seed)
        # Mild, so that most rounds come to a list, and nobody is upheld to be in conflict otherwise.
        self.bad = dict.fromkeys(self.bad, 0) | {"object": 30 * judges}
        self.pool, self.unchairs = 24, False
        self.luck_of_ties = Random(f"ties {seed}")
        self.judges = judges
        self.told: list[tuple[str, Tie, bool]] = []
        """Who said or had entered which tie; whether it was their own word."""

    def _try_all(self, *, settle: bool) -> None:
        if "approver-4" not in self.made.people:
            self._double_approvers()
        for _ in range(self.luck_of_ties.randrange(TIED_AT_ONCE + 1)):
            self._tie_somebody()
        super()._try_all(settle=settle)

    def _double_approvers(self) -> None:
        """Have each level know approvers enough without those who are tied."""
        for name, level in (("approver-4", "department"), ("approver-5", "ministry")):
            self.made.register_for_post(f.person(name, "approver"))
            told = r.ChangePost(post="approvers", level=level, add=(name,), reason=f.ref())
            self.made.round.act(told, f.SUPERVISOR)

    def _acts_on(self, number: str) -> list[tuple[Frozen, str, str]]:  # type: ignore[override]
        """Return what people do there, and before it what a supervisor rules on whatever data shows, or is reported."""
        state = self.made.app(number).state
        acts: list[tuple[Frozen, str, str]] = []
        if state.stage is Stage.REVIEW and state.seats and not state.reports:
            acts = [(f.report_conflict(state.seats[0].expert), "officer-2", "officer")]
            acts += [(f.rule(upheld=False), f"supervisor-{place}", "supervisor") for place in (1, 2)]
        reports = state.open_reports
        rulings = [
            (f.rule(report, upheld=self.luck_of_ties.randrange(3) == 0), f"supervisor-{place}", "supervisor")
            for report in reports
            for place in (1, 2)
        ]
        return [*acts, *rulings, *super()._acts_on(number)]

    def _list_able(self, state: Any) -> tuple[str, ...]:
        """Return the members who are there to meet and whom nothing binds: who is bound stays away."""
        able = super()._list_able(state)
        request = FactsRequest(terms=True, relations=ask_relations(state, f.OFFICER, f.meeting(able)))
        facts = self.made.facts(state.stream, request)
        assert facts.terms is not None
        context = Context(actor=f.OFFICER, at=self.made.now, command_id="", facts=facts)
        bound = list_recused(state, able, context, facts.terms)
        return tuple(name for name in able if name not in bound)

    def _tie_somebody(self) -> None:
        luck, number = self.luck_of_ties, self.luck_of_ties.choice(self.numbers)
        if self.told and luck.randrange(4) == 0:
            self._end(self.told.pop(luck.randrange(len(self.told))))
            return
        judges = ("surveyor-1", "surveyor-2", "examiner-1") if self.judges else ()
        experts = tuple(f.expert(place) for place in range(1, 25))
        person, host = luck.choice(luck.choice(((*STAFF, *judges), experts))), f"host-{number}"
        if not self.made.people[person].active:
            return
        kind = luck.choice(KINDS)
        unit = Tie(kind=kind, unit=self._host(number))
        behind = Tie(kind=kind, other=host)
        way = luck.randrange(4)
        if way < 2:
            self._say(person, unit if way else behind, holds=True)
        elif way == 2 and person.startswith("expert"):
            self._enter(person, luck.choice((unit, behind)))
        else:
            # Of who hands in an administrator registers whom they are tied to: that binds both.
            self._enter(host, Tie(kind=kind, other=person))

    def _say(self, person: str, tie: Tie, *, holds: bool) -> None:
        if holds and (person, tie, True) in self.told:
            return
        role = min(self.made.people[person].roles)
        told = DeclareTie(tie=tie.kind, unit=tie.unit, other=tie.other, holds=holds)
        self.made.act_on_register(told, Actor(person=person, role=Role(role)))
        if holds:
            self.told.append((person, tie, True))

    def _enter(self, person: str, *ties: Tie) -> None:
        self.made.register(self.made.people[person], *ties)
        self.told = [item for item in self.told if item[2] or item[0] != person]
        self.told += [(person, tie, False) for tie in ties]

    def _end(self, told: tuple[str, Tie, bool]) -> None:
        person, tie, own = told
        if own:
            self._say(person, tie, holds=False)
        else:
            self._enter(person)
