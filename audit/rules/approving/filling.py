"""Places that fell empty and were filled: only as many, only from the reserve, only where the rules say so."""

from collections.abc import Iterable

from audit.claims import Sentences
from audit.rules.approving.hits import Hits
from audit.rules.fold import RoundStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r
from selection.round.state import RoundState


class PlacesFilledOpenly(EntryRule):
    """The claim about them. Which places fell empty and who still waits for a notice is kept here."""

    code = "places-filled-openly"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {
            *(r.StageFinished, r.HeldItemsSettled, r.ItemsLeft, r.PlacesFilled, r.ListIssued),
            *(r.IntegrityChecked, r.IntegrityHitRuled, r.IntegrityStopLifted, r.IntegrityReversed),
            *(r.ProposalMade, a.NoticeOpened),
        }
    )

    def __init__(self) -> None:
        self._hits = Hits()
        self._left: list[str] = []
        self._replaced: set[str] = set()
        self._unnoticed: set[str] = set()

    def see(self, step: Step) -> int:
        """Follow what falls empty and what goes to notice, and judge what is filled and listed."""
        event = step.event
        self._hits.note(event)
        match event:
            case r.StageFinished() | r.HeldItemsSettled() | r.ItemsLeft():
                self._left += event.removed
                if isinstance(event, r.ItemsLeft):
                    self._give_back(step, event.held)
            case r.ProposalMade():
                self._unnoticed = set()
                self._left = [number for number in self._left if number not in event.back]
                self._replaced.difference_update(event.back)
            case a.NoticeOpened():
                assert isinstance(step.after, ApplicationState)
                self._unnoticed.discard(step.after.number)
            case r.PlacesFilled():
                self._check_filled(step.of(RoundState), event)
                return 1
            case r.ListIssued() if step.rules.stages.notice:
                for number in event.places:
                    step.require(number not in self._unnoticed, "filled-unnoticed", application=number)
        return 0

    def _give_back(self, step: Step, numbers: Iterable[str]) -> None:
        """Have applications come back to their places, or to others that fell empty where theirs were filled."""
        self._left = [number for number in self._left if number not in numbers]
        for number in (name for name in numbers if name in self._replaced):
            step.require(bool(self._left), "back-without-place", application=number)
            self._replaced.add(self._left.pop(0))
            self._replaced.discard(number)

    def _check_filled(self, step: RoundStep, event: r.PlacesFilled) -> None:
        before, chosen = step.before, [item.application for item in event.items]
        step.require(step.rules.filled_from_reserve, "filled-against-rules")
        step.require(before.stage is RoundStage.APPROVAL and not before.batch, "filled-out-of-time")
        step.require(event.proposal == before.proposal + 1, "filled-out-of-time")
        stopped = {item.application for item in before.items if self._hits.found.get(item.application)}
        empty = {*self._left, *stopped}
        params = {"count": str(len(chosen)), "empty": str(len(empty))}
        step.require(len(set(event.replaced)) == len(chosen) > 0, "filled-beyond-empty", **params)
        step.require(empty.issuperset(event.replaced), "filled-beyond-empty", **params)
        known = step.record.applications
        for number in chosen:
            reserve = number in known and known[number].stage is Stage.RESERVE
            step.require(reserve, "filled-not-from-reserve", application=number)
        first = max((item.rank for item in (*before.items, *before.held, *before.gone)), default=0) + 1
        ranks = [item.rank for item in event.items] == list(range(first, first + len(chosen)))
        step.require(ranks, "filled-out-of-order")
        self._replaced.update(number for number in self._left if number in event.replaced)
        self._left = [number for number in self._left if number not in event.replaced]
        self._unnoticed.update(chosen)


def filling_rules() -> tuple[Rule, ...]:
    """Return the rule about places that were filled."""
    return (PlacesFilledOpenly(),)


CLAIMS: Sentences = {
    "places-filled-openly": (
        "Places that fell empty were filled only where the rules say so, no more than fell empty, from the reserve,"
        " and after a notice of their own; nobody came back to one that "
        "was filled.",
        "空出的名额仅在规则允许时递补，不超过空出数，均出自备选，并另行公示；已递补的名额未再归还他人。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "back-without-place": (
        "Application {application} came back to the list though its place was filled and no other was empty.",
        "申报 {application} 恢复列入，而其名额已被递补，且无其他空出的名额。",
    ),
    "filled-against-rules": (
        "By the rules a place that falls empty stays empty, but it was filled.",
        "按规则空出的名额不递补，却被递补。",
    ),
    "filled-beyond-empty": (
        "{count:application is|applications are} added, while {empty:place|places} fell empty, or another"
        " place is named.",
        "递补 {count} 项，而空出的名额为 {empty} 个，或所列名额并未空出。",
    ),
    "filled-not-from-reserve": (
        "Application {application} was not in reserve when places were filled.",
        "递补时申报 {application} 不在备选之列。",
    ),
    "filled-out-of-order": (
        "What was added does not follow the last rank.",
        "递补事项未接在末位之后。",
    ),
    "filled-out-of-time": (
        "Places were filled while the list was not being approved, or a decision was being carried out.",
        "递补不在审批阶段，或上一项决定尚在执行。",
    ),
    "filled-unnoticed": (
        "Application {application} filled a place and is listed without a public notice since.",
        "申报 {application} 为递补，此后未经公示即列入名单。",
    ),
}
"""What can be found instead."""
