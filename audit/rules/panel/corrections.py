"""Corrections of reviews: whose they are, until when, and that the last one counts; read off the entries alone.

What counts is kept here a second time, beside the state that the core folds, so that a correction which the fold left
out or let in too late is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role


@dataclass(frozen=True)
class Standing:
    """What counts of one person's review, and how often it was corrected."""

    seat: int
    scores: Mapping[str, Decimal]
    total: Decimal
    corrections: int = 0


class CorrectionsKept(EntryRule):
    """The claim that every correction was the reviewer's own and in its place, and that the last one counts."""

    code = "corrections-kept"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {
            *(a.ReviewSubmitted, a.ReviewCorrected, a.ReviewVoided, a.ConflictReopened, a.ApplicationScored),
            a.FreshPanelOrdered,
        }
    )

    def __init__(self) -> None:
        self._standing: dict[str, dict[str, Standing]] = {}
        self._void: dict[tuple[str, str], Standing] = {}
        self._fixed: set[str] = set()

    def see(self, step: Step) -> int:
        """Keep what counts, and compare a correction, or a score, with it."""
        own = step.of(ApplicationState)
        number, event = own.before.number, own.event
        standing = self._standing.setdefault(number, {})
        match event:
            case a.ReviewCorrected():
                standing[event.expert] = self._check_corrected(own, event, standing)
            case a.ReviewSubmitted():
                standing[event.expert] = Standing(event.seat, event.scores, event.total)
                return 0
            case a.ReviewVoided():
                if event.expert in standing:
                    self._void[number, event.expert] = standing.pop(event.expert)
                self._fixed.discard(number)
                return 0
            case a.FreshPanelOrdered():
                # What the earlier panel found counts in its own score alone.
                standing.clear()
                self._fixed.discard(number)
                return 0
            case a.ConflictReopened():
                if "vacancy" in event.void:
                    # The ruling that voided it is void itself.
                    expert = own.before.reports[event.report].expert
                    standing[expert] = self._void.pop((number, expert))
                    self._fixed.discard(number)
                return 0
            case a.ApplicationScored():
                self._fixed.add(number)
        return 1

    def _check_corrected(
        self, step: ApplicationStep, event: a.ReviewCorrected, standing: Mapping[str, Standing]
    ) -> Standing:
        """Return what counts from the correction on."""
        terms, actor, seat = step.terms, step.leaf.actor, str(event.seat)
        former = standing.get(event.expert)
        if former is None or former.seat != event.seat:
            raise step.differs("nothing-to-correct", seat=seat)
        own = actor.person == event.expert and actor.role is Role.EXPERT
        step.require(own, "corrected-by-another", seat=seat)
        step.require(step.before.number not in self._fixed, "corrected-after-score", seat=seat)
        count = former.corrections + 1
        step.require(event.number == count, "correction-out-of-turn", seat=seat, number=str(event.number))
        limit = terms.panel.corrections_max
        step.require(limit is None or count <= limit, "corrected-too-often", seat=seat, count=str(count))
        step.require(event.former_total == former.total, "former-total-differs", seat=seat)
        return Standing(event.seat, event.scores, event.total, count)


def correction_rules() -> tuple[Rule, ...]:
    """Return the rule about corrections."""
    return (CorrectionsKept(),)


CLAIMS: Sentences = {
    "corrections-kept": (
        "Every correction of a review was its reviewer's own, before the score was fixed, and the last one counts.",
        "评审的每次更正均由评审专家本人在得分确定前作出，且以最后一次为准。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "corrected-after-score": (
        "The review in seat {seat} was corrected after the panel's score was fixed.",
        "专家组得分确定后，席位 {seat} 的评审仍被更正。",
    ),
    "corrected-by-another": (
        "Someone else corrected the review in seat {seat}.",
        "席位 {seat} 的评审并非由本人更正。",
    ),
    "corrected-too-often": (
        "The review in seat {seat} was corrected {count:time|times}, more often than the rules allow.",
        "席位 {seat} 的评审更正 {count} 次，超过规则允许的次数。",
    ),
    "correction-out-of-turn": (
        "The correction in seat {seat} is numbered {number}, which is not the next one.",
        "席位 {seat} 的更正编号为 {number}，并非下一次更正。",
    ),
    "former-total-differs": (
        "The correction in seat {seat} states another former total than the review had.",
        "席位 {seat} 的更正所载原总分与原评审不符。",
    ),
    "nothing-to-correct": (
        "There was no review in seat {seat} to correct.",
        "席位 {seat} 没有可更正的评审。",
    ),
}
"""What can be found instead."""
