"""Decide on shortlist, proposal, notice and list (docs/process-sources.md, stages 6 to 9 and 11)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Candidate, Facts, FactsRequest, end_in_force
from selection.decision.relations import RelationsAsked
from selection.decision.views import AppraisedApplications, ProposedItems, ScoreRanking
from selection.kernel.actor import Actor
from selection.kernel.model import Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import UNAPPRAISED, UNDECIDED, Stage, before
from selection.process.room import Decider, Needs
from selection.process.unknown_years import refuse_unknown_years
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.approving.agreements import is_open_to_levels
from selection.round.approving.decide import refuse_reopened
from selection.round.approving.standing import find_deviating, number_of, order_candidates
from selection.round.approving.voiding import ask_about_givers, list_void
from selection.round.list_events import ListIssued, ProposalMade, PublicNoticeOpened, ShortlistFixed
from selection.round.preconditions import (
    refuse_busy,
    refuse_entangled,
    refuse_old_proposal,
    refuse_undecided,
)
from selection.round.state import RoundState
from selection.rules.working_days import end_of_window, list_unknown_years

Shortlisting = c.FixShortlist | c.FixDeviatingShortlist
Proposing = c.Propose | c.ProposeDeviating


def fix_shortlist(state: RoundState, command: Shortlisting, context: Context) -> tuple[Event, ...]:
    """Fix the shortlist: the first by rank (ties in), with additions and removals that two officers sign."""
    refuse_busy(state)
    if state.shortlist:
        # What is left over is ranked among all, not among the rest: the decision is repeated, not made anew.
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    refuse_entangled(state, context)
    refuse_undecided(context, before(Stage.SCORED))
    ranks = {number_of(item): item.rank for item in context.facts.candidates}
    by_rank = [number_of(item) for item in context.facts.candidates if item.by_rank]
    add, remove = _list_changes(command)
    for number in (*add, *remove):
        if number not in ranks or (number in remove) is not (number in by_rank):
            raise Refused("not-a-candidate", application=number)
    listed = {number: ranks[number] for number in by_rank if number not in remove}
    listed |= {number: ranks[number] for number in add}
    if not listed:
        raise Refused("nothing-to-do")
    reasons = {**add, **remove}
    counts = {stage.value: count for stage, count in context.facts.counts.items()}
    removed = {number: ranks[number] for number in remove}
    return (ShortlistFixed(listed=listed, removed=removed, reasons=reasons, counts=counts),)


def _list_changes(command: Shortlisting) -> tuple[dict[str, TextRef], dict[str, TextRef]]:
    """Return whom a shortlist adds and whom it removes, each with the reason."""
    return (command.add, command.remove) if isinstance(command, c.FixDeviatingShortlist) else ({}, {})


def propose(state: RoundState, command: Proposing, context: Context) -> tuple[Event, ...]:
    """Propose centres within the places; what deviates from standing or limits needs a reason, and two (stage 8).

    So does what stood in a public notice, was sent back, and is left out.
    """
    refuse_busy(state)
    if state.filling and state.proposed:
        raise Refused("places-filled")
    refuse_entangled(state, context)
    refuse_undecided(context, UNAPPRAISED)
    ranking = order_candidates(context.facts.candidates, state.rules_in_force)
    known = [number_of(item) for item in ranking]
    chosen = [item.application for item in command.items]
    _refuse_choice(state, command, chosen, ranking)
    back = state.list_back(known)
    stood = dict.fromkeys((*state.noticed, *back))
    left_out = tuple(number for number in stood if number in known and number not in chosen)
    if left_out and isinstance(command, c.Propose):
        raise Refused("proposal-deviates", application=left_out[0])
    return (
        ProposalMade(
            proposal=state.proposal + 1,
            items=command.items,
            deviations=_list_reasons(command),
            ranking=tuple(known),
            left_out=left_out,
            anew=_list_anew(state, ranking),
            back=back,
        ),
    )


def _list_anew(state: RoundState, ranking: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return what stands where a proposal starts from though levels agreed to it: it was decided on again since."""
    agreed = {one.application for given in state.agreed for one in given.items}
    numbers = (number_of(item) for item in ranking if item.stage is Stage.APPRAISED)
    return tuple(number for number in numbers if number in agreed)


def _list_reasons(command: Proposing) -> dict[str, Ref]:
    return command.deviations if isinstance(command, c.ProposeDeviating) else {}


