"""Panels that could not be filled: no score and no meeting below the minimum without two people who agreed on it.

What was agreed on is kept here a second time, off the entries alone, beside the state that the core folds.
"""

from dataclasses import dataclass, field
from datetime import datetime

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.panel.holding import list_holding
from audit.rules.people.ties import Dismissals, Ties
from audit.rules.rule_runner import EntryRule, Rule, require_register
from audit.rules.window_days import measure_from
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Stage

FLOOR = 3
"""[N] Nobody agrees on fewer scores."""
ACT = "settle-panel"
SETTLING = (
    *(a.PanelSettlementEntered, a.PanelLowered, a.ApplicationNotReviewed),
    *(a.FreshPanelOrdered, a.ApplicationScored, a.AppraisalRecorded),
)
"""What two people enter of a panel, and what rests on it."""


@dataclass
class SettlingNotes:
    """Of one application: who last entered what in which role, on which panel, and how many scores were agreed on.

    Of its panel: since when a meeting is called, who voted in it, and whom others removed from the chair.
    """

    entered: dict[Role, tuple[str, str, int, str]] = field(default_factory=dict)
    fewer: int = 0
    opening: datetime | None = None
    voters: set[str] = field(default_factory=set)
    unchaired: set[str] = field(default_factory=set)


class PanelsSettled(EntryRule):
    """The claim that two people agreed, each in their own role, before fewer scores counted or a panel was given up."""

    code = "panels-settled"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._kept: dict[str, SettlingNotes] = {}
        self._ties = Ties()
        self._dismissals = Dismissals()

    def see(self, step: Step) -> int:
        """Keep what is entered, and compare with it whatever rests on it."""
        if step.is_refusal or not isinstance(step.before, ApplicationState):
            return 0
        self._ties.note(step)
        self._dismissals.note(step)
        own = step.of(ApplicationState)
        kept = self._kept.setdefault(own.before.number, SettlingNotes())
        if isinstance(own.event, SETTLING):
            self._compare(own, kept)
            return 1
        match own.event:
            case a.AppraisalOpened():
                kept.opening, kept.voters = own.leaf.at, set()
            case a.VoteCast(expert=expert):
                kept.voters.add(expert)
            case a.ChairReplaced(former=former) if former:
                kept.unchaired.add(former)
        return 0

    def _compare(self, own: ApplicationStep, kept: SettlingNotes) -> None:
        """Raise Difference where an entry does not rest on what two entered of a panel that could not be filled."""
        match own.event:
            case a.PanelSettlementEntered() as event:
                _check_entered(own, kept)
                self._check_tried(own, kept, event.way)
                entry = (own.leaf.actor.person, event.way, event.scores, event.basis)
                kept.entered[own.leaf.actor.role] = entry
            case a.PanelLowered() as event:
                _check_agreed(own, kept, "fewer", event.scores)
                _check_number(own, kept, event.scores)
                kept.fewer, kept.entered = event.scores, {}
            case a.ApplicationNotReviewed():
                _check_agreed(own, kept, "end", 0)
            case a.FreshPanelOrdered():
                # What was agreed on for the earlier panel holds for no other.
                kept.fewer, kept.entered = 0, {}
            case a.ApplicationScored() as event:
                _require_enough(own, kept, event.valid)
            case a.AppraisalRecorded() as event:
                # What two reverse of it is met about anew.
                kept.opening, kept.voters = None, set()
                if ACT in own.rules.assurance:
                    _require_enough(own, kept, len(set(event.present) - set(event.aside)))

    def _check_tried(self, step: ApplicationStep, kept: SettlingNotes, way: str) -> None:
        """Raise Difference in the appraisal unless a meeting was called in vain, or none could be."""
        if step.before.stage is not Stage.APPRAISAL:
            return
        able, quorum = self._list_able(step), _count_quorum(step, kept)
        if len(able) < (quorum if way == "fewer" else FLOOR) or able <= kept.unchaired:
            return
        is_over = kept.opening is not None and step.leaf.at >= measure_from(step, "invitation", kept.opening)
        step.require(is_over and len(able & kept.voters) < quorum, "meeting-not-tried")

    def _list_able(self, step: ApplicationStep) -> set[str]:
        """Return the members whom the register counts in, and whom no data binds that was not dismissed."""
        register, number = require_register(step.record.register, step.leaf, step.point), step.before.number
        facts = {
            seat.expert: register.person(seat.expert, step.leaf.register_size)
            for seat in step.before.seats
            if seat.status == "submitted"
        }
        active = {person for person, fact in facts.items() if fact is not None and fact.active}
        dismissed = self._dismissals
        return {
            person
            for person in active
            if not set(self._ties.find(step, number, person)) - dismissed.of(number, person)
        }


