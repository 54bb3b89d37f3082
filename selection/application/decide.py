"""The application's aggregate, assembled from its rooms: what an act brings, what a deadline brings, how it folds."""

from datetime import datetime

from selection.application.intake.events import ApplicationLapsed
from selection.application.preconditions import refuse_unentitled, refuse_wrong_stage
from selection.application.recusal import (
    ask_relations,
    ask_relations_of_seats as ask_relations_of_seats,
    refuse_recused,
)
from selection.application.reminding.decide import wait_for_rung
from selection.application.reminding.events import TaskReminded
from selection.application.rooms import ROOMS
from selection.application.state import ApplicationState, with_hand
from selection.application.waiting import list_tasks, tasks_of_application
from selection.decision.aggregate import ActRefused, Context, Due, DueName, Event
from selection.decision.command import Command, reader_of
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.stages import Outcome, Stage
from selection.process.duties import DUTY_OF_ROLE
from selection.process.room import Decider, Fold, Needs, Settle, Wait
from selection.process.task import note_since

DECIDERS: dict[type[Command], Decider[ApplicationState]] = {
    kind: made for room in ROOMS for kind, made in room.decides.items()
}
NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    kind: made for room in ROOMS for kind, made in room.needs.items()
}
FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    kind: made for room in ROOMS for kind, made in room.folds.items()
}
FOLLOWS = tuple(follow for room in ROOMS for follow in room.follows)
WAITS: dict[str, Wait[ApplicationState]] = {
    stage: made for room in ROOMS for stage, made in room.waits.items()
}
SETTLES: dict[DueName, Settle[ApplicationState]] = {
    name: made for room in ROOMS for name, made in room.settles.items()
}

parse = reader_of(command for room in ROOMS for command in room.commands)


def needs(state: ApplicationState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts that this decision needs beside the actor's, the terms and the deadlines in force."""
    assert isinstance(command, Command)
    asked = NEEDS.get(type(command))
    of_room = asked(state, actor, command, at, facts) if asked else FactsRequest()
    return of_room.with_(relations=ask_relations(state, actor, command))


def decide(state: ApplicationState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act and all that follows from it at once, or raise Refused."""
    assert isinstance(command, Command)
    act = command.ACT
    refuse_unentitled(state, act, context)
    refuse_wrong_stage(state, act, context.actor)
    refuse_recused(state, command, context)
    events = DECIDERS[type(command)](state, command, context)
    return with_consequences(state, events, context)


def with_consequences(
    state: ApplicationState, events: tuple[Event, ...], context: Context
) -> tuple[Event, ...]:
    """Return the events and what they bring about: a replacement, the fixed score, the notice's end."""
    terms = context.facts.terms
    moved = _fold_events(state, events, context)
    if terms is None or (moved.ended and moved.over):
        return events
    found = (follow(moved, context, terms) for follow in FOLLOWS)
    more = next(filter(None, found), ())
    return with_consequences(state, events + more, context) if more else events


def due(state: ApplicationState, facts: Facts) -> Due | None:
    """Return the next deadline that the application waits for, given those in force: of two at once no reminder."""
    terms, wait = facts.terms, WAITS.get(Stage.REVIEW if state.fresh_panel else state.stage)
    if terms is None:
        return None
    found = (
        wait(state, terms, facts) if wait else None,
        # Nobody waits with one that is over, though a reversal of its end may have been entered.
        wait_for_rung(state, tasks_of_application(state), terms, facts)
        if terms.ladder and not state.over
        else None,
    )
    return min((due for due in found if due is not None), key=lambda due: due.at, default=None)


def settle(state: ApplicationState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return what a deadline brings, to be recorded `at` the deadline itself, without the grace."""
    if facts.terms is None:
        return ()
    context = Context(actor=SYSTEM, at=passed.deadline, command_id="", facts=facts)
    events = SETTLES[passed.name](state, passed, context, facts.terms)
    return with_consequences(state, events, context)


def apply(state: ApplicationState, event: Event, leaf: Leaf) -> ApplicationState:
    """Return the state after the event; an event of another aggregate raises KeyError.

    Whoever acts has a hand in the application from then on, in the duty of the role acted in; so has the holder of a
    post in whose stead they act.
    """
    moved = state.with_(**FOLDS[type(event)](state, event, leaf))
    if not moved.over and not isinstance(event, TaskReminded):
        moved = moved.with_(acted=leaf.at)
    if not isinstance(event, TaskReminded):
        noted = note_since(list_tasks(moved), moved.since_of, leaf.at)
        moved = moved if noted == moved.since_of else moved.with_(since_of=noted)
    duty, people = DUTY_OF_ROLE.get(leaf.actor.role), leaf.actor.people
    if duty is None or set(people) <= set(moved.hands.get(duty, ())):
        return moved
    return moved.with_(hands=with_hand(moved.hands, duty, *people))


def _fold_events(state: ApplicationState, events: tuple[Event, ...], context: Context) -> ApplicationState:
    for event in events:
        # Only time and actor are read while folding ahead; the recorded leaf is made by the caller.
        leaf = Leaf.model_construct(
            type=event.TYPE,
            stream=state.stream,
            version=0,
            actor=context.actor,
            at=context.at,
            recorded=context.at,
            register_size=0,
            rules="",
            data={},
        )
        state = apply(state, event, leaf)
    return state


def with_refusal(
    state: ApplicationState, refusal: ActRefused, at: datetime, facts: Facts
) -> tuple[Event, ...]:
    """Return the events of a refused act; a first act that is refused ends the application.

    The refusal comes last, as a command id is answered by the last event that was recorded under it.
    """
    if state.stage is not Stage.NEW:
        return (refusal,)
    return (ApplicationLapsed(outcome=Outcome.NEVER_SUBMITTED.value, deadline=at), refusal)
