"""Reminders: each on a rung of the sealed ladder, of what was not finished, to those whom the rung tells.

That none is missing follows from deciding every entry again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from audit.claims import Sentences
from audit.rules.amending.table import find_last_level
from audit.rules.fold import ApplicationStep, RoundStep, Step
from audit.rules.reminding.silence import Silence
from audit.rules.reminding.since import Since
from audit.rules.reminding.waits import (
    ABOVE_ALONE,
    AWAITED,
    DATES,
    OF_SEATS,
    OFFICERS,
    SUPERVISORS,
    People,
    reverse_integrity,
)
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.day_clock import after_days, day_of, start_of_day
from selection.kernel.stages import RoundStage
from selection.kernel.unfinished import Unfinished, file_of
from selection.round import events as r
from selection.round.room import ROOM as ROUND
from selection.round.state import RoundState

WINDOWS = ("mend", "recommend", "submit-anew", "correct-review")
"""What can't be done after its due day, so that nobody is reminded of it then."""


def reminder_rules() -> tuple[Rule, ...]:
    """Return the rule about reminders."""
    return (RemindersClimb(),)


class RemindersClimb(EntryRule):
    """The claim that every reminder stands on a rung, of what waited, and told whom that rung tells."""

    code = "reminders-climb"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._silence = Silence()
        self._since = Since()

    def see(self, step: Step) -> int:
        """Look at one entry: judge a reminder, and note of others what begins to wait and what passed in silence."""
        if step.is_refusal:
            return 0
        match step.event:
            case a.TaskReminded():
                since = self._since.find(step, step.event.task)
                _check_application(step.of(ApplicationState), self._silence, since)
                return 1
            case r.RoundReminded():
                _check_round(step.of(RoundState), self._since.find(step, step.event.task))
                return 1
            case a.PanelSeated() | a.SeatVacated():
                self._silence.note(step.of(ApplicationState))
        self._since.note(step)
        return 0


SAME = ("open-call", "draw", "shortlist", "propose", "open-notice", "approve", "issue", "left-over")
STAGES_OF_ALL: Mapping[str, RoundStage] = {"check": RoundStage.CHECKING, "recommend": RoundStage.CALL}
"""In which stage a round reminds once of what waits in many applications."""
KEYS: Mapping[str, str] = {
    **{kind: kind for kind in SAME},
    "check-integrity": "integrity",
    "rule-on-integrity-hit": "integrity-hit",
    "rule-on-amendment": "amendment",
    "rule-on-lobbying": "lobbying",
    "recommend": "recommend",
    "reverse-integrity-decision": "reverse-integrity-decision",
}
"""By the kind of a round's task what its key begins with."""


def _check_application(step: ApplicationStep, silence: Silence, since: datetime | None) -> None:
    event, state = step.event, step.before
    assert isinstance(event, a.TaskReminded)
    if event.awaited in OF_SEATS:
        missed = silence.find(step, event.awaited)
        doers: People | str | None = None if missed is None else ()
    else:
        missed, known = None, AWAITED.get(event.awaited)
        doers = known.look(state, event.task) if known is not None else None
    dated = event.awaited in {*DATES, *OWN_DATES, *OF_SEATS, *WINDOWS}
    if doers is None or not (dated or since):
        raise step.differs("nothing-awaited", task=event.task)
    _check_rung(step, event, since, missed)
    report = state.reports.get(event.task.partition("/")[2]) if event.awaited == "rule-on-conflict" else None
    parties = {report.expert, *report.reporters} if report is not None else set()
    _check_recipients(step, event, doers, state.officers, state.supervisors, parties)
    higher = event.rung in ("officer", "supervisor")
    ended = event.awaited in WINDOWS and event.rung not in ("before", "day")
    wrong = ended or (event.awaited in ABOVE_ALONE and not higher)
    step.require(not wrong, "no-such-rung", rung=event.rung, at=step.leaf.at.isoformat())
    last = state.reminded.get(event.task)
    step.require(last is None or last.at <= step.leaf.at, "reminded-again", task=event.task)


