"""How chance has decisions reversed by two posts, each kind at times, and what is void decided again."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.process.decisions import SHORTLIST
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.round.approving.agreements import is_open_to_levels
from selection.streams import application_stream, round_stream
from tests import factories as f
from tests.chance.rounds import RandomRound

AGAIN = ("examiner-7", "examiner-8")
"""Who examines an objection that nobody of these examined before."""
SITE = ("surveyor-6", "surveyor-7", "surveyor-8")
"""Who surveys again."""


class Undoing(RandomRound):
    """A random round whose decisions are reversed at times. Chance of its own, so that nothing else changes by it."""

    REVERSED: ClassVar[Mapping[str, int]] = {
        "passed": 12,
        "failed": 40,
        "conflict": 25,
        "shortlist": 40,
        "survey": 8,
        "appraisal": 8,
        "proposed": 8,
        "objection": 25,
        "integrity": 8,
        "hit": 25,
        "declined": 10,
    }
    """Of a hundred decisions of a kind, how many are reversed, or entered and declined."""

    def __init__(self, seed: int, *args: Any, **sections: Any) -> None:
        self.luck_of_reversals = Random(f"reversals {seed}")
        self.luck_of_second_ones = Random(f"second reversals {seed}")
        super().__init__(seed, *args, **sections)
        for name in (*AGAIN, *SITE):
            self.made.register(f.person(name, "supervisor", "objector"))

    def _turns(self, kind: str) -> bool:
        return self.luck_of_reversals.randrange(100) < self.REVERSED[kind]

    def _act_by(self, stream: str, command: Frozen, *who: str) -> bool:
        """Act at once, by each in turn; tell whether all of them could."""
        for name in who:
            role = name.rpartition("-")[0]
            try:
                self.made.desk(stream).act(command, Actor(person=name, role=Role(role)))
            except Refused:
                return False
        return True

    def _reverse(self, number: str, decision: str, supervisor: str = "supervisor-2", **of: str) -> bool:
        """Have an officer and a supervisor who did not make it reverse a decision."""
        told = {"decision": decision, "text": f.ref(), **of}
        command, stream = c.ReverseDecision.model_validate(told), application_stream(f.ROUND, number)
        first = decision == "check" or supervisor != "supervisor-2"
        return self._act_by(stream, command, "officer-1" if first else "officer-2", supervisor)

    def _decide_again(self, number: str) -> None:
        """Decide all again that is void of an application; where nobody can, its applicant gives up."""
        stream = application_stream(f.ROUND, number)
        state = self.made.app(number).state
        if state.stage is Stage.CHECKING:
            rulings = ("co-builder-unconfirmed",)
            passed = c.PassCheck(revision=state.revision, rulings=rulings, text=f.ref())
            self._act_by(stream, passed, "officer-1")
        if state.stage is Stage.SURVEY:
            self._act_by(stream, f.team(*SITE, lead=SITE[0]), "officer-1")
            self._act_by(stream, f.survey(self.made.now, self.made.rules.clock), SITE[0])
        if self.made.app(number).state.stage is Stage.APPRAISAL:
            self._appraise_again(number)
        waiting = (Stage.CHECKING, Stage.SURVEY, Stage.APPRAISAL)
        if self.made.app(number).state.stage in waiting:
            self.made.app(number).act(c.GiveUp(), Actor(person=state.agent, role=Role.APPLICANT))

    def _appraise_again(self, number: str) -> None:
        state = self.made.app(number).state
        panel = [seat.expert for seat in state.seats if seat.status == "submitted"]
        present = [person for person in panel if self.made.people[person].active]
        chair, meeting = state.chair, state.decisions.meetings + 1
        if chair not in present:
            return
        for act, actor in f.hold_meeting(present, chair, meeting, score="70", reason=f.ref("far")):
            try:
                self.made.app(number).act(act, actor)
            except Refused:
                return

    def _check(self) -> None:
        super()._check()
        for state in self.made.applications(Stage.ELIGIBLE, Stage.ENDED):
            failed = state.stage is Stage.ENDED
            if failed and state.outcome != Outcome.INELIGIBLE:
                continue
            if not failed and self._turns("declined"):
                told = {"decision": "check", "text": f.ref()}
                stream = application_stream(f.ROUND, state.number)
                self._act_by(stream, c.ReverseDecision.model_validate(told), "supervisor-2")
                self._act_by(stream, c.DeclineReversal.model_validate(told), "officer-1")
            if self._turns("failed" if failed else "passed") and self._reverse(state.number, "check"):
                self._decide_again(state.number)

    def _shortlist(self) -> None:
        for state in self.made.applications(Stage.REVIEW, Stage.SCORED):
            for name, report in state.reports.items():
                if report.upheld is not None and self._turns("conflict"):
                    self._rule_again(state.number, name, report.upheld)
        super()._shortlist()

    def _rule_again(self, number: str, report: str, upheld: bool) -> None:
        if self._reverse(number, "conflict", report=report):
            ruling = f.rule(report, upheld=not upheld if self._turns("conflict") else upheld)
            self._act_by(application_stream(f.ROUND, number), ruling, "supervisor-2")

    def _surveys(self) -> None:
        for state in self.made.applications(Stage.SURVEY, Stage.ENDED):
            if SHORTLIST in state.decisions.made and self._turns("shortlist"):
                self._reverse(state.number, SHORTLIST)
        super()._surveys()
        for state in self.made.applications(Stage.APPRAISED):
            for decision in ("survey", "appraisal"):
                if self._turns(decision) and self._reverse(state.number, decision):
                    self._decide_again(state.number)
                    self._reverse_by_others(state.number, decision)

    def _reverse_by_others(self, number: str, decision: str) -> None:
        """Have two who did not reverse it before reverse an appraisal once more: the same panel can meet again."""
        if decision != "appraisal" or not self.luck_of_second_ones.randrange(2):
            return
        if self._reverse(number, decision, supervisor="supervisor-1"):
            self._decide_again(number)

    def _approve(self) -> None:
        for state in self.made.applications(Stage.CLEARED, Stage.RESERVE):
            decision = self.luck_of_reversals.choice(["appraisal", "survey", "check"])
            if self._turns("proposed") and self._reverse(state.number, decision):
                self._decide_again(state.number)
                self.made.round.settle()
                if self.made.round.state.stage is not RoundStage.APPROVAL:
                    return
        self._reopen()
        super()._approve()

    def _reopen(self) -> None:
        """Have rulings reversed by which a notice passed; who examines anew may have ruled before the round looks."""
        for state in self.made.applications(Stage.CLEARED, Stage.ENDED):
            for name, item in state.objections.items():
                ruled = item.outcome in ("dismissed", "partly-upheld", "upheld")
                if not (ruled and self._turns("objection")):
                    continue
                if self._reverse(state.number, "objection", objection=name):
                    stream = application_stream(f.ROUND, state.number)
                    self._act_by(stream, f.examiners(*AGAIN, objection=name), "officer-1")
                    if self._turns("objection"):
                        self._act_by(stream, f.settle("dismissed", name), AGAIN[0])
        self.made.round.settle()

    def _reconsider_list(self) -> bool:
        """Have what was decided on integrity, or on an objection, reversed once levels agreed; tell if they wait."""
        made, stream = self.made, round_stream(f.ROUND)
        proposal = made.round.state.proposal
        self._reopen()
        for number, cleared in made.round.state.hits.items():
            wrong = r.ReverseIntegrityDecision(application=number, text=f.ref())
            if cleared and self._turns("hit") and self._act_by(stream, wrong, "officer-2", "supervisor-1"):
                self._act_by(stream, f.rule_on_hit(number), "supervisor-1")
        wrong = r.ReverseIntegrityDecision(text=f.ref())
        if self._turns("declined") and self._act_by(stream, wrong, "supervisor-2"):
            self._act_by(stream, r.DeclineIntegrityReversal(text=f.ref()), "officer-2")
        if self._turns("integrity") and self._act_by(stream, wrong, "officer-2", "supervisor-2"):
            check = r.RecordIntegrityCheck(proposal=proposal, text=f.ref())
            self._act_by(stream, check, "supervisor-2")
        levels = made.round.state.current.approval
        for level in levels:
            if level.code not in made.round.state.passed:
                for person in level.approvers:
                    self._act_by(stream, r.Approve(proposal=proposal, level=level.code), person)
        return not is_open_to_levels(made.round.state) or len(made.round.state.passed) < len(levels)
