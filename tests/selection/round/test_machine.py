"""Random acts of a round's staff, with a record that answers consistently."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from selection.decision.aggregate import Event
from selection.decision.facts import DrawBasis
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.projections.open_tasks import tasks_of
from selection.refusals.refused import Refused
from selection.round import commands as c, events as e
from selection.round.amending_rules.table import AMENDABLE
from selection.round.state import RoundState
from selection.rules.changing.amendments import read_value
from tests import factories as f, paths
from tests.desk import Desk
from tests.draws import NUMBERS as RESULT, commit_draw
from tests.selection import invariants

pytestmark = pytest.mark.long

NUMBERS = ("0001", "0002", "0003", "0004")
NOTHING = "-"
"""The only item of a list on which nothing stands."""
ref = st.just(f.ref())
numbers = st.sampled_from(NUMBERS)
some = st.lists(numbers, min_size=1, max_size=3, unique=True)
draws = st.sampled_from(["main", "second", "third"])
levels = st.sampled_from(["department", "ministry"])
posted = st.lists(st.sampled_from(["officer-1", "officer-2", "officer-3"]), max_size=2)
post_entries = st.builds(c.AgreeOnPost, post=st.just("officers"), add=posted, remove=posted, reason=ref)
people = st.sampled_from(
    [
        "officer-1",
        "officer-2",
        "officer-3",
        "supervisor-1",
        "supervisor-2",
        "approver-1",
        "approver-2",
        "approver-3",
        "admin-1",
    ]
)
STAGES = [
    "submitted",
    "checking",
    "eligible",
    "review",
    "scored",
    "survey",
    "appraisal",
    "appraised",
    "proposed",
    "notice",
]
POSTS = {
    "officer": ["officer-1", "officer-2"],
    "supervisor": ["supervisor-1", "supervisor-2"],
    "approver": ["approver-1", "approver-2", "approver-3"],
}


def acts(desk: Desk) -> dict[str, st.SearchStrategy[Any]]:
    """Return how to draw each act of the staff and of the engine, by the role that does it."""
    state = desk.state
    proposal = st.sampled_from([state.proposal, state.proposal, state.proposal + 1])
    officer = _carry_forward(desk, proposal)
    every = [item for items in officer.values() for item in items]
    extend = st.builds(
        c.ExtendDeadline,
        name=st.sampled_from(["submission", "recommendation", "review", "review_last", "survey"]),
        until=st.dates(date(2024, 7, 1), date(2024, 12, 31)),
        reason=ref,
    )
    usual = officer.get(state.stage, every)
    return {
        "officer": st.one_of(*usual, *usual, extend, _amendments(state)),
        "any": st.one_of(*every, st.builds(c.CancelRound, reason=ref), st.builds(c.RepeatBatch)),
        "supervisor": _supervise(proposal),
        "approver": _approve(state, proposal),
    }


def _carry_forward(
    desk: Desk, proposal: st.SearchStrategy[int]
) -> dict[RoundStage, list[st.SearchStrategy[Any]]]:
    """Return how to draw what an officer does in each stage to come to the next."""
    published = st.sampled_from([RESULT, RESULT, "08 12 33", "7 7 7"])
    deviations = st.sampled_from([{}, dict.fromkeys(NUMBERS, "why")])
    return {
        RoundStage.NEW: [st.builds(f.open_round)],
        RoundStage.DRAWING: [
            st.builds(
                commit_draw,
                draw=draws,
                at=st.sampled_from([desk.now, desk.now - f.DAY]),
                after=st.sampled_from([f.OPENED, *(draw.public for draw in desk.state.draws.values())]),
            ),
            st.builds(c.EnterDrawNumbers, draw=draws, published=published),
            st.builds(c.OpenDraw, draw=draws, published=published),
        ],
        RoundStage.SHORTLISTING: [
            st.builds(
                f.shortlist,
                add=st.sampled_from([{}, {"0004": f.ref()}]),
                remove=st.sampled_from([{}, {"0001": f.ref()}]),
            )
        ],
        RoundStage.PROPOSAL: [
            st.builds(lambda chosen, why: f.propose(*chosen, **why), some, deviations),
            st.builds(c.OpenPublicNotice, proposal=proposal),
        ],
        RoundStage.APPROVAL: [st.builds(c.IssueList, proposal=proposal)],
    }


def _supervise(proposal: st.SearchStrategy[int]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(
            c.RecordIntegrityCheck,
            proposal=proposal,
            hits=st.sampled_from([{}, {}, {"0001": f.ref()}]),
            text=ref,
        ),
        st.builds(lambda number, cleared: f.rule_on_hit(number, cleared=cleared), numbers, st.booleans()),
        st.builds(c.LiftIntegrityStop, application=numbers, text=ref),
        st.builds(c.ReverseIntegrityDecision, application=st.one_of(st.just(""), numbers), text=ref),
        st.builds(c.DeclineIntegrityReversal, application=st.one_of(st.just(""), numbers), text=ref),
        st.builds(c.VoidDraw, draw=draws, reason=ref),
        st.builds(c.ChangePost, post=st.just("officers"), add=posted, remove=posted, reason=ref),
        post_entries,
        st.builds(c.DeclinePostChange, number=st.integers(1, 3), reason=ref),
    )


def _approve(state: RoundState, proposal: st.SearchStrategy[int]) -> st.SearchStrategy[Any]:
    waiting = state.waiting_amendment
    return st.one_of(
        st.builds(c.Approve, proposal=proposal, level=levels),
        st.builds(c.Approve, proposal=proposal, level=levels),
        st.builds(c.SendBackProposal, proposal=proposal, level=levels, items=some.map(tuple), reason=ref),
        post_entries,
        st.builds(
            c.RuleOnAmendment,
            number=st.just(waiting.number if waiting else 1),
            ruling=st.sampled_from(["agreed", "agreed", "declined"]),
            reason=ref,
        ),
    )


def _amendments(state: RoundState) -> st.SearchStrategy[c.AmendRules]:
    """Changes of fields of the rules, some as they stand and some not."""
    known = [(item.path, read_value(state.current, item.path) or "none") for item in AMENDABLE]
    paths_ = st.sampled_from([*known, ("criteria", "1"), ("days", "1")])
    return st.builds(
        lambda field, after, stale: c.AmendRules(
            path=field[0], before="99" if stale else field[1], after=after, reason=f.ref()
        ),
        paths_,
        st.sampled_from(["1", "2", "3", "5", "15", "none"]),
        st.sampled_from([False, False, False, True]),
    )


class RoundMachine(RuleBasedStateMachine):
    """One round. What the record would answer is made up anew for every act, from what was removed so far."""

    desk: Desk
    agreed: defaultdict[str, dict[str, set[tuple[str, int]]]]
    """By level and person, the items at their ranks to which they agreed; a list of none is one as well."""
    listed: list[str]

    @initialize(stage=st.sampled_from(list(paths.ROUND_STEPS)), again=st.booleans())
    def begin(self, stage: RoundStage, again: bool) -> None:
        others: dict[RoundStage, Callable[[], Desk]] = {
            RoundStage.PROPOSAL: paths.send_item_back,
            RoundStage.APPROVAL: paths.holding,
            RoundStage.ISSUED: lambda: paths.holding(RoundStage.ISSUED),
        }
        self.desk = others[stage]() if again and stage in others else paths.round_in(stage)
        self.agreed = defaultdict(dict)
        self.listed = list(self.desk.state.places)
        for leaf in self.desk.leaves:
            if leaf.type == e.LevelApproved.TYPE:
                self._note_agreed(leaf.data["level"], leaf.actor.person)

    @rule(data=st.data(), role=st.sampled_from(["officer", "officer", "supervisor", "approver", "any"]))
    def act_in_ones_role(self, data: st.DataObject, role: str) -> None:
        held = "officer" if role == "any" else role
        actor = f.actor(data.draw(st.sampled_from(POSTS[held])), held)
        self._act(data, data.draw(acts(self.desk)[role]), actor)

    @rule(data=st.data())
    def carry_on(self, data: st.DataObject) -> None:
        """Take the act that is awaited, by one of those who may do it."""
        state = self.desk.state
        for task in tasks_of(state):
            command: Frozen | None = None
            match task.kind:
                case "propose":
                    standing = self._open_numbers()
                    chosen = data.draw(
                        st.lists(st.sampled_from(standing), min_size=1, max_size=2, unique=True)
                    )
                    command = f.propose(*chosen, **dict.fromkeys(standing, "why"))
                case "open-notice":
                    command = c.OpenPublicNotice(proposal=state.proposal)
                case "check-integrity":
                    hits = data.draw(st.sampled_from([{}, {}, {"0001": f.ref()}]))
                    command = c.RecordIntegrityCheck(proposal=state.proposal, hits=hits, text=f.ref())
                case "approve":
                    command = c.Approve(proposal=state.proposal, level=str(task.unit))
                case "left-over":
                    command = c.RepeatBatch()
                case "issue":
                    command = c.IssueList(proposal=state.proposal)
            if command is not None:
                role = task.role.value
                self._act(data, command, f.actor(data.draw(st.sampled_from(POSTS[role])), role))

    @rule(data=st.data(), role=st.sampled_from(["officer", "supervisor", "approver", "any"]))
    def act_in_any_role(self, data: st.DataObject, role: str) -> None:
        actor = Actor(person=data.draw(people), role=data.draw(st.sampled_from(Role)))
        self._act(data, data.draw(acts(self.desk)[role]), actor)

    @rule(data=st.data(), feasible=st.booleans(), left=st.sampled_from([(), (), ("0002",)]))
    def carry_out(self, data: st.DataObject, feasible: bool, left: tuple[str, ...]) -> None:
        kind, _, draw = self.desk.state.batch.partition("/")
        report: Frozen = c.ReportBatch(batch=self.desk.state.batch or "none", touched=2, left_over=left)
        if kind == "draw":
            result = {"result": f.ref("result")} if feasible else {"clashing": ("load",)}
            report = c.ReportDraw(draw=draw, **result)
        self._act(data, report, SYSTEM)

    @rule(data=st.data(), waiting=st.sampled_from(["", "", *STAGES]))
    def look(self, data: st.DataObject, waiting: str) -> None:
        """Look at a record in which each item passed its notice, is held or was removed."""
        state = self.desk.state
        fates = st.sampled_from(["cleared", "cleared", "held", "ended"])
        items = (*state.items, *state.held)
        found = tuple(f.candidate(item.application, stage=data.draw(fates)) for item in items)
        counts = {Stage(waiting): 1} if waiting else {}
        self.desk.world = self.desk.world.model_copy(update={"counts": counts, "candidates": found})
        self._note(self.desk.look(), SYSTEM)

    @rule(
        name=st.sampled_from(["submission", "recommendation", "review"]),
        hours=st.integers(-30, 20),
        lasts=st.integers(-1, 60),
        later=st.integers(-2, 80),
        admin=st.booleans(),
    )
    def record_an_outage(self, name: str, hours: int, lasts: int, later: int, admin: bool) -> None:
        """Around a deadline, some time after it ended, or before; what is due is not settled meanwhile."""
        state, hour = self.desk.state, f.DAY / 24
        if not state.deadlines:
            return
        began = state.deadlines[name] + hours * hour
        ended = began + lasts * hour
        self.desk.now = max(self.desk.now, ended + later * hour)
        self._try(f.outage(began, ended), f.actor("admin-1" if admin else "officer-2"))

    @rule(days=st.integers(1, 40))
    def let_time_pass(self, days: int) -> None:
        self.desk.wait(self.desk.now + days * f.DAY)

    def _act(self, data: st.DataObject, command: Frozen, actor: Actor) -> None:
        self.desk.settle()
        standing = self._open_numbers()
        under_review = {"review": 1} if data.draw(st.integers(0, 9)) == 0 else {}
        paths.know(self.desk, under_review, *standing, by_rank=True, agreed="80")
        basis = DrawBasis(inputs=f.ref(), applications=data.draw(st.integers(0, 2)), experts=9)
        self.desk.world = self.desk.world.model_copy(update={"draw": basis})
        self._try(command, actor)

    def _try(self, command: Frozen, actor: Actor) -> None:
        before = self.desk.state
        try:
            self._note(self.desk.act(command, actor), actor)
        except Refused:
            invariants.check_refusal_changed_nothing(before, self.desk.state, actor)

    def _open_numbers(self) -> list[str]:
        """Those that may still be proposed: not removed, not held, not on a list."""
        state = self.desk.state
        settled = {*state.removed, *state.places, *state.numbers_on_hold}
        return [number for number in NUMBERS if number not in settled]

    def _note(self, events: tuple[Event, ...], actor: Actor) -> None:
        for event in events:
            match event:
                case e.ProposalMade():
                    self._void(NOTHING)
                case e.ProposalSentBack():
                    self._void(*event.items, NOTHING)
                case e.HeldItemsSettled() if event.released:
                    self._void(NOTHING)
                case e.IntegrityChecked():
                    self._void(*event.hits)
                case e.IntegrityStopLifted():
                    self._void(event.application)
                case e.LevelApproved():
                    self._note_agreed(event.level, actor.person)
                    needed = next(item.needed for item in f.RULES.approval if item.code == event.level)
                    assert event.passed == (len(self._list_agreed(event.level)) >= needed)
                case e.ListIssued():
                    self._check_issued(event)
                case e.OutageRecorded():
                    assert all(old < event.until for old in event.moved.values())
                    assert not set(event.moved) & set(self.desk.state.closed)
                    assert self.desk.now < event.until

    def _standing(self) -> set[tuple[str, int]]:
        found = {(item.application, item.rank) for item in self.desk.state.standing_items}
        return found or {(NOTHING, 0)}

    def _note_agreed(self, level: str, person: str) -> None:
        given = self.agreed[level].setdefault(person, set())
        given |= self._standing()

    def _void(self, *numbers: str) -> None:
        for given in self.agreed.values():
            for person, items in given.items():
                given[person] = {item for item in items if item[0] not in numbers}

    def _list_agreed(self, level: str) -> set[str]:
        return {person for person, items in self.agreed[level].items() if self._standing() <= items}

    def _check_issued(self, event: e.ListIssued) -> None:
        """A list needs a check without open hits, every level, and no more than the places."""
        for level in f.RULES.approval:
            assert len(self._list_agreed(level.code) & set(level.approvers)) >= level.needed
        state = self.desk.state
        assert state.integrity
        self.listed += event.places
        assert len(self.listed) == len(set(self.listed)), "given two places"
        assert len(self.listed) + len(state.removed) + len(state.held) <= state.current.places
        assert sorted(state.places.values()) == list(range(1, len(self.listed) + 1))
        stopped = {number for number, cleared in state.hits.items() if not cleared}
        assert not set(event.places) & (stopped | set(state.removed) | state.numbers_on_hold)

    @invariant()
    def hold(self) -> None:
        if not hasattr(self, "desk"):
            return
        state = self.desk.state
        invariants.check_carried_on(self.desk)
        invariants.check_keys(self.desk)
        invariants.check_tasks_can_be_done(self.desk)
        undecided = {item.application for item in state.standing_items}
        assert not undecided & state.numbers_on_hold
        taken = undecided | state.numbers_on_hold | set(state.places)
        assert len(taken) <= f.RULES.places - len(state.removed)
        if state.deadlines:
            assert state.deadlines["submission"] <= state.deadlines["recommendation"]
            assert state.deadlines["review"] <= state.deadlines["review_last"]

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            invariants.check_folds_back(self.desk)


TestRoundMachine = RoundMachine.TestCase
TestRoundMachine.settings = settings(max_examples=80, stateful_step_count=25)
