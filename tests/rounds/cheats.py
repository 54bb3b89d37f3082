"""Rounds in which somebody does what the rules refuse, and beside it all that chance has people do."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from selection.application import commands as c
from selection.application.submission import Submission
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.recommendation.commands import Recommend, RecommendOnPaper
from selection.round import commands as r
from selection.rules.changing.amendments import read_value
from selection.streams import round_stream
from tests import factories as f
from tests.amending import amend
from tests.chance.acting import UNITS
from tests.chance.lively import LivelyRound
from tests.desk import last_of


class Objections(LivelyRound):
    """Everybody objects, and whoever ruled is asked again."""

    CHANCES: ClassVar[Mapping[str, int]] = {**LivelyRound.CHANCES, "object": 100, "cancel": 1}

    def _reconsider(self, number: str) -> None:
        reopen = c.ReopenObjection(objection="objection-1", text=f.ref())
        self._app(number, reopen, "supervisor-1", "supervisor")
        self._app(number, f.examiners("examiner-1", "examiner-2"), "officer-1", "officer")


class ExaminerSwap(LivelyRound):
    """Everybody objects, and an officer puts others in the place of whoever examines, without a word."""

    CHANCES: ClassVar[Mapping[str, int]] = {**LivelyRound.CHANCES, "object": 100, "cancel": 1}

    def _reconsider(self, number: str) -> None:
        self._app(number, f.examiners("examiner-5", "examiner-6"), "officer-1", "officer")


class PaperEntry(LivelyRound):
    """Whatever nobody recommended in time is entered as recommended on paper."""

    def _check(self) -> None:
        for state in self.made.applications(Stage.SUBMITTED):
            for unit in UNITS[1:]:
                self._enter(state.number, state.revision, unit)
        super()._check()

    def _enter(self, number: str, revision: int, unit: str) -> None:
        stream, last = f"recommender/{f.ROUND}/{unit}", f.RULES.calendar.recommendation
        told = {"application": number, "revision": revision, "agent": f"agent-{unit}", "sent": last}
        entered = RecommendOnPaper.model_validate({**told, "evidence": (f.ref("evidence"),)})
        if self.made.app(number).state.stage is Stage.SUBMITTED and self._try(stream, entered, f.OFFICER):
            self.made.app(number).carry(last_of(self.made.desk(stream)))
            self.made.app(number).wait(self.made.now)


class LateIntake(LivelyRound):
    """All is handed in and confirmed late."""

    CHANCES: ClassVar[Mapping[str, int]] = {**LivelyRound.CHANCES, "late": 100}

    def _check(self) -> None:
        for state in self.made.applications(Stage.CHECKING):
            partner = f"92-{state.number}"
            confirm = c.ConfirmCoBuilding(co_builder=partner, revision=state.revision)
            self._app(state.number, confirm, f"partner-{state.number}", "applicant")
        super()._check()


class MadeUpReports(LivelyRound):
    """An officer reports one conflict after the other, of people who are not."""

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for number in range(1, 6):
                made_up = f.report_conflict(f"nobody-{number}", f"made-up-{number}")
                self._app(state.number, made_up, "officer-1", "officer")
        super()._answers()


class StrangerCheck(LivelyRound):
    """Somebody without the post checks, and what has passed fails afterwards."""

    def _check(self) -> None:
        for state in self.made.applications(Stage.CHECKING):
            passed = c.PassCheck(revision=state.revision, rulings=("co-builder-unconfirmed",), text=f.ref())
            self._app(state.number, passed, "surveyor-5", "officer")
        super()._check()
        for state in self.made.applications(Stage.ELIGIBLE):
            failed = c.FailCheck(revision=state.revision, grounds=self._pick_ground(), text=f.ref())
            for _ in range(2):
                self._app(state.number, failed, "officer-2", "officer")


class NearPass(LivelyRound):
    """An officer passes what comes near to a held direction, and rules on none of it."""

    def _check(self) -> None:
        for state in self.made.applications(Stage.CHECKING):
            named = {"rulings": ("co-builder-unconfirmed",), "directions": ("held",)}
            passed = c.PassCheck(revision=state.revision, text=f.ref(), **named)
            self._app(state.number, passed, "officer-2", "officer")
        super()._check()


class PlantedAgent(LivelyRound):
    """One of two administrators has a confidant act for a unit, who recommends whatever waits."""

    def _recommend(self, number: str) -> None:
        if "confidant" not in self.made.people:
            self.made.register(f.person("admin-2", "admin"))
            try:
                self.made.register(f.person("confidant", "recommender", unit="unit-1"))
            except AssertionError:
                return super()._recommend(number)
        listed = Recommend(application=number, revision=self.made.app(number).state.revision)
        self._try(f"recommender/{f.ROUND}/unit-1", listed, f.actor("confidant", Role.RECOMMENDER))
        return super()._recommend(number)


class ChairSwap(LivelyRound):
    """An officer has another member chair each panel as soon as somebody does."""

    def _meet(self, number: str, present: list[str]) -> bool:
        self._app(number, c.AppointChair(chair=present[-1], reason=f.ref("why")), "officer-1", "officer")
        return super()._meet(number, present)


class EveryGround(LivelyRound):
    """Everything is sent back for every ground there is."""

    def _check(self) -> None:
        for state in self.made.applications(Stage.CHECKING):
            sent_back = c.SendBack(faults=tuple(ground.code for ground in self.grounds), text=f.ref())
            self._app(state.number, sent_back, "officer-1", "officer")
        super()._check()


class OtherBid(LivelyRound):
    """What is sent back is mended into another bid."""

    def _change_submission(self, submission: Submission) -> Submission:
        return submission.with_(staff=40, priority="frontier")


class OtherAnswers(LivelyRound):
    """What is sent back is mended with other answers than were recommended."""

    def _change_submission(self, submission: Submission) -> Submission:
        return submission.with_(fund_yuan=Decimal(77))


class LateCorrection(LivelyRound):
    """Who reviewed corrects once the score is fixed."""

    def _shortlist(self) -> None:
        for state in self.made.applications(Stage.SCORED):
            for seat in state.seats:
                if seat.status == "submitted":
                    self._correct(state.number, seat.expert)
        super()._shortlist()


class LateQuota(LivelyRound):
    """A unit is given places once recommendations are in."""

    def _shortlist(self) -> None:
        rules = self.made.round.state.rules_in_force
        path = "recommenders.unit-1.quota"
        enter = r.AmendRules(path=path, before=read_value(rules, path) or "", after="9", reason=f.ref())
        self._try(round_stream(f.ROUND), enter, f.OFFICER)
        number = self.made.round.state.entered_amendments
        agreed = r.RuleOnAmendment(number=max(1, number), ruling="agreed", reason=f.ref())
        self._try(round_stream(f.ROUND), agreed, f.actor("approver-1"))
        super()._shortlist()


class LateLimit(LivelyRound):
    """A limit of the list is set once scores are known, by one approver."""

    def _shortlist(self) -> None:
        stream, limit = round_stream(f.ROUND), {"path": "per_field_max", "before": "none", "after": "9"}
        self._try(stream, r.AmendRules(reason=f.ref(), **limit), f.OFFICER)
        number = max(1, self.made.round.state.entered_amendments)
        agreed = r.RuleOnAmendment(number=number, ruling="agreed", reason=f.ref())
        self._try(stream, agreed, f.actor("approver-1"))
        super()._shortlist()


class HostEmployment(LivelyRound):
    """One of each panel comes to work for the host."""

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats[:1]:
                host = self._host(state.number)
                self.made.register(f.person(seat.expert, "expert", "objector", employer=host))
        super()._answers()


class Erasure(LivelyRound):
    """One of each panel is erased."""

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats[:1]:
                if self.made.people[seat.expert].active:
                    self.made.erase(seat.expert)
        super()._answers()


class SecondReview(LivelyRound):
    """Who reviewed reviews again."""

    def _answers(self) -> None:
        for _ in range(3):
            super()._answers()
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats:
                self._app(state.number, f.review("7"), seat.expert, "expert")


class LateForm(LivelyRound):
    """A form of the review changes once there are scores."""

    def _shortlist(self) -> None:
        amend(*self.forms, "review", 100)
        super()._shortlist()


class SendingBack(LivelyRound):
    """One approver sends items back three times, which is more often than one may."""

    def _approve(self) -> None:
        state, stream = self.made.round.state, round_stream(f.ROUND)
        standing = [item.application for item in state.standing_items]
        if standing and state.sent_back.get("approver-1", 0) < 3:
            check = r.RecordIntegrityCheck(proposal=state.proposal, text=f.ref())
            back = r.SendBackProposal(
                proposal=state.proposal, level="department", items=(standing[0],), reason=f.ref()
            )
            self._try(stream, check, f.SUPERVISOR)
            if self._try(stream, back, f.actor("approver-1")):
                return
        super()._approve()


class EarlyList(LivelyRound):
    """The list is issued before its levels have agreed."""

    def _approve(self) -> None:
        proposal = self.made.round.state.proposal
        check = r.RecordIntegrityCheck(proposal=proposal, hits={}, text=f.ref())
        self.made.judge(check, "supervisor-1")
        self.made.issue()


class ListedHit(LivelyRound):
    """Every item has a hit that is upheld, and is approved and listed all the same."""

    def _approve(self) -> None:
        state = self.made.round.state
        standing = [item.application for item in state.standing_items]
        hits = {number: f.ref("hit") for number in standing}
        check = r.RecordIntegrityCheck(proposal=state.proposal, hits=hits, text=f.ref())
        self.made.judge(check, "supervisor-1")
        for number in hits:
            self.made.judge(f.rule_on_hit(number, cleared=False), "supervisor-2")
        for level in state.current.approval:
            for person in level.approvers:
                self.made.judge(r.Approve(proposal=state.proposal, level=level.code), person)
        self.made.issue()


class UnreportedFraud(LivelyRound):
    """A supervisor rules on fraud that nobody reported."""

    def _shortlist(self) -> None:
        for state in self.made.applications(Stage.REVIEW, Stage.SCORED):
            ruling = c.RuleOnFraud(upheld=True, text=f.ref())
            self._app(state.number, ruling, "supervisor-1", "supervisor")
        super()._shortlist()


class OnePersonPost(LivelyRound):
    """A post is left to one person."""

    def _check(self) -> None:
        told = r.ChangePost(post="officers", remove=("officer-2",), reason=f.ref())
        self._try(f"round/{f.ROUND}", told, f.SUPERVISOR)
        super()._check()


class HastyAgreement(LivelyRound):
    """An officer and a supervisor remove another officer within a day, who would have declined it."""

    def _check(self) -> None:
        told = {"post": "officers", "add": ("officer-3",), "remove": ("officer-2",), "reason": f.ref()}
        for actor in (f.OFFICER, f.SUPERVISOR):
            self._try(f"round/{f.ROUND}", r.AgreeOnPost.model_validate(told), actor)
        super()._check()


class EarlierDeadline(LivelyRound):
    """A deadline is moved to an earlier day, and a stage is left while there is work in it."""

    def _intake(self) -> None:
        earlier = f.RULES.calendar.submission - timedelta(days=9)
        extension = r.ExtendDeadline(cause="organiser", name="submission", until=earlier, reason=f.ref())
        self._try(f"round/{f.ROUND}", extension, f.OFFICER)
        super()._intake()

    def _people_change(self, draw: int) -> None:
        self.made.round.look()
        super()._people_change(draw)


class Delegation(LivelyRound):
    """Somebody stands in for an officer, also when their time is over."""

    def _intake(self) -> None:
        first = self.made.now.date()
        told = r.Delegate(substitute="officer-3", first=first, last=first + timedelta(days=2), reason=f.ref())
        self._try(f"round/{f.ROUND}", told, f.OPENER)
        super()._intake()
