"""What the engine carried out, against the decision behind it; and that every application ends once."""

from collections.abc import Callable

from audit.claims import Difference, NotInBundle, Sentences
from audit.rules.fold import ApplicationStep, ListStep, Record, Step
from audit.rules.panel.holding import list_holding
from audit.rules.rule_runner import Checks, EachEvent, EntryRule, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.recommendation import events as n
from selection.recommendation.state import ListState
from selection.round import events as r
from selection.round.state import RoundState


def decision_rules() -> tuple[Rule, ...]:
    """Return the rules about decisions carried out and outcomes."""
    return EachEvent("decisions-carried-out", CARRIED_OUT), OneOutcome(), ListFollowed()


def _check_decided(step: Step, holds: bool) -> None:
    step.require(
        holds, "not-as-decided", type=step.leaf.type, application=step.leaf.stream.rsplit("/", 1)[-1]
    )


def _on_shortlist(step: ApplicationStep) -> None:
    event, decided, number = step.event, step.record.round, step.after.number
    assert isinstance(event, a.PlacedOnShortlist | a.LeftOffShortlist)
    _check_decided(step, bool(decided.shortlist))
    if step.leaf.actor.role is not Role.SYSTEM:
        # Two reversed what the shortlist says: `decisions-reversed` judges it.
        return
    _check_decided(step, (number in decided.shortlist) is isinstance(event, a.PlacedOnShortlist))
    _check_decided(step, (decided.shortlist | decided.left_off).get(number, 0) == event.rank)
    _check_decided(step, decided.shortlist_reasons.get(number) == event.reason)


def _in_proposal(step: ApplicationStep) -> None:
    event, decided, number = step.event, step.record.round, step.after.number
    assert isinstance(event, a.PlacedInProposal | a.PlacedInReserve)
    _check_decided(step, event.proposal == decided.proposal)
    item = next((item for item in decided.items if item.application == number), None)
    if isinstance(event, a.PlacedInReserve):
        _check_decided(step, item is None)
    else:
        _check_decided(step, item is not None and (item.rank, item.reason) == (event.rank, event.reason))
        again = step.before.stage is not Stage.CLEARED or number in decided.returned
        _check_decided(step, again)


def _in_notice(step: ApplicationStep) -> None:
    event, decided, number = step.event, step.record.round, step.after.number
    assert isinstance(event, a.NoticeOpened)
    _check_decided(step, event.proposal == decided.proposal and decided.notice_until is not None)
    _check_decided(step, any(item.application == number for item in decided.items))


def _check_issued(step: ApplicationStep) -> None:
    event, decided, number = step.event, step.record.round, step.after.number
    assert isinstance(event, a.ApplicationListed | a.ApplicationNotSelected)
    _check_decided(step, decided.stage is RoundStage.ISSUED and event.proposal == decided.proposal)
    _check_decided(step, all(item.application != number for item in decided.held))
    step.require(not list_holding(step.before), "report-open")
    place = event.place if isinstance(event, a.ApplicationListed) else 0
    _check_decided(step, decided.places.get(number, 0) == place)


def _check_cancelled(step: ApplicationStep) -> None:
    event, decided = step.event, step.record.round
    assert isinstance(event, a.ApplicationCancelled)
    _check_decided(step, decided.reason is not None and decided.reason == event.reason)


def _check_released(step: ApplicationStep) -> None:
    event, number = step.event, step.after.number
    assert isinstance(event, a.RecommendationReleased)
    found = step.record.lists.get(event.unit)
    _check_decided(step, step.before.unit == event.unit and found is not None and found.entry(number) is None)


def _check_lapsed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ApplicationLapsed)
    _check_decided(step, event.outcome != Outcome.NOT_RECOMMENDED or step.before.unit == "")


