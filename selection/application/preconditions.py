"""The checks before any decision on an application: role, stage, deadline, and who may not meet."""

from datetime import datetime
from typing import Protocol

from selection.application.duties import clashes
from selection.application.recusal import list_rivals
from selection.application.shown_stages import visible_stage
from selection.application.state import ApplicationState
from selection.application.submission import Submission, get_form
from selection.decision.aggregate import Context
from selection.decision.command import Act
from selection.decision.facts import Facts, FactsRequest, PersonFact, find_citable
from selection.forms.form import FormName
from selection.forms.handed_in import AnsweredForm, get_form_of_act
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code, same_unit
from selection.process.duties import DUTY_OF_ROLE
from selection.process.room import Needs
from selection.refusals.refused import Refused
from selection.rules.terms import Terms

CONFIRM = "confirm-co-building"
"""The one act of an applicant that is not the host unit's."""
RULING = "rule-on-conflict"
OF_A_PANEL = frozenset(
    {
        *("seat-panel", "accept-invitation", "decline-invitation", "submit-review", "correct-review"),
        *("declare-conflict", "report-conflict", RULING),
    }
)
"""The acts in a panel's review that are done after the end where a fresh one reviews, and only there."""


class HandsIn(Protocol):
    """A command that hands in a version."""

    @property
    def submission(self) -> Submission:
        """The version."""


class HasForm(Protocol):
    """A command that carries answers to a form."""

    @property
    def form(self) -> AnsweredForm | None:
        """The answers."""


def refuse_wrong_stage(state: ApplicationState, act: Act, actor: Actor) -> None:
    """Raise Refused `ended`, `no-notice` or `wrong-stage` unless the present stage allows the act.

    The refusal tells no more of the application than the visibility table shows to the actor. Anyone may
    object, so an objector learns only that there is no notice. After the end a panel's acts are for a fresh one alone,
    and a ruling for a conflict of who decides on a request.
    """
    if state.stage in act.stages and not (state.ended and _needs_panel(state, act) and not state.fresh_panel):
        return
    if actor.role is Role.OBJECTOR:
        raise Refused("no-notice")
    if state.ended:
        raise Refused("ended")
    shown = visible_stage(state.stage, actor.role)
    if shown in act.stages:
        _refuse_as_in_review(state, act, actor.person)
        return
    # Of an act in the review and, for a fresh panel, after the end, the review is what somebody waits for.
    wanted = act.stages - {Stage.ENDED} or act.stages
    raise Refused("wrong-stage", wanted=", ".join(sorted(wanted)), stage=shown)


def _needs_panel(state: ApplicationState, act: Act) -> bool:
    if act.kind == RULING and state.open_reports:
        return False
    return act.kind in OF_A_PANEL


def _refuse_as_in_review(state: ApplicationState, act: Act, expert: str) -> None:
    """Refuse an expert whose panel's score is fixed as while others still review: that it is fixed is not told.

    A correction is left to its decider.
    """
    if state.seat_of(expert) is None:
        raise Refused("seat-closed")
    if act.kind == "correct-review":
        # Its decider refuses it, after all that it is refused for in the review: review/correct.py.
        return
    if act.kind == "accept-invitation":
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if act.kind == "declare-conflict":
        raise Refused("to-be-reported")
    raise Refused("score-locked")


def refuse_unentitled(state: ApplicationState, act: Act, context: Context) -> None:
    """Raise Refused `not-entitled` or `same-hands` unless state gives the actor the role it claims."""
    actor = context.actor
    if actor.role not in act.roles or not context.is_active or not _holds(state, act, actor, context):
        raise Refused("not-entitled", roles=", ".join(sorted(role.value for role in act.roles)))
    duty = DUTY_OF_ROLE.get(actor.role)
    if duty:
        refuse_clash(state, context, duty, *actor.people)


def refuse_clash(state: ApplicationState, context: Context, duty: str, *people: str) -> None:
    """Raise Refused `same-hands` if one of the people already has a duty that must not meet this one."""
    rivals = list_rivals(state, context.facts)
    found = clashes(state, context.facts.terms, duty, *people, rivals=rivals)
    if found:
        raise Refused("same-hands", duty=found[0])


def refuse_former(state: ApplicationState, decision: str, *people: str) -> None:
    """Raise Refused `decided-before` for whoever made this decision before it was reversed."""
    if not set(people).isdisjoint(state.decisions.list_former(decision)):
        raise Refused("decided-before")


