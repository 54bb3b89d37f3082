"""Votes of a panel's meeting: each cast by the member's own act, and the appraisal as they were cast.

Meetings and votes are kept here, beside the folded states.
"""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.panel.holding import list_holding
from audit.rules.rule_runner import EntryRule, Rule
from audit.rules.window_days import measure_from
from selection.application import events as e
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role


@dataclass
class _Meeting:
    """A meeting as its entry opened it, and who voted what since."""

    opened: e.AppraisalOpened
    at: datetime
    votes: dict[str, e.VoteCast] = field(default_factory=dict)

    @property
    def voters(self) -> set[str]:
        return set(self.opened.present) - set(self.opened.aside)

    def count(self) -> tuple[int, int, int]:
        cast = [vote.vote for vote in self.votes.values()]
        return cast.count("for"), cast.count("against"), cast.count("abstained")


class VotesInPerson(EntryRule):
    """The claim that every vote was its member's own, and that the record of a meeting is what was voted."""

    code = "votes-in-person"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {e.AppraisalOpened, e.VoteCast, e.AppraisalRecorded, e.ConflictReopened, e.ConflictRuled}
    )

    def __init__(self) -> None:
        self._meetings: dict[str, _Meeting] = {}
        self._reopened: set[tuple[str, str]] = set()

    def see(self, step: Step) -> int:
        """Look at one entry: keep a meeting or a vote, or compare what was recorded of it."""
        if step.is_refusal or not isinstance(step.before, ApplicationState):
            return 0
        match step.event:
            case e.AppraisalOpened() as opened:
                self._open(step, step.before, opened)
            case e.VoteCast() as cast:
                self._vote(step, cast)
            case e.AppraisalRecorded() as recorded:
                self._check_ruled(step, step.before)
                self._compare(step, step.before, recorded)
            case e.ConflictReopened(report=report):
                self._reopened.add((step.leaf.stream, report))
                return 0
            case e.ConflictRuled(report=report):
                self._reopened.discard((step.leaf.stream, report))
                return 0
            case _:
                return 0
        return 1

    def _check_ruled(self, step: Step, before: ApplicationState) -> None:
        """Raise Difference where a report waits that says who votes, or what the score is that votes rest on."""
        holding = list_holding(before)
        reopened = any((step.leaf.stream, report) in self._reopened for report in holding)
        unscored = before.score is None and bool(holding)
        step.require(not reopened and not unscored, "met-before-ruling")

    def _open(self, step: Step, before: ApplicationState, opened: e.AppraisalOpened) -> None:
        self._check_ruled(step, before)
        last = self._meetings.get(step.leaf.stream)
        due = last.opened.meeting + 1 if last else 1
        step.require(opened.meeting == due, "meeting-misnumbered", meeting=str(opened.meeting))
        step.require(step.leaf.actor.person == before.chair, "meeting-without-chair")
        if last is not None:
            self._check_asked(step, before, opened, last)
        self._meetings[step.leaf.stream] = _Meeting(opened, step.leaf.at)

    def _check_asked(
        self, step: Step, before: ApplicationState, opened: e.AppraisalOpened, last: _Meeting
    ) -> None:
        """Raise Difference where votes are cast anew without a reason, or without somebody who was asked.

        That two people reversed what was recorded is reason enough, and leaves nobody out.
        """
        unreasoned = opened.reason is None and before.meeting is not None and bool(last.votes)
        step.require(not unreasoned, "anew-without-reason")
        panel = {seat.expert for seat in before.seats if seat.status == "submitted"}
        missing = (last.voters & panel) - (set(opened.present) - set(opened.aside))
        if step.leaf.at >= measure_from(step, "invitation", last.at):
            missing -= last.voters - set(last.votes)
        step.require(not missing, "voter-left-out", expert=", ".join(sorted(missing)))

    def _vote(self, step: Step, cast: e.VoteCast) -> None:
        meeting = self._meetings.get(step.leaf.stream)
        actor = step.leaf.actor
        own = (actor.person, actor.role) == (cast.expert, Role.EXPERT)
        step.require(own, "vote-of-another", expert=cast.expert)
        known = (
            meeting is not None and meeting.opened.meeting == cast.meeting and cast.expert in meeting.voters
        )
        step.require(known, "vote-without-right", expert=cast.expert)
        assert meeting is not None
        step.require(cast.expert not in meeting.votes, "vote-repeated", expert=cast.expert)
        step.require((cast.score is None) == (cast.vote == "abstained"), "score-without-vote")
        meeting.votes[cast.expert] = cast

    @staticmethod
    def _check_far(step: Step, before: ApplicationState, recorded: e.AppraisalRecorded) -> None:
        """Raise Difference where the agreed score is far from the reviews' mean, and nobody says why."""
        if recorded.reason is None and before.score is not None:
            away = abs(Fraction(recorded.score) - Fraction(before.score.mean))
            percent = away * 100 / Fraction(step.terms.full_marks)
            step.require(
                percent <= Fraction(step.terms.appraisal.reason_beyond_percent), "far-without-reason"
            )

    def _compare(self, step: Step, before: ApplicationState, recorded: e.AppraisalRecorded) -> None:
        meeting = self._meetings.get(step.leaf.stream)
        step.require(meeting is not None and set(meeting.votes) == meeting.voters, "votes-lacking")
        assert meeting is not None
        opened = meeting.opened
        counts = (recorded.votes_for, recorded.votes_against, recorded.abstained)
        same = (set(recorded.present), set(recorded.aside)) == (set(opened.present), set(opened.aside))
        dissents = {
            person: vote.dissent for person, vote in meeting.votes.items() if vote.dissent is not None
        }
        step.require(same and counts == meeting.count(), "recorded-as-not-voted")
        self._check_far(step, before, recorded)
        step.require({item.expert: item.text for item in recorded.dissents} == dissents, "dissent-differs")


