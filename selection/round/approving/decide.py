"""Decide on the integrity check, the levels' approval, sending back (docs/process-sources.md, stage 10)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.decision.views import ProposedItems
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage, Stage
from selection.process.decisions import HIT, INTEGRITY, name_decision
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.approving import commands as c
from selection.round.approving.agreements import has_sent_back_enough, is_open_to_levels, list_waiting
from selection.round.approving.events import (
    IntegrityChecked,
    IntegrityHitRuled,
    IntegrityStopLifted,
    LevelApproved,
    ProposalSentBack,
)
from selection.round.approving.standing import list_reopened
from selection.round.preconditions import (
    ask_about_items,
    refuse_busy,
    refuse_entangled,
    refuse_former,
    refuse_old_proposal,
)
from selection.round.state import RoundState


def record_integrity_check(
    state: RoundState, command: c.RecordIntegrityCheck, context: Context
) -> tuple[Event, ...]:
    """Record the check that precedes approval; a hit suspends its item for a person's ruling."""
    refuse_old_proposal(state, command.proposal)
    refuse_entangled(state, context)
    refuse_former(state, name_decision(INTEGRITY, str(state.proposal)), context)
    refuse_reopened(state, context)
    if state.integrity:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    items = {item.application for item in state.standing_items}
    for number in command.hits:
        if number not in items:
            raise Refused("not-a-candidate", application=number)
    return (IntegrityChecked(proposal=state.proposal, hits=command.hits, text=command.text),)


def rule_on_integrity_hit(
    state: RoundState, command: c.ClearIntegrityHit | c.UpholdIntegrityHit, context: Context
) -> tuple[Event, ...]:
    """Rule on a hit; the item of one that is upheld is not on the list."""
    refuse_entangled(state, context)
    if state.hits.get(command.application, False) is not None:
        raise Refused("not-a-candidate", application=command.application)
    refuse_former(state, name_decision(HIT, command.application), context)
    cleared = isinstance(command, c.ClearIntegrityHit)
    if not cleared and state.stage is RoundStage.ISSUED:
        # What ends its application is carried out, as a list is.
        refuse_busy(state)
    return (IntegrityHitRuled(application=command.application, cleared=cleared, text=command.text),)


def lift_integrity_stop(
    state: RoundState, command: c.LiftIntegrityStop, context: Context
) -> tuple[Event, ...]:
    """Lift the stop of an upheld hit; nothing else does (stage 10)."""
    refuse_entangled(state, context)
    if state.hits.get(command.application) is not False:
        raise Refused("not-stopped", application=command.application)
    return (IntegrityStopLifted(application=command.application, text=command.text),)


def approve(state: RoundState, command: c.Approve, context: Context) -> tuple[Event, ...]:
    """Agree at a level to what stands; the levels decide as the rules say, each with N of M (stage 10)."""
    _refuse_level(state, command.level, command.proposal, context)
    given = state.approvals.get(command.level, ())
    if context.actor.principal in given:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    _refuse_other_level(state, command.level, context)
    assert state.sealed is not None
    level = next(item for item in state.current.approval if item.code == command.level)
    passed = len(given) + 1 >= level.needed
    return (
        LevelApproved(proposal=state.proposal, level=command.level, passed=passed, reason=command.reason),
    )


def _refuse_other_level(state: RoundState, level: str, context: Context) -> None:
    """Raise Refused for who agreed at another level, before they came to this one: each level's people are others."""
    for item in state.agreed:
        own = item.level != level and item.person in context.actor.people
        if own and (item.items or item.proposal == state.proposal):
            raise Refused("agreed-elsewhere", person=item.person, level=item.level)


def send_back_proposal(state: RoundState, command: c.SendBackProposal, context: Context) -> tuple[Event, ...]:
    """Send items back to the proposal stage; what was approved of them is void.

    A proposal of which no item stands is sent back without naming one. One person does so `send_backs` times at most.
    """
    _refuse_level(state, command.level, command.proposal, context)
    _refuse_again(state, context)
    items = {item.application for item in (*state.standing_items, *state.suspended_items)}
    if items and not command.items:
        raise Refused("missing", place="items")
    for number in command.items:
        if number not in items:
            raise Refused("not-a-candidate", application=number)
    return (
        ProposalSentBack(
            proposal=state.proposal, level=command.level, items=command.items, reason=command.reason
        ),
    )


def _refuse_again(state: RoundState, context: Context) -> None:
    """Raise Refused for who sent back as often as they may before a list, or stands in for somebody who did."""
    for person in context.actor.people:
        if has_sent_back_enough(state, person):
            raise Refused("sent-back-enough", person=person, count=str(state.sent_back[person]))


def _refuse_level(state: RoundState, code: str, proposal: int, context: Context) -> None:
    refuse_old_proposal(state, proposal)
    assert state.sealed is not None
    assert state.stage is RoundStage.APPROVAL
    if not is_open_to_levels(state):
        raise Refused("integrity-open")
    waiting = next((level for level in list_waiting(state) if level.code == code), None)
    if waiting is None:
        raise Refused("level-not-open", level=code)
    if context.actor.principal not in waiting.approvers:
        raise Refused("not-entitled", roles=f"approver of {code}")
    refuse_entangled(state, context)
    refuse_reopened(state, context)


def refuse_reopened(state: RoundState, context: Context) -> None:
    """Raise Refused `still-open` where an objection holds an item again, of which the round is about to learn."""
    if numbers := list_reopened(state, context.facts.candidates):
        raise Refused("still-open", count=str(len(numbers)), stage=Stage.HELD.value)


def ask_about_stop(
    state: RoundState, actor: Actor, command: c.LiftIntegrityStop, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the proposed items, and what a stop is lifted of: whoever lifts it may be bound to it.

    A stop outlasts the proposal.
    """
    stopped = (command.application,) if state.hits.get(command.application) is False else ()
    return FactsRequest(view=ProposedItems(stopped=stopped), relations=RelationsAsked(people=actor.people))


DECIDES: dict[type[Command], Decider[RoundState]] = {
    c.RecordIntegrityCheck: record_integrity_check,
    c.ClearIntegrityHit: rule_on_integrity_hit,
    c.UpholdIntegrityHit: rule_on_integrity_hit,
    c.LiftIntegrityStop: lift_integrity_stop,
    c.Approve: approve,
    c.SendBackProposal: send_back_proposal,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    c.RecordIntegrityCheck: ask_about_items,
    c.ClearIntegrityHit: ask_about_items,
    c.UpholdIntegrityHit: ask_about_items,
    c.LiftIntegrityStop: ask_about_stop,
    c.Approve: ask_about_items,
    c.SendBackProposal: ask_about_items,
}
