"""The application's decisions: which facts they need, what an act brings, what a deadline brings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from selection.application import check as checking
from selection.application import commands as c
from selection.application import events as e
from selection.application import intake as submitting
from selection.application import public_notice as noticing
from selection.application import review as reviewing
from selection.application import shortlist_to_proposal as choosing
from selection.application.carry import command_for
from selection.application.evolve import apply
from selection.application.intake import contents_of
from selection.application.preconditions import act_of, refuse_unentitled, refuse_wrong_stage
from selection.application.seats import in_force, replacement, scoring, seat_due
from selection.application.state import ApplicationState, Seat, initial
from selection.decision.aggregate import ActRefused, Aggregate, Context, Due, Event
from selection.decision.envelope import field_names, unreadable
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.process.stages import APPLICATION_ACTS, Outcome, Stage
from selection.refusals.refused import Refused
from selection.rules.terms import Terms

Decider = Callable[[ApplicationState, Any, Context], tuple[Event, ...]]

DECIDERS: dict[type[Frozen], Decider] = {
    c.Submit: submitting.submit,
    c.Withdraw: submitting.withdraw,
    c.TakeRecommendation: submitting.take_recommendation,
    c.ReleaseRecommendation: submitting.release_recommendation,
    c.SendBack: checking.send_back,
    c.Mend: checking.mend,
    c.PassCheck: checking.pass_check,
    c.FailCheck: checking.fail_check,
    c.SeatPanel: reviewing.seat_panel,
    c.AcceptInvitation: reviewing.accept_invitation,
    c.DeclineInvitation: reviewing.decline_invitation,
    c.DeclareConflict: reviewing.declare_conflict,
    c.SubmitReview: reviewing.submit_review,
    c.ReportConflict: reviewing.report_conflict,
    c.RuleOnConflict: reviewing.rule_on_conflict,
    c.AppointChair: reviewing.appoint_chair,
    c.PlaceOnShortlist: choosing.place_on_shortlist,
    c.AppointSurveyTeam: choosing.appoint_survey_team,
    c.ReportSurvey: choosing.report_survey,
    c.RecordAppraisal: choosing.record_appraisal,
    c.PlaceInProposal: choosing.place_in_proposal,
    c.OpenNotice: noticing.open_notice,
    c.RaiseObjection: noticing.raise_objection,
    c.AppointExaminers: noticing.appoint_examiners,
    c.SettleObjection: noticing.settle_objection,
    c.Issue: noticing.issue,
    c.CancelWithRound: noticing.cancel,
}

_COMMANDS: TypeAdapter[Any] = TypeAdapter(c.ApplicationCommand)
_NAMES = field_names(c.ApplicationCommand)


def parse(command: dict[str, Any]) -> Frozen:
    """Return the typed command; raise Refused `unknown-command` or `unreadable`, echoing no value."""
    if str(command.get("kind")) not in APPLICATION_ACTS:
        raise Refused("unknown-command")
    try:
        return _COMMANDS.validate_python(command, strict=False)  # type: ignore[no-any-return]
    except ValidationError as fault:
        raise unreadable(fault, _NAMES) from None


def needs(state: ApplicationState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts that this decision needs beside the actor's, the terms and the deadlines in force.

    When contents were stored is asked for only where it may save an act that looks late.
    """
    match command:
        case c.Submit() if _looks_late("submission", at, facts):
            return _contents(*contents_of(command.submission))
        case c.Mend() if state.until is not None and at >= state.until:
            return _contents(*contents_of(command.submission))
        case c.SubmitReview():
            seat = state.seat_of(actor.person)
            return _contents(command.text) if seat is not None and at >= seat.review_by else FactsRequest()
        case c.AppointSurveyTeam():
            return FactsRequest(people=command.members)
        case c.AppointExaminers():
            return FactsRequest(people=command.examiners)
    return FactsRequest()


def _contents(*refs: Ref) -> FactsRequest:
    return FactsRequest(contents=tuple(ref.id for ref in refs))


def _looks_late(name: str, at: datetime, facts: Facts) -> bool:
    return facts.terms is not None and at >= in_force(name, facts.terms, facts)


