"""Decide on reversals of decisions on integrity: each post that the rules name enters it, before the list is issued."""

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.preconditions import ask_about_items, refuse_entangled
from selection.round.reversing.commands import DeclineIntegrityReversal, ReverseIntegrityDecision
from selection.round.reversing.dependents import describe_integrity, list_falling, name_integrity
from selection.round.reversing.events import (
    IntegrityReversalDeclined,
    IntegrityReversalEntered,
    IntegrityReversed,
    enter_reversal,
)
from selection.round.state import RoundState
from selection.rules.sections import Reversals


def reverse_integrity(
    state: RoundState, command: ReverseIntegrityDecision, context: Context
) -> tuple[Event, ...]:
    """Enter a reversal; once each post that the rules name has entered the same, the decision is void."""
    rules, actor, number = _refuse_other_posts(state, context), context.actor, command.application
    name, was = name_integrity(state, number), describe_integrity(state, number)
    if not was:
        raise Refused("no-integrity-decision")
    _refuse_makers(state, name, context)
    if state.decisions.is_spent(name, actor.people, rules.at_most):
        raise Refused("reversed-before", limit=str(rules.at_most))
    _refuse_without_people(state, name, actor.role.value)
    void = list_falling(state, number)
    entry = enter_reversal(state, number, actor.people, was, void)
    if state.decisions.get_entered(name, actor.role.value) == entry:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    fields = {
        "proposal": state.proposal,
        "application": number,
        "was": was,
        "void": void,
        "text": command.text,
    }
    entered = IntegrityReversalEntered.model_validate(fields)
    if not all(state.decisions.is_agreed(role, entry) for role in rules.agree if role != actor.role.value):
        return (entered,)
    return (
        entered,
        IntegrityReversed.model_validate({**fields, "people": state.decisions.made.get(name, ())}),
    )


def decline_integrity_reversal(
    state: RoundState, command: DeclineIntegrityReversal, context: Context
) -> tuple[Event, ...]:
    """Decline what another post entered, which it may enter again; nobody does of their own decision."""
    _refuse_other_posts(state, context)
    actor, number = context.actor, command.application
    name = name_integrity(state, number)
    people = state.decisions.list_entered(name, actor.role.value)
    if not people:
        raise Refused("nothing-to-decline")
    _refuse_makers(state, name, context)
    return (
        IntegrityReversalDeclined(
            proposal=state.proposal, application=number, people=people, text=command.text
        ),
    )


def _refuse_other_posts(state: RoundState, context: Context) -> Reversals:
    """Return the rules of reversals. Raises Refused to whom data binds, or who holds none of the posts that agree."""
    refuse_entangled(state, context)
    rules = state.rules_in_force.reversals
    if context.actor.role.value not in rules.agree:
        raise Refused("not-entitled", roles=", ".join(rules.agree))
    return rules


def _refuse_without_people(state: RoundState, name: str, role: str) -> None:
    """Raise Refused where nobody is left of another post to agree to it, or of the supervisors to decide again."""
    rules, staff = state.rules_in_force.reversals, state.current.staff
    holders = {"officer": staff.officers, "supervisor": staff.supervisors}
    others = [post for post in rules.agree if post != role]
    if lacking := state.decisions.find_lacking(name, holders, others, rules.at_most, "supervisor"):
        raise Refused("nobody-left", roles=lacking)


def _refuse_makers(state: RoundState, name: str, context: Context) -> None:
    """Raise Refused for whoever made the decision, now or before."""
    makers = (*state.decisions.made.get(name, ()), *state.decisions.list_former(name))
    if not set(context.actor.people).isdisjoint(makers):
        raise Refused("own-decision")


DECIDES: dict[type[Command], Decider[RoundState]] = {
    ReverseIntegrityDecision: reverse_integrity,
    DeclineIntegrityReversal: decline_integrity_reversal,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    ReverseIntegrityDecision: ask_about_items,
    DeclineIntegrityReversal: ask_about_items,
}
