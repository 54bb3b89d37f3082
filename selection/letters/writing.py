"""What an event sends: letters to people, and messages to other streams; pure, and recorded with the event.

Letters hold ids, codes and instants only. Their texts stand in to_applicants.py, to_experts.py and to_staff.py.
"""

from collections.abc import Callable, Iterable
from typing import Any

from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event, event_of
from selection.decision.reference import Decision
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Frozen
from selection.process.stages import RoundStage, Stage
from selection.round import events as r
from selection.round.state import RoundState


class Letter(Frozen):
    """A mail to a person. With `due` it waits until then; with `task` it is sent only if that is still open."""

    key: str
    to: str
    template: str
    params: dict[str, str]
    due: Instant | None = None
    task: str | None = None


class Message(Frozen):
    """A decision that another workflow is to carry out, delivered at least once; its name makes it one act."""

    key: str
    workflow_id: str
    decision: Decision


class Wake(Frozen):
    """A signal that asks a round to look at the record."""

    round: str
    stage: str


Outgoing = Letter | Message | Wake


def outgoing(before: Any, leaf: Leaf, after: Any) -> tuple[Outgoing, ...]:
    """Return what a recorded event sends, given the stream's state before and after it."""
    event = event_of(leaf)
    write = _WRITERS.get(type(event))
    letters = tuple(write(event, after)) if write else ()
    if isinstance(after, ApplicationState):
        return (*letters, *_freed(before, leaf, event, after), *_released(before, after))
    return letters


def _freed(
    before: ApplicationState, leaf: Leaf, event: Event, after: ApplicationState
) -> tuple[Message, ...]:
    """Return the message that frees the place on the unit's list after an edit or a withdrawal."""
    if before.stage is not Stage.RECOMMENDED or not isinstance(
        event, a.ApplicationSubmitted | a.ApplicationWithdrawn
    ):
        return ()
    to = f"recommender/{after.round}/{before.unit}"
    return (
        Message(key="free", workflow_id=to, decision=Decision(stream=after.stream, version=leaf.version)),
    )


def _released(before: ApplicationState, after: ApplicationState) -> tuple[Wake, ...]:
    """Return the wake for a round that holds an item whose objections have ended, while others are still held."""
    left = before.stage is Stage.HELD and after.stage is not Stage.HELD
    return (Wake(round=after.round, stage=Stage.HELD.value),) if left else ()


def _to(people: Iterable[str], template: str, state: Any, **params: str) -> list[Letter]:
    known = {"round": state.round, **params}
    if isinstance(state, ApplicationState):
        known["application"] = state.number
    return [
        Letter(key=f"{template}/{person}", to=person, template=template, params=known) for person in people
    ]


def _reminders(first: Letter, instants: Iterable[Instant], template: str, task: str) -> list[Letter]:
    return [
        first.model_copy(
            update={"key": f"{template}/{first.to}/{count}", "template": template, "due": due, "task": task}
        )
        for count, due in enumerate(instants, start=1)
    ]


def _invited(number: int, expert: str, event: Any, state: ApplicationState) -> list[Letter]:
    until = event.respond_by.isoformat()
    (first,) = _to([expert], "invitation", state, until=until)
    task = f"answer-invitation/{number}/{expert}"
    return [first, *_reminders(first, event.remind_answer, "invitation-reminder", task)]


def _seated(event: a.PanelSeated, state: ApplicationState) -> list[Letter]:
    return [
        letter
        for number, expert in event.seats.items()
        for letter in _invited(int(number), expert, event, state)
    ]


def _accepted(event: a.InvitationAccepted, state: ApplicationState) -> list[Letter]:
    seat = state.seat_of(event.expert)
    assert seat is not None
    (first,) = _to([event.expert], "review-open", state, until=seat.review_by.isoformat())
    task = f"review/{seat.number}/{seat.expert}"
    return [first, *_reminders(first, seat.remind_review, "review-reminder", task)]


def _vacated(event: a.SeatVacated, state: ApplicationState) -> list[Letter]:
    letters = _to([event.expert], "seat-released", state, why=event.why)
    if event.why in ("no-response", "no-review"):
        letters += _to(state.officers, "seat-lost", state, why=event.why, seat=str(event.seat))
    return letters


def _agent(template: str, **fields: str) -> Callable[[Any, ApplicationState], list[Letter]]:
    """Return a writer of one letter to the applicant's agent, with parameters read off the event."""

    def write(event: Any, state: ApplicationState) -> list[Letter]:
        params = {name: _text(getattr(event, attribute)) for name, attribute in fields.items()}
        return _to([state.agent] if state.agent else [], template, state, **params)

    return write


