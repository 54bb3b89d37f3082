"""Rules on reversals, each as it is broken: whose decision nobody reverses, of an application and of integrity."""

from collections.abc import Mapping
from typing import Any, ClassVar

from selection.application import commands as c
from selection.application.reversing import decide as reversing
from selection.kernel.stages import Stage
from selection.process.decisions import Decisions, EnteredReversal
from selection.round import commands as r, stage_progress
from selection.round.approving import decide as approving
from selection.streams import round_stream
from tests import factories as f
from tests.chance.lively import LivelyRound
from tests.rounds.holes import Hole, all_of, lying, passing, saying

SECOND = f.actor("supervisor-2")


class OwnCheck(LivelyRound):
    """Whoever made a check has it reversed."""

    def _check(self) -> None:
        super()._check()
        told = c.ReverseDecision(decision="check", text=f.ref())
        for state in self.made.applications(Stage.ELIGIBLE)[:1]:
            for maker, role in (("supervisor-2", "supervisor"), ("officer-2", "officer")):
                self._app(state.number, told, maker, role)
            self._decide_again(state.number)


class ReversedByNobodyElse(LivelyRound):
    """A check that both officers made, one after the other, is to be reversed once more."""

    def _check(self) -> None:
        super()._check()
        told = c.ReverseDecision(decision="check", text=f.ref())
        for state in self.made.applications(Stage.ELIGIBLE)[:1]:
            self._reverse(state.number, "check")
            self._decide_again(state.number)
            self._app(state.number, told, "supervisor-1", "supervisor")


class ReversedTwice(LivelyRound):
    """The same two reverse a survey once more, after others surveyed."""

    def _surveys(self) -> None:
        super()._surveys()
        for state in self.made.applications(Stage.APPRAISED)[:1]:
            for _ in range(2):
                self._reverse(state.number, "survey")
                self._decide_again(state.number)


class ReopenedTwice(LivelyRound):
    """One supervisor reverses a ruling in the notice, and once more when others have ruled alike."""

    CHANCES: ClassVar[Mapping[str, int]] = {**LivelyRound.CHANCES, "object": 100, "cancel": 1}

    def _ruling(self) -> str:
        return "dismissed"

    def _reconsider(self, number: str) -> None:
        reopen = c.ReopenObjection(objection="objection-1", text=f.ref())
        for pair in (("examiner-5", "examiner-6"), ("examiner-7", "examiner-8")):
            self._app(number, reopen, "supervisor-1", "supervisor")
            self._app(number, f.examiners(*pair), "officer-1", "officer")
            self._app(number, f.settle("dismissed"), pair[0], "examiner")


class ReopenedRulings(LivelyRound):
    """Two object to each item, both objections are dismissed, and once levels decide the rulings are reversed."""

    CHANCES: ClassVar[Mapping[str, int]] = {**LivelyRound.CHANCES, "object": 100, "cancel": 1}
    REVERSED: ClassVar[Mapping[str, int]] = {**dict.fromkeys(LivelyRound.REVERSED, 0), "objection": 100}

    def _ruling(self) -> str:
        return "dismissed"

    def _reconsider(self, number: str) -> None:
        """Leave every ruling in the notice as it is, and object once more, so that two rulings of an item are."""
        again = "objection-2"
        for command, person, role in (
            (f.objection(again), "objector-1", "objector"),
            (f.examiners(objection=again), "officer-1", "officer"),
            (f.settle("dismissed", again), "examiner-1", "examiner"),
        ):
            self._app(number, command, person, role)


class ReturningItem(ReopenedRulings):
    """What an objection removed comes back, where the ruling that removed it is reversed."""

    def _reconsider(self, number: str) -> None:
        """Leave the item to the one ruling."""

    def _ruling(self) -> str:
        return "upheld" if self.made.round.state.proposal == 1 else "dismissed"


class OwnIntegrity(LivelyRound):
    """Whoever made the integrity check has it reversed."""

    def _approve(self) -> None:
        proposal = self.made.round.state.proposal
        check = r.RecordIntegrityCheck(proposal=proposal, text=f.ref())
        again = r.ReverseIntegrityDecision(text=f.ref())
        for command, actor in (
            *((check, SECOND), (again, f.OPENER), (again, SECOND)),
            (check, f.SUPERVISOR),
        ):
            self._try(round_stream(f.ROUND), command, actor)
        for level in self.made.round.state.current.approval:
            for person in level.approvers:
                self.made.judge(r.Approve(proposal=proposal, level=level.code), person)
        self.made.issue()


def _agree_at_once(decisions: Decisions, role: str, entry: EnteredReversal) -> bool:
    return True


def _as_if_nobodys(state: Any, told: Any, context: Any) -> Any:
    return state.with_(decisions=state.decisions.with_(made={})), told, context


HOLES = {
    "whose own decision is not reversed": Hole(
        "decisions-reversed", passing((reversing, "_refuse_party")), OwnCheck
    ),
    "that each post enters a reversal": Hole(
        "decisions-reversed", saying(Decisions, "is_agreed", _agree_at_once), ReopenedRulings
    ),
    "that one person reverses a decision once": Hole(
        "decisions-reversed", saying(Decisions, "is_spent", lambda *_: False), ReversedTwice
    ),
    "that somebody is left to agree to a reversal, and to decide again": Hole(
        "decisions-reversed", saying(Decisions, "find_lacking", lambda *_: ""), ReversedByNobodyElse
    ),
    "that one supervisor reverses a ruling in the notice once": Hole(
        "decisions-reversed", saying(Decisions, "is_spent", lambda *_: False), ReopenedTwice
    ),
    "that levels decide anew on what an objection holds again": Hole(
        "approvals-in-order",
        all_of(
            saying(approving, "list_reopened", lambda *_: ()),
            saying(stage_progress, "list_reopened", lambda *_: ()),
        ),
        ReopenedRulings,
    ),
    "whose own check of integrity is not reversed": Hole(
        "integrity-decided-again",
        lying("round", r.ReverseIntegrityDecision, "own-decision", _as_if_nobodys),
        OwnIntegrity,
    ),
}
