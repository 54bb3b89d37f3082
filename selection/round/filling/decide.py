"""Decide on filling places that fell empty from the reserve (docs/process-sources.md, stage 9)."""

from dataclasses import replace
from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Candidate, Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.decision.views import AppraisedApplications
from selection.kernel.actor import Actor
from selection.kernel.stages import UNAPPRAISED, Stage
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.approving.standing import find_deviating, list_reopened, number_of, order_candidates
from selection.round.filling.commands import FillPlaces
from selection.round.filling.events import PlacesFilled
from selection.round.preconditions import (
    refuse_busy,
    refuse_entangled,
    refuse_old_proposal,
    refuse_undecided,
)
from selection.round.state import ProposalItem, RoundState


def fill_places(state: RoundState, command: FillPlaces, context: Context) -> tuple[Event, ...]:
    """Add applications in reserve after the last rank, no more than places fell empty; nothing else changes.

    They come in the order of their standing, so that who fills chooses whom, and not whom before whom.
    """
    refuse_busy(state)
    refuse_old_proposal(state, command.proposal)
    if not state.rules_in_force.filled_from_reserve:
        raise Refused("places-stay-empty")
    if not command.add:
        raise Refused("nothing-to-do")
    if reopened := list_reopened(state, context.facts.candidates):
        raise Refused("still-open", count=str(len(reopened)), stage=Stage.HELD.value)
    context = _without_ended(context)
    refuse_entangled(state, context)
    refuse_undecided(context, UNAPPRAISED)
    reserve = order_candidates(
        tuple(item for item in context.facts.candidates if item.stage is Stage.RESERVE), state.rules_in_force
    )
    _refuse_choice(state, command, reserve, context)
    numbers = [number_of(item) for item in reserve]
    chosen = [number for number in numbers if number in command.add]
    # Who left may come back at their rank.
    first = max((item.rank for item in (*state.items, *state.held, *state.gone)), default=0) + 1
    return (
        PlacesFilled(
            proposal=state.proposal + 1,
            items=tuple(
                ProposalItem(application=number, rank=rank, reason=command.add[number])
                for rank, number in enumerate(chosen, start=first)
            ),
            replaced=state.empty_places[: len(chosen)],
            deviations=command.deviations,
            ranking=tuple(numbers),
        ),
    )


def _without_ended(context: Context) -> Context:
    """Return what is known without those whose places fell empty: nobody is kept from the others for them."""
    stands = tuple(item for item in context.facts.candidates if item.stage is not Stage.ENDED)
    return replace(context, facts=context.facts.with_(candidates=stands))


def _refuse_choice(
    state: RoundState, command: FillPlaces, reserve: tuple[Candidate, ...], context: Context
) -> None:
    """Refuse more than fell empty, who is not in reserve or is stopped, and a deviation without a reason."""
    numbers = [number_of(item) for item in reserve]
    empty = len(state.empty_places)
    if len(command.add) > empty:
        raise Refused("empty-places-exceeded", count=str(len(command.add)), empty=str(empty))
    for number in (*command.add, *command.deviations):
        if number not in numbers:
            raise Refused("not-in-reserve", application=number)
    for number in command.add:
        if state.hits.get(number) is False:
            raise Refused("integrity-stop", application=number)
    chosen = [number for number in numbers if number in command.add]
    stays = {item.application for item in (*state.standing_items, *state.suspended_items)}
    beside = tuple(item for item in context.facts.candidates if number_of(item) in stays)
    waiting = context.facts.counts.get(Stage.HELD, 0)
    if waiting and stays - {number_of(item) for item in beside}:
        # An objection holds one again: the round is about to learn of it.
        raise Refused("still-open", count=str(waiting), stage=Stage.HELD.value)
    for number in find_deviating(chosen, reserve, state.rules_in_force, beside):
        if number not in command.deviations:
            raise Refused("reason-missing", application=number)


def ask_empty(
    state: RoundState, actor: Actor, command: FillPlaces, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the appraised applications, and those that left.

    The ruling by which one did may be reversed, as the round is about to learn.
    """
    left = tuple(sorted(state.numbers_that_left & state.kept_numbers))
    return FactsRequest(view=AppraisedApplications(named=left), relations=RelationsAsked(people=actor.people))


DECIDES: dict[type[Command], Decider[RoundState]] = {FillPlaces: fill_places}

NEEDS: dict[type[Command], Needs[RoundState]] = {FillPlaces: ask_empty}
