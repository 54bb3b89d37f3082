"""Separation of duties and recusal: who met whom in one application, read off the entries themselves."""

from collections.abc import Callable, Iterable

from audit.bundle.unit_spelling import spell, spell_units
from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.people.recusal import CHOOSING, list_chosen_from
from audit.rules.people.registrars import check_named, check_ruled
from audit.rules.rule_runner import EachEvent, EntryRule, Rule, checks_of, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, Stage

# Written down again on purpose, not taken from the core (docs/rules.md, A1). A rival is who handed in, or confirmed,
# another application of the round.
APART = (
    (
        "applicant",
        "recommender reviewer surveyor officer supervisor examiner objector approver auditor admin",
    ),
    ("recommender", "reviewer surveyor officer supervisor examiner approver auditor admin"),
    ("reviewer", "officer supervisor examiner objector approver auditor admin"),
    ("surveyor", "officer supervisor examiner objector approver auditor admin rival"),
    ("officer", "supervisor examiner objector approver auditor rival"),
    ("supervisor", "examiner objector approver auditor rival"),
    ("examiner", "objector approver auditor admin rival"),
    ("objector", "approver auditor admin rival"),
    ("approver", "auditor rival"),
    ("auditor", "admin rival"),
)

ACTING = {Role.OFFICER: "officer", Role.SUPERVISOR: "supervisor", Role.CHAIR: "reviewer"}
"""The duties that an act in the role gives, besides those that an event names."""

GIVING = frozenset[type[Event]](
    (
        *(a.ApplicationSubmitted, a.CoBuildingConfirmed, a.RecommendationTaken, a.PanelSeated),
        *(a.SeatFilled, a.ReviewSubmitted, a.SurveyTeamAppointed, a.ExaminersAppointed),
        *(a.DecidersAppointed, a.ObjectionRaised, a.AgentReplaced),
    )
)
"""The events that give a duty by naming people."""


class DutiesApart(EntryRule):
    """The claim that nobody has two duties in one application that must not meet."""

    code = "duties-apart"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._duties: dict[str, dict[str, tuple[str, ...]]] = {}
        self._applying: dict[str, set[str]] = {}
        self._clashing: dict[str, tuple[str, ...]] = {}
        for duty, others in APART:
            for other in others.split():
                self._clashing[duty] = tuple(sorted({*self._clashing.get(duty, ()), other}))
                self._clashing[other] = tuple(sorted({*self._clashing.get(other, ()), duty}))

    def see(self, step: Step) -> int:
        """Note who got which duty by the entry, and compare with what they had."""
        if step.is_refusal or _never_began(step.event):
            return 0
        if not isinstance(step.before, ApplicationState):
            return self._compare_hands(step)
        given = list(list_duties(step)) if type(step.event) in GIVING else []
        duty = ACTING.get(step.leaf.actor.role)
        if duty:
            given += [(duty, person) for person in _list_acting(step)]
        for named, person in given:
            self._give(step, step.before.number, named, person)
        return len(given)

    def _compare_hands(self, step: Step) -> int:
        """Compare who decides on several applications at once with what they did in each of them."""
        actor = step.leaf.actor
        duty = "approver" if actor.role is Role.APPROVER else ACTING.get(actor.role, "")
        if not (duty and isinstance(step.event, CHOOSING)):
            return 0
        numbers = tuple(list_chosen_from(step))
        for number in numbers:
            for person in _list_acting(step):
                self._give(step, number, duty, person)
        return len(numbers)

    def _give(self, step: Step, number: str, duty: str, person: str) -> None:
        had = self._duties.setdefault(number, {})
        if duty == "applicant":
            self._applying.setdefault(person, set()).add(number)
        if person in had.get(duty, ()):
            # Compared when they got it; whatever they got since was compared with it.
            return
        in_office = step.record.posts
        # The round's staff meet every application of the round, whether they acted on it or not.
        posts = {
            "officer": (*in_office.holders("officers"), *in_office.list_substitutes("officers")),
            "supervisor": (*in_office.holders("supervisors"), *in_office.list_substitutes("supervisors")),
            "approver": (*in_office.approvers(), *in_office.list_substitutes("approvers")),
            "auditor": in_office.holders("auditors"),
            "admin": in_office.holders("admins"),
        }
        known = step.record.applications
        elsewhere = {other for other in self._applying.get(person, ()) if _competes(known[other])} - {number}
        if "rival" in self._clashing[duty] and elsewhere:
            raise step.differs("two-duties", duty=duty, other="rival", application=number, person=person)
        for other in self._clashing[duty]:
            if person in had.get(other, ()) or person in posts.get(other, ()):
                raise step.differs("two-duties", duty=duty, other=other, application=number, person=person)
        had[duty] = (*had.get(duty, ()), person)


