"""Acts against the stage table, and the people who did them against state and rules."""

from audit.causes import FOLLOWS, causes_of
from audit.fold import Record, Step
from audit.judging import NotHeld, Rule
from selection.actor import Role
from selection.aggregate import ActRefused, Event
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.recommendation.state import ListState
from selection.round.state import RoundState
from selection.stage_flow import APPLICATION_FLOW, LIST_FLOW, ROUND_FLOW
from selection.stage_flow import Step as Way
from selection.stages import APPLICATION_ACTS, LIST_ACTS, ROUND_ACTS, Outcome, Stage

ACTS = {**APPLICATION_ACTS, **ROUND_ACTS, **LIST_ACTS}
FOLLOWING = (Stage.REVIEW,)
"""Where a replacement or the panel's score may come with any act."""


class ActsInStage:
    """The claim that each event was possible in its stage, for the role that brought it, and led on from there."""

    code = "acts-in-stage"
    looks_at: frozenset[type[Event]] | None = None

    def see(self, step: Step) -> int:
        """Find a cause of the event that the stage table allows."""
        if isinstance(step.event, ActRefused):
            return 0
        before, after = _stage(step.before), _stage(step.after)
        causes = causes_of(step.event)
        if any(_allowed(cause, step, before, after) for cause in causes):
            return 1
        raise step.differs(
            "not-in-this-stage", type=step.leaf.type, stage=before, role=step.leaf.actor.role.value
        )

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0


def _stage(state: object) -> str:
    if isinstance(state, ListState):
        return "closed" if state.closed else "open"
    assert isinstance(state, ApplicationState | RoundState)
    return state.stage.value


def _allowed(cause: str, step: Step, before: str, after: str) -> bool:
    actor = step.leaf.actor
    if cause == FOLLOWS:
        return before in FOLLOWING or _scored_anew(step, before)
    if isinstance(step.event, a.ApplicationLapsed) and step.event.outcome == Outcome.NEVER_SUBMITTED:
        # Whatever the first act was, and whoever sent it: it was refused.
        return before == Stage.NEW
    roles = ACTS[cause].roles if cause in ACTS else frozenset({Role.SYSTEM})
    ways = [way for way in _flow(step) if way.cause == cause and before in way.stages]
    return actor.role in roles and any(_leads(way, step, before, after) for way in ways)


def _scored_anew(step: Step, before: str) -> bool:
    """Tell whether the score is fixed anew where a supervisor just ruled on a conflict, after the shortlist."""
    ruling = ACTS["rule-on-conflict"]
    by_supervisor = step.leaf.actor.role in ruling.roles
    return isinstance(step.event, a.ApplicationScored) and by_supervisor and before in ruling.stages


def _flow(step: Step) -> tuple[Way, ...]:
    match step.before:
        case ApplicationState():
            return APPLICATION_FLOW
        case RoundState():
            return ROUND_FLOW
    return LIST_FLOW


def _leads(way: Way, step: Step, before: str, after: str) -> bool:
    # An act may bring several events of which the last leaves the stage.
    stays = after == before
    if not (stays or after in way.to):
        return False
    outcome = getattr(step.after, "outcome", "")
    return not outcome or stays or outcome in way.outcomes


class ActorsEntitled:
    """The claim that whoever acted held the role, by the sealed rules, the register or the application's state."""

    code = "actors-entitled"
    looks_at: frozenset[type[Event]] | None = None

    def see(self, step: Step) -> int:
        """Look up the actor."""
        if isinstance(step.event, ActRefused) or _first_refused(step):
            return 0
        if not _holds(step):
            raise step.differs(
                "not-entitled-to-act", person=step.leaf.actor.person, role=step.leaf.actor.role.value
            )
        return 1

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0


def _first_refused(step: Step) -> bool:
    return isinstance(step.event, a.ApplicationLapsed) and step.event.outcome == Outcome.NEVER_SUBMITTED


def _holds(step: Step) -> bool:
    person, role = step.leaf.actor.person, step.leaf.actor.role
    staff = step.rules.staff
    match role:
        case Role.SYSTEM:
            return person == "system"
        case Role.OFFICER:
            return person in staff.officers
        case Role.SUPERVISOR:
            return person in staff.supervisors
        case Role.ADMIN:
            return person in staff.admins
        case Role.APPROVER:
            return any(person in level.approvers for level in step.rules.approval)
        case Role.RECOMMENDER:
            return _registered(step, role, step.before.unit)
        case Role.OBJECTOR:
            return _registered(step, role)
    return _holds_here(step, step.before, person)


def _holds_here(step: Step, before: ApplicationState, person: str) -> bool:
    match step.leaf.actor.role:
        case Role.APPLICANT if not before.agent:
            host = step.after.submission.host.code
            return step.after.agent == person and _registered(step, Role.APPLICANT, employer=host)
        case Role.APPLICANT:
            return person == before.agent
        case Role.EXPERT:
            return before.seat_of(person) is not None or person in before.former
        case Role.CHAIR:
            return person == before.chair != ""
        case Role.SURVEYOR:
            return person in before.team
        case Role.EXAMINER:
            # What an examiner's act brings besides, such as the notice's end, names no objection.
            named = getattr(step.event, "objection", None)
            found = [item for key, item in before.objections.items() if named in (None, key)]
            return any(person in item.examiners for item in found)
    return False


def _registered(step: Step, role: Role, unit: str | None = None, *, employer: str | None = None) -> bool:
    register = step.record.register
    if not register.known:
        raise NotHeld("register-missing", step.point)
    fact = register.person(step.leaf.actor.person, step.leaf.at)
    return fact is not None and fact.holds(role, unit) and employer in (None, fact.employer)


def stage_rules() -> tuple[Rule, ...]:
    """Return the rules about stages and people."""
    return ActsInStage(), ActorsEntitled()
