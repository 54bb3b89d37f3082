"""Decide on draws: bound to public numbers before these are known, opened by another person once they are."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.deposit import DepositAsked
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import DrawPool
from selection.kernel.actor import Actor, Role
from selection.process.room import Decider, Needs, ask_nothing
from selection.refusals.refused import Refused
from selection.round.drawing import commands as c
from selection.round.drawing.events import (
    DrawCommitted,
    DrawNumbersEntered,
    DrawOpened,
    DrawVoided,
    PanelsDrawn,
)
from selection.round.drawing.makers import refuse_maker, refuse_out_of_turn
from selection.round.preconditions import refuse_busy
from selection.round.state import Draw, RoundState
from selection.rules.beacon import Beacon
from selection.rules.public_numbers import Lottery


def commit_draw(state: RoundState, command: c.CommitDraw, context: Context) -> tuple[Event, ...]:
    """Record the hash of the secret, the inputs that the record gives at this moment, and what opens the draw.

    Every draw is for all seats that are empty. Whoever had several of them waiting could open the one that they like.
    """
    refuse_busy(state)
    _refuse_registrar(context)
    refuse_out_of_turn(state, context)
    if (waiting := state.waiting_draw) is not None:
        raise Refused("draw-waiting", draw=waiting)
    if command.draw in state.draws:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    basis = context.facts.draw
    assert basis is not None
    assert state.sealed is not None
    if not basis.applications:
        raise Refused("no-seat-empty")
    _refuse_paper_awaited(state, context)
    public = _find_public(state, command, context)
    deposit = context.facts.deposit
    if deposit is None or deposit.digest != command.commitment:
        raise Refused("deposit-unfit")
    return (
        DrawCommitted(
            draw=command.draw,
            commitment=command.commitment,
            deposit=command.deposit,
            inputs=basis.inputs,
            applications=basis.applications,
            experts=basis.experts,
            source=command.source,
            issue=command.issue,
            public=public,
            until=state.sealed.draws.open_until(state.sealed.clock, public),
        ),
    )


def _refuse_paper_awaited(state: RoundState, context: Context) -> None:
    """Raise Refused while lists are open for paper: what a unit disowns must not have a panel by then."""
    rules = state.rules_in_force
    if not rules.days.paper or not rules.stages.recommendation:
        return
    until = state.make_terms().end_of_paper(state.deadlines["recommendation"])
    if context.at < until:
        raise Refused("paper-awaited", until=until.isoformat())


def _find_public(state: RoundState, command: c.CommitDraw, context: Context) -> datetime:
    """Return when the numbers are public that a commitment names.

    Raises Refused unless that is late enough: for whoever commits now, and after every earlier draw's.
    """
    assert state.sealed is not None
    draws, clock = state.sealed.draws, state.sealed.clock
    source = draws.find(command.source)
    public = source.find_instant(clock, command.issue) if source is not None else None
    if public is None:
        raise Refused("randomness-unknown", sources=", ".join(item.code for item in draws.sources))
    # An act may have been on its way for long: then it enters the record after its own instant.
    now = max(context.at, context.recorded or context.at)
    if public < (earliest := draws.earliest(clock, now)):
        raise Refused("randomness-too-early", since=earliest.isoformat())
    if public > (latest := draws.latest(clock, now)):
        raise Refused("randomness-too-late", until=latest.isoformat())
    for name, draw in state.draws.items():
        if public <= draw.public:
            raise Refused("randomness-not-later", draw=name, since=draw.public.isoformat())
    return public


def enter_draw_numbers(state: RoundState, command: c.EnterDrawNumbers, context: Context) -> tuple[Event, ...]:
    """Record the numbers as one person read them; a later entry of theirs takes the place of an earlier one."""
    refuse_busy(state)
    draw = _find_public_draw(state, command.draw, context)
    if isinstance(_source_of(state, draw), Beacon):
        raise Refused("numbers-signed", draw=command.draw)
    return (DrawNumbersEntered(draw=command.draw, numbers=_read_numbers(state, draw, command.published)),)


def _refuse_registrar(context: Context) -> None:
    """Raise Refused for an administrator: what they register of an expert undoes the panels that it binds (0061)."""
    if any(
        fact.holds(Role.ADMIN) for name, fact in context.facts.people.items() if name in context.actor.people
    ):
        raise Refused("registrar-draws")


def open_draw(state: RoundState, command: c.OpenDraw, context: Context) -> tuple[Event, ...]:
    """Open a committed draw: another person, the secret that was deposited, and the numbers as all read them.

    A beacon's signature is checked instead, whoever typed it.
    """
    refuse_busy(state)
    _refuse_registrar(context)
    draw = _find_public_draw(state, command.draw, context)
    person = context.actor.principal
    refuse_maker(state, command.draw, person)
    numbers = _read_numbers(state, draw, command.published)
    if isinstance(_source_of(state, draw), Beacon):
        secret, signature = _take_secret(draw, command, context), command.published.strip().lower()
        return (DrawOpened(draw=command.draw, secret=secret, randomness=numbers, signature=signature),)
    others = {entry for name, entry in draw.entries.items() if name != person}
    if not others:
        raise Refused("numbers-entered-once", draw=command.draw)
    if others != {numbers}:
        raise Refused("numbers-differ", draw=command.draw)
    secret = _take_secret(draw, command, context)
    return (DrawOpened(draw=command.draw, secret=secret, randomness=numbers),)


def _take_secret(draw: Draw, command: c.OpenDraw, context: Context) -> str:
    """Return the deposited secret. Raises Refused once it was erased with the person whose text it is."""
    deposit = context.facts.deposit
    if deposit is None or deposit.digest != draw.commitment:
        raise Refused("deposit-gone", draw=command.draw)
    return deposit.secret


def _find_public_draw(state: RoundState, name: str, context: Context) -> Draw:
    """Return the draw that waits under a name. Raises Refused before its numbers are public, and once it ran out."""
    draw = state.draws.get(name)
    if draw is None:
        raise Refused("draw-unfounded")
    if draw.opened:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if draw.voided:
        raise Refused("draw-not-waiting", draw=name)
    if context.at < draw.public:
        raise Refused("numbers-not-public", draw=name, since=draw.public.isoformat())
    if context.at >= draw.until:
        raise Refused("draw-expired", draw=name, until=draw.until.isoformat())
    return draw


def _read_numbers(state: RoundState, draw: Draw, published: str) -> str:
    """Return what was typed in its one spelling. Raises Refused where it is no result of the source."""
    source = _source_of(state, draw)
    numbers = source.read(draw.issue, published)
    if numbers is None:
        raise Refused(
            "signature-unfit" if isinstance(source, Beacon) else "numbers-unfit", source=source.code
        )
    return numbers


def _source_of(state: RoundState, draw: Draw) -> Lottery | Beacon:
    assert state.sealed is not None
    source = state.sealed.draws.find(draw.source)
    assert source is not None
    return source


def void_draw(state: RoundState, command: c.VoidDraw, context: Context) -> tuple[Event, ...]:
    """Void the draw that waits; one that was opened stands."""
    refuse_busy(state)
    if command.draw not in state.draws or command.draw != state.waiting_draw:
        raise Refused("draw-not-waiting", draw=command.draw)
    expired = context.at >= state.draws[command.draw].until
    return (DrawVoided(draw=command.draw, reason=command.reason, expired=expired),)


def report_draw(state: RoundState, command: c.ReportDraw, context: Context) -> tuple[Event, ...]:
    """Record what the solver gave; the auditor checks the result, not the solver."""
    if state.batch != f"draw/{command.draw}":
        raise Refused("nothing-to-do")
    return (
        PanelsDrawn(
            draw=command.draw,
            result=command.result,
            total_cost=command.total_cost,
            clashing=command.clashing,
        ),
    )


def ask_pool(
    state: RoundState, actor: Actor, command: c.CommitDraw, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the experts and the empty seats as they are when the draw is committed, and what is deposited."""
    deposit = DepositAsked(ref=command.deposit, commitment=command.commitment)
    return FactsRequest(view=DrawPool(at=at), deposit=deposit)


def ask_secret(
    state: RoundState, actor: Actor, command: c.OpenDraw, at: datetime, facts: Facts
) -> FactsRequest:
    """Return the secret of a draw that waits; nobody is told it but the entry that opens the draw."""
    draw = state.draws.get(command.draw)
    if draw is None or not draw.waiting or draw.deposit is None:
        return FactsRequest()
    return FactsRequest(deposit=DepositAsked(ref=draw.deposit, commitment=draw.commitment))


DECIDES: dict[type[Command], Decider[RoundState]] = {
    c.CommitDraw: commit_draw,
    c.EnterDrawNumbers: enter_draw_numbers,
    c.OpenDraw: open_draw,
    c.VoidDraw: void_draw,
    c.ReportDraw: report_draw,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    c.CommitDraw: ask_pool,
    c.EnterDrawNumbers: ask_nothing,
    c.OpenDraw: ask_secret,
    c.VoidDraw: ask_nothing,
    c.ReportDraw: ask_nothing,
}
