"""Reminders: each on a rung of the sealed ladder, of what was not finished, to those whom the rung tells.

That none is missing follows from deciding every entry again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, RoundStep, Step
from audit.rules.reminding.waits import (
    AWAITED,
    DATES,
    OFFICERS,
    SUPERVISORS,
    People,
    reverse_integrity,
)
from audit.rules.rule_runner import Checks, EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.day_clock import after_days, day_of, start_of_day
from selection.kernel.stages import RoundStage
from selection.kernel.unfinished import Unfinished, file_of
from selection.round import events as r
from selection.round.room import ROOM as ROUND
from selection.round.state import RoundState

WINDOWS = ("mend", "submit-anew", "correct-review")
"""What can't be done after its due day, so that nobody is reminded of it then."""


def reminder_rules() -> tuple[Rule, ...]:
    """Return the rule about reminders."""
    return (EachEvent("reminders-climb", REMINDED),)


STAGES: Mapping[str, RoundStage] = {
    "open-call": RoundStage.CALL,
    "check": RoundStage.CHECKING,
    "draw": RoundStage.DRAWING,
    "shortlist": RoundStage.SHORTLISTING,
    "propose": RoundStage.PROPOSAL,
    "open-notice": RoundStage.PROPOSAL,
    "check-integrity": RoundStage.APPROVAL,
    "rule-on-integrity-hit": RoundStage.APPROVAL,
    "approve": RoundStage.APPROVAL,
    "issue": RoundStage.APPROVAL,
}
"""In which stage a round waits for what."""

IN_ANY_STAGE = ("left-over", "rule-on-amendment", "rule-on-lobbying", "reverse-integrity-decision")


def _check_application(step: ApplicationStep) -> None:
    event, state = step.event, step.before
    assert isinstance(event, a.TaskReminded)
    known = AWAITED.get(event.awaited)
    doers = known.look(state, event.task) if known is not None else None
    if doers is None:
        raise step.differs("nothing-awaited", task=event.task)
    since = _began(state, event)
    _check_rung(step, event, since)
    report = state.reports.get(event.task.partition("/")[2]) if event.awaited == "rule-on-conflict" else None
    parties = {report.expert, *report.reporters} if report is not None else set()
    _check_recipients(step, event, doers, state.officers, state.supervisors, parties)
    ended = event.awaited in WINDOWS and event.rung not in ("before", "day")
    step.require(not ended, "no-such-rung", rung=event.rung, at=step.leaf.at.isoformat())
    last = state.reminded.get(event.task)
    step.require(last is None or last.at <= step.leaf.at, "reminded-again", task=event.task)


def _began(state: ApplicationState, event: a.TaskReminded) -> datetime | None:
    """Return since when a task without a date waits."""
    name = event.task.partition("/")[2].partition("/")[0]
    match event.awaited:
        case "rule-on-conflict":
            return state.reports[event.task.partition("/")[2]].at
        case "appoint-examiners":
            return state.objections[name].at
        case "appoint-deciders":
            return state.requests[name].at
        case "record-remedy":
            return state.requests[name].decided_at
        case "rule-on-fraud" if state.fraud is not None:
            return state.fraud.at
        case "mend" | "submit-anew" | "correct-review":
            return None
    return state.since


def _check_round(step: RoundStep) -> None:
    event, state = step.event, step.before
    assert isinstance(event, r.RoundReminded)
    stage = STAGES.get(event.awaited)
    lobbying = event.awaited == "rule-on-lobbying"
    report = state.open_lobbying.get(event.task.removeprefix("lobbying/")) if lobbying else None
    waits = bool(state.left_over) if event.awaited == "left-over" else state.stage is stage
    if event.awaited == "rule-on-amendment":
        waits = state.waiting_amendment is not None
    waits = report is not None if lobbying else waits
    waits = waits and (event.awaited != "open-call" or state.awaits_call is not None)
    other = reverse_integrity(state, event.task) if event.awaited == "reverse-integrity-decision" else None
    waits = waits or other is not None
    step.require(waits, "nothing-awaited", task=event.task)
    entered = state.waiting_amendment if event.awaited == "rule-on-amendment" else None
    began = next((item.at for item in (entered, report) if item is not None), state.since)
    began = state.awaits_call if event.awaited == "open-call" else began
    _check_rung(step, event, began)
    rules = state.current
    doers: People | str = other or OFFICERS
    if lobbying or event.awaited in ("check-integrity", "rule-on-integrity-hit"):
        doers = SUPERVISORS
    elif event.awaited == "approve":
        level = next(level for level in rules.approval if event.task.split("/")[1] == level.code)
        doers = tuple(
            person for person in level.approvers if person not in state.approvals.get(level.code, ())
        )
    elif entered is not None:
        doers = tuple(dict.fromkeys(person for level in rules.approval for person in level.approvers))
    staff = rules.staff
    parties = {*report.parties} if report is not None else set[str]()
    _check_recipients(step, event, doers, staff.officers, staff.supervisors, parties)
    last = state.reminded.get(event.task)
    step.require(last is None or last.at <= step.leaf.at, "reminded-again", task=event.task)


