"""Whom an application's tasks wait for, by what its state says: written down a second time, apart from the core.

But for two things, as what one post entered is held against them: what a decision that may be reversed was, and what
would fall with it (`dependents.py` of its rooms), and which panel was seen (`settling/shortage.py`) are the core's own
words. `audit/rules/undoing/` and `audit/rules/panel/settling.py` judge these by themselves.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from audit.rules.panel.holding import list_holding
from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.rooms import ROOMS
from selection.application.settling.shortage import describe_panel
from selection.application.state import ApplicationState
from selection.kernel.stages import RoundStage, Stage
from selection.kernel.unfinished import Unfinished, file_of
from selection.process.decisions import Decisions
from selection.round.reversing.dependents import describe_integrity, list_falling
from selection.round.state import RoundState

People = tuple[str, ...]
RULED_ON = (RoundStage.PROPOSAL, RoundStage.NOTICE, RoundStage.APPROVAL, RoundStage.ISSUED)
"""In which stages of a round a hit waits for a ruling."""
OFFICERS, SUPERVISORS = "officers", "supervisors"
OTHER_POST: Mapping[str, str] = {"officer": SUPERVISORS, "supervisor": OFFICERS}


def _survey(state: ApplicationState, _: str) -> People | str | None:
    waits = state.stage is Stage.SURVEY and state.team and state.lead not in state.inactive
    return (state.lead,) if waits else None


def _survey_team(state: ApplicationState, _: str) -> People | str | None:
    able = [person for person in state.team if person not in (*state.unseated, *state.inactive)]
    waits = state.stage is Stage.SURVEY and (not able or len(able) < len(state.team))
    return OFFICERS if waits else None


def _appraise(state: ApplicationState, _: str) -> People | str | None:
    waits = state.stage is Stage.APPRAISAL and state.chair and state.meeting is None
    return (state.chair,) if waits else None


def _vote(state: ApplicationState, task: str) -> People | str | None:
    _, number, person = task.split("/", 2)
    meeting = state.meeting if state.stage is Stage.APPRAISAL else None
    waits = meeting is not None and str(meeting.number) == number
    voters = set(meeting.present) - set(meeting.aside) - set(meeting.votes) if meeting is not None else set()
    return (person,) if waits and person in voters else None


def _close(state: ApplicationState, _: str) -> People | str | None:
    meeting = state.meeting if state.stage is Stage.APPRAISAL else None
    waits = meeting is not None and not set(meeting.present) - set(meeting.aside) - set(meeting.votes)
    return (state.chair,) if waits else None


def _chair(state: ApplicationState, _: str) -> People | str | None:
    return OFFICERS if state.stage is Stage.APPRAISAL and not state.chair else None


def _replace_chair(state: ApplicationState, _: str) -> People | str | None:
    leads = state.stage in (Stage.REVIEW, Stage.SCORED, Stage.SURVEY, Stage.APPRAISAL)
    return SUPERVISORS if leads and state.chair in state.inactive else None


def _report(state: ApplicationState, task: str) -> People | str | None:
    report = state.reports.get(task.partition("/")[2])
    return SUPERVISORS if report is not None and report.upheld is None else None


def _examine(state: ApplicationState, task: str) -> People | str | None:
    objection = state.objections.get(task.partition("/")[2])
    if objection is None or objection.outcome:
        return None
    # Two of them sign; whose conflict data showed and a supervisor confirmed does not, nor who is not active.
    out = (*state.unseated, *state.inactive)
    left = [person for person in objection.examiners if person not in out]
    return OFFICERS if len(left) < 2 else None


def _settle(state: ApplicationState, task: str) -> People | str | None:
    _, name, person = task.split("/", 2)
    objection = state.objections.get(name)
    waits = objection is not None and not objection.outcome and person in objection.examiners
    waits = waits and person not in state.inactive
    return (person,) if waits else None


def _supplement(state: ApplicationState, _: str) -> People | str | None:
    reviewed = state.stage is Stage.REVIEW or _has_fresh_panel(state)
    # While a report holds the panel, what it lacks is not known.
    waits = reviewed and not list_holding(state) and not any(seat.open for seat in state.seats)
    return OFFICERS if waits else None


def _has_fresh_panel(state: ApplicationState) -> bool:
    return any(item.panel == "ordered" and not item.outcome for item in state.requests.values())


def _fraud(state: ApplicationState, _: str) -> People | str | None:
    return SUPERVISORS if state.fraud is not None and state.stage is not Stage.WITHDRAWN else None


def _settle_panel(state: ApplicationState, _: str) -> People | str | None:
    """Return whom of the two it waits for: who has not entered anything about the panel that the other saw."""
    seen = describe_panel(state)
    match [role for role, entry in state.settling.items() if entry.basis == seen]:
        case ["officer"]:
            return SUPERVISORS
        case ["supervisor"]:
            return OFFICERS
    return None


def _form(_: ApplicationState, task: str) -> People | str | None:
    """Return who has still to look at a form that changed; how that is, the claim on amended forms tells."""
    return (task.split("/", 2)[2],)


def _mend(state: ApplicationState, _: str) -> People | str | None:
    return (state.agent,) if state.stage is Stage.MENDING else None


def _confirm(state: ApplicationState, _: str) -> People | str | None:
    """Return the units of which a confirmation is missing: until the check, and in it once it was sent back."""
    early, checked = (Stage.SUBMITTED, Stage.RECOMMENDED), (Stage.CHECKING, Stage.MENDING)
    waits = state.stage in early or (state.stage in checked and state.sent_back)
    named = state.submission.co_builders if state.submission is not None else ()
    left = tuple(unit.code for unit in named if unit.code not in state.confirmed)
    return left if waits and state.asked is not None and left else None


def _deciders(state: ApplicationState, task: str) -> People | str | None:
    request = state.requests.get(task.partition("/")[2])
    if request is None or request.panel == "ordered":
        return None
    out = {*state.unseated, *(person for person in state.inactive if person not in request.findings)}
    able = set(request.deciders) - out
    waits = not request.outcome and (able <= set(request.findings) or len(able) < 2)
    return OFFICERS if waits else None


def _decide(state: ApplicationState, task: str) -> People | str | None:
    _, ground, person = task.split("/", 2)
    request = state.requests.get(ground)
    if request is None or request.outcome or request.panel == "ordered" or person in request.findings:
        return None
    out = (*state.unseated, *state.inactive)
    return (person,) if person in request.deciders and person not in out else None


def _remedy(state: ApplicationState, task: str) -> People | str | None:
    request = state.requests.get(task.partition("/")[2])
    waits = request is not None and request.outcome == "upheld" and not request.remedied
    return OFFICERS if waits else None


def _reverse(state: ApplicationState, task: str) -> People | str | None:
    """Return the post that what the other would reverse waits for; what falls, the claim on reversals judges."""
    decision = task.partition("/")[2]
    name, _, report = decision.partition("/")
    stands = (describe_decision(state, name, report), state.stage.value, list_dependents(state, name, report))
    return _find_other_post(state.decisions, decision, stands)


def reverse_integrity(state: RoundState, task: str) -> str | None:
    """Return the post that what the other would reverse of a proposal's integrity waits for."""
    decision = task.partition("/")[2]
    name, _, number = decision.partition("/")
    application = number if name == "hit" else ""
    stage = f"{state.stage.value}/{state.proposal}"
    stands = (describe_integrity(state, application), stage, list_falling(state, application))
    return _find_other_post(state.decisions, decision, stands)


