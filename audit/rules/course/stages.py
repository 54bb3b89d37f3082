"""Acts against the stage table, and the people who did them against state and rules."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from audit.bundle.unit_spelling import spell
from audit.claims import Sentences
from audit.rules.causes import FOLLOWING, FOLLOWS, LEFT_OUT, causes_of
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, Stage
from selection.process.transitions import Step as Way
from selection.recommendation import events as n
from selection.recommendation.state import ListState
from selection.rooms import APPLICATION_ACTS, APPLICATION_FLOW, LIST_ACTS, LIST_FLOW, ROUND_ACTS, ROUND_FLOW
from selection.round import events as r
from selection.round.state import RoundState

ACTS = {**APPLICATION_ACTS, **ROUND_ACTS, **LIST_ACTS}
FLOWS: Mapping[type[StreamState], tuple[Way, ...]] = {
    ApplicationState: APPLICATION_FLOW,
    RoundState: ROUND_FLOW,
    ListState: LIST_FLOW,
}


class ActsInStage(EntryRule):
    """The claim that each event was possible in its stage, for the role that brought it, and led on from there."""

    code = "acts-in-stage"
    looks_at: frozenset[type[Event]] | None = None

    def see(self, step: Step) -> int:
        """Find a cause of the event that the stage table allows."""
        if step.is_refusal:
            return 0
        before, role = _stage(step.before), step.leaf.actor.role
        change = Change(
            state=type(step.before),
            event=type(step.event),
            causes=causes_of(step.event),
            role=role,
            before=before,
            after=_stage(step.after),
            outcome=_outcome(step.after),
            never_began=_check_first_refused(step),
        )
        # No list of a round ends by this: it says that there was no round.
        early = type(step.event) is not n.ListNeverOpened or step.record.round.sealed is None
        if not (early and possible(change)):
            raise step.differs("not-in-this-stage", type=step.leaf.type, stage=str(before), role=role.value)
        return 1


class Change(NamedTuple):
    """All of an entry that the stage table has a say in."""

    state: type[StreamState]
    event: type[Event]
    causes: tuple[str, ...]
    role: Role
    before: str
    after: str
    outcome: str
    never_began: bool


@lru_cache(maxsize=10_000)
def possible(change: Change) -> bool:
    """Tell whether one of the causes allows the change. There are few different ones, so each is looked up once."""
    return any(_allows_change(cause, change) for cause in change.causes)


def _stage(state: StreamState) -> str:
    if isinstance(state, ListState):
        return "closed" if state.closed else "open"
    assert isinstance(state, ApplicationState | RoundState)
    return state.stage


def _outcome(state: StreamState) -> str:
    """Return how an application ended, if it did; nothing else has an outcome."""
    return state.outcome if isinstance(state, ApplicationState) else ""


def _allows_change(cause: str, change: Change) -> bool:
    if cause == FOLLOWS:
        return change.before in FOLLOWING or _is_scored_anew(change)
    if change.never_began:
        # Whatever the first act was, and whoever sent it: it was refused.
        return change.before in (Stage.NEW, "open")
    # What the rules leave out is left with the act that led there, whoever did that.
    otherwise = frozenset(Role) if cause == LEFT_OUT else frozenset({Role.SYSTEM})
    roles = ACTS[cause].roles if cause in ACTS else otherwise
    flow = FLOWS[change.state]
    ways = [way for way in flow if way.cause == cause and change.before in way.stages]
    return change.role in roles and any(_leads(way, change) for way in ways)


def _is_scored_anew(change: Change) -> bool:
    """Tell whether the score is fixed anew after the shortlist: a conflict was ruled on, or fewer scores agreed on."""
    acts = (ACTS["rule-on-conflict"], ACTS["settle-panel"])
    allowed = any(change.role in act.roles and change.before in act.stages for act in acts)
    return change.event is a.ApplicationScored and allowed


def _leads(way: Way, change: Change) -> bool:
    # An act may bring several events of which the last leaves the stage.
    stays = change.after == change.before
    if not (stays or change.after in way.to):
        return False
    return not change.outcome or stays or change.outcome in way.outcomes


class ActorsEntitled(EntryRule):
    """The claim that whoever acted held the role, by the sealed rules, the register or the application's state."""

    code = "actors-entitled"
    looks_at: frozenset[type[Event]] | None = None

    def see(self, step: Step) -> int:
        """Look up the actor."""
        if step.is_refusal or _check_first_refused(step):
            return 0
        second = step.leaf.signed.second.person if step.leaf.signed and step.leaf.signed.second else None
        for person in (step.leaf.actor.person, *([second] if second else [])):
            if not _holds(step, person):
                raise step.differs("not-entitled-to-act", person=person, role=step.leaf.actor.role.value)
        return 1


