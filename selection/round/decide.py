"""The round's decisions: which facts they need, what an act or a deadline brings; stage_progress.py has the rest."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from selection.decision.aggregate import Aggregate, Context, Due, Event
from selection.decision.envelope import field_names, unreadable
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.process.stages import ROUND_ACTS, RoundStage
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round import draws as drawing
from selection.round import events as e
from selection.round import lists as listing
from selection.round.outages import record_outage
from selection.round.preconditions import act_of, refuse_unentitled, refuse_wrong_stage
from selection.round.stage_progress import advance, look_needs
from selection.round.state import RoundState, apply, initial

Decider = Callable[[RoundState, Any, Context], tuple[Event, ...]]


def cancel_round(state: RoundState, command: c.CancelRound, context: Context) -> tuple[Event, ...]:
    """End the round without a list."""
    return (e.RoundCancelled(reason=command.reason),)


def repeat_batch(state: RoundState, command: c.RepeatBatch, context: Context) -> tuple[Event, ...]:
    """Carry the last decision out again, once what kept an application from it has been seen to."""
    if state.batch or not state.left_over:
        raise Refused("nothing-to-do")
    return (e.BatchRepeated(batch=state.finished_batch, attempt=state.attempt + 1),)


def report_batch(state: RoundState, command: c.ReportBatch, context: Context) -> tuple[Event, ...]:
    """Record that a decision was carried out; what is left over waits for a person."""
    if state.batch != command.batch:
        raise Refused("nothing-to-do")
    return (e.BatchFinished(batch=command.batch, touched=command.touched, left_over=command.left_over),)


DECIDERS: dict[type[Frozen], Decider] = {
    c.OpenRound: drawing.open_round,
    c.ExtendDeadline: drawing.extend_deadline,
    c.RecordOutage: record_outage,
    c.CommitDraw: drawing.commit_draw,
    c.OpenDraw: drawing.open_draw,
    c.ReportDraw: drawing.report_draw,
    c.FixShortlist: listing.fix_shortlist,
    c.Propose: listing.propose,
    c.OpenPublicNotice: listing.open_public_notice,
    c.RecordIntegrityCheck: listing.record_integrity_check,
    c.RuleOnIntegrityHit: listing.rule_on_integrity_hit,
    c.Approve: listing.approve,
    c.SendBackProposal: listing.send_back_proposal,
    c.IssueList: listing.issue_list,
    c.CancelRound: cancel_round,
    c.RepeatBatch: repeat_batch,
    c.ReportBatch: report_batch,
}

_COMMANDS: TypeAdapter[Any] = TypeAdapter(c.RoundCommand)
_NAMES = field_names(c.RoundCommand)

# What the round asks of the record for a decision: ledger/decision/facts.py answers.
_VIEWS: dict[type[Frozen], str] = {
    c.CommitDraw: "draw-inputs",
    c.FixShortlist: "ranking",
    c.Propose: "appraised",
    c.RecordIntegrityCheck: "items",
    c.RuleOnIntegrityHit: "items",
    c.Approve: "items",
    c.SendBackProposal: "items",
}


def parse(command: dict[str, Any]) -> Frozen:
    """Return the typed command; raise Refused `unknown-command` or `unreadable`."""
    if str(command.get("kind")) not in ROUND_ACTS:
        raise Refused("unknown-command")
    try:
        return _COMMANDS.validate_python(command)  # type: ignore[no-any-return]
    except ValidationError as fault:
        raise unreadable(fault, _NAMES) from None


def needs(state: RoundState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts that the decision needs of the record."""
    if isinstance(command, c.OpenRound):
        return FactsRequest(people=(actor.person,))
    named: tuple[str, ...] = ()
    if isinstance(command, c.FixShortlist):
        named = tuple(sorted((*command.add, *command.remove)))
    return FactsRequest(view=_VIEWS.get(type(command), ""), named=named)


def decide(state: RoundState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act, or raise Refused."""
    act = act_of(command)
    refuse_wrong_stage(state, act)
    refuse_unentitled(state, act, context)
    return DECIDERS[type(command)](state, command, context)


def due(state: RoundState, facts: Facts) -> Due | None:
    """Return the next deadline of the intake; later stages end when the record shows that all is done."""
    if state.stage is RoundStage.CALL:
        name = "submission" if "submission" not in state.closed else "recommendation"
        return Due(name, state.deadlines[name], state.deadlines[name])
    return None


def settle(state: RoundState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return what a deadline of the intake brings."""
    if passed.name == "submission":
        return (e.SubmissionClosed(deadline=passed.deadline),)
    if passed.name == "recommendation":
        return (e.IntakeClosed(deadline=passed.deadline),)
    return ()


ROUND = Aggregate[RoundState](
    kind="round",
    initial=initial,
    parse=parse,
    needs=needs,
    decide=decide,
    due=due,
    settle=settle,
    apply=apply,
    state_type=RoundState,
    # Settled first, a deadline that nobody could keep would be closed for good by the act that is to move it.
    before_settling=(c.RecordOutage,),
    in_round=False,
    looks=look_needs,
    advance=advance,
)