def _find_other_post(
    decisions: Decisions, decision: str, stands: tuple[str, str, tuple[str, ...]]
) -> str | None:
    """Return the post that has not entered what stands of a decision, None unless just one of the two has."""
    found = {role: decisions.get_entered(decision, role) for role in OTHER_POST}
    posts = [
        role for role, entry in found.items() if entry and (entry.was, entry.stage, entry.void) == stands
    ]
    return OTHER_POST[posts[0]] if len(posts) == 1 else None


class TaskWait(NamedTuple):
    """Whom a task waits for: people, or those of a post, and None where it waits for nobody.

    `date` is the date of the calendar that it is due with, empty where its own window or so many days end it.
    """

    look: Callable[[ApplicationState, str], People | str | None]
    date: str


AWAITED: Mapping[str, TaskWait] = {
    "mend": TaskWait(_mend, ""),
    "survey": TaskWait(_survey, "survey"),
    "appoint-survey-team": TaskWait(_survey_team, "survey"),
    "appraise": TaskWait(_appraise, "appraisal"),
    "vote": TaskWait(_vote, "appraisal"),
    "close-appraisal": TaskWait(_close, "appraisal"),
    "appoint-chair": TaskWait(_chair, "appraisal"),
    "replace-chair": TaskWait(_replace_chair, ""),
    "rule-on-fraud": TaskWait(_fraud, ""),
    "settle-panel": TaskWait(_settle_panel, ""),
    "rule-on-conflict": TaskWait(_report, ""),
    "appoint-examiners": TaskWait(_examine, ""),
    "settle-objection": TaskWait(_settle, ""),
    "appoint-deciders": TaskWait(_deciders, ""),
    "rule-on-request": TaskWait(_decide, ""),
    "record-remedy": TaskWait(_remedy, ""),
    "supplement-panel": TaskWait(_supplement, ""),
    "reverse-decision": TaskWait(_reverse, ""),
    "submit-anew": TaskWait(_form, ""),
    "correct-review": TaskWait(_form, ""),
    "confirm-co-building": TaskWait(_confirm, ""),
}
"""By the kind of an application's task."""

DATES = {
    "check": "check",
    "recommend": "recommendation",
    **{kind: item.date for kind, item in AWAITED.items() if item.date},
}
"""The date of the calendar with which a task is due; of checks, and of what units recommend, the round reminds."""

OF_SEATS = ("answer-invitation", "review")
"""What a panel's seats wait for: since when it is missing tells what was noted of the entries (`silence.py`)."""
ABOVE_ALONE = ("confirm-co-building", *OF_SEATS)
"""Of these letters that wait remind whom it waits for, and rungs tell those above alone."""
REMINDED_OTHERWISE = ("check", *OF_SEATS)
"""Of a check the round reminds."""


def _check() -> None:
    """Raise Unfinished for a task of an application that this table or its room's TASKS lacks."""
    kinds = {kind for room in ROOMS for kind in room.task_names}
    missing = sorted(kinds - {*AWAITED, *REMINDED_OTHERWISE})
    if missing:
        raise Unfinished(f"{', '.join(missing)}: whom it waits for is not in AWAITED: {file_of(_check)}")
    unnamed = sorted({*AWAITED, *REMINDED_OTHERWISE} - kinds)
    if unnamed:
        raise Unfinished(f"{', '.join(unnamed)}: no task is called so: TASKS in its room's sentences.py")


_check()
