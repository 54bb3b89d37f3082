"""What deadlines brought: each event names the deadline in force and is dated at it; deadlines only move later."""

from collections.abc import Callable
from datetime import datetime, timedelta

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, ListStep, RoundStep, Step
from audit.rules.rule_runner import Check, Checks, EachEvent, Rule, checks_of
from audit.rules.times import due_of, seat_before
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.day_clock import after_days, day_of, end_of_day
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.recommendation import events as n
from selection.recommendation.state import ListState
from selection.round import events as r
from selection.round.state import RoundState

DEADLINE = "deadline/"
"""How the command ids of what a deadline brought begin."""

FOLLOWING = {"submission": "recommendation", "review": "review_last", "invitation": "review_last"}
"""Which deadline an extended one may not pass."""

_WHILE_SEATED = (RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING)
WINDOWS = {
    "mend": (RoundStage.CHECKING, *_WHILE_SEATED),
    "invitation": _WHILE_SEATED,
    "review": _WHILE_SEATED,
    "notice": (RoundStage.NOTICE,),
}
"""What runs from an act of each application and moves for all of them, and while the round is in which stages."""


EXTENDED_FOR = ("force-majeure", "outside-outage", "organiser", "too-few", "authority")
FAILED = ("system", "network", "sign-in", "building")
"""For what a deadline is extended, and what fails in an outage."""


def deadline_rules() -> tuple[Rule, ...]:
    """Return the rule about deadlines' events."""
    return (EachEvent("deadlines-dated", DATED),)


def _check_dated(step: Step, deadline: datetime, in_force: datetime) -> None:
    """Raise Difference unless the deadline is the one in force, and the event dated at it.

    What an act brings once its deadline has passed is dated at the act.
    """
    params = {"stated": deadline.isoformat(), "found": in_force.isoformat()}
    step.require(deadline == in_force, "deadline-differs", **params)
    at = step.leaf.at
    brought = str(step.leaf.data.get("command_id", "")).startswith(DEADLINE)
    params = {"at": at.isoformat(), "until": deadline.isoformat()}
    step.require(at == deadline if brought else at >= deadline, "not-dated-at-deadline", **params)


def _check_deadline_named(name: str) -> Check:
    def look(step: Step) -> None:
        event = step.event
        assert isinstance(event, a.CheckOpened | n.ListClosed | r.SubmissionClosed | r.IntakeClosed)
        _check_dated(step, event.deadline, step.in_force(name))

    return look


def _check_lapsed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ApplicationLapsed)
    # One that was never submitted ends with its refused act; no deadline stands behind that.
    if event.outcome != Outcome.NEVER_SUBMITTED:
        name = "submission" if event.outcome == Outcome.WITHDRAWN else "recommendation"
        # Whose check has opened had its deadline then; an outage may have moved it for others since.
        _check_dated(step, event.deadline, step.before.intake_ended or step.in_force(name))


def _check_until(window: str) -> Callable[[ApplicationStep], None]:
    def look(step: ApplicationStep) -> None:
        assert isinstance(step.event, a.MendingLapsed | a.NoticePassed | a.ItemHeld)
        # What is held has had its notice: the day of that no longer moves.
        over = step.before.stage is Stage.HELD
        until = step.before.until if over else step.end_in_force(window, step.before.until)
        assert until is not None
        _check_dated(step, step.event.deadline, until)

    return look


def _check_vacated(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SeatVacated)
    if event.why not in ("no-response", "no-review"):
        step.require(event.deadline is None, "deadline-differs", stated=str(event.deadline), found="-")
        return
    seat = seat_before(step, event.seat)
    step.require(seat.status == ("invited" if event.why == "no-response" else "accepted"), "seat-not-lost")
    due, grace = due_of(step, seat), step.terms.grace
    params = {"stated": str(event.deadline), "found": due.isoformat()}
    step.require(event.deadline == due, "deadline-differs", **params)
    # Seats whose waits end together are lost together, dated at the deadline of one of them.
    waited = due if seat.status == "invited" else due + grace
    params = {"at": step.leaf.at.isoformat(), "until": due.isoformat()}
    step.require(step.leaf.at in (waited, waited - grace), "not-dated-at-deadline", **params)


def _check_extended(step: RoundStep) -> None:
    event, clock = step.event, step.rules.clock
    assert isinstance(event, r.DeadlineExtended)
    _check_cause(step, "extend-deadline", event.cause, EXTENDED_FOR)
    old = _find_end(step.before, event.name)
    params = {"stated": str(event.old), "found": str(old)}
    step.require(event.old == old, "deadline-differs", **params)
    params = {"deadline": event.name, "until": event.until.isoformat()}
    # Of windows that were not moved before, those that run end after the act.
    step.require(event.until > (event.old or step.leaf.at), "deadline-not-later", **params)
    runs = event.name == "review" or step.before.stage in WINDOWS.get(event.name, (step.before.stage,))
    step.require(runs, "nothing-runs", window=event.name)
    last_day = day_of(clock, event.until) - timedelta(days=1)
    step.require(event.until == end_of_day(clock, last_day), "no-end-of-a-day", **params)
    following = FOLLOWING.get(event.name)
    if following in step.before.deadlines:
        step.require(event.until <= step.before.deadlines[following], "deadline-passes-next", **params)


