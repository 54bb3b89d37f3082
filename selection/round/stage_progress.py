"""What a round finds in the record: its stage's work is done, or an objection that held an item ended."""

from datetime import datetime

from selection.decision.aggregate import Event
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import ItemFates, StageCounts
from selection.kernel.stages import FINISHED_WHEN, UNDECIDED, RoundStage, Stage
from selection.round.approving.standing import count_reopened, list_reopened, number_of
from selection.round.approving.voiding import ask_about_givers, list_void
from selection.round.course_events import StageFinished
from selection.round.list_events import HeldItemsSettled, ItemsLeft, ProposalReturned
from selection.round.state import RoundState


def look_needs(state: RoundState) -> FactsRequest | None:
    """Return the facts for `advance`, None where nothing can follow: counts, and the items' fates if they matter."""
    proposed = _may_return(state)
    if state.batch or not (_ends_by_itself(state) or state.held or proposed):
        return None
    with_items = state.stage is RoundStage.NOTICE or state.held or proposed
    return FactsRequest(view=ItemFates() if with_items else StageCounts(), relations=ask_about_givers(state))


def advance(state: RoundState, facts: Facts, at: datetime) -> tuple[Event, ...]:
    """Return what the record's counts, the fates of proposed items and what binds who approved bring, if anything."""
    if state.batch:
        return ()
    return (
        _hold_again(state, facts)
        or _return_proposal(state, facts)
        or _settle_holds(state, facts)
        or _note_left(state, facts)
        or list_void(state, facts, at)
        or _finish_stage(state, facts)
    )


def _may_return(state: RoundState) -> bool:
    """Tell whether every application knows its place in a proposal, which a reversed decision brings back."""
    proposed = state.stage is RoundStage.PROPOSAL and state.proposed and not state.left_over
    return proposed or state.stage is RoundStage.APPROVAL


def _hold_again(state: RoundState, facts: Facts) -> tuple[Event, ...]:
    """Return which items an objection holds again, the ruling on which was reversed after the notice."""
    numbers = list_reopened(state, facts.candidates)
    return (ItemsLeft(held=numbers),) if numbers else ()


def _return_proposal(state: RoundState, facts: Facts) -> tuple[Event, ...]:
    """Return that the proposal is made anew where something is decided again of an application, proposed or not.

    While the notice runs it is not disturbed for the others: that is seen when it has ended.
    """
    if not _may_return(state) or not any(facts.counts.get(stage, 0) for stage in UNDECIDED):
        return ()
    fates = _fates(facts)
    named = [item.application for item in (*state.items, *state.held)]
    items = tuple(number for number in named if fates.get(number) in UNDECIDED)
    reopened = count_reopened(state, facts.candidates, items)
    return (ProposalReturned(proposal=state.proposal, items=items, reopened=reopened),)


def _finish_stage(state: RoundState, facts: Facts) -> tuple[Event, ...]:
    """Return the end of the present stage if nothing is left in it."""
    if not _ends_by_itself(state):
        return ()
    waiting, following = FINISHED_WHEN[state.stage]
    if any(facts.counts.get(stage, 0) for stage in waiting):
        return ()
    removed: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    if state.stage is RoundStage.NOTICE:
        fates = _fates(facts)
        if Stage.HELD in fates.values() and Stage.CLEARED not in fates.values():
            # Nothing is clear, so there is nothing to approve: an empty list would end the reserve.
            return ()
        items = [item.application for item in state.items if item.application not in state.removed]
        removed = tuple(number for number in items if fates.get(number) is Stage.ENDED)
        numbers = tuple(number for number in items if fates.get(number) is Stage.HELD)
    counts = {stage.value: count for stage, count in sorted(facts.counts.items()) if count}
    return (
        StageFinished(
            finished=state.stage.value, next=following.value, counts=counts, removed=removed, held=numbers
        ),
    )


def _ends_by_itself(state: RoundState) -> bool:
    """Say whether the stage ends once no application waits in it.

    A proposal does where the rules have no notice: it goes to approval when every application knows its place.
    """
    if state.stage is not RoundStage.PROPOSAL:
        return state.stage in FINISHED_WHEN
    assert state.sealed is not None
    return not state.sealed.stages.notice and state.proposed and not state.left_over


def _note_left(state: RoundState, facts: Facts) -> tuple[Event, ...]:
    """Return which items ended while the list is approved: what was approved of the others stands."""
    if state.stage is not RoundStage.APPROVAL:
        return ()
    fates = _fates(facts)
    items = [item.application for item in state.items if item.application not in state.removed]
    left = tuple(number for number in items if fates.get(number) is Stage.ENDED)
    return (ItemsLeft(removed=left),) if left else ()


def _settle_holds(state: RoundState, facts: Facts) -> tuple[Event, ...]:
    """Return what became of held items where they can join: a list not yet checked, or one of their own.

    Once the integrity check is recorded the list goes its way without them, so that their objections hold up
    nobody else; they are decided on by themselves after it was issued (docs/decisions/0006). Where nothing is left on
    it, they are all that there is to decide on.
    """
    empty = not (state.standing_items or state.suspended_items)
    unchecked = state.stage is RoundStage.APPROVAL and (empty or not state.integrity)
    issued = state.stage is RoundStage.ISSUED and not state.left_over
    if not unchecked and not issued:
        return ()
    fates = _fates(facts)
    numbers = [item.application for item in state.held]
    # What a hit suspends was clear all along: it joins once somebody ruled that nothing stands against it.
    open_hits = {number for number, cleared in state.hits.items() if cleared is None}
    released = tuple(
        number for number in numbers if fates.get(number) is Stage.CLEARED and number not in open_hits
    )
    removed = tuple(number for number in numbers if fates.get(number) is Stage.ENDED)
    if not released and not removed:
        return ()
    proposal = state.proposal + 1 if released else state.proposal
    # What was reversed while an item was aside is ruled on again: nothing of it holds the item once it is decided on.
    reopened = count_reopened(state, facts.candidates, released)
    return (HeldItemsSettled(proposal=proposal, released=released, removed=removed, reopened=reopened),)


def _fates(facts: Facts) -> dict[str, Stage]:
    return {number_of(item): item.stage for item in facts.candidates}
