"""Public numbers of draws: named before they were known, opened by another person, read alike by two.

When an issue is public and how its result is spelled is worked out here a second time, and what a draw waits for is
kept here beside the state that the core folds.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from audit.claims import Sentences
from audit.rules.fold import RoundStep, Step
from audit.rules.panel import beacons
from audit.rules.rule_runner import EntryRule, Rule
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.day_clock import AnyClock, day_of, end_of_day, scale_to_clock, start_of_day
from selection.round import events as r
from selection.round.state import RoundState
from selection.rules.beacon import Beacon
from selection.rules.public_numbers import Draws, Lottery

_DRAWS: frozenset[type[Event]] = frozenset(
    {r.DrawCommitted, r.DrawNumbersEntered, r.DrawOpened, r.DrawVoided}
)


@dataclass
class Waiting:
    """What a committed draw waits for, who committed it and as what, and what each person entered last."""

    by: str
    role: Role
    source: Lottery | Beacon
    public: datetime
    until: datetime
    issue: str
    entries: dict[str, str] = field(default_factory=dict)
    voided: bool = False


def public_from(source: Lottery | Beacon, clock: AnyClock, issue: str) -> datetime | None:
    """Return the instant from which an issue is public, None for one that there is not."""
    if isinstance(source, Beacon):
        return beacons.public_from(issue)
    day_text, _, time_text = issue.partition("T")
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        return None
    if day.isoformat() != day_text or day.weekday() + 1 not in source.weekdays:
        return None
    if time_text not in source.times:
        return None
    minutes = int(time_text[:2]) * 60 + int(time_text[3:])
    return start_of_day(clock, day) + scale_to_clock(clock, timedelta(minutes=minutes))


def is_result(source: Lottery, numbers: str) -> bool:
    """Tell whether a text is the one spelling of a result of the source."""
    groups = numbers.split(" + ")
    if len(groups) != len(source.balls):
        return False
    for group, balls in zip(groups, source.balls, strict=True):
        digits = len(str(balls.most))
        if not re.fullmatch(rf"[0-9]{{{digits}}}( [0-9]{{{digits}}})*", group):
            return False
        drawn = [int(part) for part in group.split(" ")]
        rising = all(one < after for one, after in pairwise(drawn))
        if len(drawn) != balls.count or not (balls.as_drawn or rising):
            return False
        if min(drawn) < balls.least or max(drawn) > balls.most:
            return False
    return True


class _OfDraws(EntryRule, ABC):
    """A rule about draws that keeps what each waits for."""

    code = ""
    looks_at: frozenset[type[Event]] | None = _DRAWS

    def __init__(self) -> None:
        self._draws: dict[str, Waiting] = {}

    def see(self, step: Step) -> int:
        """Judge an entry by what is known before it, then keep what it says."""
        own = step.of(RoundState)
        judged = self._judge(own)
        self._keep(own)
        return judged

    @abstractmethod
    def _judge(self, step: RoundStep) -> int:
        """Return how much was judged of an entry; raises what it breaks."""

    def _keep(self, step: RoundStep) -> None:
        match step.event:
            case r.DrawCommitted() as event:
                source = step.rules.draws.find(event.source)
                if source is not None:
                    person = _holder(step)
                    role, issue = step.leaf.actor.role, event.issue
                    self._draws[event.draw] = Waiting(person, role, source, event.public, event.until, issue)
            case r.DrawNumbersEntered() as event if event.draw in self._draws:
                self._draws[event.draw].entries[_holder(step)] = event.numbers
            case r.DrawVoided() as event if event.draw in self._draws:
                self._draws[event.draw].voided = True

    def _find(self, step: RoundStep, draw: str) -> Waiting:
        if draw not in self._draws:
            raise step.differs("randomness-unnamed", draw=draw)
        return self._draws[draw]


class RandomnessNamed(_OfDraws):
    """The claim that each draw named numbers that nobody knew yet, and waited for them."""

    code = "randomness-named"

    def _judge(self, step: RoundStep) -> int:
        match step.event:
            case r.DrawCommitted() as event:
                self._check_committed(step, event)
            case r.DrawNumbersEntered() as event:
                self._check_public(step, event.draw)
            case r.DrawOpened() as event:
                waiting = self._check_public(step, event.draw)
                step.require(_holder(step) != waiting.by, "opened-by-who-committed", draw=event.draw)
                replaced = self._find_replaced(event.draw)
                again = replaced is not None and _holder(step) == replaced.by
                step.require(not again, "made-again", draw=event.draw)
            case r.DrawVoided() as event:
                waiting = self._find(step, event.draw)
                by_supervisor = step.leaf.actor.role is Role.SUPERVISOR
                step.require(by_supervisor, "voided-by-another", draw=event.draw)
                late = step.leaf.at >= waiting.until
                step.require(event.expired is late, "expiry-differs", draw=event.draw)
        return 1

    def _check_committed(self, step: RoundStep, event: r.DrawCommitted) -> None:
        draws, clock, name = step.rules.draws, step.rules.clock, event.draw
        source = draws.find(event.source)
        public = public_from(source, clock, event.issue) if source is not None else None
        step.require(public is not None and event.public == public, "randomness-unnamed", draw=name)
        # By the record's clock too: an act that was held back is committed when it enters the record.
        committed = max(step.leaf.at, step.leaf.recorded)
        lead = scale_to_clock(clock, timedelta(minutes=draws.lead_minutes))
        step.require(committed + lead <= event.public, "randomness-known", draw=name)
        ahead = scale_to_clock(clock, timedelta(days=draws.ahead_days))
        step.require(event.public <= committed + ahead, "randomness-far", draw=name)
        for other, earlier in self._draws.items():
            step.require(earlier.public < event.public, "randomness-again", draw=name, other=other)
        step.require(event.until == _open_until(draws, clock, event.public), "expiry-differs", draw=name)
        self._check_turn(step, name)

    def _check_turn(self, step: RoundStep, name: str) -> None:
        """See that officers commit, and after a voided draw those of the two posts of whom nobody committed that."""
        replaced, role, expected = self._find_replaced(name), step.leaf.actor.role, Role.OFFICER
        if replaced is not None and replaced.role is Role.OFFICER:
            expected = Role.SUPERVISOR
        step.require(role is expected, "made-again", draw=name)
        if replaced is None:
            return
        post = {Role.OFFICER: "officers", Role.SUPERVISOR: "supervisors"}[replaced.role]
        posts = step.record.posts
        of_post = {replaced.by, *posts.ever(post), *posts.list_substitutes(post)}
        step.require(of_post.isdisjoint(step.leaf.actor.people), "made-again", draw=name)

    def _find_replaced(self, name: str) -> Waiting | None:
        """Return the draw committed before this one, or last, if it was voided."""
        names = list(self._draws)
        before = names[: names.index(name)] if name in self._draws else names
        return self._draws[before[-1]] if before and self._draws[before[-1]].voided else None

    def _check_public(self, step: RoundStep, draw: str) -> Waiting:
        waiting = self._find(step, draw)
        step.require(waiting.public <= step.leaf.at, "opened-early", draw=draw)
        step.require(step.leaf.at < waiting.until, "opened-late", draw=draw)
        return waiting


class RandomnessAuthentic(_OfDraws):
    """The claim that what opened each draw is what two people entered alike, or what a beacon signed."""

    code = "randomness-authentic"

    def _judge(self, step: RoundStep) -> int:
        match step.event:
            case r.DrawNumbersEntered() as event:
                self._check_result(step, event.draw, event.numbers)
            case r.DrawOpened() as event:
                self._check_opened(step, event)
            case _:
                return 0
        return 1

    def _check_opened(self, step: RoundStep, event: r.DrawOpened) -> None:
        waiting = self._find(step, event.draw)
        if isinstance(waiting.source, Beacon):
            own = beacons.is_own(waiting.issue, event.signature, event.randomness)
            step.require(own, "beacon-differs", draw=event.draw)
            return
        self._check_result(step, event.draw, event.randomness)
        self._check_alike(step, event)

    def _check_result(self, step: RoundStep, draw: str, numbers: str) -> None:
        source = self._find(step, draw).source
        fits = isinstance(source, Lottery) and is_result(source, numbers)
        step.require(fits, "numbers-no-result", draw=draw)

    def _check_alike(self, step: RoundStep, event: r.DrawOpened) -> None:
        entries: Mapping[str, str] = self._find(step, event.draw).entries
        others = [numbers for person, numbers in entries.items() if person != _holder(step)]
        step.require(bool(others), "numbers-of-one", draw=event.draw)
        alike = all(numbers == event.randomness for numbers in others)
        step.require(alike, "numbers-not-alike", draw=event.draw)


def _open_until(draws: Draws, clock: AnyClock, public: datetime) -> datetime:
    """Return the end of the last day on which a draw can be opened: days are counted from the one of its numbers."""
    return end_of_day(clock, day_of(clock, public) + timedelta(days=draws.open_days))


def _holder(step: RoundStep) -> str:
    """Return whose post it was done by: two who share one are not two people."""
    return step.leaf.actor.behalf or step.leaf.actor.person


def number_rules() -> tuple[Rule, ...]:
    """Return the rules about public numbers."""
    return RandomnessNamed(), RandomnessAuthentic()


CLAIMS: Sentences = {
    "randomness-named": (
        "Every draw named public numbers before anybody knew them, later ones than the draws before it, and was opened "
        "by another person once they were public and in time, or voided by supervisors; then nobody of the post that "
        "had committed it committed the next.",
        "每次抽取均在号码公布前指明以何号码公开，且晚于此前各次；在号码公布后、期限内由另一人公开，或由监督人员作废；"
        "作废后，原固定岗位的人员均未固定下一次抽取。",
    ),
    "randomness-authentic": (
        "What opened every draw is a result of the lottery that it named and was entered alike by two people, or is a "
        "beacon's, whose signature holds.",
        "公开每次抽取所用的号码均为其所指彩票的结果并由两人分别录入且一致，或为信标所出且其签名有效。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "beacon-differs": (
        "What opened draw {draw} is not what the beacon signed for the round that it named.",
        "公开抽取 {draw} 所用的随机数并非信标在其所指轮次所签。",
    ),
    "expiry-differs": (
        "Until when draw {draw} could be opened is not what the rules say.",
        "抽取 {draw} 的公开期限与规则不符。",
    ),
    "made-again": (
        "Draw {draw} was committed or opened by somebody who had no turn: officers commit, and after a voided draw "
        "nobody of the post that had committed it.",
        "抽取 {draw} 的固定或公开轮不到该人：应由经办人员固定；抽取作废后，原固定岗位的人员不得再行固定。",
    ),
    "numbers-no-result": (
        "The numbers of draw {draw} are no result of the source that it named.",
        "抽取 {draw} 的号码不是其所指来源的结果。",
    ),
    "numbers-not-alike": (
        "Draw {draw} was opened with other numbers than somebody else had entered.",
        "抽取 {draw} 公开时所用号码与他人录入的不一致。",
    ),
    "numbers-of-one": (
        "Nobody but whoever opened draw {draw} had entered its numbers.",
        "抽取 {draw} 的号码仅由公开者一人录入。",
    ),
    "opened-by-who-committed": (
        "Whoever committed draw {draw} opened it too.",
        "抽取 {draw} 由固定者本人公开。",
    ),
    "opened-early": (
        "Draw {draw} was opened, or its numbers entered, before these were public.",
        "抽取 {draw} 在号码公布前即公开或录入号码。",
    ),
    "opened-late": (
        "Draw {draw} was opened, or its numbers entered, after its time was over.",
        "抽取 {draw} 在期限届满后公开或录入号码。",
    ),
    "randomness-again": (
        "Draw {draw} named numbers that were public no later than those of draw {other}.",
        "抽取 {draw} 所指号码的公布不晚于抽取 {other} 的号码。",
    ),
    "randomness-far": (
        "Draw {draw} named numbers of a day that is further off than the rules allow.",
        "抽取 {draw} 所指号码的公布时间超出规则允许的范围。",
    ),
    "randomness-known": (
        "Draw {draw} was committed when the numbers that it named were public, or nearly.",
        "抽取 {draw} 固定时，所指号码已经或即将公布。",
    ),
    "randomness-unnamed": (
        "Draw {draw} named no public numbers of the sealed rules, or another time for them.",
        "抽取 {draw} 未指明封存规则所列的公开号码，或所载公布时间不符。",
    ),
    "voided-by-another": (
        "Draw {draw} was voided by somebody who is no supervisor.",
        "抽取 {draw} 并非由监督人员作废。",
    ),
}
"""What can be found instead."""