def _text(value: Any) -> str:
    if isinstance(value, tuple | dict):
        return ", ".join(str(item) for item in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _ruled(event: a.ConflictRuled, state: ApplicationState) -> list[Letter]:
    """Tell the officers of what the panel's own work no longer answers: a conflict found after the shortlist."""
    late = event.upheld and state.stage not in (Stage.REVIEW, Stage.SCORED)
    return _to(state.officers if late else (), "conflict-upheld-late", state, report=event.report)


def _objection_settled(event: a.ObjectionSettled, state: ApplicationState) -> list[Letter]:
    objector = state.objections[event.objection].objector
    people = dict.fromkeys((objector, state.agent))
    return _to(people, "objection-settled", state, objection=event.objection, outcome=event.outcome)


def _finished(event: r.StageFinished, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    staff = state.sealed.staff
    letters = _to(staff.officers, "stage-finished", state, finished=event.finished, next=event.next)
    if state.stage is RoundStage.APPROVAL:
        letters += _to(staff.supervisors, "integrity-wanted", state, proposal=str(state.proposal))
    return letters


def _held_settled(event: r.HeldItemsSettled, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    supervisors = state.sealed.staff.supervisors if event.released else ()
    return _to(supervisors, "integrity-wanted", state, proposal=str(event.proposal))


def _approval_wanted(event: Any, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    if isinstance(event, r.LevelApproved) and not event.passed:
        return []
    if any(ruling is None for ruling in state.hits.values()):
        return _to(state.sealed.staff.supervisors, "integrity-hit", state, proposal=str(state.proposal))
    waiting = next((level for level in state.sealed.approval if level.code not in state.passed), None)
    if waiting is None:
        return _to(state.sealed.staff.officers, "approval-complete", state, proposal=str(state.proposal))
    return _to(waiting.approvers, "approval-wanted", state, proposal=str(state.proposal), level=waiting.code)


def _officers(template: str, **fields: str) -> Callable[[Any, RoundState], list[Letter]]:
    def write(event: Any, state: RoundState) -> list[Letter]:
        assert state.sealed is not None
        params = {name: _text(getattr(event, attribute)) for name, attribute in fields.items()}
        return _to(state.sealed.staff.officers, template, state, **params)

    return write


_WRITERS: dict[type[Event], Callable[[Any, Any], list[Letter]]] = {
    a.ApplicationSubmitted: _agent("submission-received", revision="revision"),
    a.RecommendationTaken: _agent("recommended", revision="revision"),
    a.RecommendationReleased: _agent("recommendation-released"),
    a.ApplicationLapsed: _agent("lapsed", outcome="outcome"),
    a.SentBack: _agent("sent-back", until="until", faults="faults"),
    a.MendingLapsed: _agent("mending-lapsed"),
    a.CheckPassed: _agent("check-passed"),
    a.CheckFailed: _agent("check-failed", grounds="grounds"),
    a.PanelSeated: _seated,
    a.SeatFilled: lambda event, state: _invited(event.seat, event.expert, event, state),
    a.InvitationAccepted: _accepted,
    a.SeatVacated: _vacated,
    a.ConflictReported: lambda event, state: _to(
        state.supervisors, "conflict-reported", state, report=event.report
    ),
    a.ConflictRuled: _ruled,
    a.ChairAppointed: lambda event, state: _to([event.chair], "chair-appointed", state),
    a.PlacedOnShortlist: _agent("shortlisted"),
    a.LeftOffShortlist: _agent("not-shortlisted"),
    a.SurveyTeamAppointed: lambda event, state: _to(event.members, "survey-team", state),
    a.NoticeOpened: _agent("notice-opened", until="until"),
    a.ObjectionRaised: lambda event, state: _to(
        state.officers, "objection-raised", state, objection=event.objection
    ),
    a.ExaminersAppointed: lambda event, state: _to(
        event.examiners, "objection-to-examine", state, objection=event.objection
    ),
    a.ObjectionSettled: _objection_settled,
    a.ItemHeld: _agent("notice-held"),
    a.ItemRemoved: _agent("removed"),
    a.ApplicationListed: _agent("listed", place="place"),
    a.ApplicationNotSelected: _agent("not-selected"),
    a.ApplicationCancelled: _agent("cancelled"),
    r.DeadlineExtended: _officers("deadline-extended", name="name", until="until"),
    r.OutageRecorded: _officers(
        "outage-recorded", began="began", ended="ended", moved="moved", until="until"
    ),
    r.IntakeClosed: _officers("intake-closed"),
    r.StageFinished: _finished,
    r.HeldItemsSettled: _held_settled,
    r.IntegrityChecked: _approval_wanted,
    r.IntegrityHitRuled: _approval_wanted,
    r.LevelApproved: _approval_wanted,
    r.ProposalSentBack: _officers("proposal-sent-back", level="level", items="items"),
    r.ListIssued: _officers("list-issued"),
}

TEMPLATES = [
    "approval-complete",
    "approval-wanted",
    "cancelled",
    "chair-appointed",
    "check-failed",
    "check-passed",
    "conflict-reported",
    "conflict-upheld-late",
    "deadline-extended",
    "intake-closed",
    "integrity-hit",
    "integrity-wanted",
    "invitation",
    "invitation-reminder",
    "lapsed",
    "list-issued",
    "listed",
    "mending-lapsed",
    "not-selected",
    "not-shortlisted",
    "notice-held",
    "notice-opened",
    "objection-raised",
    "objection-settled",
    "objection-to-examine",
    "outage-recorded",
    "proposal-sent-back",
    "recommendation-released",
    "recommended",
    "removed",
    "review-open",
    "review-reminder",
    "seat-lost",
    "seat-released",
    "sent-back",
    "shortlisted",
    "stage-finished",
    "submission-received",
    "survey-team",
]
