"""Who agreed to what, level by level: counted from the events alone."""

from collections import Counter
from collections.abc import Collection, Iterable

from audit.claims import Sentences
from audit.rules.approving.approvals import list_standing_numbers, present
from audit.rules.approving.hits import Hits
from audit.rules.approving.repeated_holds import RepeatedHolds
from audit.rules.fold import ApplicationStep, RoundStep, Step
from audit.rules.rule_runner import EntryRule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.stages import Stage
from selection.round import events as r
from selection.round.state import RoundState

Item = tuple[str, int, str]
"""A proposed application, its rank, and the hash of the reason."""


class ApprovalsInOrder(EntryRule):
    """The claim about the levels: each of what stands was agreed to, at every level, as it was proposed."""

    code = "approvals-in-order"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {
            *(r.PublicNoticeOpened, r.IntegrityChecked, r.IntegrityHitRuled, r.IntegrityStopLifted),
            *(r.IntegrityReversed, r.LevelApproved, r.ProposalSentBack, r.ProposalReturned, r.ListIssued),
            *(r.ProposalMade, r.ItemsLeft, r.HeldItemsSettled, a.DecisionReversed, a.ObjectionReopened),
        }
    )

    def __init__(self) -> None:
        self._hits = Hits()
        self.given: dict[tuple[str, str], set[Item]] = {}
        self._since: dict[tuple[str, str], set[Item]] = {}
        self.to_nothing: set[tuple[str, str, int]] = set()
        self._anew: set[str] = set()
        self._again = RepeatedHolds()
        self._sent_back: Counter[str] = Counter()

    def see(self, step: Step) -> int:
        """Judge an event of the chain, then follow it."""
        event = step.event
        if isinstance(event, a.DecisionReversed | a.ObjectionReopened | r.ProposalMade):
            self._follow_anew(step)
            return 0
        of_round = step.of(RoundState)
        self._again.check(of_round)
        match event:
            case r.PublicNoticeOpened():
                _check_noticed(of_round, event)
            case r.IntegrityChecked():
                _check_checked(of_round, event)
                self._since = {}
                self._void(event.hits)
            case r.IntegrityHitRuled():
                waiting = self._hits.found.get(event.application) is False
                step.require(waiting, "no-open-hit", application=event.application)
            case r.IntegrityStopLifted():
                self._void([event.application])
            case r.LevelApproved():
                self._check_approved(of_round, event)
            case r.ProposalSentBack():
                self._check_sent_back(of_round, event)
            case r.ProposalReturned() | r.ItemsLeft():
                self._put_aside(event)
            case r.IntegrityReversed():
                self._void_checked(event)
            case r.ListIssued():
                self._check_issued(of_round, event)
                self._sent_back.clear()
        self._hits.note(event)
        return 1

    def _check_sent_back(self, step: RoundStep, event: r.ProposalSentBack) -> None:
        self._check_level(step, event.level, event.proposal)
        self._count_sent_back(step)
        before, stopped = step.before, self._hits.found
        proposed = {i.application for i in before.items if i.application not in before.removed}
        able = {number for number in proposed if not stopped.get(number)}
        step.require(bool(event.items) or not able, "not-a-candidate", application="-")
        for number in event.items:
            step.require(number in able, "not-a-candidate", application=number)
        self._void(event.items)

    def _count_sent_back(self, step: RoundStep) -> None:
        """See that nobody, by themselves or by a substitute, sent back more often than the rules let before a list."""
        people = step.leaf.actor.people
        self._sent_back.update(people)
        for person in people:
            count = self._sent_back[person]
            most = step.rules.send_backs
            step.require(count <= most, "sent-back-too-often", person=person, count=str(count))

    def _follow_anew(self, step: Step) -> None:
        """See that a proposal says of what decisions were made again, and forget what was agreed to of these."""
        event = step.event
        if isinstance(event, a.ObjectionReopened):
            self._follow_reopened(step.of(ApplicationState))
            return
        if not isinstance(event, r.ProposalMade):
            self._anew.add(step.of(ApplicationState).before.number)
            return
        given = {number for items in self.given.values() for number, _, _ in items}
        silent = (self._anew & given & set(event.ranking)) - set(event.anew)
        step.require(not silent, "approvals-outlast", application=", ".join(sorted(silent)))
        self._void({*event.anew, *self._anew})
        self._anew = set()

    def _follow_reopened(self, step: ApplicationStep) -> None:
        """Forget what was agreed to of an item whose notice had passed by a ruling that was reversed."""
        if step.before.stage is Stage.CLEARED or step.before.ended:
            self._again.note(step.before.number)
            self._forget([step.before.number])

    def _put_aside(self, event: r.ProposalReturned | r.ItemsLeft) -> None:
        """Void what was agreed to of items that are decided on anew."""
        numbers = event.items if isinstance(event, r.ProposalReturned) else event.held
        if numbers:
            self._void(numbers)

    def _void(self, numbers: Iterable[str]) -> None:
        """Forget what was agreed to of items, and who agreed to a list of nothing: it was one with these stopped."""
        self._forget(numbers)
        self.to_nothing = set()

    def _forget(self, numbers: Iterable[str]) -> None:
        gone = set(numbers)
        self.given = {who: {i for i in items if i[0] not in gone} for who, items in self.given.items()}

    def _void_checked(self, event: r.IntegrityReversed) -> None:
        """Forget what was agreed to of an application, or since the check of a proposal."""
        if event.application:
            self._void([event.application])
            return
        self.given = {who: items - self._since.get(who, set()) for who, items in self.given.items()}
        self.to_nothing = {agreement for agreement in self.to_nothing if agreement[2] != event.proposal}

    def list_standing(self, before: RoundState) -> list[Item]:
        """Return the items of the proposal that nothing removed or stopped."""
        items = (item for item in before.items if item.application not in before.removed)
        return [(item.application, item.rank, item.reason.sha256) for item in self._hits.free(items)]

    def list_agreeing(self, before: RoundState, level: str) -> set[str]:
        """Return who agreed at a level to all that stands."""
        standing = self.list_standing(before)
        if not standing:
            here = before.proposal
            return {who for at, who, number in self.to_nothing if (at, number) == (level, here)}
        return {who for (at, who), items in self.given.items() if at == level and items.issuperset(standing)}

    def _has_passed(self, step: RoundStep, level: str) -> bool:
        needed = next(item.needed for item in step.rules.approval if item.code == level)
        return len(self.list_agreeing(step.before, level)) >= needed

    def _check_level(self, step: RoundStep, code: str, proposal: int) -> None:
        before = present(step, proposal)
        suspended = [item for item in before.items if self._hits.found.get(item.application) is False]
        # A ruling may still bring something onto a list of nothing.
        able = bool(self.list_standing(before) or not (suspended or before.held))
        step.require(before.integrity and able, "integrity-open")
        waiting = [level for level in step.rules.approval if not self._has_passed(step, level.code)]
        if step.rules.levels != "side-by-side":
            waiting = waiting[:1]
        named = [level for level in waiting if level.code == code]
        step.require(bool(named), "level-out-of-order", level=code)
        entitled = _principal(step) in step.record.posts.holders(f"approvers/{code}")
        step.require(entitled, "not-of-this-level", level=code, person=step.leaf.actor.person)

    def _check_approved(self, step: RoundStep, event: r.LevelApproved) -> None:
        self._check_level(step, event.level, event.proposal)
        person, before = _principal(step), step.before
        twice = person in self.list_agreeing(before, event.level)
        step.require(not twice, "approved-twice", level=event.level)
        standing = self.list_standing(before)
        self._check_one_level(step, event, standing)
        given = self.given.setdefault((event.level, person), set())
        self._since.setdefault((event.level, person), set()).update(set(standing) - given)
        given.update(standing)
        if not standing:
            self.to_nothing.add((event.level, person, event.proposal))
        needed = next(level.needed for level in step.rules.approval if level.code == event.level)
        count = len(self.list_agreeing(before, event.level))
        params = {"level": event.level, "count": str(count), "needed": str(needed)}
        step.require(event.passed is (count >= needed), "level-differs", **params)

    def _check_one_level(self, step: RoundStep, event: r.LevelApproved, standing: Collection[Item]) -> None:
        """See that nobody in whose name it was done agreed at another level to any of what stands."""
        for (level, who), items in self.given.items():
            own = level != event.level and who in step.leaf.actor.people
            twice = own and not items.isdisjoint(standing)
            step.require(not twice, "approved-at-two-levels", level=event.level, other=level, person=who)

    def _check_issued(self, step: RoundStep, event: r.ListIssued) -> None:
        before = present(step, event.proposal)
        step.require(not before.batch, "decision-under-way")
        for level in step.rules.approval:
            count = len(
                self.list_agreeing(before, level.code)
                & set(step.record.posts.ever(f"approvers/{level.code}"))
            )
            params = {"level": level.code, "count": str(count), "needed": str(level.needed)}
            step.require(count >= level.needed, "level-not-passed", **params)
        # A list of items that objections or hits held goes on after the last place given.
        first = len(before.places) + 1
        numbers = [number for number, _, _ in self.list_standing(before)]
        places = {number: place for place, number in enumerate(numbers, start=first)}
        params = {"stated": ", ".join(event.places), "found": ", ".join(places)}
        step.require(event.places == places, "places-differ", **params)
        for number in places:
            item = step.record.applications[number]
            step.require(item.stage is Stage.CLEARED, "notice-not-passed", application=number)