def _refuse_choice(
    state: RoundState,
    command: Proposing,
    chosen: list[str],
    ranking: tuple[Candidate, ...],
) -> None:
    """Refuse items that are too many, out of order, unknown or stopped, or deviate without a reason."""
    known = {number_of(item) for item in ranking}
    places = state.count_places(known)
    if len(chosen) > places:
        raise Refused("places-exceeded", count=str(len(chosen)), places=str(places))
    if len(set(chosen)) != len(chosen) or [item.rank for item in command.items] != list(
        range(1, len(chosen) + 1)
    ):
        raise Refused("rank-unclear")
    reasons = _list_reasons(command)
    for number in (*chosen, *reasons):
        if number not in known:
            raise Refused("not-a-candidate", application=number)
    for number in chosen:
        if state.hits.get(number) is False:
            raise Refused("integrity-stop", application=number)
    for number in find_deviating(chosen, ranking, state.rules_in_force):
        if isinstance(command, c.Propose):
            raise Refused("proposal-deviates", application=number)
        if number not in reasons:
            raise Refused("reason-missing", application=number)


def open_public_notice(state: RoundState, command: c.OpenPublicNotice, context: Context) -> tuple[Event, ...]:
    """Open the notice of the present proposal for the rules' days."""
    refuse_busy(state)
    rules = state.rules_in_force
    if not rules.stages.notice:
        raise Refused("stage-left-out", stage="notice")
    refuse_old_proposal(state, command.proposal)
    if not state.proposed:
        raise Refused("nothing-to-do")
    if state.left_over:
        # An application that does not know its place would be neither in the notice nor on the list.
        raise Refused("still-open", count=str(len(state.left_over)), stage="left-over")
    # The round may not have seen yet that a decision under its proposal was reversed.
    refuse_undecided(context, UNDECIDED)
    clock, working, days = rules.clock, rules.working_days, rules.days.notice
    refuse_unknown_years(list_unknown_years(clock, working, "notice", context.at, days))
    until = end_of_window(clock, working, "notice", context.at, days)
    # No notice ends before the day to which notices were moved: so each item's ends with the round's.
    until = end_in_force("notice", until, state.deadlines)
    return (PublicNoticeOpened(proposal=state.proposal, until=until),)


def issue_list(state: RoundState, command: c.IssueList, context: Context) -> tuple[Event, ...]:
    """Issue the list once every level has passed; places follow the proposal's ranks without gaps.

    A list that follows an earlier one, of items that objections held, goes on after its last place.
    """
    refuse_busy(state)
    refuse_old_proposal(state, command.proposal)
    assert state.sealed is not None
    if not is_open_to_levels(state):
        raise Refused("integrity-open")
    for level in state.current.approval:
        if level.code not in state.passed:
            raise Refused("level-not-open", level=level.code)
    refuse_undecided(context, UNDECIDED)
    refuse_reopened(state, context)
    if void := list_void(state, context.facts, context.at):
        # The round is about to learn of it; their levels are asked again.
        raise Refused("approval-bound", people=", ".join(item.person for item in void))
    fates = {number_of(item): item.stage for item in context.facts.candidates}
    for item in state.standing_items:
        if fates.get(item.application) is Stage.ENDED:
            # The round is about to learn of it; the list is then of the others.
            raise Refused("not-a-candidate", application=item.application)
    return (ListIssued(proposal=state.proposal, places=state.next_places),)


def ask_ranking(
    state: RoundState, actor: Actor, command: Shortlisting, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the ranking by score, and of whom it names beside what binds the actor to them."""
    add, remove = _list_changes(command)
    named = tuple(sorted((*add, *remove)))
    return FactsRequest(view=ScoreRanking(named=named), relations=RelationsAsked(people=actor.people))


def ask_appraised(
    state: RoundState, actor: Actor, command: Command, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the appraised applications, and what binds the actor to them."""
    return FactsRequest(view=AppraisedApplications(), relations=RelationsAsked(people=actor.people))


def ask_items(state: RoundState, actor: Actor, command: Command, at: datetime, facts: Facts) -> FactsRequest:
    """Return the proposed items, and what binds those who approved to them."""
    return FactsRequest(view=ProposedItems(), relations=ask_about_givers(state))


DECIDES: dict[type[Command], Decider[RoundState]] = {
    c.FixShortlist: fix_shortlist,
    c.FixDeviatingShortlist: fix_shortlist,
    c.Propose: propose,
    c.ProposeDeviating: propose,
    c.OpenPublicNotice: open_public_notice,
    c.IssueList: issue_list,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    c.FixShortlist: ask_ranking,
    c.FixDeviatingShortlist: ask_ranking,
    c.Propose: ask_appraised,
    c.ProposeDeviating: ask_appraised,
    c.OpenPublicNotice: ask_items,
    c.IssueList: ask_items,
}
