"""Decide on a form that changes in the midst of a round (docs/decisions/0042).

It can change as long as everyone who has filled in the version before can still fill in the new one.
"""

from datetime import datetime

from pydantic import ValidationError

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import FormUse
from selection.forms.changing.field_map import FieldMap, find_map_faults
from selection.forms.definition import find_definition_faults
from selection.forms.form import Form, FormName, Forms
from selection.kernel.actor import Actor
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.day_clock import after_days
from selection.kernel.stages import RoundStage
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.refusals.unreadable import field_names, refuse_unreadable
from selection.round.amending.commands import AmendForm
from selection.round.amending.events import FormAmended
from selection.round.preconditions import refuse_busy
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.rules.terms import end_of_intake

_NAMES = field_names(Form)
INTAKE: tuple[FormName, ...] = ("application", "opinion")


def amend_form(state: RoundState, command: AmendForm, context: Context) -> tuple[Event, ...]:
    """Put another version of a form in force, unless the one before was used up or time is too short to fill it in."""
    refuse_busy(state)
    assert state.sealed is not None
    old = state.forms.find(command.form_name)
    if old is None:
        raise Refused("form-not-asked")
    if command.was != old.version:
        raise Refused("form-changed", version=old.version)
    form = _read(command, state.sealed)
    if any(form.version == known.version for known in state.forms.versions(command.form_name)):
        raise Refused("form-version-taken")
    _refuse_map(old, form, command.by)
    until = _require_time(state, command.form_name, context.at)
    if context.facts.used:
        raise Refused("form-used", count=str(context.facts.used))
    return (
        FormAmended(
            number=len(state.amended) + 1,
            form_name=command.form_name,
            was=old.version,
            form_version=form.version,
            form_hash=command.form_hash,
            definition=form.model_dump(mode="json"),
            by=command.by,
            until=until,
            reason=command.reason,
        ),
    )


def _read(command: AmendForm, rules: RoundRules) -> Form:
    """Return the form that is put in force. Raises Refused for what is none, has faults, or another hash."""
    try:
        form = Form.model_validate(command.definition)
    except ValidationError as fault:
        places = refuse_unreadable(fault, _NAMES).params["places"]
        raise Refused("form-faulty", faults=places) from None
    faults = [found.path for found in find_definition_faults(Forms(**{command.form_name: form}), rules)]
    if faults:
        raise Refused("form-faulty", faults=", ".join(faults)[:300])
    if sha256_hex(canonical_bytes(form)) != command.form_hash:
        raise Refused("form-unsealed")
    return form


def _refuse_map(old: Form, form: Form, by: FieldMap) -> None:
    """Raise Refused for the first thing that is wrong with a map."""
    fault = next(find_map_faults(old, form, by), None)
    if fault is None:
        return
    # What somebody called a new field is not repeated: a refusal is for good.
    fields = ", ".join(code for code in fault.fields if code in old.by_code)[:300] or "-"
    match fault.code:
        case "map-incomplete":
            raise Refused("form-map-incomplete", fields=fields)
        case "map-other-kind":
            raise Refused("form-map-other-kind", fields=fields)
        case _:
            raise Refused("form-entry-changed", fields=fields)


def find_deadline(name: FormName, rules: RoundRules) -> str | None:
    """Return the deadline by which a form of this name is to be filled in; None where there is none."""
    match name:
        case "application":
            return "submission"
        case "opinion":
            return end_of_intake(rules.stages)
        case "objection":
            return None
        case _:
            return name


def _require_time(state: RoundState, name: FormName, at: datetime) -> datetime | None:
    """Return the deadline in force. Raises Refused where less than the rules' days are left until then."""
    assert state.sealed is not None
    deadline = find_deadline(name, state.sealed)
    until = None if deadline is None else state.deadlines.get(deadline)
    if until is None:
        return None
    days = state.sealed.days.amend
    closed = name in INTAKE and state.stage is not RoundStage.CALL
    if closed or after_days(state.sealed.clock, at, days) > until:
        raise Refused("form-too-late", deadline=str(deadline), until=until.isoformat(), days=str(days))
    return until


def ask_use(state: RoundState, actor: Actor, command: AmendForm, at: datetime, facts: Facts) -> FactsRequest:
    """Return how to ask how far the form was used."""
    return FactsRequest(view=FormUse(form_name=command.form_name))


DECIDES: dict[type[Command], Decider[RoundState]] = {AmendForm: amend_form}

NEEDS: dict[type[Command], Needs[RoundState]] = {AmendForm: ask_use}
