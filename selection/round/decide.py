"""The round's aggregate: which facts its decisions need, what an act or a deadline brings, how it folds."""

from datetime import datetime

from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command, reader_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.decision.views import (
    AppraisedApplications,
    DrawPool,
    FormUse,
    ProposedItems,
    QuotaUse,
    ScoreRanking,
)
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage
from selection.process.room import Decider, Fold
from selection.refusals.refused import Refused
from selection.round import commands as c, course_events as e, list_events, lists as listing, moving, opening
from selection.round.amending import decide as amending, events as amended
from selection.round.amending_rules import decide as amending_rules, events as rule_events
from selection.round.approving import events as approving_events
from selection.round.calling import decide as calling, events as calling_events
from selection.round.drawing import decide as drawing, events as draw_events
from selection.round.filling import decide as filling, events as filling_events
from selection.round.lobbying import decide as lobbying, events as lobbying_events
from selection.round.people import decide as people, delegating, events as people_events
from selection.round.posts import list_staff
from selection.round.preconditions import refuse_unentitled, refuse_wrong_stage
from selection.round.reminding.decide import settle_rung, wait_for_rung
from selection.round.reminding.events import FOLDS as REMINDED, RoundReminded
from selection.round.reversing import decide as reversing, events as reversing_events
from selection.round.state import RoundState
from selection.rules.terms import end_of_intake


def cancel_round(state: RoundState, command: c.CancelRound, context: Context) -> tuple[Event, ...]:
    """End the round without a list."""
    return (e.RoundCancelled(reason=command.reason),)


def repeat_batch(state: RoundState, command: c.RepeatBatch, context: Context) -> tuple[Event, ...]:
    """Carry the last decision out again, once what kept an application from it has been resolved."""
    if state.batch or not state.left_over:
        raise Refused("nothing-to-do")
    return (e.BatchRepeated(batch=state.finished_batch, attempt=state.attempt + 1),)


def report_batch(state: RoundState, command: c.ReportBatch, context: Context) -> tuple[Event, ...]:
    """Record that a decision was carried out; what is left over waits for a person."""
    if state.batch != command.batch:
        raise Refused("nothing-to-do")
    return (e.BatchFinished(batch=command.batch, touched=command.touched, left_over=command.left_over),)


DECIDES: dict[type[Command], Decider[RoundState]] = {
    c.OpenRound: opening.open_round,
    **calling.DECIDES,
    c.ExtendDeadline: moving.extend_deadline,
    c.RecordOutage: moving.record_outage,
    **amending.DECIDES,
    **amending_rules.DECIDES,
    **people.DECIDES,
    **lobbying.DECIDES,
    **reversing.DECIDES,
    **filling.DECIDES,
    **delegating.DECIDES,
    c.CommitDraw: drawing.commit_draw,
    c.EnterDrawNumbers: drawing.enter_draw_numbers,
    c.OpenDraw: drawing.open_draw,
    c.VoidDraw: drawing.void_draw,
    c.ReportDraw: drawing.report_draw,
    c.FixShortlist: listing.fix_shortlist,
    c.Propose: listing.propose,
    c.ProposeLeavingOut: listing.propose,
    c.OpenPublicNotice: listing.open_public_notice,
    c.RecordIntegrityCheck: listing.record_integrity_check,
    c.ClearIntegrityHit: listing.rule_on_integrity_hit,
    c.UpholdIntegrityHit: listing.rule_on_integrity_hit,
    c.LiftIntegrityStop: listing.lift_integrity_stop,
    c.Approve: listing.approve,
    c.SendBackProposal: listing.send_back_proposal,
    c.IssueList: listing.issue_list,
    c.CancelRound: cancel_round,
    c.RepeatBatch: repeat_batch,
    c.ReportBatch: report_batch,
}

FOLDS: dict[type[Event], Fold[RoundState]] = {
    **e.FOLDS,
    **calling_events.FOLDS,
    **amended.FOLDS,
    **rule_events.FOLDS,
    **people_events.FOLDS,
    **lobbying_events.FOLDS,
    **reversing_events.FOLDS,
    **draw_events.FOLDS,
    **approving_events.FOLDS,
    **list_events.FOLDS,
    **filling_events.FOLDS,
    **REMINDED,
}

_ASK_NOTHING: frozenset[type[Command]] = frozenset(
    {
        c.OpenCall,
        c.ExtendDeadline,
        c.RecordOutage,
        c.EndDelegation,
        c.RuleOnLobbying,
        c.EnterDrawNumbers,
        c.OpenDraw,
        c.VoidDraw,
        c.ReportDraw,
        c.CancelRound,
        c.RepeatBatch,
        c.ReportBatch,
    }
)
"""The acts that the round decides by its own state."""