def decide(state: ApplicationState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act and all that follows from it at once, or raise Refused."""
    act = act_of(command)
    refuse_unentitled(state, act, context)
    refuse_wrong_stage(state, act, context.actor)
    events = DECIDERS[type(command)](state, command, context)
    return with_consequences(state, events, context)


def with_consequences(
    state: ApplicationState, events: tuple[Event, ...], context: Context
) -> tuple[Event, ...]:
    """Return the events and what they bring about: a replacement, the fixed score, the notice's end."""
    terms = context.facts.terms
    moved = _folded(state, events, context)
    if terms is None or moved.ended:
        return events
    follow = (
        replacement(moved, context, terms) or scoring(moved, terms) or noticing.notice_end(moved, context)
    )
    return with_consequences(state, events + follow, context) if follow else events


def due(state: ApplicationState, facts: Facts) -> Due | None:
    """Return the next deadline that the application waits for, given those in force."""
    terms = facts.terms
    if terms is None or state.ended:
        return None
    match state.stage:
        case Stage.WITHDRAWN:
            return _intake("submission", terms, facts)
        case Stage.SUBMITTED | Stage.RECOMMENDED:
            return _intake("recommendation", terms, facts)
        case Stage.MENDING if state.until:
            return Due("mend", state.until + terms.grace, state.until)
        case Stage.REVIEW:
            return _next_seat(state, terms, facts)
        case Stage.NOTICE if state.until:
            return Due("notice", state.until, state.until)
    return None


def settle(state: ApplicationState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return what a deadline brings, to be recorded `at` the deadline itself, without the grace."""
    terms = facts.terms
    if terms is None:
        return ()
    at = passed.deadline
    context = Context(actor=SYSTEM, at=at, command_id="", facts=facts)
    match passed.name:
        case "submission":
            return (e.ApplicationLapsed(outcome=Outcome.WITHDRAWN.value, deadline=at),)
        case "recommendation" if state.stage is Stage.RECOMMENDED:
            return (e.CheckOpened(deadline=at),)
        case "recommendation":
            return (e.ApplicationLapsed(outcome=Outcome.NOT_RECOMMENDED.value, deadline=at),)
        case "mend":
            return (e.MendingLapsed(deadline=at),)
        case "notice":
            return with_consequences(state, (), context)
    return with_consequences(state, _lost_seats(state, passed, terms, facts), context)


def _lost_seats(
    state: ApplicationState, passed: Due, terms: Terms, facts: Facts
) -> tuple[e.SeatVacated, ...]:
    return tuple(
        e.SeatVacated(
            seat=seat.number,
            expert=seat.expert,
            why="no-response" if seat.status == "invited" else "no-review",
            deadline=seat_due(seat, terms, facts),
        )
        for seat in state.seats
        if seat.open and _waited_until(seat, terms, facts).at <= passed.at
    )


def _intake(name: str, terms: Terms, facts: Facts) -> Due:
    deadline = in_force(name, terms, facts)
    return Due(name, deadline + terms.grace, deadline, movable=True)


def _next_seat(state: ApplicationState, terms: Terms, facts: Facts) -> Due | None:
    waits = [_waited_until(seat, terms, facts) for seat in state.seats if seat.open]
    return min(waits, key=lambda item: item.at) if waits else None


def _waited_until(seat: Seat, terms: Terms, facts: Facts) -> Due:
    deadline = seat_due(seat, terms, facts)
    if seat.status == "invited":
        return Due("invitation", deadline, deadline, movable=True)
    return Due("review", deadline + terms.grace, deadline, movable=True)


def _folded(state: ApplicationState, events: tuple[Event, ...], context: Context) -> ApplicationState:
    for event in events:
        # Only time and actor are read while folding ahead; the recorded leaf is made by the caller.
        leaf = Leaf.model_construct(
            type=event.TYPE,
            stream=state.stream,
            version=0,
            actor=context.actor,
            at=context.at,
            recorded=context.at,
            register_size=0,
            rules="",
            data={},
        )
        state = apply(state, event, leaf)
    return state


def with_refusal(
    state: ApplicationState, refusal: ActRefused, at: datetime, facts: Facts
) -> tuple[Event, ...]:
    """Return the events of a refused act; a first act that is refused ends the application.

    The refusal comes last, as a command id is answered by the last event that was recorded under it.
    """
    if state.stage is not Stage.NEW:
        return (refusal,)
    return (e.ApplicationLapsed(outcome=Outcome.NEVER_SUBMITTED.value, deadline=at), refusal)


APPLICATION = Aggregate[ApplicationState](
    kind="application",
    initial=initial,
    parse=parse,
    needs=needs,
    decide=decide,
    due=due,
    settle=settle,
    apply=apply,
    state_type=ApplicationState,
    command_for=command_for,
    with_refusal=with_refusal,
    # Who acts is asked first: whether it has ended is not told to everyone.
    too_late=lambda state, facts: None,
)