def _check_freed(step: ListStep) -> None:
    event = step.event
    assert isinstance(event, n.RecommendationFreed)
    item = step.record.applications.get(event.application)
    keeps = item is not None and item.stage is Stage.RECOMMENDED and item.unit == step.after.unit
    _check_decided(step, not keeps)


OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {
    a.PlacedOnShortlist: _on_shortlist,
    a.LeftOffShortlist: _on_shortlist,
    a.PlacedInProposal: _in_proposal,
    a.PlacedInReserve: _in_proposal,
    a.NoticeOpened: _in_notice,
    a.ApplicationListed: _check_issued,
    a.ApplicationNotSelected: _check_issued,
    a.ApplicationCancelled: _check_cancelled,
    a.RecommendationReleased: _check_released,
    a.ApplicationLapsed: _check_lapsed,
}
CARRIED_OUT: Checks = {
    **checks_of(ApplicationState, OF_APPLICATION),
    **checks_of(ListState, {n.RecommendationFreed: _check_freed}),
}

AFTER_THE_END = (
    *(a.ReviewRequested, a.DecidersAppointed, a.FindingEntered),
    *(a.RequestDecided, a.FreshPanelOrdered, a.FreshPanelReviewed, a.RemedyRecorded, r.LobbyingRuled),
    a.AgentReplaced,
    *(r.DrawCommitted, r.DrawNumbersEntered, r.DrawOpened, r.DrawVoided, r.PanelsDrawn),
    *(r.LobbyingReported, r.PostChanged, r.PostChangeEntered, r.PostChangeDeclined),
    *(r.PostDelegated, r.DelegationEnded),
    *(a.ReversalEntered, a.ReversalDeclined, a.DecisionReversed, a.ObjectionReopened),
)
"""What can happen to what has ended: all but the last, of which claims of their own are, change nothing of its end.
Of a round it is a draw that fresh panels want, and while it still waits for that or for a ruling on a report of
lobbying, more such reports, and who holds which post."""
OF_A_PANEL = (
    *(a.PanelSeated, a.InvitationAccepted, a.SeatVacated, a.SeatFilled, a.ReviewSubmitted, a.ReviewCorrected),
    *(a.ConflictDeclared, a.ConflictReported, a.ReviewVoided, a.ApplicationScored),
)
"""What happens to an application that has ended only while a fresh panel reviews it."""
OF_A_REQUEST = (a.ConflictFound, a.ActivityChanged, a.ConflictRuled, a.HouseTieDismissed)
"""What happens to it only while a request for review waits for its decision, a fresh panel's among them."""
REMINDED = ("appoint-deciders", "rule-on-request", "record-remedy", "rule-on-lobbying")
REMINDED_OF_A_PANEL = ("supplement-panel", "answer-invitation", "review")
REMINDED_OF_A_REQUEST = ("rule-on-conflict",)


class OneOutcome(EntryRule):
    """The claim that nothing happens once an application, a list or a round has ended, but what AFTER_THE_END names."""

    code = "outcomes-final"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._panels: dict[str, str] = {}
        self._requests: dict[str, set[str]] = {}

    def see(self, step: Step) -> int:
        """Count the ends, and refuse what comes after one."""
        if step.is_refusal:
            return 0
        follows = step.before.ended and self._may_follow(step)
        self._note_panel(step)
        step.require(follows or not step.before.ended, "after-the-end", type=step.leaf.type)
        if follows or not isinstance(step.after, ApplicationState) or not step.after.ended:
            return 0
        step.require(step.after.outcome in list(Outcome), "no-outcome", outcome=step.after.outcome)
        return 1

    def _may_follow(self, step: Step) -> bool:
        """Tell whether an entry concerns a request for review, its fresh panel, a report of lobbying or a reversal.

        So does a reminder of one.
        """
        event = step.event
        reminded = event.awaited if isinstance(event, a.TaskReminded | r.RoundReminded) else ""
        if isinstance(event, AFTER_THE_END) or reminded in REMINDED:
            return True
        of_a_request = isinstance(event, OF_A_REQUEST) or reminded in REMINDED_OF_A_REQUEST
        if of_a_request and self._requests.get(step.leaf.stream):
            return True
        of_a_panel = isinstance(event, OF_A_PANEL) or reminded in REMINDED_OF_A_PANEL
        return of_a_panel and step.leaf.stream in self._panels

    def _note_panel(self, step: Step) -> None:
        """Note which requests wait, and where a fresh panel reviews: until it scored, or was decided on without."""
        event, stream = step.event, step.leaf.stream
        if isinstance(event, a.ReviewRequested | a.FreshPanelOrdered):
            self._requests.setdefault(stream, set()).add(event.ground)
        elif isinstance(event, a.RequestDecided):
            self._requests.get(stream, set()).discard(event.ground)
        if isinstance(event, a.FreshPanelOrdered):
            self._panels[stream] = event.ground
        elif isinstance(event, a.FreshPanelReviewed | a.RequestDecided) and event.ground == self._panels.get(
            stream
        ):
            del self._panels[stream]