def vote_rules() -> tuple[Rule, ...]:
    """Return the rule about votes."""
    return (VotesInPerson(),)


CLAIMS: Sentences = {
    "votes-in-person": (
        "Every vote and dissent of a panel was its member's own act, each appraisal says what was voted, and no vote "
        "was opened anew without somebody who had been asked to vote or, once a vote was cast, without a reason.",
        "专家组的每一票和每份不同意见均由成员本人作出，论证记录与表决一致；重新提请表决时未排除此前获请表决的成员，"
        "已有成员表决的均有理由。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "meeting-misnumbered": (
        "Meeting {meeting} does not follow on the one before it.",
        "第 {meeting} 次论证与前次不相接。",
    ),
    "met-before-ruling": (
        "The panel met while a report of a conflict waited that its votes or its score rest on.",
        "利益冲突报告尚待裁定，且关系表决资格或得分，专家组即进行论证。",
    ),
    "meeting-without-chair": ("Somebody else than the chair opened the vote.", "提请表决者并非组长。"),
    "far-without-reason": (
        "The agreed score is further from the reviews' mean than the rules let be, and no reason was given.",
        "议定分与评审均分之差超过规则所限，却未说明理由。",
    ),
    "anew-without-reason": (
        "The vote was opened anew after votes had been cast, and no reason was given.",
        "已有成员表决后重新提请表决，却未说明理由。",
    ),
    "voter-left-out": (
        "{expert} had been asked to vote and was left out when the vote was opened anew, though still of the panel "
        "and not silent for as long as an invitation lasts.",
        "{expert} 已获请表决，重新提请时却被排除，而其仍为专家组成员，亦未满邀请答复期限。",
    ),
    "vote-of-another": ("Somebody else voted for {expert}.", "有人代 {expert} 表决。"),
    "vote-without-right": (
        "{expert} had no vote in the meeting that was open.",
        "{expert} 在该次论证中没有表决权。",
    ),
    "vote-repeated": ("{expert} voted twice in one meeting.", "{expert} 在同一次论证中两次表决。"),
    "votes-lacking": (
        "The appraisal was recorded before everyone had voted.",
        "尚有成员未表决即记录了论证。",
    ),
    "score-without-vote": (
        "A vote for or against has no score, or an abstention has one.",
        "赞成或反对票未给出分数，或弃权票给出了分数。",
    ),
    "recorded-as-not-voted": (
        "The appraisal does not say who was there, or how the members voted.",
        "论证记录与成员的表决不符。",
    ),
    "dissent-differs": (
        "The dissents in the appraisal are not those that the members wrote.",
        "论证记录中的不同意见并非成员本人所写。",
    ),
}
"""What can be found instead."""