def _check_outage(step: RoundStep) -> None:
    """Recompute what a recorded outage moves: every deadline in it or in the rules' days after it, to their end."""
    event, before = step.event, step.before
    assert isinstance(event, r.OutageRecorded)
    _check_cause(step, "record-outage", event.cause, FAILED)
    params = {"began": event.began.isoformat(), "ended": event.ended.isoformat()}
    step.require(event.began < event.ended <= step.leaf.at, "outage-unclear", **params)
    until = after_days(step.rules.clock, event.ended, step.rules.days.outage)
    params = {"stated": event.until.isoformat(), "found": until.isoformat()}
    step.require(event.until == until, "window-differs", **params)
    fell = {
        name: old
        for name, old in before.deadlines.items()
        if event.began <= old < until and name not in ("mend", "invitation", "notice")
    }
    params = {"stated": ", ".join(sorted(event.moved)), "found": ", ".join(sorted(fell))}
    step.require(event.moved == fell, "other-deadlines-moved", **params)
    running = {name for name in WINDOWS if _may_run(before, name, event.began, until)} - set(fell)
    params = {"stated": ", ".join(sorted(event.windows)), "found": ", ".join(sorted(running))}
    step.require(set(event.windows) == running, "other-deadlines-moved", **params)
    settled = ", ".join(name for name in before.closed if name in fell)
    step.require(not settled, "settled-deadline-moved", deadline=settled)
    moves = bool(fell or running) and until > step.leaf.at
    step.require(moves, "outage-moves-nothing", until=until.isoformat())


def _check_cause(step: RoundStep, kind: str, cause: str, causes: tuple[str, ...]) -> None:
    """Raise Difference unless it is a cause of the list; rules that ask one person for the act do without."""
    by_two = step.rules.assurance.get(kind) == "signed-by-two"
    step.require(cause in causes or not (by_two or cause), "cause-unknown", cause=cause or "-")


def _find_end(state: RoundState, name: str) -> datetime | None:
    """Return when a deadline was; of windows the day before which none ended, if any did not."""
    return state.notice_until if name == "notice" else state.deadlines.get(name)


def _may_run(state: RoundState, name: str, began: datetime, until: datetime) -> bool:
    """Tell whether windows of a kind may have run in an outage or the days after it, and are not moved as far yet."""
    over = name in ("invitation", "review") and began > state.deadlines.get("review_last", began)
    moved = _find_end(state, name)
    return state.stage in WINDOWS[name] and not over and (moved is None or moved < until)


OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {
    a.ApplicationLapsed: _check_lapsed,
    a.CheckOpened: _check_deadline_named("recommendation"),
    a.MendingLapsed: _check_until("mend"),
    a.NoticePassed: _check_until("notice"),
    a.ItemHeld: _check_until("notice"),
    a.SeatVacated: _check_vacated,
}
OF_LIST: dict[type[Event], Callable[[ListStep], None]] = {
    n.ListClosed: _check_deadline_named("recommendation"),
}
OF_ROUND: dict[type[Event], Callable[[RoundStep], None]] = {
    r.SubmissionClosed: _check_deadline_named("submission"),
    r.IntakeClosed: _check_deadline_named("recommendation"),
    r.DeadlineExtended: _check_extended,
    r.OutageRecorded: _check_outage,
}
DATED: Checks = {
    **checks_of(ApplicationState, OF_APPLICATION),
    **checks_of(ListState, OF_LIST),
    **checks_of(RoundState, OF_ROUND),
}


CLAIMS: Sentences = {
    "deadlines-dated": (
        "What a deadline caused is dated at the deadline in force; deadlines were only moved later, by an "
        "extension or, as the rules say, after a recorded outage, each for a cause of the list.",
        "期限届满所生事件均记于当时有效的期限；期限只延后、不提前，且仅因延期或按规则因所记录的中断而延后，均载明事由。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "cause-unknown": (
        "The entry moves a deadline for no cause of the list: {cause}.",
        "条目变更期限的事由不在所列之中：{cause}。",
    ),
    "deadline-differs": (
        "The entry names the deadline {stated}; {found} was in force.",
        "条目载明期限为 {stated}，而有效期限为 {found}。",
    ),
    "deadline-not-later": (
        "The deadline “{deadline}” was moved to {until}, which is not later.",
        "期限“{deadline}”改为 {until}，并未延后。",
    ),
    "deadline-passes-next": (
        "The deadline “{deadline}” was moved to {until}, past the one that follows it.",
        "期限“{deadline}”延至 {until}，超过其后一期限。",
    ),
    "no-end-of-a-day": (
        "The deadline “{deadline}” was moved to {until}, which is not the end of a day.",
        "期限“{deadline}”延至 {until}，并非一日之末。",
    ),
    "not-dated-at-deadline": (
        "The event is dated {at}, its deadline is {until}.",
        "事件记于 {at}，而期限为 {until}。",
    ),
    "nothing-runs": (
        "Nothing of this kind runs here: {window}.",
        "此处并无此类期限在计：{window}。",
    ),
    "other-deadlines-moved": (
        "The outage moved these deadlines: {stated}. By the rules it moves: {found}.",
        "该次中断顺延的期限为：{stated}；按规则应为：{found}。",
    ),
    "outage-moves-nothing": (
        "An outage was recorded that moves no deadline, or only to {until}, which had passed.",
        "所记录的中断未顺延任何期限，或仅顺延至已过的 {until}。",
    ),
    "outage-unclear": (
        "The outage from {began} to {ended} does not lie before its entry.",
        "所记录的中断（{began} 至 {ended}）并不早于该条目。",
    ),
    "seat-not-lost": ("The seat was not awaited in this way.", "该席位并非处于此种等待状态。"),
    "settled-deadline-moved": (
        "The outage moved what had been settled: {deadline}.",
        "该次中断顺延了已办结的期限：{deadline}。",
    ),
}
"""What can be found instead."""