parse = reader_of(c.COMMANDS)


def needs(state: RoundState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts that the decision needs of the record."""
    about = RelationsAsked(people=actor.people)
    match command:
        case c.OpenRound():
            return FactsRequest(people=(actor.person, *list_staff(command)))
        case c.ChangePost():
            return FactsRequest(people=(actor.person, *command.add))
        case c.ReportLobbying():
            return FactsRequest(people=(actor.person, *command.named))
        case c.Delegate():
            return FactsRequest(people=(actor.person, command.substitute))
        case c.AmendForm() | c.AmendRules() | c.RuleOnAmendment():
            return FactsRequest(view=_ask_use(state, command))
        case c.CommitDraw():
            return FactsRequest(view=DrawPool(at=at))
        case c.FixShortlist():
            named = tuple(sorted((*command.add, *command.remove)))
            return FactsRequest(view=ScoreRanking(named=named), relations=about)
        case c.Propose() | c.ProposeLeavingOut() | c.FillPlaces():
            view = AppraisedApplications(named=_list_empty(state, command))
            return FactsRequest(view=view, relations=about)
        case c.OpenPublicNotice() | c.IssueList():
            return FactsRequest(view=ProposedItems())
        case (
            c.RecordIntegrityCheck()
            | c.ClearIntegrityHit()
            | c.UpholdIntegrityHit()
            | c.LiftIntegrityStop()
            | c.ReverseIntegrityDecision()
            | c.DeclineIntegrityReversal()
            | c.Approve()
            | c.SendBackProposal()
        ):
            stopped = _list_stopped(state, command)
            return FactsRequest(view=ProposedItems(stopped=stopped), relations=about)
    if type(command) not in _ASK_NOTHING:
        # Who decides without what it needs may find nothing that stands against it.
        raise TypeError(type(command).__name__)
    return FactsRequest()


def _list_empty(state: RoundState, command: Command) -> tuple[str, ...]:
    """Return whose places are filled: the ruling that emptied one may be reversed, as the round is about to learn."""
    fills = isinstance(command, c.FillPlaces)
    return tuple(number for number in state.removed if fills and number in state.kept_numbers)


def _list_stopped(state: RoundState, command: Frozen) -> tuple[str, ...]:
    """Return what a stop is lifted of: it outlasts the proposal, and whoever lifts it may be bound to it."""
    if isinstance(command, c.LiftIntegrityStop) and state.hits.get(command.application) is False:
        return (command.application,)
    return ()


def _ask_use(
    state: RoundState, command: c.AmendForm | c.AmendRules | c.RuleOnAmendment
) -> FormUse | QuotaUse | None:
    """Return how to ask how far what an act amends was used."""
    if isinstance(command, c.AmendForm):
        return FormUse(form_name=command.form_name)
    return amending_rules.ask_quota_use(state, command)


def decide(state: RoundState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act, or raise Refused."""
    assert isinstance(command, Command)
    act = command.ACT
    refuse_wrong_stage(state, act)
    refuse_unentitled(state, act, context)
    return DECIDES[type(command)](state, command, context)


def due(state: RoundState, facts: Facts) -> Due | None:
    """Return the next deadline of the intake, or reminder; later stages end when the record shows that all is done."""
    rung = wait_for_rung(state)
    if state.stage is RoundStage.CALL:
        assert state.sealed is not None
        name: DueName = "submission" if "submission" not in state.closed else "recommendation"
        until = state.deadlines["submission" if name == "submission" else end_of_intake(state.sealed.stages)]
        intake = Due(name, until, until)
        return rung if rung is not None and rung.at < until else intake
    return rung


def settle(state: RoundState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return what a deadline of the intake brings, or a rung of the ladder."""
    if passed.name == "reminder":
        return settle_rung(state, passed)
    if passed.name == "submission":
        return (e.SubmissionClosed(deadline=passed.deadline),)
    if passed.name == "recommendation":
        return (e.IntakeClosed(deadline=passed.deadline),)
    raise ValueError(passed.name)


def apply(state: RoundState, event: Event, leaf: Leaf) -> RoundState:
    """Return the round after the event."""
    changes = FOLDS[type(event)](state, event, leaf)
    begun = {"begun": leaf.version} if changes.get("batch") else {}
    acted = {} if isinstance(event, RoundReminded) else {"acted": leaf.at}
    return state.with_(**changes, **begun, **acted)
