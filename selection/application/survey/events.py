"""What can happen in the shortlist and the site survey: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.application.audiences import PARTY
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm, show_form
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Outcome, Stage, after
from selection.process.decisions import SHORTLIST, SURVEY
from selection.process.room import Fold


class PlacedOnShortlist(Event):
    """The officer's shortlist took the application in, at this rank; `reason` where the officer deviated."""

    TYPE = "application.shortlisted.v1"
    rank: int
    reason: Ref | None = None
    AUDIENCE = {
        "*": f"{PARTY} surveyor chair approver admin",
        "rank": "approver",
        "reason": "approver",
    }


class LeftOffShortlist(Event):
    """The officer's shortlist did not take the application in; `rank` is 0 unless it was left off against its rank."""

    TYPE = "application.not-shortlisted.v1"
    rank: int
    reason: Ref | None = None
    AUDIENCE = {"*": f"{PARTY} approver admin", "rank": "approver", "reason": "applicant co-builder approver"}


class SurveyTeamAppointed(Event):
    """The people who visit the site; where others were to before, for a `reason`, with who of them `left`.

    `disclosed` are those who compete for the same places with other applications, and may survey it: which.
    """

    TYPE = "survey.team-appointed.v1"
    lead: str
    members: tuple[str, ...]
    left: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    reason: Annotated[Ref | None, Field(exclude_if=lambda reason: reason is None)] = None
    disclosed: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda bids: not bids)] = {}
    AUDIENCE = {
        "*": f"{PARTY} surveyor chair admin",
        "disclosed": "",
        "lead": "surveyor",
        "members": "surveyor",
        "left": "surveyor",
        "reason": "",
    }


class SurveyReported(Event):
    """Findings of the site survey per content, photos by hash, a verdict; answers to the survey form, if asked."""

    TYPE = "survey.reported.v1"
    day: str
    findings: dict[str, Ref]
    photos: tuple[Ref, ...]
    verdict: str
    form: AnsweredForm | None = None
    AUDIENCE = {
        **show_form("surveyor chair examiner approver"),
        "*": f"{PARTY} surveyor chair examiner approver admin",
        "day": f"{PARTY} surveyor chair examiner approver",
        "findings": "surveyor chair examiner approver",
        "photos": "surveyor chair examiner approver",
        "verdict": "surveyor chair examiner approver",
    }


class SurveyLeftOut(Event):
    """The scheme has no site survey: the application goes on."""

    TYPE = "survey.left-out.v1"
    AUDIENCE = {"*": f"{PARTY} chair approver admin"}


def _fold_shortlisted(state: ApplicationState, event: PlacedOnShortlist, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(after(Stage.SCORED), leaf.at), "rank": event.rank, **_deviate(state, event.reason)}


def _deviate(state: ApplicationState, reason: Ref | None) -> dict[str, object]:
    """Return that the shortlist deviated with an application, which can be reversed; whose it was says the round."""
    return {} if reason is None else {"decisions": state.decisions.with_made(SHORTLIST)}


def _fold_left_off(state: ApplicationState, event: LeftOffShortlist, leaf: Leaf) -> dict[str, object]:
    return {
        **state.enter(Stage.ENDED, leaf.at),
        "rank": event.rank,
        "outcome": Outcome.NOT_SHORTLISTED.value,
        **_deviate(state, event.reason),
    }


def _team(state: ApplicationState, event: SurveyTeamAppointed, leaf: Leaf) -> dict[str, object]:
    return {
        "lead": event.lead,
        "team": event.members,
        "joined": {person: state.joined.get(person, leaf.at) for person in event.members},
        "hands": state.with_hand("surveyor", *event.members),
    }


def _fold_surveyed(state: ApplicationState, event: SurveyReported, leaf: Leaf) -> dict[str, object]:
    made = state.decisions.with_made(SURVEY, *state.team, *leaf.actor.people)
    return {**state.enter(after(Stage.SURVEY), leaf.at), "verdict": event.verdict, "decisions": made}


def _fold_left_out(state: ApplicationState, event: SurveyLeftOut, leaf: Leaf) -> dict[str, object]:
    return state.enter(after(Stage.SURVEY), leaf.at)


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    PlacedOnShortlist: _fold_shortlisted,
    LeftOffShortlist: _fold_left_off,
    SurveyTeamAppointed: _team,
    SurveyReported: _fold_surveyed,
    SurveyLeftOut: _fold_left_out,
}
