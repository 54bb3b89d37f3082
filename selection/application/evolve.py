"""Fold one event into the state of an application."""

from collections.abc import Callable
from typing import Any

from selection.application import events as e
from selection.application.duties import DUTY_OF_ROLE
from selection.application.evolve_panel import PANEL_FOLDS
from selection.application.state import ApplicationState, Appraisal, Objection, with_hand
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.process.stages import Outcome, Stage

Fold = Callable[[ApplicationState, Any, Leaf], dict[str, Any]]


def apply(state: ApplicationState, event: Event, leaf: Leaf) -> ApplicationState:
    """Return the state after the event; an event of another aggregate raises KeyError.

    Whoever acts has a hand in the application from then on, in the duty of the role acted in.
    """
    changes = FOLDS[type(event)](state, event, leaf)
    duty, person = DUTY_OF_ROLE.get(leaf.actor.role), leaf.actor.person
    if duty is not None:
        hands = changes.get("hands", state.hands)
        if person not in hands.get(duty, ()):
            changes = {**changes, "hands": with_hand(hands, duty, person)}
    return state.with_(**changes)


def _submitted(state: ApplicationState, event: e.ApplicationSubmitted, leaf: Leaf) -> dict[str, Any]:
    return {
        **state.entered(Stage.SUBMITTED, leaf.at),
        "revision": event.revision,
        "submission": event.submission,
        "agent": event.agent,
        "officers": event.officers,
        "supervisors": event.supervisors,
        "unit": "",
        "recommended_revision": 0,
        "hands": state.with_hand("applicant", event.agent),
    }


def _withdrawn(state: ApplicationState, event: e.ApplicationWithdrawn, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.WITHDRAWN, leaf.at), "unit": "", "recommended_revision": 0}


def _recommended(state: ApplicationState, event: e.RecommendationTaken, leaf: Leaf) -> dict[str, Any]:
    return {
        **state.entered(Stage.RECOMMENDED, leaf.at),
        "unit": event.unit,
        "recommended_revision": event.revision,
        "hands": state.with_hand("recommender", event.agent),
    }


def _released(state: ApplicationState, event: e.RecommendationReleased, leaf: Leaf) -> dict[str, Any]:
    released: dict[str, Any] = {"unit": "", "recommended_revision": 0}
    # Once the check is open, the end that is recorded with it says where the application goes.
    return (
        {**state.entered(Stage.SUBMITTED, leaf.at), **released}
        if state.stage is Stage.RECOMMENDED
        else released
    )


def _lapsed(state: ApplicationState, event: e.ApplicationLapsed, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "outcome": event.outcome}


def _check_opened(state: ApplicationState, event: e.CheckOpened, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.CHECKING, leaf.at), "intake_ended": event.deadline}


def _sent_back(state: ApplicationState, event: e.SentBack, leaf: Leaf) -> dict[str, Any]:
    return {
        **state.entered(Stage.MENDING, leaf.at, event.until),
        "sent_back": state.sent_back + 1,
    }


def _mended(state: ApplicationState, event: e.ApplicationMended, leaf: Leaf) -> dict[str, Any]:
    return {
        **state.entered(Stage.CHECKING, leaf.at),
        "revision": event.revision,
        "submission": event.submission,
    }


def _mending_lapsed(state: ApplicationState, event: e.MendingLapsed, leaf: Leaf) -> dict[str, Any]:
    return state.entered(Stage.CHECKING, leaf.at)


def _check_passed(state: ApplicationState, event: e.CheckPassed, leaf: Leaf) -> dict[str, Any]:
    return state.entered(Stage.ELIGIBLE, leaf.at)


def _check_failed(state: ApplicationState, event: e.CheckFailed, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "outcome": Outcome.INELIGIBLE.value}


def _shortlisted(state: ApplicationState, event: e.PlacedOnShortlist, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.SURVEY, leaf.at), "rank": event.rank}


def _left_off(state: ApplicationState, event: e.LeftOffShortlist, leaf: Leaf) -> dict[str, Any]:
    return {
        **state.entered(Stage.ENDED, leaf.at),
        "rank": event.rank,
        "outcome": Outcome.NOT_SHORTLISTED.value,
    }


def _team(state: ApplicationState, event: e.SurveyTeamAppointed, leaf: Leaf) -> dict[str, Any]:
    return {
        "lead": event.lead,
        "team": event.members,
        "hands": state.with_hand("surveyor", *event.members),
    }


