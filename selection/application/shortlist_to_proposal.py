"""Decide on shortlist, survey, appraisal and proposal (docs/process-sources.md, stages 6 to 8)."""

from selection.application import commands as c
from selection.application import events as e
from selection.application.preconditions import needed_terms, refuse_clash
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.process.stages import Stage
from selection.refusals.refused import Refused


def place_on_shortlist(
    state: ApplicationState, command: c.PlaceOnShortlist, context: Context
) -> tuple[Event, ...]:
    """Carry out the officer's shortlist for this application, once no reported conflict waits for a ruling."""
    if state.open_reports:
        raise Refused("still-open", count=str(len(state.open_reports)), stage="report")
    if command.listed:
        return (e.PlacedOnShortlist(rank=command.rank, reason=command.reason),)
    return (e.LeftOffShortlist(rank=command.rank, reason=command.reason),)


def appoint_survey_team(
    state: ApplicationState, command: c.AppointSurveyTeam, context: Context
) -> tuple[Event, ...]:
    """Appoint the survey team; registered people of other legal persons, the lead among them."""
    terms = needed_terms(context)
    members = tuple(sorted(set(command.members)))
    if len(members) < terms.survey_min_team:
        raise Refused("too-few", place="survey team", limit=str(terms.survey_min_team))
    if command.lead not in members:
        raise Refused("missing", place="lead")
    if (state.lead, state.team) == (command.lead, members):
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    refuse_strangers(state, members, context)
    refuse_clash(state, "surveyor", *members)
    if not set(members).isdisjoint(state.former):
        raise Refused("same-hands", duty="former reviewer")
    return (e.SurveyTeamAppointed(lead=command.lead, members=members),)


def report_survey(state: ApplicationState, command: c.ReportSurvey, context: Context) -> tuple[Event, ...]:
    """Record the findings, one text per content of the review."""
    terms = needed_terms(context)
    if set(command.findings) != set(terms.weights):
        raise Refused("missing", place="findings: " + ", ".join(sorted(terms.weights)))
    return (
        e.SurveyReported(
            day=command.day,
            findings=dict(sorted(command.findings.items())),
            photos=command.photos,
            verdict=command.verdict,
        ),
    )


def record_appraisal(
    state: ApplicationState, command: c.RecordAppraisal, context: Context
) -> tuple[Event, ...]:
    """Record the panel's meeting; present are panel members, votes those who did not stand aside.

    As many must be present as reviews must be valid, or all who are left after a conflict came to light.
    """
    terms = needed_terms(context)
    panel = {seat.expert for seat in state.seats if seat.status == "submitted"}
    present, aside = set(command.present), set(command.aside)
    if not present <= panel or not aside <= present:
        raise Refused("no-such-seat")
    quorum = min(terms.panel.min_valid, len(panel))
    if len(present - aside) < quorum:
        raise Refused("too-few", place="present", limit=str(quorum))
    voters = len(present - aside)
    if command.votes_for + command.votes_against + command.abstained != voters:
        raise Refused("votes-unclear", voters=str(voters))
    if not {item.expert for item in command.dissents} <= present - aside:
        raise Refused("no-such-seat")
    return (
        e.AppraisalRecorded(
            present=tuple(sorted(present)),
            aside=tuple(sorted(aside)),
            score=command.score,
            votes_for=command.votes_for,
            votes_against=command.votes_against,
            abstained=command.abstained,
            dissents=command.dissents,
            text=command.text,
        ),
    )


def place_in_proposal(
    state: ApplicationState, command: c.PlaceInProposal, context: Context
) -> tuple[Event, ...]:
    """Carry out the officer's proposal; an item whose notice passed stays cleared unless it was sent back."""
    if command.proposal == state.proposal:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if command.proposal < state.proposal:
        raise Refused("proposal-changed", current=str(state.proposal))
    if command.rank == 0:
        return (e.PlacedInReserve(proposal=command.proposal, reason=command.reason),)
    if command.reason is None:
        raise Refused("reason-missing", application=state.number)
    if state.stage is Stage.CLEARED and not command.again:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    return (e.PlacedInProposal(proposal=command.proposal, rank=command.rank, reason=command.reason),)


def refuse_strangers(state: ApplicationState, people: tuple[str, ...], context: Context) -> None:
    """Raise Refused unless each person is registered and of another legal person than the applicant."""
    for person in people:
        fact = context.facts.people.get(person)
        if fact is None or not fact.active:
            raise Refused("unknown-person")
        if state.submission and fact.employer in state.submission.employers:
            raise Refused("same-employer")
