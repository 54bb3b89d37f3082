"""The round's aggregate: which facts its decisions need, what an act or a deadline brings, how it folds."""

from datetime import datetime

from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command, reader_of
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage
from selection.kernel.unfinished import Unfinished, file_of
from selection.process.room import Decider, Fold, Needs, ask_nothing
from selection.process.task import note_since
from selection.refusals.refused import Refused
from selection.round import commands as c, course_events as e, list_events, lists as listing, moving, opening
from selection.round.amending import decide as amending, events as amended
from selection.round.amending_rules import decide as amending_rules, events as rule_events
from selection.round.approving import decide as approving, events as approving_events
from selection.round.calling import decide as calling, events as calling_events
from selection.round.drawing import decide as drawing, events as draw_events
from selection.round.filling import decide as filling, events as filling_events
from selection.round.lobbying import decide as lobbying, events as lobbying_events
from selection.round.people import agreeing, decide as people, delegating, events as people_events
from selection.round.preconditions import refuse_unentitled, refuse_wrong_stage
from selection.round.reminding.decide import settle_rung, wait_for_rung
from selection.round.reminding.events import FOLDS as REMINDED, RoundReminded
from selection.round.reversing import decide as reversing, events as reversing_events
from selection.round.state import RoundState
from selection.round.tasks import list_tasks
from selection.rules.terms import end_of_intake


def cancel_round(state: RoundState, command: c.CancelRound, context: Context) -> tuple[Event, ...]:
    """End the round without a list."""
    return (e.RoundCancelled(reason=command.reason),)


def repeat_batch(state: RoundState, command: c.RepeatBatch, context: Context) -> tuple[Event, ...]:
    """Carry the last decision out again, once what kept an application from it has been resolved."""
    if state.batch or not state.left_over:
        raise Refused("nothing-to-do")
    return (e.BatchRepeated(batch=state.finished_batch, attempt=state.attempt + 1),)


def report_batch(state: RoundState, command: c.ReportBatch, context: Context) -> tuple[Event, ...]:
    """Record that a decision was carried out; what is left over waits for a person."""
    if state.batch != command.batch:
        raise Refused("nothing-to-do")
    return (e.BatchFinished(batch=command.batch, touched=command.touched, left_over=command.left_over),)


DECIDES: dict[type[Command], Decider[RoundState]] = {
    **opening.DECIDES,
    **calling.DECIDES,
    **moving.DECIDES,
    **amending.DECIDES,
    **amending_rules.DECIDES,
    **people.DECIDES,
    **agreeing.DECIDES,
    **delegating.DECIDES,
    **lobbying.DECIDES,
    **drawing.DECIDES,
    **listing.DECIDES,
    **filling.DECIDES,
    **approving.DECIDES,
    **reversing.DECIDES,
    c.CancelRound: cancel_round,
    c.RepeatBatch: repeat_batch,
    c.ReportBatch: report_batch,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    **opening.NEEDS,
    **calling.NEEDS,
    **moving.NEEDS,
    **amending.NEEDS,
    **amending_rules.NEEDS,
    **people.NEEDS,
    **agreeing.NEEDS,
    **delegating.NEEDS,
    **lobbying.NEEDS,
    **drawing.NEEDS,
    **listing.NEEDS,
    **filling.NEEDS,
    **approving.NEEDS,
    **reversing.NEEDS,
    **dict.fromkeys((c.CancelRound, c.RepeatBatch, c.ReportBatch), ask_nothing),
}

FOLDS: dict[type[Event], Fold[RoundState]] = {
    **e.FOLDS,
    **calling_events.FOLDS,
    **amended.FOLDS,
    **rule_events.FOLDS,
    **people_events.FOLDS,
    **lobbying_events.FOLDS,
    **reversing_events.FOLDS,
    **draw_events.FOLDS,
    **approving_events.FOLDS,
    **list_events.FOLDS,
    **filling_events.FOLDS,
    **REMINDED,
}

parse = reader_of(c.COMMANDS)


def needs(state: RoundState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return the facts that the decision needs of the record."""
    assert isinstance(command, Command)
    return NEEDS[type(command)](state, actor, command, at, facts)


def decide(state: RoundState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act, or raise Refused."""
    assert isinstance(command, Command)
    act = command.ACT
    refuse_wrong_stage(state, act)
    refuse_unentitled(state, act, context)
    return DECIDES[type(command)](state, command, context)


def due(state: RoundState, facts: Facts) -> Due | None:
    """Return the next deadline of the intake, or reminder; later stages end when the record shows that all is done."""
    rung = wait_for_rung(state)
    if state.stage is RoundStage.CALL:
        assert state.sealed is not None
        name: DueName = "submission" if "submission" not in state.closed else "recommendation"
        until = state.deadlines["submission" if name == "submission" else end_of_intake(state.sealed.stages)]
        intake = Due(name, until, until)
        return rung if rung is not None and rung.at < until else intake
    return rung


def settle(state: RoundState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return what a deadline of the intake brings, or a rung of the ladder."""
    if passed.name == "reminder":
        return settle_rung(state, passed)
    if passed.name == "submission":
        return (e.SubmissionClosed(deadline=passed.deadline),)
    if passed.name == "recommendation":
        return (e.IntakeClosed(deadline=passed.deadline),)
    raise ValueError(passed.name)


def apply(state: RoundState, event: Event, leaf: Leaf) -> RoundState:
    """Return the round after the event."""
    changes = FOLDS[type(event)](state, event, leaf)
    begun = {"begun": leaf.version} if changes.get("batch") else {}
    if isinstance(event, RoundReminded):
        return state.with_(**changes)
    moved = state.with_(**changes, **begun, acted=leaf.at)
    return moved.with_(since_of=note_since(list_tasks(moved), moved.since_of, leaf.at))


def _check() -> None:
    """Raise Unfinished for an act that does not say what it has to know: its decider might find nothing against it."""
    missing = [
        f"{kind.ACT.kind}: NEEDS in {file_of(made)}" for kind, made in DECIDES.items() if kind not in NEEDS
    ]
    if missing:
        raise Unfinished(f"what has it to know, be it `ask_nothing`? {'; '.join(missing)}")


_check()