def _check_first_refused(step: Step) -> bool:
    event = step.event
    if type(event) is n.ListNeverOpened:
        return True
    return type(event) is a.ApplicationLapsed and event.outcome == Outcome.NEVER_SUBMITTED


def _holds(step: Step, person: str) -> bool:
    actor = step.leaf.actor
    if isinstance(step.event, r.LobbyingReported):
        # Anyone who is registered in the role.
        return _is_registered(step, actor.role)
    entitled = ENTITLED.get(actor.role)
    # That they may stand in for the holder is a claim of its own; whoever signs as the second holds the post.
    holder = actor.behalf if actor.behalf and person == actor.person else person
    return entitled is not None and entitled(step, holder)


def _applicant(step: Step, person: str) -> bool:
    before, after = step.of(ApplicationState).before, step.of(ApplicationState).after
    if type(step.event) is a.CoBuildingConfirmed:
        # Whether it is the unit that employs them is a claim of its own.
        return _is_registered(step, Role.APPLICANT)
    if before.agent:
        return person == before.agent
    assert after.submission is not None
    return after.agent == person and _is_registered(step, Role.APPLICANT, employer=after.submission.host.code)


def _expert(step: Step, person: str) -> bool:
    before = step.of(ApplicationState).before
    return before.seat_of(person) is not None or person in before.former


def _chair(step: Step, person: str) -> bool:
    return person == step.of(ApplicationState).before.chair != ""


def _surveyor(step: Step, person: str) -> bool:
    return person in step.of(ApplicationState).before.team


def _examiner(step: Step, person: str) -> bool:
    objections = step.of(ApplicationState).before.objections
    match step.event:
        case a.ObjectionSettled() | a.ItemRemoved():
            named = objections.get(step.event.objection)
            return named is not None and person in named.examiners
        case a.NoticePassed():
            # It comes with the ruling on the last objection, whichever that was.
            return any(person in item.examiners for item in objections.values())
        case a.FindingEntered() | a.RequestDecided() | a.FreshPanelOrdered():
            request = step.of(ApplicationState).before.requests.get(step.event.ground)
            return request is not None and person in request.deciders
    return False


def _is_registered(step: Step, role: Role, unit: str | None = None, *, employer: str | None = None) -> bool:
    register = require_register(step.record.register, step.leaf, step.point)
    fact = register.person(step.leaf.actor.person, step.leaf.register_size)
    return (
        fact is not None
        and fact.holds(role, unit)
        and (employer is None or spell(employer) == spell(fact.employer) != "")
    )


ENTITLED: Mapping[Role, Callable[[Step, str], bool]] = {
    Role.SYSTEM: lambda step, person: person == "system",
    Role.OFFICER: lambda step, person: person in step.record.posts.holders("officers"),
    Role.SUPERVISOR: lambda step, person: person in step.record.posts.holders("supervisors"),
    Role.ADMIN: lambda step, person: person in step.record.posts.holders("admins"),
    Role.APPROVER: lambda step, person: person in step.record.posts.approvers(),
    Role.AUDITOR: lambda step, person: person in step.record.posts.holders("auditors"),
    Role.RECOMMENDER: lambda step, person: _is_registered(
        step, Role.RECOMMENDER, step.of(ListState).before.unit
    ),
    Role.OBJECTOR: lambda step, person: _is_registered(step, Role.OBJECTOR),
    Role.APPLICANT: _applicant,
    Role.EXPERT: _expert,
    Role.CHAIR: _chair,
    Role.SURVEYOR: _surveyor,
    Role.EXAMINER: _examiner,
}
"""Who holds a role at an entry: by the sealed rules, the register, or what the application's state says."""


def stage_rules() -> tuple[Rule, ...]:
    """Return the rules about stages and people."""
    return ActsInStage(), ActorsEntitled()


CLAIMS: Sentences = {
    "acts-in-stage": (
        "Every act was done in a stage that allows it, in a role that may do it.",
        "每项操作均在允许的阶段、由允许的角色办理。",
    ),
    "actors-entitled": (
        "Whoever acted held the role, according to the rules, the register or the case itself.",
        "办理人均依规则、登记或该事项本身具有相应角色。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "not-entitled-to-act": (
        "{person} acted as {role} without holding that role.",
        "{person} 以“{role}”身份办理，但不具有该身份。",
    ),
    "not-in-this-stage": (
        "At the stage “{stage}” this cannot be done as {role}: {type}.",
        "“{stage}”阶段不得以“{role}”身份办理：{type}。",
    ),
}
"""What can be found instead."""
