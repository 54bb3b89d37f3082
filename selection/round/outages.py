"""Decide on a recorded outage: nobody could act, so nobody is late by it (docs/decisions/0015)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.kernel.day_clock import after_days
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.course_events import OutageRecorded
from selection.round.state import RoundState


def record_outage(state: RoundState, command: c.RecordOutage, context: Context) -> tuple[Event, ...]:
    """Move every deadline that fell in the outage, or in the rules' days after it, to the end of these days.

    Recorded once the outage is over, also when a deadline has passed meanwhile: what is due is not settled before
    this act is decided. Windows that are counted from an act (mending, invitation, notice) stay as they are.
    Raises Refused `outage-unclear` for an outage that is not over, `deadline-settled` where what a deadline brings
    is on the record, and `outage-moves-nothing`.
    """
    assert state.sealed is not None
    if not command.began < command.ended <= context.at:
        raise Refused("outage-unclear")
    days = state.rules_in_force.days.outage
    try:
        until = after_days(state.sealed.clock, command.ended, days)
    except OverflowError:
        # So long ago that a rehearsed calendar has no such day.
        raise Refused("outage-moves-nothing", days=str(days)) from None
    moved = _fell_in(state.deadlines, command.began, until)
    settled = [name for name in state.closed if name in moved]
    if settled:
        raise Refused("deadline-settled", deadline=", ".join(settled))
    if not moved or until <= context.at:
        raise Refused("outage-moves-nothing", days=str(days))
    return (
        OutageRecorded(
            began=command.began, ended=command.ended, moved=moved, until=until, reason=command.reason
        ),
    )


def _fell_in(deadlines: dict[str, datetime], began: datetime, until: datetime) -> dict[str, datetime]:
    # One that falls in the days after the outage moves as well: nobody is left with less than these.
    return {name: deadline for name, deadline in deadlines.items() if began <= deadline < until}
