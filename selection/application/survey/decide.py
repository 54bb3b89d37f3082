"""Decide on the shortlist and the site survey (docs/process-sources.md, stages 6 and 7)."""

from datetime import date, datetime

from selection.application.preconditions import (
    ask_about_answers,
    list_replaced,
    refuse_clash,
    refuse_former,
    refuse_strangers,
    require_terms,
)
from selection.application.recusal import disclose_rivals
from selection.application.state import ApplicationState
from selection.application.survey.commands import AppointSurveyTeam, PlaceOnShortlist, ReportSurvey
from selection.application.survey.events import (
    LeftOffShortlist,
    PlacedOnShortlist,
    SurveyLeftOut,
    SurveyReported,
    SurveyTeamAppointed,
)
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.fitting import refuse_unanswered
from selection.kernel.actor import Actor
from selection.kernel.day_clock import day_of, is_rehearsal
from selection.kernel.stages import Stage
from selection.process.decisions import SURVEY
from selection.process.registrars import refuse_registrars
from selection.process.room import Decider, Follow, Needs
from selection.refusals.refused import Refused
from selection.rules.terms import Terms


def place_on_shortlist(
    state: ApplicationState, command: PlaceOnShortlist, context: Context
) -> tuple[Event, ...]:
    """Carry out the officer's shortlist for this application, once no reported conflict waits for a ruling."""
    if state.holding_reports:
        raise Refused("still-open", count=str(len(state.holding_reports)), stage="report")
    if command.listed:
        return (PlacedOnShortlist(rank=command.rank, reason=command.reason),)
    return (LeftOffShortlist(rank=command.rank, reason=command.reason),)


def appoint_survey_team(
    state: ApplicationState, command: AppointSurveyTeam, context: Context
) -> tuple[Event, ...]:
    """Appoint the survey team; registered people of other legal persons, the lead among them."""
    terms = require_terms(context)
    members = tuple(sorted(set(command.members)))
    if len(members) < terms.survey_min_team:
        raise Refused("too-few", place="survey team", limit=str(terms.survey_min_team))
    if command.lead not in members:
        raise Refused("missing", place="lead")
    if (state.lead, state.team) == (command.lead, members):
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    refuse_strangers(state, members, context)
    refuse_registrars(members, context)
    refuse_clash(state, context, "surveyor", *members)
    refuse_former(state, SURVEY, *members)
    if not set(members).isdisjoint(state.former):
        raise Refused("same-hands", duty="former reviewer")
    left = list_replaced(state.team, members, command.reason)
    return (
        SurveyTeamAppointed(
            lead=command.lead,
            members=members,
            left=left,
            reason=command.reason,
            disclosed=disclose_rivals(state, members, context),
        ),
    )


def report_survey(state: ApplicationState, command: ReportSurvey, context: Context) -> tuple[Event, ...]:
    """Record the findings, one text per content of the review."""
    terms = require_terms(context)
    for person in state.team:
        if person in state.unseated:
            raise Refused("conflict-upheld", person=person)
    if set(command.findings) != set(terms.weights):
        raise Refused("missing", place="findings: " + ", ".join(sorted(terms.weights)))
    _refuse_other_days(state, command.day, context, terms)
    refuse_unanswered("survey", command.form, context)
    return (
        SurveyReported(
            day=command.day,
            findings=dict(sorted(command.findings.items())),
            photos=command.photos,
            verdict=command.verdict,
            form=command.form,
        ),
    )


def _refuse_other_days(state: ApplicationState, day: str, context: Context, terms: Terms) -> None:
    """Raise Refused unless a day is one of the calendar, from that on which who reports joined the team until today.

    Others may have joined or left since. In a rehearsal days pass in seconds, and any of the calendar will do.
    """
    if not is_day(day):
        raise Refused("no-day")
    joined = state.joined.get(context.actor.person, state.since)
    if joined is None or is_rehearsal(terms.clock):
        return
    first, last = (day_of(terms.clock, instant).isoformat() for instant in (joined, context.at))
    if not first <= day <= last:
        raise Refused("day-outside", first=first, last=last)


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar in its one spelling, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def team_needs(
    state: ApplicationState, actor: Actor, command: AppointSurveyTeam, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of the members, and through whose hands they came into it."""
    return FactsRequest(people=command.members, registered=command.members)


def leave_out_survey(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the way past the survey where the rules have none."""
    return (SurveyLeftOut(),) if state.stage is Stage.SURVEY and not terms.stages.survey else ()


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    PlaceOnShortlist: place_on_shortlist,
    AppointSurveyTeam: appoint_survey_team,
    ReportSurvey: report_survey,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    AppointSurveyTeam: team_needs,
    ReportSurvey: ask_about_answers("survey"),
}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (leave_out_survey,)