def _principal(step: RoundStep) -> str:
    """Return whose approval it is: of who holds the post, also where somebody stands in for them."""
    return step.leaf.actor.behalf or step.leaf.actor.person


def _check_noticed(step: RoundStep, event: r.PublicNoticeOpened) -> None:
    before = present(step, event.proposal)
    step.require(before.proposed, "not-proposed")
    step.require(not before.batch and not before.left_over, "decision-under-way")


def _check_checked(step: RoundStep, event: r.IntegrityChecked) -> None:
    before = present(step, event.proposal)
    step.require(not before.integrity, "checked-twice")
    for number in event.hits:
        step.require(number in list_standing_numbers(before), "not-a-candidate", application=number)


CLAIMS: Sentences = {
    "approvals-in-order": (
        "Every list was checked first, then each of its items approved level by level by enough people, and it is "
        "what they approved.",
        "每份名单均先经核查，再由足够人数就其每一事项逐级审批，内容与审批一致。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "approved-at-two-levels": (
        "{person} approved at level {level}, and at level {other} as well.",
        "{person} 在 {level} 级审批，又在 {other} 级审批。",
    ),
    "approved-twice": (
        "One person approved twice at level {level}.",
        "同一人在 {level} 级重复审批。",
    ),
    "approvals-outlast": (
        "The proposal keeps what was approved of application {application} before a decision on it was reversed.",
        "申报 {application} 的决定撤销并重新作出后，拟建名单仍保留此前的审批。",
    ),
    "checked-twice": (
        "The integrity check was recorded twice for one proposal.",
        "同一版拟建名单重复记录廉洁核查。",
    ),
    "held-otherwise": (
        "An objection holds again {found}, by a ruling that was reversed; the entry states: {stated}.",
        "因撤销异议处理结果而重新搁置的是 {found}，条目载明为 {stated}。",
    ),
    "integrity-open": (
        "A level decided before the integrity check was done.",
        "廉洁核查完成前即进行了审批。",
    ),
    "level-differs": (
        "Level {level} had {count} of {needed:approval|approvals}; the entry says otherwise.",
        "{level} 级已有 {count}/{needed} 人同意，条目所载不符。",
    ),
    "level-not-passed": (
        "The list was issued with {count} of {needed:approval|approvals} at level {level}.",
        "{level} 级仅 {count}/{needed} 人同意，名单即公布。",
    ),
    "level-out-of-order": (
        "Level {level} decided out of order.",
        "{level} 级未按次序审批。",
    ),
    "no-open-hit": (
        "No hit of application {application} waits for a ruling.",
        "申报 {application} 没有待裁定的核查问题。",
    ),
    "not-of-this-level": (
        "{person} is not an approver of level {level}.",
        "{person} 不是 {level} 级审批人。",
    ),
    "not-proposed": (
        "The notice was opened without a proposal.",
        "没有拟建名单即开始公示。",
    ),
    "notice-not-passed": (
        "Application {application} was listed before its notice passed.",
        "申报 {application} 公示未通过即列入名单。",
    ),
    "reopened-otherwise": (
        "So often were rulings on objections reversed after the notice, of what is decided on anew: {found}; the entry "
        "states: {stated}.",
        "公示后撤销异议处理结果的次数为 {found}，条目载明为 {stated}。",
    ),
    "reopened-yet-decided": (
        "It was decided on application {application} whose objection's ruling had been reversed.",
        "申报 {application} 的异议处理结果已撤销，却仍就其作出决定。",
    ),
    "sent-back-too-often": (
        "{person} sent items back {count:time|times} before a list was issued, more often than the rules let.",
        "{person} 在名单公布前退回 {count} 次，超过规则上限。",
    ),
    "places-differ": (
        "The list gives {stated}; the approved proposal gives {found}.",
        "名单为 {stated}，而经审批的拟建名单为 {found}。",
    ),
}
"""What can be found instead."""
