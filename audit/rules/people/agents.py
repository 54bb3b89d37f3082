"""Who acts for an applicant: one agent of the host unit at a time, replaced by officers; followed from the entries."""

from audit.bundle.unit_spelling import spell
from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.registrars import find_registrars
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role


class AgentsFollowed(EntryRule):
    """The claim that only the agent of the time acted for an applicant. Who that is, is kept here."""

    code = "agents-followed"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._agents: dict[str, str] = {}

    def see(self, step: Step) -> int:
        """Compare whoever acts as the applicant with the agent kept, and follow a replacement."""
        if step.is_refusal or not isinstance(step.before, ApplicationState):
            return 0
        stream, event, actor = step.leaf.stream, step.event, step.leaf.actor
        if isinstance(event, a.AgentReplaced):
            self._check_replaced(step, event)
            self._agents[stream] = event.agent
            return 1
        # Whoever confirms for a co-builder acts for that unit.
        if actor.role is not Role.APPLICANT or isinstance(event, a.CoBuildingConfirmed):
            return 0
        agent = self._agents.setdefault(stream, actor.person)
        step.require(actor.person == agent, "not-the-agent", person=actor.person)
        return 1

    def _check_replaced(self, step: Step, event: a.AgentReplaced) -> None:
        actor, before = step.leaf.actor, step.of(ApplicationState).before
        known = self._agents.get(step.leaf.stream) == event.former != event.agent
        step.require(known and actor.role is Role.OFFICER, "replaced-otherwise", person=event.agent)
        register = require_register(step.record.register, step.leaf, step.point)
        fact = register.person(event.agent, step.leaf.register_size)
        assert before.submission is not None
        of_host = (
            fact is not None
            and fact.active
            and fact.holds(Role.APPLICANT)
            and spell(fact.employer) == spell(before.submission.host.code)
        )
        step.require(of_host and event.agent not in actor.people, "agent-of-others", person=event.agent)
        for who in find_registrars(step, (event.agent,)):
            raise step.differs("agent-by-registrar", **who)


def agent_rules() -> tuple[Rule, ...]:
    """Return the rule about agents."""
    return (AgentsFollowed(),)


CLAIMS: Sentences = {
    "agents-followed": (
        "For each applicant one agent acted at a time, and officers replaced them by people of the host unit alone.",
        "每一申报单位同一时间仅由一名经办人办理，且仅由经办人员变更为依托单位人员。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "agent-by-registrar": (
        "{named} came into the register through {person}, who made them the applicant's agent.",
        "{named} 的人员登记由 {person}、或由其登记的管理员签署，{person} 又将其变更为申报经办人。",
    ),
    "agent-of-others": (
        "{person} was made the applicant's agent without being an active applicant of the host unit.",
        "{person} 并非依托单位的有效申报人，却成为申报经办人。",
    ),
    "not-the-agent": (
        "{person} acted for the applicant without being its agent then.",
        "{person} 当时并非申报经办人，却代表申报单位办理。",
    ),
    "replaced-otherwise": (
        "{person} replaced somebody who was not the agent, or was named by another than an officer.",
        "{person} 所替代者并非当时的经办人，或并非由经办人员变更。",
    ),
}
"""What can be found instead."""