def _surveyed(state: ApplicationState, event: e.SurveyReported, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.APPRAISAL, leaf.at), "verdict": event.verdict}


def _appraised(state: ApplicationState, event: e.AppraisalRecorded, leaf: Leaf) -> dict[str, Any]:
    result = Appraisal(
        score=event.score,
        votes_for=event.votes_for,
        votes_against=event.votes_against,
        abstained=event.abstained,
    )
    return {**state.entered(Stage.APPRAISED, leaf.at), "appraisal": result}


def _proposed(state: ApplicationState, event: e.PlacedInProposal, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.PROPOSED, leaf.at), "proposal": event.proposal, "rank": event.rank}


def _reserve(state: ApplicationState, event: e.PlacedInReserve, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.RESERVE, leaf.at), "proposal": event.proposal}


def _notice(state: ApplicationState, event: e.NoticeOpened, leaf: Leaf) -> dict[str, Any]:
    return state.entered(Stage.NOTICE, leaf.at, event.until)


def _objection(state: ApplicationState, event: e.ObjectionRaised, leaf: Leaf) -> dict[str, Any]:
    raised = Objection(objector=event.objector, text=event.text, at=leaf.at)
    return {
        "objections": {**state.objections, event.objection: raised},
        "hands": state.with_hand("objector", event.objector),
    }


def _examiners(state: ApplicationState, event: e.ExaminersAppointed, leaf: Leaf) -> dict[str, Any]:
    found = state.objections[event.objection].model_copy(update={"examiners": event.examiners})
    return {
        "objections": {**state.objections, event.objection: found},
        "hands": state.with_hand("examiner", *event.examiners),
    }


def _settled(state: ApplicationState, event: e.ObjectionSettled, leaf: Leaf) -> dict[str, Any]:
    changes = {"outcome": event.outcome, "reasons": event.text}
    found = state.objections[event.objection].model_copy(update=changes)
    return {"objections": {**state.objections, event.objection: found}}


def _notice_passed(state: ApplicationState, event: e.NoticePassed, leaf: Leaf) -> dict[str, Any]:
    return state.entered(Stage.CLEARED, leaf.at)


def _held(state: ApplicationState, event: e.ItemHeld, leaf: Leaf) -> dict[str, Any]:
    return state.entered(Stage.HELD, leaf.at, event.deadline)


def _removed(state: ApplicationState, event: e.ItemRemoved, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "outcome": Outcome.REMOVED.value}


def _listed(state: ApplicationState, event: e.ApplicationListed, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "place": event.place, "outcome": Outcome.LISTED.value}


def _not_selected(state: ApplicationState, event: e.ApplicationNotSelected, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "outcome": Outcome.NOT_SELECTED.value}


def _cancelled(state: ApplicationState, event: e.ApplicationCancelled, leaf: Leaf) -> dict[str, Any]:
    return {**state.entered(Stage.ENDED, leaf.at), "outcome": Outcome.CANCELLED.value}


FOLDS: dict[type[Event], Fold] = {
    **PANEL_FOLDS,
    e.ApplicationSubmitted: _submitted,
    e.ApplicationWithdrawn: _withdrawn,
    e.RecommendationTaken: _recommended,
    e.RecommendationReleased: _released,
    e.ApplicationLapsed: _lapsed,
    e.CheckOpened: _check_opened,
    e.SentBack: _sent_back,
    e.ApplicationMended: _mended,
    e.MendingLapsed: _mending_lapsed,
    e.CheckPassed: _check_passed,
    e.CheckFailed: _check_failed,
    e.PlacedOnShortlist: _shortlisted,
    e.LeftOffShortlist: _left_off,
    e.SurveyTeamAppointed: _team,
    e.SurveyReported: _surveyed,
    e.AppraisalRecorded: _appraised,
    e.PlacedInProposal: _proposed,
    e.PlacedInReserve: _reserve,
    e.NoticeOpened: _notice,
    e.ObjectionRaised: _objection,
    e.ExaminersAppointed: _examiners,
    e.ObjectionSettled: _settled,
    e.NoticePassed: _notice_passed,
    e.ItemHeld: _held,
    e.ItemRemoved: _removed,
    e.ApplicationListed: _listed,
    e.ApplicationNotSelected: _not_selected,
    e.ApplicationCancelled: _cancelled,
}
