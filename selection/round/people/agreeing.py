"""Decide on a change of a post that two people of different posts enter, where no two of one are left (0062)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import after_days
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.people.commands import AgreeOnPost, DeclinePostChange
from selection.round.people.decide import check_change, find_post
from selection.round.people.events import PostChanged, PostChangeDeclined, PostChangeEntered
from selection.round.state import PostEntry, RoundState

WAIT_DAYS, LAST_DAYS = 3, 30
"""[D] After the first entry whoever is there has so many days to decline; a second one counts for so many."""
LEADING_ON = ("officers", "supervisors")
"""The posts to which an auditor may have people come: two who hold one give all others."""


def agree_on_post(state: RoundState, command: AgreeOnPost, context: Context) -> tuple[Event, ...]:
    """Change a post where somebody of another one entered the same before; else enter it. Raises Refused too early.

    What stands against a change by two who sign together stands against each of these two, when they enter it.
    """
    change = check_change(state, command, context, find_post(state, command))
    left = _list_left(state, context)
    if context.actor.role is Role.AUDITOR:
        _refuse_auditor(left)
        if command.post not in LEADING_ON or change.removed:
            raise Refused("auditor-adds-staff")
    same = [item for item in state.post_entries if _is_same(item, change) and context.at < item.until]
    first = next((item for item in same if _completes(context, item, change, left)), None)
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


def _list_left(state: RoundState, context: Context) -> frozenset[str]:
    """Return who of the round's officers, supervisors and approvers may still act, as far as the register was asked.

    Whoever holds a post acts in it as long as they are active, also without the role in the register.
    """
    known = context.facts.people
    return frozenset(person for person in _list_staff(state) if person in known and known[person].active)


def _list_staff(state: RoundState) -> tuple[str, ...]:
    rules = state.current
    approvers = (person for level in rules.approval for person in level.approvers)
    return (*rules.staff.officers, *rules.staff.supervisors, *approvers)


def _refuse_auditor(left: frozenset[str]) -> None:
    """Raise Refused for an auditor as long as two are left who lead the round on, or decline, without one."""
    if len(left) > 1:
        raise Refused("staff-left", count=str(len(left)))


def _completes(context: Context, first: PostEntry, change: PostChanged, left: frozenset[str]) -> bool:
    """Tell whether who acts and who entered the same first are two who may agree on it, both of them now."""
    actor, known = context.actor, context.facts.people.get(first.person)
    # Two officers, or two supervisors, sign together: where these two are of one post, that is asked of them. Approvers
    # change none together; two of them agree on any but an approver's.
    of_one_post = first.role is actor.role and (actor.role is not Role.APPROVER or change.post == "approvers")
    if Role.AUDITOR in (first.role, actor.role):
        # Two auditors agree over nobody's head: where somebody is left, that is one of the two.
        of_one_post = not left <= {first.person, actor.person}
    if first.person == actor.person or of_one_post or known is None or not known.holds(first.role):
        return False
    registrars = {person for name in change.added for person in context.facts.registrars.get(name, ())}
    return not change.added or not (known.holds(Role.ADMIN) or first.person in registrars)


def decline_post_change(state: RoundState, command: DeclinePostChange, context: Context) -> tuple[Event, ...]:
    """Decline what one person entered, or take it back. Raises Refused for who may decline no other person's entry."""
    found = next((item for item in state.post_entries if item.number == command.number), None)
    if found is None:
        raise Refused("no-post-entry", number=str(command.number))
    if found.person not in context.actor.people:
        if context.actor.role is Role.APPROVER:
            raise Refused("post-entry-of-another", number=str(command.number))
        if context.actor.role is Role.AUDITOR:
            _refuse_auditor(_list_left(state, context))
    return (PostChangeDeclined(number=command.number, reason=command.reason),)


def ask_both(
    state: RoundState, actor: Actor, command: AgreeOnPost, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of everybody who entered a change, and of whoever is to hold the post.

    Where an auditor has a part in it, of all staff as well.
    """
    entered = (item.person for item in state.post_entries)
    auditing = Role.AUDITOR in (actor.role, *(item.role for item in state.post_entries))
    staff = _list_staff(state) if auditing else ()
    return FactsRequest(
        people=tuple(dict.fromkeys((actor.person, *entered, *staff, *command.add))),
        registered=(*command.add,),
        relations=RelationsAsked(people=command.add) if command.add else None,
    )


def ask_whether_left(
    state: RoundState, actor: Actor, command: DeclinePostChange, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of all staff, where an auditor declines."""
    staff = _list_staff(state) if actor.role is Role.AUDITOR else ()
    return FactsRequest(people=tuple(dict.fromkeys((actor.person, *staff))))


DECIDES: dict[type[Command], Decider[RoundState]] = {
    AgreeOnPost: agree_on_post,
    DeclinePostChange: decline_post_change,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {AgreeOnPost: ask_both, DeclinePostChange: ask_whether_left}