def _list_acting(step: Step) -> tuple[str, ...]:
    """Return who acted, and whom they stood in for: duties are apart through a delegation too."""
    actor = step.leaf.actor
    return (actor.person, actor.behalf) if actor.behalf else (actor.person,)


def _never_began(event: Event) -> bool:
    """Tell whether the event ends an application whose first act was refused, whoever claimed what in it."""
    return type(event) is a.ApplicationLapsed and event.outcome == Outcome.NEVER_SUBMITTED


def _competes(state: ApplicationState) -> bool:
    """Tell whether who handed an application in is a rival of the others: not by what was taken back."""
    return state.stage is not Stage.WITHDRAWN and state.outcome != Outcome.WITHDRAWN


def list_duties(step: Step) -> Iterable[tuple[str, str]]:
    """Yield the duties that the event gives by naming people."""
    match step.event:
        case a.ApplicationSubmitted(agent=agent):
            yield "applicant", agent
        case a.AgentReplaced(agent=agent):
            yield "applicant", agent
        case a.CoBuildingConfirmed():
            yield "applicant", step.leaf.actor.person
        case a.RecommendationTaken(agent=agent):
            yield "recommender", agent
        case a.PanelSeated(seats=seats):
            yield from (("reviewer", person) for person in seats.values())
        case a.SeatFilled(expert=expert) | a.ReviewSubmitted(expert=expert):
            yield "reviewer", expert
        case a.SurveyTeamAppointed(members=members):
            yield from (("surveyor", person) for person in members)
        case a.ExaminersAppointed(examiners=examiners):
            yield from (("examiner", person) for person in examiners)
        case a.DecidersAppointed(deciders=deciders):
            yield from (("examiner", person) for person in deciders)
        case a.ObjectionRaised(objector=objector):
            yield "objector", objector
        case _:
            raise TypeError(step.leaf.type)


def _check_seated(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.PanelSeated)
    people = [*event.seats.values(), *event.alternates]
    step.require(len(set(people)) == len(people), "seated-twice")
    for person in people:
        _check_unrecused(step, person, event.employers[person])
        step.require(before.seat_of(person) is None, "seated-twice")


def _check_filled(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.SeatFilled)
    _check_unrecused(step, event.expert, before.employers[event.expert])
    step.require(before.seat_of(event.expert) is None, "seated-twice")


def _check_unrecused(step: ApplicationStep, person: str, employer: str) -> None:
    """Raise Difference for someone who must stand aside from the application."""
    before = step.before
    submission = before.submission
    assert submission is not None
    who = {"person": person, "application": before.number}
    step.require(spell(employer) not in spell_units(submission), "same-legal-person", **who)
    step.require(person not in submission.avoid, "avoided-expert", **who)
    step.require(person not in before.people_in_conflict, "conflict-upheld", **who)
    step.require(person not in before.former, "left-this-panel", **who)


STRANGERS: dict[type[Event], str] = {
    a.SurveyTeamAppointed: "members",
    a.ExaminersAppointed: "examiners",
    a.DecidersAppointed: "deciders",
}


