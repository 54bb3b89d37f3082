"""How claims are judged along the fold: rules that look at entries, and what each of them found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from audit.bundle.register import Register
from audit.claims import FOLDS, Claim, Difference, NotInBundle, Sentences, not_provable, prove, refute
from audit.rules.fold import UNFIT, Record, S, Step, StepOf
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf

Check = Callable[[Step], None]
Checks = Mapping[type[Event], Check]


def require_register(register: Register, leaf: Leaf, point: str) -> Register:
    """Return the register, if it is held as far as an entry says that it saw.

    Raises NotInBundle: logs end at their latest checkpoints, so that the register's may end before what was seen.
    """
    if not register.known:
        raise NotInBundle("register-missing", point)
    if leaf.register_size > register.size:
        raise NotInBundle("register-behind", point, size=str(leaf.register_size), held=str(register.size))
    return register


def checks_of(
    state: type[S], checks: Mapping[type[Event], Callable[[StepOf[S]], None]]
) -> dict[type[Event], Check]:
    """Return the checks of one kind of stream's entries; on an entry of another kind they raise TypeError."""
    return {event: _check_of(state, check) for event, check in checks.items()}


def _check_of(state: type[S], check: Callable[[StepOf[S]], None]) -> Check:
    return lambda step: check(step.of(state))


class Rule(Protocol):
    """One claim that is judged entry by entry. A new one is made for each fold, so it may keep what it saw."""

    code: str

    @property
    def looks_at(self) -> frozenset[type[Event]] | None:
        """The events that the rule looks at; None for all."""

    def see(self, step: Step) -> int:
        """Look at an entry and return how many things were compared. Raises Difference or NotInBundle."""

    def close(self, record: Record) -> int:
        """Look at what the whole log amounts to, likewise."""


class EntryRule:
    """A rule for which the entries, one by one, are all that there is to look at."""

    def close(self, record: Record) -> int:
        """Compare nothing: what the whole log amounts to adds nothing to its entries."""
        return 0


class EachEvent(EntryRule):
    """A rule that is one check per event type."""

    def __init__(self, code: str, checks: Checks) -> None:
        self.code = code
        self._checks = checks
        self.looks_at: frozenset[type[Event]] | None = frozenset(checks)

    def see(self, step: Step) -> int:
        """Run the check of the entry's type."""
        self._checks[type(step.event)](step)
        return 1