def _check_rung(step: Step, event: a.TaskReminded | r.RoundReminded, since: datetime | None) -> None:
    """Raise Difference unless the task was due when the entry says, and the rung stands at its instant."""
    ladder, days, clock = step.rules.ladder, step.rules.days, step.rules.clock
    if ladder is None:
        raise step.differs("no-ladder")
    due: datetime | None = event.until
    if event.awaited in DATES:
        due = step.in_force(DATES[event.awaited])
    elif event.awaited == "mend":
        assert isinstance(step.before, ApplicationState)
        due = step.end_in_force("mend", step.before.until)
    elif event.awaited == "settle-objection":
        assert isinstance(step.before, ApplicationState)
        due = step.before.objections[event.task.split("/")[1]].until
    elif event.awaited == "rule-on-request":
        assert isinstance(step.before, ApplicationState)
        due = step.before.requests[event.task.split("/")[1]].until
    elif since is not None:
        due = after_days(clock, since, ladder.kinds.get(event.awaited, ladder.days))
    params = {"stated": event.until.isoformat(), "found": str(due)}
    step.require(event.until == due, "deadline-differs", **params)
    rungs: Mapping[str, Iterable[int]] = {
        "before": [-count for count in days.reminders],
        "day": [-1],
        "after": ladder.after,
        "officer": [ladder.officer],
        "supervisor": [ladder.supervisor],
    }
    last = day_of(clock, event.until)
    instants = [start_of_day(clock, last + timedelta(days=count)) for count in rungs[event.rung]]
    step.require(step.leaf.at in instants, "no-such-rung", rung=event.rung, at=step.leaf.at.isoformat())


def _check_recipients(
    step: Step,
    event: a.TaskReminded | r.RoundReminded,
    doers: People | str,
    officers: People,
    supervisors: People,
    parties: set[str],
) -> None:
    """Raise Difference unless those are told whom the rung tells: whom it waits for, or who is above them."""
    higher = {OFFICERS: officers, SUPERVISORS: supervisors}
    whom = {"officer": OFFICERS, "supervisor": SUPERVISORS}.get(event.rung, doers)
    people = higher[whom] if isinstance(whom, str) else whom
    found = tuple(person for person in people if person not in parties)
    params = {"stated": ", ".join(event.told), "found": ", ".join(found)}
    step.require(event.told == found, "others-reminded", **params)


OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {a.TaskReminded: _check_application}
OF_ROUND: dict[type[Event], Callable[[RoundStep], None]] = {r.RoundReminded: _check_round}
REMINDED: Checks = {
    **checks_of(ApplicationState, OF_APPLICATION),
    **checks_of(RoundState, OF_ROUND),
}


def _check() -> None:
    """Raise Unfinished for a task of a round of which nothing here says when it waits."""
    missing = sorted(ROUND.task_names.keys() - {*STAGES, *IN_ANY_STAGE})
    if missing:
        raise Unfinished(
            f"{', '.join(missing)}: the stage that waits for it is not in STAGES: {file_of(_check)}"
        )


_check()

CLAIMS: Sentences = {
    "reminders-climb": (
        "Every reminder stands on a rung of the sealed ladder and went to those whom it tells of what was not "
        "finished: first whom it waited for, then the officers, then the supervisors.",
        "每次提醒均在所封存规则的提醒阶梯上，且只就未办结事项发给应知人员：先承办人，后经办人员，再监督人员。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "no-ladder": ("The sealed rules have no ladder.", "所封存规则未设提醒阶梯。"),
    "no-such-rung": (
        "The ladder has no rung “{rung}” at {at}.",
        "提醒阶梯在 {at} 并无“{rung}”一级。",
    ),
    "nothing-awaited": ("Nobody was awaited for {task}.", "{task} 并无待办人员。"),
    "others-reminded": (
        "Reminded were: {stated}. By the rules these are told: {found}.",
        "所提醒者为：{stated}；按规则应为：{found}。",
    ),
    "reminded-again": ("A later rung of {task} had been taken.", "{task} 已提醒至更高一级。"),
}
"""What can be found instead."""
