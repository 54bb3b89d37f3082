"""Lists and applications that message each other with any delay: one route, and never more than the quota."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from selection.application import commands as c
from selection.decision.reference import Decision
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.kernel.stages import Outcome, Stage
from selection.letters.writing import Message
from selection.recommendation import commands as r, events as e
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection import invariants

pytestmark = pytest.mark.long

QUOTAS = {"bj": 2, "unit-1": 1}
NUMBERS = ("0001", "0002", "0003", "0004")
AGENTS = {"bj": "recommender-1", "unit-1": "recommender-2"}


@dataclass
class World:
    """Two lists and four applications, with what is under way between them."""

    lists: dict[str, Desk] = field(
        default_factory=lambda: {unit: paths.unit_list(unit, quota) for unit, quota in QUOTAS.items()}
    )
    applications: dict[str, Desk] = field(
        default_factory=lambda: {number: paths.application(number=number) for number in NUMBERS}
    )
    telling: dict[str, Decision] = field(default_factory=dict)
    posted: list[Message] = field(default_factory=list)

    @property
    def desks(self) -> list[Desk]:
        return [*self.lists.values(), *self.applications.values()]

    def list_act(self, unit: str, command: Frozen) -> None:
        """Act on a list, which then waits for the application's answer."""
        desk = self.lists[unit]
        with suppress(Refused):
            desk.act(command, f.actor(AGENTS[unit]))
            self.telling[unit] = Decision(stream=desk.state.stream, version=desk.state.version)

    def tell(self, unit: str) -> None:
        """Have an application carry out what a list recorded; what it refuses frees the place again."""
        asked, desk = self.telling.pop(unit), self.lists[unit]
        application = self.applications[str(desk.leaves[asked.version - 1].data["application"])]
        before = application.state.version
        code = carry(application, asked, desk)
        if code and code != "already-done":
            answered = application.state.version if application.state.version > before else 0
            carry(desk, Decision(stream=application.state.stream, version=answered), application)

    def act(self, number: str, command: Frozen, actor: Actor) -> None:
        desk = self.applications[number]
        sent = len(desk.sent)
        try:
            desk.act(command, actor)
        finally:
            self.posted += [item for item in desk.sent[sent:] if isinstance(item, Message)]

    def deliver(self, message: Message) -> None:
        """Deliver a message of the courier to a list, as often as it likes."""
        number = message.decision.stream.rsplit("/", 1)[-1]
        unit = message.workflow_id.rsplit("/", 1)[-1]
        carry(self.lists[unit], message.decision, self.applications[number])


def carry(desk: Desk, decision: Decision, other: Desk) -> str:
    """Carry a decision of another stream out, as the record does: once. Return the code of a refusal."""
    if any(leaf.data["command_id"] == decision.command_id for leaf in desk.leaves):
        return ""
    desk.world = desk.world.with_(cited=paths.cite(other, decision.version))
    try:
        desk.carry(decision)
    except Refused as refused:
        return refused.code
    return ""


class QuotaMachine(RuleBasedStateMachine):
    """Units and applicants act at will; messages arrive late, twice, or after the deadline."""

    world: World

    @initialize(taken=st.booleans())
    def begin(self, taken: bool) -> None:
        self.world = World()
        for number in NUMBERS:
            self.world.act(number, f.submit(), f.APPLICANT)
        for unit, number in (("bj", "0001"), ("unit-1", "0002")) if taken else ():
            self.world.list_act(unit, r.Recommend(application=number, revision=1))
            self.world.tell(unit)

    @rule(
        unit=st.sampled_from(list(QUOTAS)), number=st.sampled_from(NUMBERS), ahead=st.sampled_from([0, 0, 1])
    )
    def recommend(self, unit: str, number: str, ahead: int) -> None:
        if unit not in self.world.telling:
            revision = self.world.applications[number].state.revision
            self.world.list_act(unit, r.Recommend(application=number, revision=revision + ahead))

    @rule(unit=st.sampled_from(list(QUOTAS)), number=st.sampled_from(NUMBERS))
    def withdraw_recommendation(self, unit: str, number: str) -> None:
        if unit not in self.world.telling:
            self.world.list_act(unit, r.WithdrawRecommendation(application=number))

    @precondition(lambda self: self.world.telling)
    @rule(data=st.data())
    def tell(self, data: st.DataObject) -> None:
        self.world.tell(data.draw(st.sampled_from(sorted(self.world.telling))))

    @precondition(lambda self: self.world.posted)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        self.world.deliver(data.draw(st.sampled_from(self.world.posted)))

    @rule(number=st.sampled_from(NUMBERS), priority=st.sampled_from(["urgent", "frontier"]))
    def edit(self, number: str, priority: str) -> None:
        with suppress(Refused):
            self.world.act(number, f.submit(priority=priority), f.APPLICANT)

    @rule(number=st.sampled_from(NUMBERS))
    def withdraw(self, number: str) -> None:
        with suppress(Refused):
            self.world.act(number, c.Withdraw(), f.APPLICANT)

    @rule(number=st.sampled_from(NUMBERS), passes=st.booleans())
    def check(self, number: str, passes: bool) -> None:
        """An officer goes on, whatever may still be under way to the application."""
        desk = self.world.applications[number]
        passed = c.PassCheck(revision=desk.state.revision)
        sent_back = c.SendBack(faults=("seals-missing",), text=f.ref())
        with suppress(Refused):
            self.world.act(number, passed if passes else sent_back, f.OFFICER)

    @rule(days=st.integers(1, 4))
    def let_time_pass(self, days: int) -> None:
        now = self.world.desks[0].now + days * f.DAY
        for desk in self.world.desks:
            desk.now = now

    @rule()
    def come_near_the_deadline(self) -> None:
        for desk in self.world.desks:
            desk.now = max(desk.now, f.deadline("recommendation") - timedelta(seconds=1))

    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.world.desks)).settle()

    @invariant()
    def hold(self) -> None:
        if not hasattr(self, "world"):
            return
        for unit, quota in QUOTAS.items():
            listed = self.world.lists[unit].state.listed
            assert len(listed) <= quota
            assert len({item.application for item in listed}) == len(listed)
            # One more may hold for as long as the list waits for the answer to its withdrawal.
            told = self.world.telling.get(unit)
            last = self.world.lists[unit].leaves[told.version - 1].type if told else ""
            leaving = last == e.RecommendationWithdrawn.TYPE
            assert len(self._holding(unit)) <= quota + leaving
        for desk in self.world.desks:
            invariants.check_carried_on(desk)

    def _holding(self, unit: str) -> list[str]:
        """The applications that go on by the unit's recommendation."""
        return [
            number
            for number, desk in self.world.applications.items()
            if desk.state.unit == unit
            and desk.state.stage is not Stage.SUBMITTED
            and desk.state.outcome not in (Outcome.WITHDRAWN.value, Outcome.NOT_RECOMMENDED.value)
        ]

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        while self.world.telling:
            self.world.tell(next(iter(self.world.telling)))
        for message in self.world.posted:
            self.world.deliver(message)
        for unit, quota in QUOTAS.items():
            # Once all has arrived, list and applications agree.
            assert len(self._holding(unit)) <= quota
            listed = {item.application for item in self.world.lists[unit].state.listed}
            assert set(self._holding(unit)) <= listed
        for desk in self.world.desks:
            invariants.check_folds_back(desk)


TestQuotaMachine = QuotaMachine.TestCase
TestQuotaMachine.settings = settings(max_examples=100, stateful_step_count=30)