class Judgement:
    """What a rule has found so far: the first difference ends it, a thing that is not held does not."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.counted = 0
        self.difference: Difference | None = None
        self.missed: NotInBundle | None = None

    def see(self, step: Step) -> None:
        """Let the rule look at an entry."""
        if self.difference is None:
            try:
                self.counted += self.rule.see(step)
            except (Difference, NotInBundle, *UNFIT) as why:
                self._stop(why, step.point)

    def close(self, record: Record) -> None:
        """Let the rule look at the end."""
        if self.difference is None:
            try:
                self.counted += self.rule.close(record)
            except (Difference, NotInBundle, *UNFIT) as why:
                self._stop(why, f"{record.round_id}#{max(0, record.size - 1)}")

    def claim(self, subject: str, broken: Difference | None) -> Claim:
        """Return the claim. What the fold did not reach is not provable."""
        if self.difference is not None:
            return refute(self.rule.code, subject, self.difference)
        if broken is not None:
            return not_provable(self.rule.code, subject, "fold-broken", broken.point)
        if self.missed is not None:
            missed = self.missed
            return not_provable(self.rule.code, subject, missed.finding, missed.point, **missed.params)
        return prove(self.rule.code, subject, self.counted)

    def _stop(self, why: Exception, point: str) -> None:
        match why:
            case Difference():
                self.difference = why
            case NotInBundle():
                self.missed = self.missed or why
            case _:
                # The core's functions are written for sound states: one that they fail on is no such state.
                self.difference = Difference(point, "state-unfit")


class Judging:
    """All rules along one fold: shown each step, then asked for their claims."""

    def __init__(self, subject: str, rules: Iterable[Rule]) -> None:
        self._subject = subject
        self._judgements = [Judgement(rule) for rule in rules]
        self._interested: dict[type[Event], list[Judgement]] = {}
        self._count = 0
        self._record: Record | None = None

    def see(self, step: Step) -> None:
        """Show a step to the rules that look at its event."""
        kind = type(step.event)
        interested = self._interested.get(kind)
        if interested is None:
            interested = [item for item in self._judgements if _looks_at(item.rule, kind)]
            self._interested[kind] = interested
        for judgement in interested:
            judgement.see(step)
        self._count += 1
        self._record = step.record

    def claims(self, broken: Difference | None) -> Iterator[Claim]:
        """Yield the claim that the log folds, unless it is `broken`, and then the claim of each rule."""
        if broken is None and self._record is not None:
            for judgement in self._judgements:
                judgement.close(self._record)
        yield refute(FOLDS, self._subject, broken) if broken else prove(FOLDS, self._subject, self._count)
        for judgement in self._judgements:
            yield judgement.claim(self._subject, broken)


def judge(subject: str, steps: Iterable[Step], rules: Iterable[Rule]) -> Iterator[Claim]:
    """Yield the claim that the log folds, and then the claim of each rule."""
    judging, broken = Judging(subject, rules), None
    try:
        for step in steps:
            judging.see(step)
    except Difference as difference:
        broken = difference
    yield from judging.claims(broken)


def _looks_at(rule: Rule, kind: type[Event]) -> bool:
    return rule.looks_at is None or kind in rule.looks_at


CLAIMS: Sentences = {
    "record-folds": (
        "Every entry is a step that was possible at that point of its case.",
        "每一条目均为其事项下一步可能发生的事件。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "decision-under-way": ("An earlier decision was still being carried out.", "前一决定尚在执行中。"),
    "entry-unreadable": ("The entry can't be read.", "条目无法读取。"),
    "event-unfit": (
        "{type} could not happen next in this case.",
        "{type} 不是该事项此时可能发生的事件。",
    ),
    "fold-broken": ("The entries could not be followed beyond this one.", "自该条目起无法继续核算。"),
    "foreign-stream": ("{stream} is not part of this round.", "{stream} 不属于本轮。"),
    "no-sealed-rules": ("No rules were sealed before this entry.", "该条目之前规则尚未封存。"),
    "not-a-candidate": (
        "Application {application} is not a candidate here.",
        "申报 {application} 不在可选范围内。",
    ),
    "not-in-the-seat": (
        "Someone counts as a reviewer who holds no seat (seat {seat}).",
        "未在席者被计为评审专家（席位 {seat}）。",
    ),
    "other-proposal": (
        "The act is about proposal {proposal}, which is not the present one.",
        "操作针对第 {proposal} 版拟建名单，并非当前版本。",
    ),
    "register-behind": (
        "The entry saw {size:entry|entries} of the register's log; the bundle holds {held} of them, "
        "up to its latest checkpoint. Export again once the log is signed further.",
        "该条目见到登记日志的 {size} 条，而证明包只含其最新检查点之前的 {held} 条。待日志签署后请重新导出。",
    ),
    "register-missing": (
        "The bundle does not hold the installation's log, in which people are registered.",
        "证明包中没有登记人员的系统日志。",
    ),
    "report-open": (
        "A score was fixed, or the list carried out, while a reported conflict of somebody with a part in it waited for"
        " its ruling.",
        "针对参与该申报人员的利益冲突报告尚未裁定，即确定得分或执行名单。",
    ),
    "seated-twice": (
        "Someone was seated twice, or a draw used twice.",
        "有人重复入席，或同一抽取被重复使用。",
    ),
    "state-unfit": ("What is recorded here can't be recomputed.", "此处记录的内容无法重新计算。"),
    "version-gap": (
        "The event's number is {version} after {before}.",
        "事件编号为 {version}，前一编号为 {before}。",
    ),
    "window-differs": (
        "The entry states {stated}; the rules give {found}.",
        "条目载明 {stated}，而按规则为 {found}。",
    ),
}
"""What can be found instead in more subjects than one, or by the fold itself."""
