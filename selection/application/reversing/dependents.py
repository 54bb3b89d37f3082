"""What stands of a decision, and what falls with it: listed before anybody signs its reversal (docs/decisions/0070).

What rests on the version that was handed in, or on the site, and not on the decision itself, stays: a panel's seats and
scores and the survey's findings outlast a check that is made again, so that nobody gets rid of a score by reversing it.
"""

from collections.abc import Mapping

from selection.application.state import ApplicationState
from selection.kernel.stages import Outcome, Stage, after, between
from selection.process.decisions import SHORTLIST

RESUMES: Mapping[Stage, str] = {
    Stage.ELIGIBLE: "",
    **{stage: stage.value for stage in between(Stage.REVIEW, Stage.APPRAISED)},
    **dict.fromkeys((Stage.PROPOSED, Stage.RESERVE, Stage.NOTICE, Stage.CLEARED), Stage.APPRAISED.value),
}
"""Where an application goes on that passes a check which is made again: where it stood, but in no proposal."""
RULED = ("dismissed", "partly-upheld")
"""The rulings on an objection that leave its item where it was."""
_PROPOSED: Mapping[Stage, tuple[str, ...]] = {
    Stage.PROPOSED: ("proposal",),
    Stage.RESERVE: ("proposal",),
    Stage.NOTICE: ("proposal", "notice"),
    Stage.CLEARED: ("proposal", "notice", "approvals"),
}


def describe_decision(state: ApplicationState, decision: str, of: str = "") -> str:
    """Return what a decision was that stands, empty where none does."""
    match decision:
        case "check":
            return _describe_check(state)
        case "shortlist":
            return _describe_shortlist(state)
        case "survey":
            reported = state.verdict != "" and state.stage in between(after(Stage.SURVEY), Stage.CLEARED)
            return "reported" if reported else ""
        case "appraisal":
            recorded = state.appraisal is not None and state.stage in between(
                after(Stage.APPRAISAL), Stage.CLEARED
            )
            return "recorded" if recorded else ""
        case "objection":
            return _describe_ruling(state, of)
    found = state.reports.get(of)
    if found is None or found.upheld is None or state.ended:
        return ""
    return "upheld" if found.upheld else "dismissed"


def _describe_ruling(state: ApplicationState, objection: str) -> str:
    """Return how an objection was ruled on whose notice passed by it, or whose item it removed.

    Until the notice has passed, its own act reopens one that left the item where it was (0063).
    """
    found = state.objections.get(objection)
    if found is None:
        return ""
    passed = found.outcome in RULED and state.stage is Stage.CLEARED
    removed = found.outcome == "upheld" and state.outcome == Outcome.REMOVED
    return found.outcome if passed or removed else ""


def _describe_shortlist(state: ApplicationState) -> str:
    """Return how the officers' shortlist deviated from the rank with the application; by its rank alone is no decision.

    One that was added stands in no proposal yet: later it is a level that sends it back.
    """
    if SHORTLIST not in state.decisions.made:
        return ""
    if state.ended:
        return "left-off" if state.outcome == Outcome.NOT_SHORTLISTED else ""
    return "added" if state.stage in between(Stage.SURVEY, Stage.APPRAISED) else ""


def _describe_check(state: ApplicationState) -> str:
    if state.stage is Stage.MENDING:
        return "sent-back"
    if state.ended:
        return "failed" if state.outcome == Outcome.INELIGIBLE else ""
    return "passed" if state.stage in between(Stage.ELIGIBLE, Stage.CLEARED) else ""


def list_dependents(state: ApplicationState, decision: str, of: str = "") -> tuple[str, ...]:
    """Return what falls with a decision, in the order of the process, and is asked for again."""
    proposed = _PROPOSED.get(state.stage, ())
    meeting = ("meeting",) if state.meeting is not None else ()
    appraised = ("appraisal",) if state.appraisal is not None else ()
    match decision:
        case "check" if state.stage is Stage.MENDING:
            return ("mending",)
        case "check" | "objection" | "shortlist" if state.ended:
            return ("end",)
        case "shortlist":
            return (*meeting, *(("survey",) if state.verdict else ()), *appraised)
        case "check":
            return proposed
        case "survey":
            return (*meeting, *appraised, *proposed)
        case "appraisal":
            return (*meeting, *proposed)
        case "objection":
            return ("passing", "approvals")
    if find_vacancy(state, of) is None:
        return ()
    return ("vacancy", "score") if state.score is not None else ("vacancy",)


def find_vacancy(state: ApplicationState, report: str) -> int | None:
    """Return the number of the seat that a ruling emptied and nobody took since: its review counts again without it.

    It does not where another ruling upheld a conflict of the same person, or where they declared one themselves.
    """
    found = state.reports.get(report)
    if found is None or not found.upheld:
        return None
    if any(
        item.upheld and item.expert == found.expert for name, item in state.reports.items() if name != report
    ):
        return None
    own = [item for item in state.reviews if item.expert == found.expert and not item.declared]
    void = [item.seat for item in own if item.void]
    free = [seat.number for seat in state.seats if seat.status == "empty" and seat.expert == found.expert]
    return next((number for number in free if number in void), None)
