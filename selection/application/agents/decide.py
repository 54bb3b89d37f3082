"""Decide on who acts for the applicant: an agent of the host unit in another's place (docs/decisions/0073)."""

from datetime import datetime

from selection.application.agents.commands import ReplaceAgent
from selection.application.agents.events import AgentReplaced
from selection.application.preconditions import refuse_clash
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor, Role
from selection.kernel.unit_codes import same_unit
from selection.process.registrars import refuse_registrars
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused


def replace_agent(state: ApplicationState, command: ReplaceAgent, context: Context) -> tuple[Event, ...]:
    """Put another agent of the host unit in the present one's place, without a duty that must not meet this one."""
    if command.agent == state.agent:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if command.agent in context.actor.people:
        raise Refused("same-hands", duty="officer")
    fact = context.facts.people.get(command.agent)
    if fact is None or not fact.active or not fact.holds(Role.APPLICANT):
        raise Refused("no-such-agent", person=command.agent)
    assert state.submission is not None
    if not same_unit(fact.employer, state.submission.host.code):
        raise Refused("agent-elsewhere", person=command.agent)
    refuse_clash(state, context, "applicant", command.agent)
    refuse_registrars((command.agent,), context)
    return (AgentReplaced(former=state.agent, agent=command.agent, reason=command.reason),)


def ask_about_agent(
    state: ApplicationState, actor: Actor, command: ReplaceAgent, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask what the register says of the new agent, and through whose hands they came into it."""
    return FactsRequest(people=(command.agent,), registered=(command.agent,))


DECIDES: dict[type[Command], Decider[ApplicationState]] = {ReplaceAgent: replace_agent}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {ReplaceAgent: ask_about_agent}
