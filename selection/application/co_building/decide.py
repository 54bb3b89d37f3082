"""Decide on a co-builder's confirmation (docs/process-sources.md, stage 2; docs/decisions/0036)."""

from datetime import datetime

from selection.application.co_builders import codes_of
from selection.application.co_building.commands import ConfirmCoBuilding
from selection.application.co_building.events import CoBuildingConfirmed
from selection.application.preconditions import refuse_late, require_terms
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import end_in_force, in_force
from selection.kernel.unit_codes import same_unit
from selection.process.room import Decider
from selection.refusals.refused import Refused


def confirm(state: ApplicationState, command: ConfirmCoBuilding, context: Context) -> tuple[Event, ...]:
    """Take a co-builder's confirmation of the present version, from one person for one unit."""
    person = context.actor.person
    unit = _as_named(state, command.co_builder)
    if not same_unit(context.facts.people[person].employer, unit):
        raise Refused("not-entitled", roles="applicant of the co-builder")
    others = (confirmed for other, confirmed in state.confirmed.items() if other != unit)
    if person == state.agent or person in others:
        raise Refused("another-of-the-unit")
    if unit in state.confirmed:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    deadline, until = _deadline(state, context)
    refuse_late(deadline, until, context)
    if command.revision != state.revision:
        raise Refused("version-changed", version=str(command.revision), current=str(state.revision))
    return (CoBuildingConfirmed(co_builder=unit, revision=command.revision),)


def _as_named(state: ApplicationState, code: str) -> str:
    """Return a co-builder's code as the version spells it; empty where the version names no such co-builder."""
    return next((named for named in codes_of(state.submission) if same_unit(named, code)), "")


def _deadline(state: ApplicationState, context: Context) -> tuple[str, datetime]:
    """Return what a confirmation has to come before: the date given for mending, once the application was sent back."""
    if state.sent_back and state.asked is not None:
        return "mend", end_in_force("mend", state.asked.until, context.facts.deadlines)
    return "submission", in_force("submission", require_terms(context), context.facts)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {ConfirmCoBuilding: confirm}
