"""Decide on submission, recommendation, withdrawal, and their deadlines (docs/process-sources.md, stages 2 and 3)."""

from dataclasses import replace

from selection.application.co_builders import (
    ask_about_version,
    ask_to_confirm,
    codes_of,
    find_team_units,
    must_confirm_anew,
)
from selection.application.intake.commands import ReleaseRecommendation, Submit, TakeRecommendation, Withdraw
from selection.application.intake.events import (
    ApplicationLapsed,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CheckOpened,
    RecommendationReleased,
    RecommendationTaken,
)
from selection.application.preconditions import (
    refuse_clash,
    refuse_faulty,
    refuse_late,
    require_terms,
)
from selection.application.state import ApplicationState
from selection.application.submission import contents_of, get_form
from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, in_force
from selection.decision.fitting import refuse_unfit
from selection.kernel.day_clock import day_of
from selection.kernel.stages import Outcome, Stage
from selection.kernel.unit_codes import same_unit
from selection.process.room import Decider, Needs, Settle, Wait
from selection.refusals.refused import Refused
from selection.rules.terms import Terms


def submit(state: ApplicationState, command: Submit, context: Context) -> tuple[Event, ...]:
    """Accept a version of the application until the submission deadline."""
    terms = require_terms(context)
    submission = command.submission
    if terms.awaits_call is not None:
        raise Refused("call-awaited", opens=terms.awaits_call.isoformat())
    until = in_force("submission", terms, context.facts)
    stored = refuse_late("submission", until, context, contents_of(submission))
    refuse_faulty(submission, context)
    if not state.agent:
        fact = context.facts.people[context.actor.person]
        if not same_unit(fact.employer, submission.host.code):
            raise Refused("not-entitled", roles="applicant of the host unit")
    elif state.submission and not same_unit(state.submission.host.code, submission.host.code):
        raise Refused("unknown-value", place="host.code")
    if state.submission == submission and state.stage is not Stage.WITHDRAWN:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    refuse_unfit(get_form(submission), context, "submission.form")
    anew = codes_of(submission) if must_confirm_anew(state, submission) else ()
    return (
        ApplicationSubmitted(
            round=state.round,
            rules_hash=terms.rules_hash,
            revision=state.revision + 1,
            submission=submission,
            agent=state.agent or context.actor.person,
            officers=terms.officers,
            supervisors=terms.supervisors,
            stored_before=stored,
            asked=ask_to_confirm(state, anew, until, context),
            team_units=find_team_units(submission, context.facts),
        ),
    )


def withdraw(state: ApplicationState, command: Withdraw, context: Context) -> tuple[Event, ...]:
    """Take the application back, until the submission deadline."""
    refuse_late("submission", in_force("submission", require_terms(context), context.facts), context)
    return (ApplicationWithdrawn(reason=command.reason),)


def take_recommendation(
    state: ApplicationState, command: TakeRecommendation, context: Context
) -> tuple[Event, ...]:
    """Accept a unit's recommendation of the present version; the unit's list checked quota and deadline.

    The list recorded the recommendation in time, so the message may arrive after the deadline only if the
    application's own check has not opened yet.
    """
    if state.unit and state.unit != command.unit:
        raise Refused("other-route")
    if command.revision != state.revision:
        raise Refused("version-changed", version=str(command.revision), current=str(state.revision))
    if state.stage is Stage.RECOMMENDED:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    terms = require_terms(context)
    if command.sent is not None and state.since and command.sent < (day := day_of(terms.clock, state.since)):
        # Nobody recommends what is not there yet. Once a unit took it back, its new word is later than that.
        raise Refused("sent-before-version", day=day.isoformat())
    region = terms.unit_regions.get(command.unit)
    if region and state.submission and region != state.submission.region:
        raise Refused("other-region")
    refuse_clash(state, context, "recommender", command.agent)
    return (RecommendationTaken(unit=command.unit, revision=command.revision, agent=command.agent),)


def release_recommendation(
    state: ApplicationState, command: ReleaseRecommendation, context: Context
) -> tuple[Event, ...]:
    """Give up a recommendation that the unit withdrew.

    The list took the withdrawal in time and gave the place away, so a message that comes after the check was
    opened ends the application, wherever it stands before a panel is seated: the unit's quota holds however late
    the message is.
    """
    if state.unit != command.unit:
        raise Refused("not-listed")
    released = RecommendationReleased(unit=command.unit)
    if state.stage is Stage.RECOMMENDED:
        return (released,)
    deadline = state.intake_ended or in_force("recommendation", require_terms(context), context.facts)
    return (released, ApplicationLapsed(outcome=Outcome.NOT_RECOMMENDED.value, deadline=deadline))


def wait_for_submission(state: ApplicationState, terms: Terms, facts: Facts) -> Due:
    """Return the submission deadline: what is withdrawn may be submitted again until then."""
    return _intake("submission", terms, facts)


def wait_for_recommendation(state: ApplicationState, terms: Terms, facts: Facts) -> Due:
    """Return the recommendation deadline; what nobody recommended yet waits for paper as long as the rules say."""
    due = _intake("recommendation", terms, facts)
    if state.stage is Stage.RECOMMENDED or not terms.stages.recommendation:
        return due
    return replace(due, at=max(due.at, terms.end_of_paper(due.deadline)))


def settle_submission(
    state: ApplicationState, passed: Due, context: Context, terms: Terms
) -> tuple[Event, ...]:
    """End what was withdrawn and not submitted again."""
    return (ApplicationLapsed(outcome=Outcome.WITHDRAWN.value, deadline=passed.deadline),)


def settle_recommendation(
    state: ApplicationState, passed: Due, context: Context, terms: Terms
) -> tuple[Event, ...]:
    """Open the check of what is recommended, or of all where nobody recommends; end what is not."""
    if state.stage is Stage.RECOMMENDED or not terms.stages.recommendation:
        return (CheckOpened(deadline=passed.deadline),)
    return (ApplicationLapsed(outcome=Outcome.NOT_RECOMMENDED.value, deadline=passed.deadline),)


def _intake(name: DueName, terms: Terms, facts: Facts) -> Due:
    deadline = in_force(name, terms, facts)
    return Due(name, deadline + terms.grace, deadline, movable=True)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    Submit: submit,
    Withdraw: withdraw,
    TakeRecommendation: take_recommendation,
    ReleaseRecommendation: release_recommendation,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {Submit: ask_about_version}

WAITS: dict[str, Wait[ApplicationState]] = {
    Stage.WITHDRAWN: wait_for_submission,
    Stage.SUBMITTED: wait_for_recommendation,
    Stage.RECOMMENDED: wait_for_recommendation,
}

SETTLES: dict[DueName, Settle[ApplicationState]] = {
    "submission": settle_submission,
    "recommendation": settle_recommendation,
}
