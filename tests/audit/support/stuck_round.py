"""Rounds that are driven into a corner on purpose: by a seed people fail, decline, keep silent, are bound or leave.

Whoever is left tries whatever they could do but cancelling. Where nothing that anybody does, and no deadline, leads on,
the round is stuck.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from selection.application import commands as c
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.chance.acting import UNITS
from tests.chance.rounds import RandomRound
from tests.signatures import Signatures
from tests.whole_round import WholeRound

MONTH = timedelta(days=31)
PATIENCE = 20
"""So often everybody tries before a round counts as stuck: panels are drawn and given up one after the other."""
LEVELS = (("approver-1", "department"), ("approver-2", "ministry"), ("approver-3", "ministry"))


class StuckRound(RandomRound):
    """One round by one seed; `exits` is whether officer and supervisor may settle panels.

    With `unchairs` two supervisors remove every member of a panel from its chair before anybody leads it.
    """

    def __init__(self, seed: int, *, exits: bool = True, signatures: Signatures | None = None) -> None:
        self.luck = Random(f"luck {seed}")
        panel = {"seats": 5, "alternates": 1, "min_valid": 4}
        super().__init__(seed, applications=4, signatures=signatures, panel=panel)
        self.made.notes = False
        self.exits = exits
        self.draws = 0
        self.sent_back = 0
        self.bad = {
            name: self.luck.choice([0, 30, 60, 100]) for name in ("check", "answer", "bound", "object")
        }
        self.unchairs = seed % 2 == 1
        self.pool = self.luck.choice([0, 3, 6, 12, 24])

    def run(self) -> WholeRound:
        """Press on until the round has ended. Raises AssertionError where nothing leads on."""
        self._hand_in()
        for name in [name for name in self.made.people if name.startswith("expert-")][self.pool :]:
            self.made.erase(name)
        furthest, tried = self._measure(), 0
        while not self.made.round.state.ended:
            # Where nobody does anything more by themselves, time passes, and then the two decide.
            if tried:
                self.made.wait(self.made.now + MONTH)
            self._try_all(settle=self.exits and tried > 0)
            tried = 0 if self._measure() > furthest else tried + 1
            furthest = max(furthest, self._measure())
            assert tried < PATIENCE, self._tell()
        return self.made

    def _hand_in(self) -> None:
        for number, unit in zip(self.numbers, UNITS, strict=False):
            self._submit(number)
            self._confirm(number)
            self.made.recommend(unit, f"agent-{unit}", number, self.made.app(number).state.revision)
        self.made.wait(self.made.round.state.deadlines["recommendation"] + timedelta(days=1))

    def _measure(self) -> tuple[int, ...]:
        """Return how far the round has come: what was sent back counts as having been there."""
        stages, order = list(RoundStage), list(Stage)
        states = self.made.applications()
        return (
            self.sent_back,
            stages.index(self.made.round.state.stage),
            sum(order.index(item.stage) for item in states if item.version),
            int(self.made.round.state.ended),
        )

    def _tell(self) -> str:
        states = {item.number: item.stage.value for item in self.made.applications()}
        return f"nobody leads on from {self.made.round.state.stage.value}: {states}"

    def _fails(self, what: str) -> bool:
        return self.luck.randrange(100) < self.bad[what]

    def _try_all(self, *, settle: bool) -> None:
        for number in self.numbers:
            for command, person, role in self._acts_on(number):
                self._app(number, command, person, role)
        if settle:
            for number in self.numbers:
                self._settle(number)
        with suppress(Refused):
            self._act_on_round()
        with suppress(AssertionError):
            self.made.look()

    def _acts_on(self, number: str) -> Iterator[tuple[Frozen, str, str]]:
        """Yield what people do with an application where it stands, or keep from doing."""
        state = self.made.app(number).state
        match state.stage:
            case Stage.CHECKING:
                text, revision = f.ref(), state.revision
                failed = c.FailCheck(revision=revision, grounds=("excluded-field",), text=text)
                passed = c.PassCheck(revision=revision, rulings=("co-builder-unconfirmed",), text=text)
                yield failed if self._fails("check") else passed, "officer-1", "officer"
            case Stage.REVIEW:
                yield from self._answers_of(state)
            case Stage.SURVEY:
                yield f.team(), "officer-1", "officer"
                yield f.survey(self.made.now, self.made.rules.clock), "surveyor-1", "surveyor"
            case Stage.APPRAISAL:
                yield from self._meeting_of(state)
            case Stage.NOTICE | Stage.HELD:
                yield from self._objections_to(state)

    def _answers_of(self, state: Any) -> Iterator[tuple[Frozen, str, str]]:
        for seat in state.seats:
            if seat.open and self._fails("answer"):
                if self.luck.randrange(2):
                    yield c.DeclineInvitation(), seat.expert, "expert"
            elif seat.status == "invited":
                yield f.accept(), seat.expert, "expert"
                yield f.review("20"), seat.expert, "expert"

    def _meeting_of(self, state: Any) -> Iterator[tuple[Frozen, str, str]]:
        for seat in state.seats:
            if seat.status == "submitted" and self._fails("bound"):
                if self.luck.randrange(2):
                    self.made.erase(seat.expert)
                else:
                    key = f"report-{seat.number}"
                    yield f.report_conflict(seat.expert, key), "officer-1", "officer"
                    yield f.rule(key, upheld=True), "supervisor-1", "supervisor"
        state = self.made.app(state.number).state
        able = self._list_able(state)
        if able:
            if self.unchairs and not state.unchaired:
                for name in able:
                    yield c.AppointChair(chair=name, reason=f.ref("why")), "officer-1", "officer"
                    yield c.ReplaceChair(chair="", reason=f.ref("chair")), "supervisor-1", "supervisor"
                state = self.made.app(state.number).state
            if state.chair != able[0] and (state.chair or able[0] in state.unchaired):
                yield c.ReplaceChair(chair=able[0], reason=f.ref("chair")), "supervisor-1", "supervisor"
            yield c.AppointChair(chair=able[0], reason=f.ref("why")), "officer-1", "officer"
            number = state.meeting.number + 1 if state.meeting else 1
            for act, member in f.hold_meeting(able, able[0], number, reason=f.ref("far")):
                yield act, member.person, member.role.value

    def _list_able(self, state: Any) -> tuple[str, ...]:
        """Return the members of a panel who are there to meet."""
        panel = (seat.expert for seat in state.seats if seat.status == "submitted")
        return tuple(name for name in panel if self.made.people[name].active)

    def _objections_to(self, state: Any) -> Iterator[tuple[Frozen, str, str]]:
        if state.stage is Stage.NOTICE and not state.objections and self._fails("object"):
            yield f.objection(), "objector-1", "objector"
            yield f.examiners("examiner-1", "examiner-2"), "officer-1", "officer"
        for key in self.made.app(state.number).state.open_objections:
            yield f.settle("upheld", key), "examiner-1", "examiner"

    def _act_on_round(self) -> None:
        state = self.made.round.state
        match state.stage:
            case RoundStage.DRAWING | RoundStage.REVIEW if self.made.applications(
                Stage.ELIGIBLE, Stage.REVIEW
            ):
                self._draw()
            case RoundStage.SHORTLISTING if not state.shortlist:
                self.made.fix_shortlist({}, {})
            case RoundStage.PROPOSAL:
                self._propose_somebody()
                self.made.open_notice()
            case RoundStage.NOTICE:
                self.made.wait(self.made.now + timedelta(days=9))
            case RoundStage.APPROVAL:
                self._decide_list()

    def _draw(self) -> None:
        """Draw, with more time first where the last day of the review has passed."""
        if self.made.now >= self.made.round.state.deadlines["review_last"]:
            for name in ("appraisal", "survey", "review_last", "review"):
                until = (self.made.now + 3 * MONTH).date()
                later = {"name": name, "until": until, "cause": "organiser", "reason": f.ref()}
                self.made.round.act(r.ExtendDeadline.model_validate(later), f.OFFICER)
        self.draws += 1
        self.made.draw(f"draw-{self.draws}")

    def _propose_somebody(self) -> None:
        stages = (Stage.APPRAISED, Stage.CLEARED, Stage.RESERVE)
        held, free = self.made.round.state.numbers_on_hold, self.made.round.state.free_places
        numbers = [item.number for item in self.made.applications(*stages) if item.number not in held]
        self.made.propose(*numbers[: max(0, free)], **{f"n{number}": "reason" for number in numbers})

    def _decide_list(self) -> None:
        state = self.made.round.state
        standing = [item.application for item in state.standing_items]
        hits = {number: f.ref("hit") for number in standing if self._fails("bound")}
        if not state.integrity:
            found = r.RecordIntegrityCheck(proposal=state.proposal, hits=hits, text=f.ref())
            self._judge(found, "supervisor-1")
        for number in [number for number, cleared in self.made.round.state.hits.items() if cleared is None]:
            self._judge(f.rule_on_hit(number, cleared=False), "supervisor-2")
        if self.sent_back < 2 and self._fails("object"):
            items = tuple(item.application for item in self.made.round.state.standing_items)
            told = {"proposal": state.proposal, "level": "department", "items": items, "reason": f.ref()}
            if self._judge(r.SendBackProposal.model_validate(told), "approver-1"):
                self.sent_back += 1
                return
        for person, level in LEVELS:
            self._judge(r.Approve(proposal=state.proposal, level=level), person)
        self.made.issue()

    def _judge(self, command: Frozen, person: str) -> bool:
        """Take an act of the approval stage; tell whether it was taken."""
        try:
            self.made.judge(command, person)
        except Refused:
            return False
        return True