class ListFollowed:
    """The claim that every application has its outcome, and that those listed are the issued list."""

    code = "list-equals-outcomes"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._decided_at = ""
        self._revived_at: dict[str, str] = {}

    def see(self, step: Step) -> int:
        """Note where the round ended, and what came after the end of an application as if there had been none."""
        if isinstance(step.after, ApplicationState):
            if step.before.ended and not step.after.ended:
                self._revived_at[step.after.number] = step.point
        elif isinstance(step.event, r.ListIssued | r.RoundCancelled):
            self._decided_at = step.point
        return 0

    def _find_point(self, number: str) -> str:
        """Return where an application differs from what was decided."""
        return self._revived_at.get(number, self._decided_at)

    def close(self, record: Record) -> int:
        """Compare the applications with the list."""
        decided: RoundState = record.round
        if not decided.ended:
            raise NotInBundle("round-open", stage=decided.stage.value)
        for number, item in sorted(record.applications.items()):
            if item.version == item.refusals:
                continue
            place = item.place if item.outcome == Outcome.LISTED else 0
            if not item.ended:
                raise Difference(self._find_point(number), "without-outcome", application=number)
            if place != decided.places.get(number, 0):
                raise Difference(self._find_point(number), "list-differs", application=number)
        for number in decided.places:
            if number not in record.applications:
                raise Difference(self._decided_at, "list-differs", application=number)
        return len(record.applications)


CLAIMS: Sentences = {
    "decisions-carried-out": (
        "What was carried out on each application is what was decided.",
        "对每项申报的执行均与决定一致。",
    ),
    "outcomes-final": (
        "After the end of a case nothing is recorded but refusals, and what concerns a request for review, a report of"
        " lobbying, whoever holds a post meanwhile, or the reversal of a check that failed or of an objection that was"
        " upheld.",
        "终结之后除拒绝记录、复核、请托报告、其间的岗位变动及撤销未通过审查或成立异议的决定外再无事件。",
    ),
    "list-equals-outcomes": (
        "Every application has one outcome, and those listed are the issued list.",
        "每项申报有且仅有一个结果，入选者与公布名单一致。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "after-the-end": ("{type} comes after the end.", "{type} 发生在终结之后。"),
    "list-differs": (
        "The outcome of application {application} is not what the list says.",
        "申报 {application} 的结果与名单不符。",
    ),
    "no-outcome": ("{outcome} is not a valid outcome.", "{outcome} 不是有效结果。"),
    "not-as-decided": (
        "{type} of application {application} is not what was decided.",
        "申报 {application} 的 {type} 与决定不符。",
    ),
    "round-open": (
        "The round has not ended: it is at the stage “{stage}”.",
        "本轮尚未结束，处于“{stage}”阶段。",
    ),
    "without-outcome": ("Application {application} has no outcome.", "申报 {application} 没有结果。"),
}
"""What can be found instead."""