def _count_quorum(step: ApplicationStep, kept: SettlingNotes) -> int:
    least = step.terms.panel.min_valid
    return min(least, kept.fewer) if kept.fewer else least


def _check_entered(step: ApplicationStep, kept: SettlingNotes) -> None:
    """Raise Difference unless the panel was short, and no draw was left that could mend it."""
    before = step.before
    draws = list(step.record.round.draws.values())
    failed = bool(draws) and before.stream in draws[-1].clashing
    if before.stage is Stage.ELIGIBLE:
        step.require(failed, "panel-not-short")
    if before.stage is Stage.REVIEW:
        awaited = bool(list_holding(before)) or any(
            seat.status in ("invited", "accepted") for seat in before.seats
        )
        short = sum(not item.void for item in before.reviews) < _count_quorum(step, kept)
        over = failed or step.leaf.at >= step.in_force("review_last")
        step.require(short and not awaited and over, "panel-not-short")


def _check_agreed(step: ApplicationStep, kept: SettlingNotes, way: str, scores: int) -> None:
    officer, supervisor = kept.entered.get(Role.OFFICER), kept.entered.get(Role.SUPERVISOR)
    if officer is None or supervisor is None:
        raise step.differs("settled-by-one")
    step.require(officer[0] != supervisor[0] and officer[1:] == supervisor[1:], "settled-by-one")
    step.require(officer[1:3] == (way, scores), "settled-otherwise")


def _check_number(step: ApplicationStep, kept: SettlingNotes, scores: int) -> None:
    seats = step.terms.panel.seats
    first = step.before.stage is Stage.ELIGIBLE
    most = (min(kept.fewer or seats, seats) if first else _count_quorum(step, kept)) - 1
    step.require(FLOOR <= scores <= most, "settled-too-low", scores=str(scores))
    if step.before.stage is Stage.REVIEW:
        # As many as there are: nobody lowers it further than need be.
        valid = sum(not item.void for item in step.before.reviews)
        step.require(scores == valid, "settled-too-low", scores=str(scores))


def _require_enough(step: ApplicationStep, kept: SettlingNotes, count: int) -> None:
    quorum = _count_quorum(step, kept)
    step.require(count >= quorum, "below-minimum", count=str(count), wanted=str(quorum))


def settling_rules() -> tuple[Rule, ...]:
    """Return the rule about panels that could not be filled."""
    return (PanelsSettled(),)


CLAIMS: Sentences = {
    "panels-settled": (
        "No panel scored or met below its minimum, and none was given up, unless an officer and a supervisor agreed; "
        "in the appraisal they did so only of one that could not meet, or was called together in vain.",
        "未经经办人员与监督人员一致同意，专家组不得少于最低人数计分或论证，亦不得放弃组建；论证阶段仅就无法开会或提请"
        "表决未果的专家组方可如此处理。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "below-minimum": (
        "{count:score or vote|scores or votes} counted, fewer than the {wanted} that rules or two people ask for.",
        "仅计 {count} 份评分或表决，少于规则或双方同意的 {wanted} 份。",
    ),
    "panel-not-short": (
        "The panel could still be filled, or was full enough.",
        "该专家组当时仍可组满或人数已足。",
    ),
    "meeting-not-tried": (
        "The panel could have met, and was not called together in vain before.",
        "该专家组当时仍可开会，却未曾提请表决并期满未果。",
    ),
    "settled-by-one": (
        "An officer and a supervisor did not both enter the same of the same panel.",
        "经办人员与监督人员未就同一专家组录入相同意见。",
    ),
    "settled-otherwise": ("What was done is not what the two entered.", "处理结果与双方录入的意见不符。"),
    "settled-too-low": (
        "{scores:score was|scores were} agreed on: under three, not as many as there were, or no fewer than wanted.",
        "同意的评分份数为 {scores}：少于三份、与现有份数不符，或未少于原要求。",
    ),
}
"""What can be found instead."""
