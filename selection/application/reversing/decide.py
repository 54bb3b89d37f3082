"""Decide on reversals: each post that the rules name agrees, and what rests on the decision is not issued yet."""

from datetime import datetime
from typing import Protocol

from selection.application.notice.events import ObjectionReopened
from selection.application.preconditions import require_terms
from selection.application.reversing.commands import DeclineReversal, ReverseDecision, find_ruled_on
from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.reversing.events import (
    ConflictReopened,
    DecisionReversed,
    ReversalDeclined,
    ReversalEntered,
    enter_reversal,
)
from selection.application.state import ApplicationState
from selection.application.survey.events import LeftOffShortlist, PlacedOnShortlist
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Candidate, Facts, FactsRequest
from selection.decision.reference import Decision
from selection.decision.views import OthersThatLeft
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage, Stage, between
from selection.process.decisions import CHECK, CONFLICT, OBJECTION, SHORTLIST, name_decision
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused

_DRAWS = (RoundStage.CHECKING, RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING)
"""The stages of a round in which a panel can still be drawn for an application that comes back."""

_SHORTLISTED = tuple(stage.value for stage in between(Stage.SURVEY, Stage.APPRAISED))
"""Where an application goes on that the shortlist holds, so that it needs no panel and no place there any more."""


class Round(Protocol):
    """The round as far as it matters here; its package lies above this one."""

    @property
    def stage(self) -> RoundStage:
        """Where it stands."""

    @property
    def batch(self) -> str:
        """The decision that is being carried out."""

    @property
    def numbers_on_hold(self) -> frozenset[str]:
        """The applications on which nothing is issued yet: an objection or a hit holds them."""

    @property
    def kept_numbers(self) -> frozenset[str]:
        """The applications that it proposed, also those that left."""

    @property
    def numbers_that_left(self) -> frozenset[str]:
        """Those of them that ended."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Those whose places fell empty and nobody took."""

    @property
    def reopened(self) -> dict[str, int]:
        """By application, the reversed rulings on objections that it took in."""

    @property
    def shortlist(self) -> dict[str, int]:
        """Who goes to the survey, once that is fixed."""


def reverse_decision(
    state: ApplicationState, command: ReverseDecision, context: Context
) -> tuple[Event, ...]:
    """Enter a reversal; once each post that the rules name has entered the same, the decision is void.

    What was entered at another stage, or while something else would have fallen, counts no more.
    """
    rules, actor = require_terms(context).reversals, context.actor
    if actor.role.value not in rules.agree:
        raise Refused("not-entitled", roles=", ".join(rules.agree))
    of = find_ruled_on(command)
    name, was = name_decision(command.decision, of), describe_decision(state, command.decision, of)
    if not was:
        raise Refused("nothing-to-reverse")
    _refuse_party(state, command, context)
    if state.decisions.is_spent(name, actor.people, rules.at_most):
        raise Refused("reversed-before", limit=str(rules.at_most))
    _refuse_without_people(state, command, context)
    _refuse_resting(state, command, was, context)
    entered = ReversalEntered(
        decision=command.decision,
        report=of if command.decision == CONFLICT else "",
        objection=of if command.decision == OBJECTION else "",
        was=was,
        stage=state.stage.value,
        void=list_dependents(state, command.decision, of),
        text=command.text,
    )
    entry = enter_reversal(entered, actor)
    if state.decisions.get_entered(name, actor.role.value) == entry:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if not all(state.decisions.is_agreed(role, entry) for role in rules.agree if role != actor.role.value):
        return (entered,)
    return (entered, _void(state, command, entered), *_place_again(state, command, was))


def _void(state: ApplicationState, command: ReverseDecision, entered: ReversalEntered) -> Event:
    """Return that a decision is void of which each post has entered the same."""
    was, void, text, people = entered.was, entered.void, command.text, _list_makers(state, command)
    of = find_ruled_on(command)
    match command.decision:
        case "conflict":
            return ConflictReopened(report=of, was=was, void=void, people=people, text=text)
        case "objection":
            return ObjectionReopened(objection=of, was=was, void=void, examiners=people, text=text)
    return DecisionReversed(decision=command.decision, was=was, void=void, people=people, text=text)


def _place_again(state: ApplicationState, command: ReverseDecision, was: str) -> tuple[Event, ...]:
    """Return the application's place by its rank: on the shortlist where it was left off, off it where it was added."""
    if command.decision != SHORTLIST:
        return ()
    kind = PlacedOnShortlist if was == "left-off" else LeftOffShortlist
    return (kind(rank=state.rank, reason=command.text),)


def _list_makers(state: ApplicationState, command: ReverseDecision | DeclineReversal) -> tuple[str, ...]:
    """Return whose the decision is: of an objection everybody's who examined it."""
    if command.decision == OBJECTION:
        return state.objections[find_ruled_on(command)].examiners
    return state.decisions.made.get(name_decision(command.decision, find_ruled_on(command)), ())


