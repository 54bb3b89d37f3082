"""How claims are judged along the fold: rules that look at entries, and what each of them found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from audit.claims import Claim, Difference, not_provable, proven, refuted
from audit.fold import UNFIT, Record, Step
from selection.aggregate import Event

Check = Callable[[Step], None]


class NotHeld(Exception):
    """The bundle does not hold what a check needs: which (a stable code), and where it is missed."""

    def __init__(self, finding: str, point: str = "", **params: str) -> None:
        super().__init__(finding)
        self.finding = finding
        self.point = point
        self.params = params


class Rule(Protocol):
    """One claim that is judged entry by entry. A new one is made for each fold, so it may keep what it saw."""

    code: str

    @property
    def looks_at(self) -> frozenset[type[Event]] | None:
        """The events that the rule looks at; None for all."""

    def see(self, step: Step) -> int:
        """Look at an entry and return how many things were compared. Raises Difference or NotHeld."""

    def close(self, record: Record) -> int:
        """Look at what the whole log amounts to, likewise."""


class EachEvent:
    """A rule that is one check per event type."""

    def __init__(self, code: str, checks: Mapping[type[Event], Check]) -> None:
        self.code = code
        self._checks = checks
        self.looks_at: frozenset[type[Event]] | None = frozenset(checks)

    def see(self, step: Step) -> int:
        """Run the check of the entry's type."""
        self._checks[type(step.event)](step)
        return 1

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0


def at_some_moment(step: Step, *checks: Callable[[Record], None]) -> None:
    """Check the record as it is at a round's entry, or as it was since the round's last one.

    Each check is one reading of the record; a later one must hold at the same moment or a later one. Raises the
    first Difference at the entry when there are no such moments.
    """
    try:
        for check in checks:
            check(step.record)
    except Difference as difference:
        waiting = list(checks)
        for record in step.record.since_the_rounds_last(step.seq):
            while waiting and _holds(waiting[0], record):
                waiting.pop(0)
        if waiting:
            raise difference from None


def _holds(check: Callable[[Record], None], record: Record) -> bool:
    try:
        check(record)
    except Difference:
        return False
    return True


class Judgement:
    """What a rule has found so far: the first difference ends it, a thing that is not held does not."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.counted = 0
        self.difference: Difference | None = None
        self.missed: NotHeld | None = None

    def see(self, step: Step) -> None:
        """Let the rule look at an entry."""
        self._run(step.point, lambda: self.rule.see(step))

    def close(self, record: Record) -> None:
        """Let the rule look at the end."""
        self._run(f"{record.round_id}#{max(0, record.size - 1)}", lambda: self.rule.close(record))

    def claim(self, subject: str, broken: Difference | None) -> Claim:
        """Return the claim. What the fold did not reach is not provable."""
        if self.difference is not None:
            return refuted(self.rule.code, subject, self.difference)
        if broken is not None:
            return not_provable(self.rule.code, subject, "fold-broken", broken.point)
        if self.missed is not None:
            missed = self.missed
            return not_provable(self.rule.code, subject, missed.finding, missed.point, **missed.params)
        return proven(self.rule.code, subject, self.counted)

    def _run(self, point: str, look: Callable[[], int]) -> None:
        if self.difference is not None:
            return
        try:
            self.counted += look()
        except Difference as difference:
            self.difference = difference
        except NotHeld as missed:
            self.missed = self.missed or missed
        except UNFIT:
            # The core's functions are written for sound states: one that they fail on is no such state.
            self.difference = Difference(point, "state-unfit")


FOLDS = "record-folds"


def judge(subject: str, steps: Iterable[Step], rules: Iterable[Rule]) -> Iterator[Claim]:
    """Yield the claim that the log folds, and then the claim of each rule."""
    judgements = [Judgement(rule) for rule in rules]
    interested: dict[type[Event], list[Judgement]] = {}
    count, broken, record = 0, None, None
    try:
        for step in steps:
            kind = type(step.event)
            if kind not in interested:
                interested[kind] = [item for item in judgements if _looks_at(item.rule, kind)]
            for judgement in interested[kind]:
                judgement.see(step)
            count, record = count + 1, step.record
    except Difference as difference:
        broken = difference
    if broken is None and record is not None:
        for judgement in judgements:
            judgement.close(record)
    yield refuted(FOLDS, subject, broken) if broken else proven(FOLDS, subject, count)
    for judgement in judgements:
        yield judgement.claim(subject, broken)


def _looks_at(rule: Rule, kind: type[Event]) -> bool:
    return rule.looks_at is None or kind in rule.looks_at