def list_replaced(before: tuple[str, ...], after: tuple[str, ...], reason: Ref | None) -> tuple[str, ...]:
    """Return who leaves as these are appointed. Raises Refused where somebody was before and nobody says why."""
    if before and reason is None:
        raise Refused("replaced-unexplained", people=", ".join(before))
    return tuple(person for person in before if person not in after)


def refuse_late(
    deadline: str, until: datetime, context: Context, refs: tuple[Ref, ...] = ()
) -> datetime | None:
    """Raise Refused `late` at or after the deadline; return when the content was stored, if that saved it.

    Content stored before the deadline counts as in time within the rules' grace (docs/rules.md, T4).
    """
    if context.at < until:
        return None
    terms = context.facts.terms
    grace = terms.grace if terms else None
    if grace and refs and context.at < until + grace:
        times = [found.stored for ref in refs if (found := find_citable(ref, context.facts)) is not None]
        if len(times) == len(refs) and max(times) < until:
            return max(times)
    raise Refused("late", deadline=deadline, until=until.isoformat())


def require_terms(context: Context) -> Terms:
    """Return the round's terms, or refuse: without sealed rules nothing is decided."""
    if context.facts.terms is None:
        raise Refused("unknown-round")
    return context.facts.terms


def refuse_faulty(submission: Submission, context: Context) -> None:
    """Raise Refused for a value outside the rules, or something that the call asks for and is missing."""
    terms = require_terms(context)
    for place, value, allowed in (
        ("field", submission.field, terms.fields),
        ("region", submission.region, terms.regions),
        ("priority", submission.priority, terms.priorities or ("",)),
    ):
        if value not in allowed:
            raise Refused("unknown-value", place=place)
    if submission.region != submission.host.region:
        raise Refused("unknown-value", place="host.region")
    if any(unit.region not in terms.regions for unit in submission.co_builders):
        raise Refused("unknown-value", place="co_builders.region")
    if len(submission.avoid) > terms.panel.avoid_max:
        raise Refused("too-many", place="avoid", limit=str(terms.panel.avoid_max))
    if len(submission.employers - {""}) != 1 + len(submission.co_builders):
        raise Refused("unknown-value", place="co_builders")


def ask_about_form(
    state: ApplicationState, actor: Actor, command: HandsIn, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask whether the form of a version that is handed in fits the sealed one."""
    return FactsRequest(filled=get_form(command.submission))


def ask_about_answers(name: FormName) -> Needs[ApplicationState]:
    """Return what asks whether the answers of an act fit the sealed form of this name, if it has any."""

    def ask(
        state: ApplicationState, actor: Actor, command: HasForm, at: datetime, facts: Facts
    ) -> FactsRequest:
        return FactsRequest(filled=get_form_of_act(name, command.form) if command.form else None)

    return ask


def refuse_strangers(state: ApplicationState, people: tuple[str, ...], context: Context) -> None:
    """Raise Refused unless each person is registered, and with an employer that is another legal person."""
    for person in people:
        fact = context.facts.people.get(person)
        if fact is None or not fact.active:
            raise Refused("unknown-person")
        if not canonical_code(fact.employer):
            raise Refused("employer-unknown", person=person)
        if state.submission and canonical_code(fact.employer) in state.submission.employers:
            raise Refused("same-employer")


def acts_for_co_builder(state: ApplicationState, fact: PersonFact) -> bool:
    """Tell whether a person is one by whom a co-builder of the present version acts: an applicant whom it employs."""
    named = state.submission.co_builders if state.submission else ()
    return fact.holds(Role.APPLICANT) and any(same_unit(fact.employer, unit.code) for unit in named)


def _holds(state: ApplicationState, act: Act, actor: Actor, context: Context) -> bool:
    person = actor.person
    match actor.role:
        case Role.APPLICANT:
            fact = context.facts.people.get(person)
            if act.kind == CONFIRM:
                return fact is not None and acts_for_co_builder(state, fact)
            if act.kind == "submit" and not state.agent:
                return fact is not None and fact.holds(Role.APPLICANT)
            return person == state.agent
        case Role.OFFICER:
            return actor.principal in require_terms(context).officers
        case Role.SUPERVISOR:
            return actor.principal in require_terms(context).supervisors
        case Role.EXPERT:
            return state.seat_of(person) is not None or person in state.former
        case Role.CHAIR:
            return person != "" and person == state.chair
        case Role.SURVEYOR:
            return person in state.team
        case Role.EXAMINER:
            return person in state.examiners
        case Role.OBJECTOR:
            fact = context.facts.people.get(person)
            return fact is not None and fact.holds(Role.OBJECTOR)
        case Role.SYSTEM:
            return person == "system"
    return False
