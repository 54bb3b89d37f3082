"""Decide on submission, recommendation and withdrawal (docs/process-sources.md, stages 2 and 3)."""

from selection.application import commands as c
from selection.application import events as e
from selection.application.preconditions import deadline_in_force, needed_terms, refuse_clash, refuse_late
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.kernel.model import Ref
from selection.process.stages import Outcome, Stage
from selection.refusals.refused import Refused


def submit(state: ApplicationState, command: c.Submit, context: Context) -> tuple[Event, ...]:
    """Accept a version of the application until the submission deadline."""
    terms = needed_terms(context)
    submission = command.submission
    until = deadline_in_force("submission", context)
    stored = refuse_late("submission", until, context, contents_of(submission))
    refuse_faulty(submission, context)
    if not state.agent:
        fact = context.facts.people[context.actor.person]
        if fact.employer != submission.host.code:
            raise Refused("not-entitled", roles="applicant of the host unit")
    elif state.submission and state.submission.host.code != submission.host.code:
        raise Refused("unknown-value", place="host.code")
    if state.submission == submission and state.stage is not Stage.WITHDRAWN:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    return (
        e.ApplicationSubmitted(
            round=state.round,
            rules_hash=terms.rules_hash,
            revision=state.revision + 1,
            submission=submission,
            agent=state.agent or context.actor.person,
            officers=terms.officers,
            supervisors=terms.supervisors,
            stored_before=stored,
        ),
    )


def withdraw(state: ApplicationState, command: c.Withdraw, context: Context) -> tuple[Event, ...]:
    """Take the application back, until the submission deadline."""
    refuse_late("submission", deadline_in_force("submission", context), context)
    return (e.ApplicationWithdrawn(reason=command.reason),)


def take_recommendation(
    state: ApplicationState, command: c.TakeRecommendation, context: Context
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
    region = needed_terms(context).unit_regions.get(command.unit)
    if region and state.submission and region != state.submission.region:
        raise Refused("other-region")
    refuse_clash(state, "recommender", command.agent)
    return (e.RecommendationTaken(unit=command.unit, revision=command.revision, agent=command.agent),)


def release_recommendation(
    state: ApplicationState, command: c.ReleaseRecommendation, context: Context
) -> tuple[Event, ...]:
    """Give up a recommendation that the unit withdrew.

    The list took the withdrawal in time and gave the place away, so a message that comes after the check was
    opened ends the application, wherever it stands before a panel is seated: the unit's quota holds however late
    the message is.
    """
    if state.unit != command.unit:
        raise Refused("not-listed")
    released = e.RecommendationReleased(unit=command.unit)
    if state.stage is Stage.RECOMMENDED:
        return (released,)
    deadline = state.intake_ended or deadline_in_force("recommendation", context)
    return (released, e.ApplicationLapsed(outcome=Outcome.NOT_RECOMMENDED.value, deadline=deadline))


def refuse_faulty(submission: e.Submission, context: Context) -> None:
    """Raise Refused for a value outside the rules, or something that the call asks for and is missing."""
    terms = needed_terms(context)
    for place, value, allowed in (
        ("field", submission.field, terms.fields),
        ("region", submission.region, terms.regions),
        ("priority", submission.priority, terms.priorities),
    ):
        if value not in allowed:
            raise Refused("unknown-value", place=place)
    if submission.region != submission.host.region:
        raise Refused("unknown-value", place="host.region")
    if len(submission.avoid) > terms.panel.avoid_max:
        raise Refused("too-many", place="avoid", limit=str(terms.panel.avoid_max))
    if len(submission.employers) != 1 + len(submission.co_builders):
        raise Refused("unknown-value", place="co_builders")


def contents_of(submission: e.Submission) -> tuple[Ref, ...]:
    """Return every stored content that the version refers to."""
    optional = tuple(ref for ref in (submission.seals, submission.agreement) if ref)
    return (submission.form, submission.pledge, *submission.evidence, *optional)
