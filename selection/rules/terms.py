"""What an application needs of the sealed rules, with dates already turned into instants."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from selection.forms.form import FormName
from selection.kernel.day_clock import DayClock, after_days, day_of, end_of_day, scale_to_clock
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.named import Named
from selection.kernel.proof import Assurance
from selection.rules.delegation import Delegation
from selection.rules.ladder import Ladder
from selection.rules.model import RoundRules, rules_hash
from selection.rules.sections import (
    AgreedScore,
    Check,
    Days,
    Objections,
    Panel,
    Recusal,
    Requests,
    Reversals,
    Stages,
    Trim,
)
from selection.rules.working_days import Window, WorkingDays, end_of_window, list_unknown_years

DEADLINES = ("submission", "recommendation", "check", "review", "review_last", "survey", "appraisal")

Movable = Literal[
    "submission",
    "recommendation",
    "check",
    "review",
    "review_last",
    "survey",
    "appraisal",
    "mend",
    "invitation",
    "notice",
]
"""What can be extended: a deadline, or all windows of a kind."""


class Terms(Frozen):
    """The part of the rules that decides on one application; the same for all of a round.

    `asks` names their forms; `awaits_call` is when the call may open, while nobody opened it.
    """

    rules_hash: str
    clock: DayClock
    stages: Stages
    deadlines: dict[str, Instant]
    days: Days
    ladder: Ladder | None = None
    working_days: WorkingDays | None = None
    grace: timedelta
    fields: tuple[str, ...]
    regions: tuple[str, ...]
    priorities: tuple[str, ...]
    held: tuple[Named, ...] = ()
    weights: dict[str, Decimal]
    scales: dict[str, Decimal]
    full_marks: Decimal
    score_step: Decimal
    tie_break: str
    panel: Panel
    trim: Trim
    check: Check
    survey_min_team: int
    unit_regions: dict[str, str]
    officers: tuple[str, ...]
    supervisors: tuple[str, ...]
    auditors: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    recusal: Recusal = Recusal()
    appraisal: AgreedScore = AgreedScore()
    objections: Objections = Objections()
    requests: Requests = Requests()
    reversals: Reversals = Reversals()
    assurance: dict[str, Assurance]
    delegations: tuple[Delegation, ...] = ()
    asks: tuple[FormName, ...] = ()
    awaits_call: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    former: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda people: not people)] = {}

    def after(self, instant: datetime, days: int) -> datetime:
        """Return the end of the n-th natural day after the day that holds the instant."""
        return after_days(self.clock, instant, days)

    def end(self, window: Window, instant: datetime) -> datetime:
        """Return the end of a window that begins at an instant, in the days that the rules count for it."""
        days: int = getattr(self.days, window)
        return end_of_window(self.clock, self.working_days, window, instant, days)

    def list_unknown_years(self, *windows: Window, at: datetime) -> tuple[int, ...]:
        """Return the years into which windows that begin at an instant are counted, though nothing sealed says how."""
        found = (
            list_unknown_years(self.clock, self.working_days, name, at, getattr(self.days, name))
            for name in windows
        )
        return tuple(sorted({year for years in found for year in years}))

    def end_of_paper(self, deadline: datetime) -> datetime:
        """Return until when what was sent on paper before a deadline, the end of a day, may still be entered."""
        last = day_of(self.clock, deadline) - timedelta(days=1)
        return end_of_day(self.clock, last + timedelta(days=self.days.paper)) if self.days.paper else deadline

    def reminders(self, at: datetime, until: datetime) -> tuple[datetime, ...]:
        """Return the rules' reminder instants before a due instant still ahead; with a ladder, on its day too."""
        counts = dict.fromkeys((*self.days.reminders, *((1,) if self.ladder else ())))
        before = (until - scale_to_clock(self.clock, timedelta(days=days)) for days in counts)
        return tuple(instant for instant in before if instant > at)


def get_sealed_deadlines(rules: RoundRules) -> dict[str, datetime]:
    """Return the instants at which the last days end of the stages that there are, by name."""
    days = {name: getattr(rules.calendar, name) for name in DEADLINES}
    return {name: end_of_day(rules.clock, day) for name, day in days.items() if day is not None}


def end_of_intake(stages: Stages) -> Literal["submission", "recommendation"]:
    """Return the deadline at which the check begins: without recommendations that of submission."""
    return "recommendation" if stages.recommendation else "submission"


def terms_of(rules: RoundRules, *, sealed: RoundRules | None = None) -> Terms:
    """Return the terms of rules. Deadlines are those of the seal; extensions are facts of the record.

    Of rules that were amended the terms name those that were sealed, as every signature does.
    """
    terms = Terms(
        rules_hash=rules_hash(sealed or rules),
        clock=rules.clock,
        stages=rules.stages,
        deadlines=get_sealed_deadlines(rules),
        days=rules.days,
        ladder=rules.ladder,
        working_days=rules.working_days,
        grace=scale_to_clock(rules.clock, timedelta(minutes=rules.content_grace_minutes)),
        fields=tuple(item.code for item in rules.fields),
        regions=tuple(item.code for item in rules.regions),
        priorities=tuple(item.code for item in rules.priorities),
        held=rules.held_directions,
        weights={item.code: item.weight for item in rules.criteria},
        scales={item.code: item.top for item in rules.criteria},
        full_marks=rules.full_marks,
        score_step=rules.score_step,
        tie_break=rules.tie_break,
        panel=rules.panel,
        trim=rules.trim,
        check=rules.check,
        survey_min_team=rules.survey.min_team,
        unit_regions={unit.code: unit.region for unit in rules.recommenders if unit.region},
        officers=rules.staff.officers,
        supervisors=rules.staff.supervisors,
        recusal=rules.recusal,
        appraisal=rules.appraisal,
        objections=rules.objections,
        requests=rules.requests,
        reversals=rules.reversals,
        assurance=rules.assurance,
        asks=tuple(name for name, _ in rules.forms.list_given()),
    )
    return with_people(terms, rules)


def with_people(
    terms: Terms,
    rules: RoundRules,
    delegations: tuple[Delegation, ...] = (),
    former: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Terms:
    """Return the terms with the people whom rules name in their posts, who stand in for them, and who held them."""
    staff = rules.staff
    return terms.with_(
        officers=staff.officers,
        supervisors=staff.supervisors,
        auditors=staff.auditors,
        admins=staff.admins,
        approvers=tuple(sorted({person for level in rules.approval for person in level.approvers})),
        delegations=delegations,
        former=dict(former),
    )
