"""Random acts by random people, at any stage and over any deadline."""

from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, moves, paths
from tests.desk import Desk
from tests.selection import invariants

pytestmark = pytest.mark.long

REPEATED = 3
RULES = f.terms(panel=f.SMALL_PANEL)


class ApplicationMachine(RuleBasedStateMachine):
    """One application, begun at any stage. Time moves between acts; deadlines are settled first."""

    BEGINNINGS = tuple(stage for stage in Stage if stage is not Stage.ENDED)
    desk: Desk

    @initialize(data=st.data(), accepted=st.booleans())
    def begin(self, data: st.DataObject, accepted: bool) -> None:
        self.desk = paths.application_in(data.draw(st.sampled_from(self.BEGINNINGS)), RULES)
        for expert in paths.experts(self.desk, "invited") if accepted else ():
            self.desk.act(f.accept(), f.actor(expert))
        invariants.check_folds_back(self.desk)

    @rule(data=st.data())
    def act_at_random(self, data: st.DataObject) -> None:
        self._act(data.draw(moves.moves(self.desk.state)))

    @precondition(lambda self: not self.desk.state.ended)
    @rule(data=st.data())
    def carry_on(self, data: st.DataObject) -> None:
        for _ in range(REPEATED):
            self._act(data.draw(moves.forward_moves(self.desk.state)))

    @precondition(lambda self: not self.desk.state.ended)
    @rule(hours=st.integers(1, 100))
    def let_time_pass(self, hours: int) -> None:
        self._move(lambda: self.desk.wait(self.desk.now + f.DAY * hours / 24))

    @precondition(lambda self: self.desk.aggregate.due(self.desk.state, self.desk.known) is not None)
    @rule(grace=st.booleans())
    def reach_the_deadline(self, grace: bool) -> None:
        due = self.desk.aggregate.due(self.desk.state, self.desk.known)
        assert due is not None
        self._move(lambda: self.desk.wait(due.at if grace else due.deadline))

    @rule(name=st.sampled_from(["submission", "recommendation", "review", "review_last"]))
    def extend(self, name: str) -> None:
        known = self.desk.world.deadlines
        last = known.get("review_last", f.deadline("review_last"))
        until = known.get(name, f.deadline(name)) + 5 * f.DAY
        if name != "review" or until <= last:
            paths.extend(self.desk, name, until)

    def _act(self, move: moves.Move) -> None:
        command, actor = move
        self.desk.settle()
        before = self.desk.state
        try:
            self._move(lambda: self.desk.act(command, actor))
        except Refused:
            invariants.check_refusal_changed_nothing(before, self.desk.state, actor)

    def _move(self, step: Any) -> None:
        first = self.desk.state
        step()
        invariants.check_locked(first, self.desk.state)

    @invariant()
    def hold(self) -> None:
        if not hasattr(self, "desk"):
            return
        invariants.check_carried_on(self.desk)
        invariants.check_duties(self.desk.leaves)
        invariants.check_keys(self.desk)
        invariants.check_confirmed(self.desk)
        invariants.check_tasks_can_be_done(self.desk)
        invariants.check_no_dead_end(self.desk)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            invariants.check_folds_back(self.desk)
            invariants.check_bids(self.desk)


class ReviewMachine(ApplicationMachine):
    """An application whose panel is at work."""

    BEGINNINGS = (Stage.REVIEW, Stage.SCORED)


class NoticeMachine(ApplicationMachine):
    """An application in its public notice."""

    BEGINNINGS = (Stage.NOTICE,)


TestApplicationMachine = ApplicationMachine.TestCase
TestReviewMachine = ReviewMachine.TestCase
TestNoticeMachine = NoticeMachine.TestCase
TestApplicationMachine.settings = settings(max_examples=60, stateful_step_count=25)
TestReviewMachine.settings = settings(max_examples=40, stateful_step_count=25)
TestNoticeMachine.settings = settings(max_examples=40, stateful_step_count=25)
