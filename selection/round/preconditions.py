"""The checks before any decision on a round: stage, role, proposal version."""

from datetime import datetime

from selection.decision.aggregate import Context
from selection.decision.command import Act, Command
from selection.decision.facts import Candidate, Facts, FactsRequest
from selection.decision.relations import Bid, Conflict, RelationsAsked
from selection.decision.views import ProposedItems
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.process.duties import CLASHES, DUTY_OF_ROLE
from selection.recusal.conflicts import find_conflicts, refuse_conflict
from selection.refusals.refused import Refused
from selection.round.state import RoundState, rules_of


def refuse_wrong_stage(state: RoundState, act: Act) -> None:
    """Raise Refused `round-exists` or `wrong-stage` unless the present stage allows the act."""
    if state.stage in act.stages:
        return
    if act.kind == "open-round":
        raise Refused("round-exists")
    raise Refused("wrong-stage", wanted=", ".join(sorted(act.stages)), stage=state.stage.value)


def refuse_unentitled(state: RoundState, act: Act, context: Context) -> None:
    """Raise Refused `not-entitled` unless the sealed rules give the actor the role it claims."""
    # Anyone reports lobbying, whatever they are to the round, in a role that the register gives them.
    holds = _is_registered(context) if act.kind == "report-lobbying" else _holds(state, context)
    if context.actor.role not in act.roles or not context.is_active or not holds:
        raise Refused("not-entitled", roles=", ".join(sorted(role.value for role in act.roles)))


def refuse_old_proposal(state: RoundState, proposal: int) -> None:
    """Raise Refused `proposal-changed` unless the act is about the present proposal."""
    if proposal != state.proposal:
        raise Refused("proposal-changed", current=str(state.proposal))


def refuse_busy(state: RoundState) -> None:
    """Raise Refused `decision-under-way` while an earlier decision is still being carried out."""
    if state.batch:
        raise Refused("decision-under-way", decision=state.batch)


def refuse_former(state: RoundState, decision: str, context: Context) -> None:
    """Raise Refused `decided-before` for whoever made this decision before it was reversed."""
    if not set(context.actor.people).isdisjoint(state.decisions.list_former(decision)):
        raise Refused("decided-before")


def refuse_undecided(context: Context, stages: tuple[Stage, ...]) -> None:
    """Raise Refused `still-open` while applications stand in one of these stages."""
    for stage in stages:
        if count := context.facts.counts.get(stage, 0):
            raise Refused("still-open", count=str(count), stage=stage.value)


def refuse_entangled(state: RoundState, context: Context) -> None:
    """Raise Refused for someone who acted on one of the candidates in another duty, or whom data binds to one.

    That is asked of whoever stands in for another, and of the other.
    """
    for person in context.actor.people:
        _refuse_entangled(state, context, person)


def ask_about_items(
    state: RoundState, actor: Actor, command: Command, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the proposed items, and what binds the actor to them."""
    return FactsRequest(view=ProposedItems(), relations=RelationsAsked(people=actor.people))


def _refuse_entangled(state: RoundState, context: Context, person: str) -> None:
    # What an objection removed is decided on no more, unless it came back: nobody is kept from the others for it.
    gone = {item.application for item in state.gone}
    candidates = tuple(
        one
        for one in context.facts.candidates
        if one.stage is not Stage.ENDED or one.stream.rsplit("/", 1)[-1] not in gone
    )
    role = context.actor.role
    for duty in sorted(CLASHES[DUTY_OF_ROLE.get(role, role.value)]):
        if any(person in candidate.hands.get(duty, ()) for candidate in candidates):
            raise Refused("same-hands", duty=duty)
    if any(person in candidate.conflicted for candidate in candidates):
        raise Refused("conflict-upheld", person=person)
    for candidate in candidates:
        found = find_binding(state, candidate, person, context.facts, context.at)
        if found:
            assert state.sealed is not None
            refuse_conflict(person, found[0], state.current.recusal)


def find_binding(
    state: RoundState, candidate: Candidate, person: str, facts: Facts, at: datetime
) -> tuple[Conflict, ...]:
    """Return what data shows to bind a person to an application, without what a supervisor dismissed."""
    relations, rules = facts.relations, rules_of(state)
    if relations is None or rules is None:
        return ()
    bid = Bid(
        number=candidate.stream.rsplit("/", 1)[-1],
        field=candidate.field,
        units=candidate.units,
        behind=candidate.behind,
        dismissed=candidate.dismissed,
    )
    return find_conflicts(person, bid, relations, rules.recusal, rules.clock, at)


def _is_registered(context: Context) -> bool:
    fact = context.facts.people.get(context.actor.person)
    return fact is not None and fact.holds(context.actor.role)


def _holds(state: RoundState, context: Context) -> bool:
    person, role = context.actor.principal, context.actor.role
    if role is Role.SYSTEM:
        return person == "system"
    if state.sealed is None:
        fact = context.facts.people.get(person)
        return fact is not None and fact.holds(role)
    staff = state.current.staff
    match role:
        case Role.OFFICER:
            return person in staff.officers
        case Role.SUPERVISOR:
            return person in staff.supervisors
        case Role.ADMIN:
            return person in staff.admins
        case Role.AUDITOR:
            return person in staff.auditors
        case Role.APPROVER:
            return any(person in level.approvers for level in state.current.approval)
    return False
