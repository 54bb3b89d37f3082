"""The decisions of a unit's recommendation list (docs/process-sources.md, stage 3)."""

from datetime import datetime

from selection.decision.aggregate import ActRefused, Context, Due, Event
from selection.decision.command import Command, reader_of
from selection.decision.facts import Facts, FactsRequest, in_force
from selection.decision.fitting import refuse_unanswered
from selection.decision.views import UnitQuota
from selection.forms.handed_in import get_form_of_act
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import day_of
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.process.room import Decider
from selection.recommendation import events as e
from selection.recommendation.commands import (
    COMMANDS,
    FreeRecommendation,
    RankRecommendations,
    Recommend,
    RecommendOnPaper,
    WithdrawRecommendation,
)
from selection.recommendation.state import ListState
from selection.refusals.refused import Refused

parse = reader_of(COMMANDS)


def needs(state: ListState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts: who the agent acts for, the unit's quota, and whether its opinion fits the sealed form."""
    people = () if actor.role is Role.SYSTEM else (actor.person,)
    recommends = isinstance(command, Recommend | RecommendOnPaper)
    form = command.form if isinstance(command, Recommend | RecommendOnPaper) else None
    return FactsRequest(
        people=(*people, command.agent) if isinstance(command, RecommendOnPaper) else people,
        view=UnitQuota(unit=state.unit) if recommends else None,
        filled=get_form_of_act("opinion", form) if form is not None else None,
    )


def decide(state: ListState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act on the list, or raise Refused."""
    assert isinstance(command, Command)
    _refuse_unentitled(state, command.ACT.roles, context)
    if not (isinstance(command, FreeRecommendation | RecommendOnPaper) or _disowns(state, command)):
        _refuse_late(state, context)
    return DECIDES[type(command)](state, command, context)


def due(state: ListState, facts: Facts) -> Due | None:
    """Return the recommendation deadline, until the list is closed by it."""
    if facts.terms is None or state.closed:
        return None
    deadline = in_force("recommendation", facts.terms, facts)
    # The grace lets an extension that was taken in time be recorded before the list closes for good.
    at = max(deadline + facts.terms.grace, facts.terms.end_of_paper(deadline))
    return Due("recommendation", at, deadline, movable=True)


def settle(state: ListState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Close the list at its deadline."""
    if passed.name != "recommendation":
        raise ValueError(passed.name)
    return (e.ListClosed(deadline=passed.deadline),)


def _recommend(state: ListState, command: Recommend, context: Context) -> tuple[Event, ...]:
    return (_list_anew(state, command, context.actor.person, context),)


def _recommend_on_paper(state: ListState, command: RecommendOnPaper, context: Context) -> tuple[Event, ...]:
    """Put on the list what an agent of the unit recommended on paper, if it was sent by the deadline's last day."""
    terms = context.facts.terms
    assert terms is not None
    until = in_force("recommendation", terms, context.facts)
    if not terms.days.paper:
        raise Refused("no-paper")
    if command.sent > day_of(terms.clock, context.at):
        raise Refused("unknown-value", place="sent")
    if command.sent >= day_of(terms.clock, until):
        raise Refused("late", deadline="recommendation", until=until.isoformat())
    fact = context.facts.people.get(command.agent)
    if fact is None or not fact.holds(Role.RECOMMENDER, state.unit):
        raise Refused("unknown-value", place="agent")
    withdrawn = state.withdrawn.get(command.application)
    if withdrawn is not None and command.sent <= (day := day_of(terms.clock, withdrawn)):
        raise Refused("withdrawn-since", day=day.isoformat())
    listed = _list_anew(state, command, command.agent, context)
    return (listed.with_(sent=command.sent, evidence=command.evidence),)


def _list_anew(
    state: ListState, command: Recommend | RecommendOnPaper, agent: str, context: Context
) -> e.ApplicationRecommended:
    present = state.entry(command.application)
    if present is not None and present.revision == command.revision:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if present is not None:
        # Replacing it would free the place of a recommendation that the application may still hold.
        raise Refused("already-listed", version=str(present.revision))
    # Not that of the list's last entry: the rules may have been amended since.
    quota = context.facts.quota
    assert quota is not None
    if len(state.listed) >= quota:
        raise Refused("quota-full", quota=str(quota))
    refuse_unanswered("opinion", command.form, context)
    assert context.facts.terms is not None
    return e.ApplicationRecommended(
        round=state.round,
        rules_hash=context.facts.terms.rules_hash,
        unit=state.unit,
        quota=quota,
        application=command.application,
        revision=command.revision,
        agent=agent,
        form=command.form,
    )


def _withdraw(state: ListState, command: WithdrawRecommendation, context: Context) -> tuple[Event, ...]:
    if state.entry(command.application) is None:
        raise Refused("not-listed")
    return (e.RecommendationWithdrawn(application=command.application, reason=command.reason),)


def _disowns(state: ListState, command: Command) -> bool:
    """Tell whether a unit takes off what officers entered as its own: it learns of that after its deadline."""
    entry = state.entry(command.application) if isinstance(command, WithdrawRecommendation) else None
    return entry is not None and entry.entered_by != "" and not state.closed


def _rank(state: ListState, command: RankRecommendations, context: Context) -> tuple[Event, ...]:
    if sorted(command.order) != sorted(item.application for item in state.listed):
        raise Refused("rank-unclear")
    return (e.RecommendationsRanked(order=command.order),)


def _free(state: ListState, command: FreeRecommendation, context: Context) -> tuple[Event, ...]:
    entry = state.entry(command.application)
    if entry is None or entry.revision != command.revision:
        raise Refused("not-listed")
    return (e.RecommendationFreed(application=command.application, why=command.why),)


DECIDES: dict[type[Command], Decider[ListState]] = {
    Recommend: _recommend,
    RecommendOnPaper: _recommend_on_paper,
    WithdrawRecommendation: _withdraw,
    RankRecommendations: _rank,
    FreeRecommendation: _free,
}


def _refuse_unentitled(state: ListState, roles: frozenset[Role], context: Context) -> None:
    actor = context.actor
    if context.facts.terms is None:
        raise Refused("unknown-round")
    fact = context.facts.people.get(actor.person)
    if actor.role is Role.SYSTEM:
        entitled = actor.person == "system"
    elif actor.role is Role.OFFICER:
        entitled = context.is_active and actor.principal in context.facts.terms.officers
    else:
        entitled = fact is not None and fact.holds(Role.RECOMMENDER, state.unit)
    if actor.role not in roles or not entitled:
        raise Refused("not-entitled", roles=", ".join(sorted(role.value for role in roles)))


def _refuse_late(state: ListState, context: Context) -> None:
    assert context.facts.terms is not None
    until = in_force("recommendation", context.facts.terms, context.facts)
    if state.closed or context.at >= until:
        raise Refused("late", deadline="recommendation", until=until.isoformat())


def with_refusal(state: ListState, refusal: ActRefused, at: datetime, facts: Facts) -> tuple[Event, ...]:
    """Return the events of a refused act; a list of a round that does not exist ends with it.

    The refusal comes last, as a command id is answered by the last event that was recorded under it.
    """
    never_opened = facts.terms is None and not state.ended
    return (e.ListNeverOpened(), refusal) if never_opened else (refusal,)


def too_late(state: ListState, facts: Facts) -> Refused:
    """Return the refusal of an act on a closed list: its deadline passed, or there is no such round."""
    if facts.terms is None:
        return Refused("unknown-round")
    until = facts.deadlines.get("recommendation")
    return Refused("late", deadline="recommendation", until=until.isoformat() if until else "-")


def apply(state: ListState, event: Event, leaf: Leaf) -> ListState:
    """Return the list after the event."""
    return state.with_(**e.FOLDS[type(event)](state, event, leaf))
