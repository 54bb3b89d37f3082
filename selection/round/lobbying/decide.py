"""Decide on reports of lobbying (docs/process-sources.md, "Who acts": a supervisor rules on them)."""

from datetime import datetime

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor
from selection.process.room import Decider, Needs, ask_nothing
from selection.refusals.refused import Refused
from selection.round.lobbying.commands import ReportLobbying, RuleOnLobbying
from selection.round.lobbying.events import LobbyingReported, LobbyingRuled
from selection.round.state import RoundState


def report_lobbying(state: RoundState, command: ReportLobbying, context: Context) -> tuple[Event, ...]:
    """Record a report by anybody who is registered.

    Any id may be named: an answer that told registered ones from others would tell who is, and leave no entry of it.
    """
    if command.report in state.lobbying:
        raise Refused("lobbying-reported")
    named = tuple(sorted(set(command.named)))
    reported = LobbyingReported(
        report=command.report, named=named, text=command.text, evidence=command.evidence
    )
    return (reported,)


def rule_on_lobbying(state: RoundState, command: RuleOnLobbying, context: Context) -> tuple[Event, ...]:
    """Rule on an open report, as nobody who made it or is named in it."""
    found = state.lobbying.get(command.report)
    if found is None or found.upheld is not None:
        raise Refused("no-lobbying-reported")
    if not found.parties.isdisjoint(context.actor.people):
        raise Refused("same-hands", duty="party to the report")
    return (LobbyingRuled(report=command.report, upheld=command.upheld, text=command.text),)


def ask_reporter(
    state: RoundState, actor: Actor, command: ReportLobbying, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of who reports."""
    return FactsRequest(people=(actor.person,))


DECIDES: dict[type[Command], Decider[RoundState]] = {
    ReportLobbying: report_lobbying,
    RuleOnLobbying: rule_on_lobbying,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {ReportLobbying: ask_reporter, RuleOnLobbying: ask_nothing}
