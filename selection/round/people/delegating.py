"""Decide on delegations: who stands in for a holder of a post, from when until when (docs/decisions/0061)."""

from datetime import datetime, timedelta

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.kernel.actor import Actor
from selection.kernel.day_clock import end_of_day
from selection.process.room import Decider, Needs, ask_nothing
from selection.refusals.refused import Refused
from selection.round.people.commands import Delegate, EndDelegation
from selection.round.people.decide import appoints, refuse_party, refuse_unregistered
from selection.round.people.events import DelegationEnded, PostDelegated
from selection.round.state import RoundState
from selection.rules.delegation import Delegation
from selection.rules.holders import POST_OF_ROLE, list_in_office


def delegate(state: RoundState, command: Delegate, context: Context) -> tuple[Event, ...]:
    """Let somebody act in one's own post. Raises Refused for who has one, or stands in for somebody else."""
    actor, substitute = context.actor, command.substitute
    refuse_substitute(context)
    if substitute == actor.person:
        raise Refused("own-post")
    refuse_unregistered((substitute,), POST_OF_ROLE[actor.role], context)
    if substitute in list_in_office(state.current):
        raise Refused("substitute-in-office", person=substitute)
    refuse_party(state, substitute, POST_OF_ROLE[actor.role], context)
    _refuse_former_holder(state, substitute)
    start, until = _read_days(state, command, context.at)
    for item in state.delegations:
        # Whoever stood in for two could do alone what takes two.
        if item.substitute == substitute and item.holder != actor.person:
            raise Refused("substitute-taken", person=substitute)
        same = item.holder == actor.person and item.role is actor.role
        if same and item.start < until and start < item.until:
            raise Refused("delegated-already", number=str(item.number), until=item.until.isoformat())
    return (
        PostDelegated(
            number=len(state.delegations) + 1,
            post=POST_OF_ROLE[actor.role],
            holder=actor.person,
            substitute=substitute,
            start=start,
            until=until,
            reason=command.reason,
        ),
    )


def _refuse_former_holder(state: RoundState, substitute: str) -> None:
    """Raise Refused for who held a post of the round: what they did in it stands, and they would count as two."""
    if any(substitute in people for people in state.former.values()):
        raise Refused("substitute-was-in-office", person=substitute)


def end_delegation(state: RoundState, command: EndDelegation, context: Context) -> tuple[Event, ...]:
    """End a delegation that is not over: by its holder, or by who changes the post."""
    refuse_substitute(context)
    found = next((item for item in state.delegations if item.number == command.number), None)
    if found is None or found.until <= context.at:
        raise Refused("no-delegation", number=str(command.number))
    if not _may_end(found, context):
        raise Refused("not-entitled", roles=found.role.value)
    return (DelegationEnded(number=command.number, reason=command.reason),)


def refuse_substitute(context: Context) -> None:
    """Raise Refused for who acts in another's post: that is passed on to nobody, and changes no post."""
    if context.actor.behalf:
        raise Refused("no-onward-delegation")


def _may_end(found: Delegation, context: Context) -> bool:
    actor = context.actor
    return found.holder == actor.person or appoints(actor.role, POST_OF_ROLE[found.role])


def _read_days(state: RoundState, command: Delegate, at: datetime) -> tuple[datetime, datetime]:
    """Return from when until when. Raises Refused unless the last day is not over, and not before the first."""
    assert state.sealed is not None
    clock = state.sealed.clock
    try:
        start = max(at, end_of_day(clock, command.first - timedelta(days=1)))
        until = end_of_day(clock, command.last)
    except OverflowError:
        raise Refused("delegation-unclear") from None
    if command.first > command.last or until <= start:
        raise Refused("delegation-unclear")
    return start, until


def ask_substitute(
    state: RoundState, actor: Actor, command: Delegate, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of the actor and of the substitute."""
    return FactsRequest(
        people=(actor.person, command.substitute), relations=RelationsAsked(people=(command.substitute,))
    )


DECIDES: dict[type[Command], Decider[RoundState]] = {Delegate: delegate, EndDelegation: end_delegation}

NEEDS: dict[type[Command], Needs[RoundState]] = {Delegate: ask_substitute, EndDelegation: ask_nothing}
