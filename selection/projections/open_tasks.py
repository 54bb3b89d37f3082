"""Who is awaited in a state, since when and until when: pure functions, so projections can be rebuilt from the log."""

from typing import Any

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.process.stages import RoundStage, Stage
from selection.round.state import RoundState


class OpenTask(Frozen):
    """Something that is awaited of a person, of a unit's agents, or of a role of the round."""

    key: str
    kind: str
    role: Role
    person: str | None = None
    unit: str | None = None
    since: Instant
    until: Instant | None = None


def tasks_of(state: Any) -> tuple[OpenTask, ...]:
    """Return what is awaited now, of whom, since when and until when."""
    match state:
        case ApplicationState():
            return _application_tasks(state)
        case RoundState():
            return _round_tasks(state)
    return ()


def _application_tasks(state: ApplicationState) -> tuple[OpenTask, ...]:
    since = state.since
    if since is None or state.ended:
        return ()
    tasks: list[OpenTask] = []
    match state.stage:
        case Stage.CHECKING:
            tasks.append(OpenTask(key="check", kind="check", role=Role.OFFICER, since=since))
        case Stage.MENDING:
            tasks.append(
                OpenTask(
                    key="mend",
                    kind="mend",
                    role=Role.APPLICANT,
                    person=state.agent,
                    since=since,
                    until=state.until,
                )
            )
        case Stage.REVIEW:
            tasks.extend(_seat_tasks(state))
        case Stage.SURVEY if not state.team:
            tasks.append(
                OpenTask(key="survey-team", kind="appoint-survey-team", role=Role.OFFICER, since=since)
            )
        case Stage.SURVEY:
            tasks.append(
                OpenTask(key="survey", kind="survey", role=Role.SURVEYOR, person=state.lead, since=since)
            )
        case Stage.APPRAISAL if not state.chair:
            tasks.append(OpenTask(key="chair", kind="appoint-chair", role=Role.OFFICER, since=since))
        case Stage.APPRAISAL:
            tasks.append(
                OpenTask(key="appraise", kind="appraise", role=Role.CHAIR, person=state.chair, since=since)
            )
    return (*tasks, *_report_tasks(state), *_objection_tasks(state))


def _seat_tasks(state: ApplicationState) -> list[OpenTask]:
    tasks: list[OpenTask] = []
    for seat in state.seats:
        if seat.status in ("invited", "accepted"):
            kind = "answer-invitation" if seat.status == "invited" else "review"
            tasks.append(
                OpenTask(
                    key=f"{kind}/{seat.number}/{seat.expert}",
                    kind=kind,
                    role=Role.EXPERT,
                    person=seat.expert,
                    since=seat.invited_at,
                    until=seat.respond_by if seat.status == "invited" else seat.review_by,
                )
            )
    if not tasks and not state.open_reports and state.since is not None:
        tasks.append(
            OpenTask(key="supplement", kind="supplement-panel", role=Role.OFFICER, since=state.since)
        )
    return tasks


def _report_tasks(state: ApplicationState) -> list[OpenTask]:
    return [
        OpenTask(key=f"report/{key}", kind="rule-on-conflict", role=Role.SUPERVISOR, since=item.at)
        for key, item in state.open_reports.items()
    ]


def _objection_tasks(state: ApplicationState) -> list[OpenTask]:
    tasks: list[OpenTask] = []
    for key, item in state.open_objections.items():
        if item.examiners:
            tasks.extend(
                OpenTask(
                    key=f"objection/{key}/{person}",
                    kind="settle-objection",
                    role=Role.EXAMINER,
                    person=person,
                    since=item.at,
                )
                for person in item.examiners
            )
        else:
            tasks.append(
                OpenTask(key=f"examine/{key}", kind="appoint-examiners", role=Role.OFFICER, since=item.at)
            )
    return tasks


_ROUND_TASKS = {
    RoundStage.DRAWING: "draw",
    RoundStage.SHORTLISTING: "shortlist",
    RoundStage.PROPOSAL: "propose",
}


def _round_tasks(state: RoundState) -> tuple[OpenTask, ...]:
    if state.since is None:
        return ()
    since = state.since
    tasks: list[OpenTask] = []
    if state.left_over:
        tasks.append(OpenTask(key="left-over", kind="left-over", role=Role.OFFICER, since=since))
    if state.stage in _ROUND_TASKS and not state.batch and not _carried_out(state):
        kind = _ROUND_TASKS[state.stage]
        if state.stage is RoundStage.PROPOSAL and state.proposed:
            kind = "open-notice"
        tasks.append(OpenTask(key=kind, kind=kind, role=Role.OFFICER, since=since))
    if state.stage is RoundStage.APPROVAL and not state.batch:
        tasks.append(_approval_task(state))
    return tuple(tasks)


def _carried_out(state: RoundState) -> bool:
    """Tell whether the stage's decision was made: the round's next look ends the stage, or what is left over.

    Applications that a draw left over are drawn for again; a shortlist is made once and repeated on the rest.
    """
    if state.stage is RoundStage.DRAWING:
        drawn = bool(state.draws) and list(state.draws.values())[-1].result is not None
        return drawn and not state.left_over
    return state.stage is RoundStage.SHORTLISTING and bool(state.shortlist)


def _approval_task(state: RoundState) -> OpenTask:
    assert state.since is not None
    assert state.sealed is not None
    since = state.since
    if not state.integrity:
        return OpenTask(key="integrity", kind="check-integrity", role=Role.SUPERVISOR, since=since)
    if any(ruling is None for ruling in state.hits.values()):
        return OpenTask(key="integrity-hit", kind="rule-on-integrity-hit", role=Role.SUPERVISOR, since=since)
    waiting = next((level for level in state.sealed.approval if level.code not in state.passed), None)
    if waiting is None:
        return OpenTask(key="issue", kind="issue", role=Role.OFFICER, since=since)
    return OpenTask(
        key=f"approve/{waiting.code}/{state.proposal}",
        kind="approve",
        role=Role.APPROVER,
        unit=waiting.code,
        since=since,
    )
