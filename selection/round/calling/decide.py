"""Decide on opening the call: by an act of its own where the rules were sealed before its day."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.kernel.day_clock import start_of_day
from selection.process.room import Decider, Needs, ask_nothing
from selection.refusals.refused import Refused
from selection.round.calling.commands import OpenCall
from selection.round.calling.events import CallOpened
from selection.round.state import RoundState
from selection.rules.model import RoundRules


def find_opening(rules: RoundRules, at: datetime) -> datetime | None:
    """Return when the call's day begins, if rules that are sealed at an instant are sealed before it."""
    opens = start_of_day(rules.clock, rules.calendar.call)
    return opens if at < opens else None


def open_call(state: RoundState, command: OpenCall, context: Context) -> tuple[Event, ...]:
    """Open the call once its day has come. Raises Refused `nothing-to-do` for one that is open, or `call-early`."""
    if state.awaits_call is None:
        raise Refused("nothing-to-do")
    if context.at < state.awaits_call:
        raise Refused("call-early", opens=state.awaits_call.isoformat())
    return (CallOpened(),)


DECIDES: dict[type[Command], Decider[RoundState]] = {OpenCall: open_call}

NEEDS: dict[type[Command], Needs[RoundState]] = {OpenCall: ask_nothing}
