"""Decide on giving up and on fraud: at any stage, until a list gives the application its place."""

from datetime import datetime

from selection.application.leaving.commands import GiveUp, ReportFraud, RuleOnFraud
from selection.application.leaving.events import (
    ApplicationGivenUp,
    ApplicationRuledOut,
    FraudReported,
    FraudRuled,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import IssuedPlaces
from selection.kernel.actor import Actor
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused


def give_up(state: ApplicationState, command: GiveUp, context: Context) -> tuple[Event, ...]:
    """Take the application back for good."""
    _refuse_listed(state, context)
    return (ApplicationGivenUp(reason=command.reason),)


def report_fraud(state: ApplicationState, command: ReportFraud, context: Context) -> tuple[Event, ...]:
    """Record an officer's report of fraud; one waits at a time."""
    if state.fraud is not None:
        raise Refused("fraud-reported")
    return (FraudReported(text=command.text, evidence=command.evidence),)


def rule_on_fraud(state: ApplicationState, command: RuleOnFraud, context: Context) -> tuple[Event, ...]:
    """Rule on the report as another person than who made it; the duties see to that."""
    if state.fraud is None:
        raise Refused("no-fraud-reported")
    ruled = FraudRuled(upheld=command.upheld, text=command.text)
    if not command.upheld:
        return (ruled,)
    _refuse_listed(state, context)
    return (ruled, ApplicationRuledOut(text=command.text))


def _refuse_listed(state: ApplicationState, context: Context) -> None:
    """Raise Refused once a list gives the application its place, though it may not have heard of it yet."""
    if state.number in context.facts.places:
        raise Refused("list-issued")


def ask_about_lists(
    state: ApplicationState, actor: Actor, command: Command, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask which places the round's lists gave."""
    return FactsRequest(view=IssuedPlaces())


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    GiveUp: give_up,
    ReportFraud: report_fraud,
    RuleOnFraud: rule_on_fraud,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    GiveUp: ask_about_lists,
    RuleOnFraud: ask_about_lists,
}
