"""The outcome worked out a second time by `audit.outcome`, which shares nothing with the core, and what differs."""

from collections.abc import Mapping

from audit.claims import Difference, Sentences
from audit.outcome.walk import CHOICE, LIST, QUOTAS, RANKS, SCORES, Fault, OutcomeWalk
from audit.rules.fold import UNFIT, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.decision.aggregate import Event


class _SharedWalk:
    """One walk for all claims: each entry is taken in once, by whichever rule sees it first.

    An entry that it can't take in ends it, and with it every claim: what comes after would rest on half a state.
    """

    def __init__(self) -> None:
        self._walk: OutcomeWalk | None = None
        self._seq = -1
        self._faults: Mapping[str, list[Fault | None]] = {}
        self._end: Difference | None = None

    def judge(self, step: Step, claim: str) -> list[Fault | None]:
        """Return what an entry's values came to, of one claim: a fault, or None for one that is right.

        Raises Difference at and after an entry that can't be taken in.
        """
        if step.seq != self._seq and self._end is None:
            self._seq = step.seq
            try:
                self._faults = self._take_in(step)
            except UNFIT:
                self._end = step.differs("state-unfit")
        if self._end is not None:
            raise self._end
        return self._faults.get(claim, [])

    def _take_in(self, step: Step) -> Mapping[str, list[Fault | None]]:
        self._walk = self._walk or OutcomeWalk(step.record.round_id)
        faults: dict[str, list[Fault | None]] = {}
        for claim, fault in self._walk.see(step.leaf.stream, step.leaf.type, step.leaf.data):
            faults.setdefault(claim, []).append(fault)
        return faults


class OutcomeWorkedOut(EntryRule):
    """The claim that one step from the reviews to the list comes out the same when other code works it out."""

    looks_at: frozenset[type[Event]] | None = None

    def __init__(self, code: str, walk: _SharedWalk) -> None:
        self.code = code
        self._walk = walk

    def see(self, step: Step) -> int:
        """Compare what the entry states with what the walk makes of the entries before it."""
        faults = self._walk.judge(step, self.code)
        for fault in faults:
            if fault is not None:
                raise step.differs(fault.finding, **fault.params)
        return len(faults)


def outcome_rules() -> tuple[Rule, ...]:
    """Return the rules about the outcome, which share a walk."""
    walk = _SharedWalk()
    return tuple(OutcomeWorkedOut(code, walk) for code in (QUOTAS, SCORES, RANKS, CHOICE, LIST))


CLAIMS: Sentences = {
    QUOTAS: (
        "Counted by other code, no unit's list ever held more than its quota, and every application recommended stood"
        " on the list of one unit, of its region.",
        "由另一套程序计数，各推荐单位的名单始终未超过名额，每项获推荐的申报均在本地区一家单位的名单上。",
    ),
    SCORES: (
        "Worked out by other code, from the entries alone, every total, score and lot is the same.",
        "由另一套程序仅依据条目重新计算，各评审总分、专家组得分和抽签号均相同。",
    ),
    RANKS: (
        "Worked out by other code, the ranks and the cut of the shortlist are the same.",
        "由另一套程序重新计算，入围名单的名次和入围线均相同。",
    ),
    CHOICE: (
        "Worked out by other code, every proposal is measured by the same order and keeps to the places.",
        "由另一套程序重新计算，每份拟建名单所依排序相同，且不超过名额。",
    ),
    LIST: (
        "Worked out by other code, the list issued is the same, in the same order.",
        "由另一套程序重新计算，发布的名单及位次相同。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "figure-differs": (
        "The entry states {what} = {stated}; worked out again it is {found}.",
        "条目载明 {what} = {stated}，重新计算为 {found}。",
    ),
    "outcome-no-candidate": (
        "Application {application} could not be proposed when it was.",
        "申报 {application} 列入拟建名单时并不在可选范围内。",
    ),
    "outcome-reason-idle": (
        "Application {application} has a reason without a deviation.",
        "申报 {application} 并无偏离，却载有理由。",
    ),
    "outcome-reason-missing": (
        "Application {application} deviates from the order, and no reason is given.",
        "申报 {application} 偏离排序，而未载明理由。",
    ),
    "outcome-score-unfit": (
        "A score of seat {seat} is off its scale or between two steps.",
        "席位 {seat} 有评分超出分值范围或不合分值间隔。",
    ),
    "outcome-too-many": (
        "{count:application has|applications have} a place; there are {places:place|places}.",
        "占用名额的申报为 {count} 项，而名额为 {places}。",
    ),
}
"""What can be found instead."""
