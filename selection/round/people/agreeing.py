"""Decide on a change of a post that two people of different posts enter, where no two of one are left (0062)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import after_days
from selection.process.room import Decider, Needs, ask_nothing
from selection.refusals.refused import Refused
from selection.round.people.commands import AgreeOnPost, DeclinePostChange
from selection.round.people.decide import check_change, find_post
from selection.round.people.events import PostChanged, PostChangeDeclined, PostChangeEntered
from selection.round.state import PostEntry, RoundState

WAIT_DAYS, LAST_DAYS = 3, 30
"""[D] After the first entry whoever is there has so many days to decline; a second one counts for so many."""


def agree_on_post(state: RoundState, command: AgreeOnPost, context: Context) -> tuple[Event, ...]:
    """Change a post where somebody of another one entered the same before; else enter it. Raises Refused too early.

    What stands against a change by two who sign together stands against each of these two, when they enter it.
    """
    change = check_change(state, command, context, find_post(state, command))
    same = [item for item in state.post_entries if _is_same(item, change) and context.at < item.until]
    first = next((item for item in same if _completes(context, item, change)), None)
    if first is not None:
        if context.at < first.start:
            raise Refused("post-entry-early", number=str(first.number), since=first.start.isoformat())
        return (change.with_(entry=first.number),)
    own = next((item for item in same if item.person == context.actor.person), None)
    if own is not None:
        days = {"since": own.start.isoformat(), "until": own.until.isoformat()}
        raise Refused("post-entered", number=str(own.number), **days)
    return (_enter(state, change, context),)


def _enter(state: RoundState, change: PostChanged, context: Context) -> PostChangeEntered:
    assert state.sealed is not None
    # An act may have been on its way for long: nobody could decline it before it entered the record.
    clock, seen = state.sealed.clock, max(context.at, context.recorded or context.at)
    return PostChangeEntered(
        number=state.entered_posts + 1,
        post=change.post,
        level=change.level,
        added=change.added,
        removed=change.removed,
        start=after_days(clock, seen, WAIT_DAYS),
        until=after_days(clock, seen, LAST_DAYS),
        reason=change.reason,
    )


def _is_same(entry: PostEntry, change: PostChanged) -> bool:
    """Tell whether what was entered is this very change, in whatever order its people are named."""
    return (entry.post, entry.level, {*entry.added}, {*entry.removed}) == (
        change.post,
        change.level,
        {*change.added},
        {*change.removed},
    )


def _completes(context: Context, first: PostEntry, change: PostChanged) -> bool:
    """Tell whether who acts and who entered the same first are two who may agree on it, both of them now."""
    actor, known = context.actor, context.facts.people.get(first.person)
    # Two officers, or two supervisors, sign together: where these two are of one post, that is asked of them. Approvers
    # change none together; two of them agree on any but an approver's.
    of_one_post = first.role is actor.role and (actor.role is not Role.APPROVER or change.post == "approvers")
    if first.person == actor.person or of_one_post or known is None or not known.holds(first.role):
        return False
    registrars = {person for name in change.added for person in context.facts.registrars.get(name, ())}
    return not change.added or not (known.holds(Role.ADMIN) or first.person in registrars)


def decline_post_change(state: RoundState, command: DeclinePostChange, context: Context) -> tuple[Event, ...]:
    """Decline what one person entered, or take it back. Raises Refused for an approver who did not enter it."""
    found = next((item for item in state.post_entries if item.number == command.number), None)
    if found is None:
        raise Refused("no-post-entry", number=str(command.number))
    if context.actor.role is Role.APPROVER and found.person not in context.actor.people:
        raise Refused("post-entry-of-another", number=str(command.number))
    return (PostChangeDeclined(number=command.number, reason=command.reason),)


def ask_both(
    state: RoundState, actor: Actor, command: AgreeOnPost, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of everybody who entered a change, and of whoever is to hold the post."""
    entered = (item.person for item in state.post_entries)
    return FactsRequest(
        people=tuple(dict.fromkeys((actor.person, *entered, *command.add))),
        registered=(*command.add,),
        relations=RelationsAsked(people=command.add) if command.add else None,
    )


DECIDES: dict[type[Command], Decider[RoundState]] = {
    AgreeOnPost: agree_on_post,
    DeclinePostChange: decline_post_change,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {AgreeOnPost: ask_both, DeclinePostChange: ask_nothing}
