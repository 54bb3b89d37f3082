"""Decide who must look again once a form changed (docs/decisions/0042). Nobody's standing rests on whether they do."""

from datetime import datetime

from selection.application.amended_forms.commands import TakeFormChange
from selection.application.amended_forms.events import ApplicationFormChanged, WorkFormChanged
from selection.application.preconditions import require_terms
from selection.application.review.seats import seat_due
from selection.application.state import ApplicationState
from selection.application.submission import get_form
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.kernel.leaf import Instant
from selection.kernel.stages import Stage
from selection.process.room import Decider, Needs

_INTAKE = (Stage.SUBMITTED, Stage.RECOMMENDED)


def take_form_change(state: ApplicationState, command: TakeFormChange, context: Context) -> tuple[Event, ...]:
    """Record what the change means here, also that it asks nothing of anybody."""
    if command.form_name != "application":
        return (
            WorkFormChanged(
                amendment=command.amendment,
                form_name=command.form_name,
                was=command.was,
                form_version=command.version,
                changed=command.changed,
                people=list_workers(state, command, context),
            ),
        )
    fitting = context.facts.fitting if _is_older(state, command) else None
    faults = fitting.count if fitting is not None else 0
    return (
        ApplicationFormChanged(
            amendment=command.amendment,
            was=command.was,
            form_version=command.version,
            changed=command.changed,
            unfit=fitting.told if fitting is not None else (),
            faults_count=faults,
            people=(state.agent,) if faults else (),
            until=command.until,
        ),
    )


def list_workers(
    state: ApplicationState, command: TakeFormChange, context: Context
) -> dict[str, Instant | None]:
    """Return who has the form in hand, or may still fill it in anew, with the instant until which each may.

    A reviewer does once the seat is accepted, and after the review while it may be corrected; a survey's lead until the
    report, the chair until the appraisal.
    """
    match command.form_name, state.stage:
        case "review", Stage.REVIEW:
            return _list_reviewers(state, command.version, context)
        case "survey", Stage.SURVEY if state.lead:
            return {state.lead: command.until}
        case "appraisal", Stage.APPRAISAL if state.chair:
            return {state.chair: command.until}
    return {}


def _list_reviewers(state: ApplicationState, version: str, context: Context) -> dict[str, Instant | None]:
    terms = require_terms(context)
    limit = terms.panel.corrections_max
    found: dict[str, Instant | None] = {}
    for seat in state.seats:
        review = state.review_of(seat.expert)
        until = seat_due(seat, terms, context.facts)
        if seat.status == "submitted" and review is not None:
            again = limit is None or review.corrections < limit
            if again and review.form.version != version and context.at < until:
                found[seat.expert] = until
        elif seat.status == "accepted":
            found[seat.expert] = until
    return found


def _is_older(state: ApplicationState, command: TakeFormChange) -> bool:
    """Tell whether a version counts that was handed in under another form, and can be handed in anew."""
    version = state.submission.form_version if state.submission else ""
    return state.stage in _INTAKE and version != command.version


def ask_whether_it_fits(
    state: ApplicationState, actor: Actor, command: TakeFormChange, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask whether the answers of the present version, moved along the map, fit the form in force."""
    if command.form_name != "application" or not _is_older(state, command) or state.submission is None:
        return FactsRequest()
    return FactsRequest(filled=get_form(state.submission).with_(held_to="moved"))


DECIDES: dict[type[Command], Decider[ApplicationState]] = {TakeFormChange: take_form_change}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {TakeFormChange: ask_whether_it_fits}