def _check_round(step: RoundStep, since: datetime | None) -> None:
    event, state = step.event, step.before
    assert isinstance(event, r.RoundReminded)
    lobbying = event.awaited == "rule-on-lobbying"
    report = state.open_lobbying.get(event.task.removeprefix("lobbying/")) if lobbying else None
    other = reverse_integrity(state, event.task) if event.awaited == "reverse-integrity-decision" else None
    dated = state.stage is STAGES_OF_ALL.get(event.awaited) and event.task == event.awaited
    own = since is not None and KEYS.get(event.awaited) == event.task.partition("/")[0]
    waits = own or (dated and state.awaits_call is None)
    step.require(waits, "nothing-awaited", task=event.task)
    _check_rung(step, event, since)
    rules = state.current
    # Whom an application waits for that may recommend it, nobody is named for: letters find them when the entry comes.
    doers: People | str = () if event.awaited == "recommend" else other or OFFICERS
    if lobbying or event.awaited in ("check-integrity", "rule-on-integrity-hit") or _is_others_draw(step):
        doers = SUPERVISORS
    elif event.awaited == "approve":
        level = next(level for level in rules.approval if event.task.split("/")[1] == level.code)
        doers = tuple(
            person for person in level.approvers if person not in state.approvals.get(level.code, ())
        )
    elif event.awaited == "rule-on-amendment":
        assert state.waiting_amendment is not None
        top = find_last_level(state, state.waiting_amendment.path)
        levels = rules.approval if top is None else (top,)
        doers = tuple(dict.fromkeys(person for level in levels for person in level.approvers))
    ended = event.awaited in WINDOWS and event.rung not in ("before", "day")
    step.require(not ended, "no-such-rung", rung=event.rung, at=step.leaf.at.isoformat())
    staff = rules.staff
    parties = {*report.parties} if report is not None else set[str]()
    _check_recipients(step, event, doers, staff.officers, staff.supervisors, parties)
    last = state.reminded.get(event.task)
    step.require(last is None or last.at <= step.leaf.at, "reminded-again", task=event.task)


def _is_others_draw(step: RoundStep) -> bool:
    """Tell whether a draw is awaited of the supervisors, since the officers' last one was voided."""
    assert isinstance(step.event, r.RoundReminded)
    last = max(step.before.draws.values(), key=lambda draw: draw.public, default=None)
    return step.event.awaited == "draw" and last is not None and last.voided and last.post is Role.OFFICER


def _check_rung(
    step: Step,
    event: a.TaskReminded | r.RoundReminded,
    since: datetime | None,
    missed: datetime | None = None,
) -> None:
    """Raise Difference unless the task was due when the entry says, and the rung stands at its instant."""
    ladder, days, clock = step.rules.ladder, step.rules.days, step.rules.clock
    if ladder is None:
        raise step.differs("no-ladder")
    due: datetime | None = event.until
    if event.awaited in DATES:
        due = step.in_force(DATES[event.awaited])
    elif event.awaited in OWN_DATES:
        due = OWN_DATES[event.awaited](step.of(ApplicationState), event.task)
    elif missed is not None:
        due = missed
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


def _end_confirming(step: ApplicationStep, _: str) -> datetime | None:
    state = step.before
    if state.sent_back and state.asked is not None:
        return step.end_in_force("mend", state.asked.until)
    return step.in_force("submission")


OWN_DATES: Mapping[str, Callable[[ApplicationStep, str], datetime | None]] = {
    "mend": lambda step, _: step.end_in_force("mend", step.before.until),
    "settle-objection": lambda step, task: step.before.objections[task.split("/")[1]].until,
    "rule-on-request": lambda step, task: step.before.requests[task.split("/")[1]].until,
    "confirm-co-building": _end_confirming,
}
"""When a task of an application is due that has a date of its own."""


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
    if event.rung == "supervisor" and doers == SUPERVISORS:
        # Who leaves it undone has officers beside them, who may put another in their place.
        people = (*supervisors, *officers)
    found = tuple(person for person in people if person not in parties)
    params = {"stated": ", ".join(event.told), "found": ", ".join(found)}
    step.require(event.told == found, "others-reminded", **params)


def _check() -> None:
    """Raise Unfinished for a task of a round that is not known here by its key; `since.py` says when it waits."""
    missing = sorted(ROUND.task_names.keys() - KEYS.keys())
    if missing:
        raise Unfinished(f"{', '.join(missing)}: what its key begins with is not in KEYS: {file_of(_check)}")


_check()

CLAIMS: Sentences = {
    "reminders-climb": (
        "Every reminder stands on a rung of the sealed ladder and went to those whom it tells of what was not "
        "finished: first whom it waited for, then the officers, then the supervisors; of what a supervisor left undone "
        "the officers at last.",
        "每次提醒均在所封存规则的提醒阶梯上，且只就未办结事项发给应知人员：先承办人，后经办人员，再监督人员；监督人员未办结的，最后告知经办人员。",
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
