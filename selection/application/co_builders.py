"""Co-builders of a joint application: what they confirm, who of them has not yet, and who is asked to until when.

A confirmation is for the host unit, all co-builders and their agreement as they stand in a version. A later version
that leaves these as they are keeps it; any other, and a withdrawal, ends it (docs/decisions/0036).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from selection.application.preconditions import HandsIn, ask_about_form, require_terms
from selection.application.state import ApplicationState
from selection.application.submission import AskedToConfirm, Submission, Unit
from selection.decision.aggregate import Context
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code

AGENTS_AT_MOST = 5
"""[D] How many people of one co-builder are written to, by id; whoever else acts for it may confirm all the same."""

Bound = tuple[Unit, frozenset[Unit], Ref | None]


def what_they_confirm(submission: Submission) -> Bound:
    """Return what a co-builder confirms of a version; in which order units are named makes no difference."""
    return submission.host, frozenset(submission.co_builders), submission.agreement


def codes_of(submission: Submission | None) -> tuple[str, ...]:
    """Return the codes of a version's co-builders, in order."""
    return tuple(sorted(unit.code for unit in submission.co_builders)) if submission else ()


def list_unconfirmed(state: ApplicationState) -> tuple[str, ...]:
    """Return the co-builders of the present version that have not confirmed it."""
    return tuple(code for code in codes_of(state.submission) if code not in state.confirmed)


def without_unconfirmed(state: ApplicationState) -> dict[str, object]:
    """Return what changes once the check is passed: a partner that did not confirm takes no part."""
    if state.submission is None or not list_unconfirmed(state):
        return {}
    confirmed = tuple(unit for unit in state.submission.co_builders if unit.code in state.confirmed)
    return {"submission": replace(state.submission, co_builders=confirmed), "asked": None}


def must_confirm_anew(state: ApplicationState, submission: Submission) -> bool:
    """Tell whether a new version is one that its co-builders have yet to confirm, whatever they confirmed before."""
    if state.submission is None or state.stage is Stage.WITHDRAWN:
        return True
    return what_they_confirm(state.submission) != what_they_confirm(submission)


def renew(state: ApplicationState, submission: Submission, asked: AskedToConfirm | None) -> dict[str, object]:
    """Return what a new version changes of who has confirmed and who is asked to."""
    if not must_confirm_anew(state, submission):
        return {}
    return {"confirmed": {}, "asked": None, **remind(state.with_(asked=None), asked)}


def remind(state: ApplicationState, asked: AskedToConfirm | None) -> dict[str, object]:
    """Return what changes when co-builders are asked, for the first time or until a later day."""
    if asked is None:
        return {}
    before = state.asked.people if state.asked else {}
    return {"asked": asked.with_(people={**before, **asked.people})}


def ask_to_confirm(
    state: ApplicationState, units: tuple[str, ...], until: datetime, context: Context
) -> AskedToConfirm | None:
    """Return who is asked to confirm for these co-builders; None where none is left that has to.

    Whoever acts for the host unit is not asked, wherever they work.
    """
    terms = require_terms(context)
    if not units:
        return None
    agents, host = context.facts.agents, state.agent or context.actor.person
    return AskedToConfirm(
        until=until,
        remind=terms.reminders(context.at, until),
        people={
            unit: tuple(person for person in agents.get(unit, ()) if person != host)[:AGENTS_AT_MOST]
            for unit in units
        },
    )


def ask_about_version(
    state: ApplicationState, actor: Actor, command: HandsIn, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask whether the form of a version fits the sealed one, who acts for its partners, and who employs its team."""
    asked, submission = ask_about_form(state, actor, command, at, facts), command.submission
    anew = must_confirm_anew(state, submission)
    return asked.with_(people=submission.team, employers=codes_of(submission) if anew else ())


def ask_about_agents(
    state: ApplicationState, actor: Actor, command: object, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask who acts for the co-builders that have not confirmed."""
    return FactsRequest(employers=list_unconfirmed(state))


def find_team_units(submission: Submission, facts: Facts) -> dict[str, str]:
    """Return whom of the team a unit of the version employs by the register, each with that unit in its one spelling.

    Whoever else is named is so by the applicant's word alone, which binds nobody.
    """
    known = [(person, facts.people[person]) for person in submission.team if person in facts.people]
    found = {person: canonical_code(fact.employer) for person, fact in sorted(known)}
    return {person: unit for person, unit in found.items() if unit in submission.employers}


def people_of_co_builders(state: ApplicationState, units: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Return who is written to for these co-builders, or for all: who confirmed, else those who were asked to."""
    asked: Mapping[str, tuple[str, ...]] = state.asked.people if state.asked else {}
    named = codes_of(state.submission) if units is None else units
    found = {
        person
        for unit in named
        for person in ((state.confirmed[unit],) if unit in state.confirmed else asked.get(unit, ()))
    }
    return tuple(sorted(found - {state.agent}))