def decline_reversal(
    state: ApplicationState, command: DeclineReversal, context: Context
) -> tuple[Event, ...]:
    """Decline what another post entered, which it may enter again; nobody does of their own decision."""
    rules, actor = require_terms(context).reversals, context.actor
    if actor.role.value not in rules.agree:
        raise Refused("not-entitled", roles=", ".join(rules.agree))
    of = find_ruled_on(command)
    people = state.decisions.list_entered(name_decision(command.decision, of), actor.role.value)
    if not people:
        raise Refused("nothing-to-decline")
    _refuse_party(state, command, context)
    return (
        ReversalDeclined(
            decision=command.decision,
            report=of if command.decision == CONFLICT else "",
            objection=of if command.decision == OBJECTION else "",
            people=people,
            text=command.text,
        ),
    )


def _refuse_party(
    state: ApplicationState, command: ReverseDecision | DeclineReversal, context: Context
) -> None:
    """Raise Refused for whoever made the decision, now or before, and for the parties to a report about its ruling."""
    people = set(context.actor.people)
    former = state.decisions.list_former(name_decision(command.decision, find_ruled_on(command)))
    if not people.isdisjoint((*former, *_list_makers(state, command))):
        raise Refused("own-decision")
    report = state.reports.get(find_ruled_on(command)) if command.decision == CONFLICT else None
    if report is not None and not people.isdisjoint((*report.reporters, report.expert)):
        raise Refused("same-hands", duty="party to the report")


def _refuse_without_people(state: ApplicationState, command: ReverseDecision, context: Context) -> None:
    """Raise Refused where nobody is left of another post to agree to it, or of the post that decides to do so again."""
    terms, of = require_terms(context), find_ruled_on(command)
    report = state.reports.get(of) if command.decision == CONFLICT else None
    parties = (*report.reporters, report.expert) if report else ()
    aside = {*parties, *_list_makers(state, command)}
    posts = {"officer": terms.officers, "supervisor": terms.supervisors}
    holders = {role: [person for person in people if person not in aside] for role, people in posts.items()}
    others = [role for role in terms.reversals.agree if role != context.actor.role.value]
    again = {CHECK: "officer", CONFLICT: "supervisor"}.get(command.decision, "")
    name, at_most = name_decision(command.decision, of), terms.reversals.at_most
    if lacking := state.decisions.find_lacking(name, holders, others, at_most, again):
        raise Refused("nobody-left", roles=lacking)


def _refuse_resting(state: ApplicationState, command: ReverseDecision, was: str, context: Context) -> None:
    """Raise Refused where others are at work on what rests on the decision, or it is issued."""
    cited = context.facts.cited
    around: Round | None = getattr(cited, "state", None)
    if around is None:
        raise Refused("unknown-round")
    on_hold = around.stage is RoundStage.ISSUED and state.number in around.numbers_on_hold
    if around.stage in (RoundStage.ISSUED, RoundStage.CANCELLED) and not on_hold:
        raise Refused("rests-on-list")
    if around.batch:
        raise Refused("decision-under-way", decision=around.batch)
    # A fresh panel's review stands beside the outcome: nothing goes on from there.
    listed = state.decisions.resumes in _SHORTLISTED and not state.earlier
    if was == "failed" and not listed and (around.stage not in _DRAWS or around.shortlist):
        raise Refused("panels-are-drawn")
    if state.requested:
        raise Refused("request-open")
    if command.decision == CONFLICT:
        return
    if command.decision == OBJECTION and around.stage in (RoundStage.PROPOSAL, RoundStage.NOTICE):
        # What was sent back goes to a notice again, in which its objections are reopened; what runs is soon over.
        raise Refused("list-not-approved")
    if was == "upheld":
        _refuse_without_place(state, around, context.facts.candidates)
        return
    if state.open_objections:
        raise Refused("objection-open")
    if on_hold:
        # The round takes it up by itself, and can have it proposed anew only then.
        raise Refused("item-held")
    if command.decision == CHECK and any(seat.open for seat in state.seats):
        # Their days would run on while nobody may act.
        raise Refused("panel-awaited")


def _refuse_without_place(state: ApplicationState, around: Round, candidates: tuple[Candidate, ...]) -> None:
    """Raise Refused where an item that an objection removed has no place to come back to.

    Other objections against it may be open: they wait for their examiners with it. Of the places that fell empty, as
    many are left as were neither filled from the reserve nor given to others who come back, which the round may not
    know yet.
    """
    if around.stage is not RoundStage.APPROVAL:
        raise Refused("rests-on-list")
    if state.number not in around.kept_numbers:
        raise Refused("place-taken")
    left = around.numbers_that_left
    if state.number not in left:
        return
    coming = {
        number
        for item in candidates
        if (number := item.stream.rsplit("/", 1)[-1]) in left
        and item.stage is not Stage.ENDED
        and item.reopened > around.reopened.get(number, 0)
    }
    if len(coming) >= len(around.removed):
        raise Refused("place-taken")


def ask_about_round(
    state: ApplicationState, actor: Actor, command: ReverseDecision, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask how the round stands: what it carries out, whether its shortlist is fixed or its list issued.

    Of an objection it is asked as well what else comes back, so that no two come back to one place.
    """
    others = OthersThatLeft(number=state.number) if command.decision == OBJECTION else None
    return FactsRequest(decision=Decision(stream=f"round/{state.round}", version=0), view=others)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    ReverseDecision: reverse_decision,
    DeclineReversal: decline_reversal,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {ReverseDecision: ask_about_round}