def _check_strangers(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    people = getattr(event, STRANGERS[type(event)])
    _check_known_and_apart(step, people)
    check_named(step, people)
    if isinstance(event, a.SurveyTeamAppointed):
        enough = len(set(people)) >= step.terms.survey_min_team and event.lead in people
        step.require(enough, "team-too-small", count=str(len(set(people))))
        former = set(people) & set(before.former)
        step.require(not former, "left-this-panel", person="-", application=before.number)


def _check_known_and_apart(step: ApplicationStep, people: Iterable[str]) -> None:
    """Raise Difference for someone who was not registered there, or is of the same legal person."""
    register = require_register(step.record.register, step.leaf, step.point)
    submission = step.before.submission
    assert submission is not None
    for person in people:
        who = {"person": person, "application": step.before.number}
        fact = register.person(person, step.leaf.register_size)
        step.require(fact is not None and fact.active, "not-registered", **who)
        assert fact is not None
        step.require(spell(fact.employer) != "", "employer-unknown", **who)
        step.require(spell(fact.employer) not in spell_units(submission), "same-legal-person", **who)


def _check_ruled(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.ConflictRuled)
    report = before.reports[event.report]
    step.require({*report.reporters, report.expert}.isdisjoint(_list_acting(step)), "judge-in-own-case")
    if report.bound_by:
        check_ruled(step, report.expert, report.bound_by)


def _check_scored(step: ApplicationStep) -> None:
    before = step.before
    for item in before.valid_reviews:
        who = {"person": item.expert, "application": before.number}
        step.require(item.expert not in before.people_in_conflict, "conflict-upheld", **who)


def duty_rules() -> tuple[Rule, ...]:
    """Return the rules about duties and recusal."""
    recusals: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.PanelSeated: _check_seated,
        a.SeatFilled: _check_filled,
        **dict.fromkeys(STRANGERS, _check_strangers),
        a.ConflictRuled: _check_ruled,
        a.ApplicationScored: _check_scored,
    }
    return DutiesApart(), EachEvent("recusals-kept", checks_of(ApplicationState, recusals))


CLAIMS: Sentences = {
    "duties-apart": (
        "Nobody had two duties in one application that must not meet.",
        "无人在同一申报中兼任不得兼任的职责。",
    ),
    "recusals-kept": (
        "Nobody who had to stand aside reviewed, surveyed or examined.",
        "应回避者均未参与评审、实勘或核查。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "avoided-expert": (
        "{person} is on the panel of application {application}, which asked to avoid them.",
        "申报 {application} 申请回避的 {person} 进入了专家组。",
    ),
    "conflict-upheld": (
        "{person} counts for application {application} though their conflict was upheld.",
        "{person} 的利益冲突已认定，却仍计入申报 {application}。",
    ),
    "employer-unknown": (
        "No employer of {person} was registered: nobody can tell whether they had to stand aside from application "
        "{application}.",
        "登记中没有 {person} 的所在单位，无从判断其是否应回避申报 {application}。",
    ),
    "judge-in-own-case": ("A party to the report ruled on it.", "报告的当事人对其作出了裁定。"),
    "left-this-panel": (
        "{person} had left the panel of application {application}.",
        "{person} 此前已退出申报 {application} 的专家组。",
    ),
    "named-by-registrar": (
        "{named} came into the register through {person}, who appointed them, or ruled on what was registered of them.",
        "{named} 的登记由 {person}、或由其登记的管理员签署，{person} 又予指定或就其登记事项作出裁定。",
    ),
    "not-registered": (
        "{person} was not registered when appointed for application {application}.",
        "{person} 被指派参与申报 {application} 时尚未登记。",
    ),
    "same-legal-person": (
        "{person} belongs to the same legal entity as application {application}.",
        "{person} 与申报 {application} 属同一法人。",
    ),
    "team-too-small": (
        "The survey team has {count:member|members}, or nobody in it leads it.",
        "实勘组仅 {count} 人，或组长不在其中。",
    ),
    "two-duties": (
        "{person} is {duty} of application {application} and already its {other}.",
        "{person} 为申报 {application} 的 {duty}，又已是其 {other}。",
    ),
}
"""What can be found instead."""
