"""Decide on what is due later: an extension for a reason, an outage in which nobody could act (decisions 0015, 0071).

Windows, which run from an act of each application (mending, invitation, notice), move together, all of a kind: whoever
gives one more time gives it to all. It is a floor, as the review's deadline is for each seat: none ends before it.
"""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.kernel.day_clock import after_days, day_of, end_of_day
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage, round_between
from selection.process.room import Decider, Needs, ask_nothing
from selection.process.unknown_years import refuse_unknown_years
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.course_events import DeadlineExtended, OutageRecorded
from selection.round.state import RoundState

_INTAKE = ("submission", "recommendation")
_FOLLOWING = {"submission": "recommendation", "review": "review_last", "invitation": "review_last"}
_REVIEWED = round_between(RoundStage.DRAWING, RoundStage.SHORTLISTING)

RUN: dict[str, tuple[RoundStage, ...]] = {
    "mend": round_between(RoundStage.CHECKING, RoundStage.SHORTLISTING),
    "invitation": _REVIEWED,
    "notice": (RoundStage.NOTICE,),
}
"""The kinds of windows, and the stages of a round in which some may run."""

_HIT = {**RUN, "review": _REVIEWED}
_OF_SEATS = ("invitation", "review")
"""What ends with the review's last day. Whoever is invited late reviews after the deadline that the others had."""


def extend_deadline(state: RoundState, command: c.ExtendDeadline, context: Context) -> tuple[Event, ...]:
    """Move a deadline or windows later; the deadline of an intake, and the notice, only while it has not passed."""
    assert state.sealed is not None
    _refuse_causeless(state, command)
    old = _find_end(state, command.name)
    try:
        until = end_of_day(state.sealed.clock, command.until)
    except OverflowError:
        raise Refused("unknown-value", place="until") from None
    if until <= (old or context.at):
        raise Refused("not-later", until=(old or context.at).isoformat())
    intake_over = state.stage is not RoundStage.CALL or command.name in state.closed
    over = command.name in _INTAKE and intake_over
    if old is not None and (over or (command.name in (*_INTAKE, "notice") and context.at >= old)):
        raise Refused("late", deadline=command.name, until=old.isoformat())
    _refuse_out_of_order(state, command.name, until)
    if (working := state.rules_in_force.working_days) is not None:
        refuse_unknown_years(working.list_unknown(day_of(state.sealed.clock, context.at), command.until))
    moved = DeadlineExtended(
        name=command.name, old=old, until=until, cause=command.cause or "", reason=command.reason
    )
    return (moved,)


def _refuse_causeless(state: RoundState, command: c.ExtendDeadline | c.RecordOutage) -> None:
    """Raise Refused where no cause is named, but for rules that were sealed when one person extended alone."""
    assert state.sealed is not None
    by_two = state.sealed.assurance.get(command.ACT.kind) is Assurance.SIGNED_BY_TWO
    if by_two and not command.cause:
        raise Refused("cause-missing")


def _find_end(state: RoundState, name: str) -> datetime | None:
    """Return when a deadline is; of windows None unless they were moved or, as the notice, end together."""
    if name in RUN:
        if state.stage not in RUN[name]:
            raise Refused("wrong-stage", wanted=", ".join(sorted(RUN[name])), stage=state.stage.value)
        return state.notice_until if name == "notice" else state.deadlines.get(name)
    if name not in state.deadlines:
        raise Refused("unknown-value", place="name")
    return state.deadlines[name]


def _refuse_out_of_order(state: RoundState, name: str, until: datetime) -> None:
    """Raise Refused `out-of-order` if an intake would last beyond the next, or a seat beyond the review's last day."""
    following = _FOLLOWING.get(name)
    if following in state.deadlines and until > state.deadlines[following]:
        raise Refused("out-of-order", deadline=name, following=following)


def record_outage(state: RoundState, command: c.RecordOutage, context: Context) -> tuple[Event, ...]:
    """Move every deadline that fell in the outage, or in the rules' days after it, to the end of these days.

    So do all windows that may run. Recorded once the outage is over, also when a deadline has passed meanwhile: what is
    due is not settled before this act is decided.
    Raises Refused `cause-missing`, `outage-unclear` for an outage that is not over, `deadline-settled` where what a
    deadline brings is on the record, and `outage-moves-nothing`.
    """
    assert state.sealed is not None
    _refuse_causeless(state, command)
    if not command.began < command.ended <= context.at:
        raise Refused("outage-unclear")
    days = state.rules_in_force.days.outage
    try:
        until = after_days(state.sealed.clock, command.ended, days)
    except OverflowError:
        # So long ago that a rehearsed calendar has no such day.
        raise Refused("outage-moves-nothing", days=str(days)) from None
    moved = _list_hit(state, command.began, until)
    windows = tuple(
        name for name in _HIT if name not in moved and _may_run(state, name, command.began, until)
    )
    settled = [name for name in state.closed if name in moved]
    if settled:
        raise Refused("deadline-settled", deadline=", ".join(settled))
    if not (moved or windows) or until <= context.at:
        raise Refused("outage-moves-nothing", days=str(days))
    return (
        OutageRecorded(
            began=command.began,
            ended=command.ended,
            moved=moved,
            windows=windows,
            until=until,
            cause=command.cause or "",
            reason=command.reason,
        ),
    )


def _list_hit(state: RoundState, began: datetime, until: datetime) -> dict[str, datetime]:
    """Return the deadlines in an outage or in the days after it: nobody is left with less than these."""
    return {
        name: deadline
        for name, deadline in state.deadlines.items()
        if name not in RUN and began <= deadline < until
    }


def _may_run(state: RoundState, name: str, began: datetime, until: datetime) -> bool:
    """Tell whether windows of a kind may run in an outage or the days after it, and are not moved as far already."""
    over = name in _OF_SEATS and began > state.deadlines.get("review_last", began)
    floor = state.notice_until if name == "notice" else state.deadlines.get(name)
    return state.stage in _HIT[name] and not over and (floor is None or floor < until)


DECIDES: dict[type[Command], Decider[RoundState]] = {
    c.ExtendDeadline: extend_deadline,
    c.RecordOutage: record_outage,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    c.ExtendDeadline: ask_nothing,
    c.RecordOutage: ask_nothing,
}
