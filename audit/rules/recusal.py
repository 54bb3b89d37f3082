"""Conflicts of interest out of data: who judged an application though the register and the round's bids bound them.

Written a second time, apart from the core (docs/rules.md, A3): employments off the register's entries, what units
belong to, and bids off the versions that were handed in.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from audit.bundle.register import Register
from audit.bundle.unit_spelling import spell, spell_units
from audit.claims import Sentences
from audit.rules.fold import Record, Step
from audit.rules.rule_runner import Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.day_clock import scale_to_clock
from selection.kernel.stages import Outcome, Stage
from selection.round import events as r
from selection.round.state import RoundState

JUDGING = (
    *(a.SentBack, a.CheckPassed, a.CheckFailed, a.InvitationAccepted, a.ReviewSubmitted, a.ReviewCorrected),
    *(a.ConflictRuled, a.ChairAppointed, a.SurveyTeamAppointed, a.SurveyReported),
    *(a.AppraisalOpened, a.VoteCast, a.AppraisalRecorded),
    *(a.ExaminersAppointed, a.ObjectionSettled, a.ItemRemoved, a.PanelSettlementEntered),
    *(a.FraudReported, a.FraudRuled, a.ObjectionReopened),
    *(a.DecidersAppointed, a.FindingEntered, a.RequestDecided, a.RemedyRecorded),
)
"""What people do by judging an application; stepping back, or reporting a conflict, is none of it."""
CHOOSING = (
    r.ShortlistFixed,
    r.ProposalMade,
    r.IntegrityChecked,
    r.IntegrityHitRuled,
    r.LevelApproved,
    r.ProposalSentBack,
)
"""What people decide on several applications at once."""


class NoConflictFromData:
    """The claim that nobody judged, or was named to judge, what data bound them to.

    Units and fields of all bids, and who applied, are kept here, not read off the folded states.
    """

    code = "no-conflict-from-data"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._bids: dict[str, tuple[str, frozenset[str]]] = {}
        self._of_unit: dict[str, set[str]] = {}
        self._applying: dict[str, set[str]] = {}

    def see(self, step: Step) -> int:
        """Look at one entry: note a bid, or compare everybody whom it lets judge."""
        if step.refused:
            return 0
        if isinstance(step.before, RoundState):
            return self._see_round(step) if isinstance(step.event, CHOOSING) else 0
        if not isinstance(step.before, ApplicationState):
            return 0
        self._note_bid(step, step.before.number)
        people = {*_list_named(step)}
        if isinstance(step.event, JUDGING):
            people.update(_list_acting(step))
        for person in people if step.before.submission else ():
            found = person in step.before.conflicted
            step.require(not found, "conflict-upheld", person=person, application=step.before.number)
            self._compare(step, step.before.number, person)
        return len(people)

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0

    def _note_bid(self, step: Step, number: str) -> None:
        event = step.event
        if isinstance(event, a.ApplicationSubmitted | a.ApplicationMended):
            if number in self._bids:
                for unit in self._bids[number][1]:
                    self._of_unit[unit].discard(number)
            units = frozenset(spell_units(event.submission))
            self._bids[number] = (event.submission.field, units)
            for unit in units:
                self._of_unit.setdefault(unit, set()).add(number)
        if isinstance(event, a.ApplicationSubmitted | a.ApplicationMended | a.CoBuildingConfirmed):
            self._applying.setdefault(step.leaf.actor.person, set()).add(number)

    def _see_round(self, step: Step) -> int:
        event, found = step.event, step.of(RoundState)
        numbers: Iterable[str] = [item.application for item in found.after.items]
        if isinstance(event, r.ShortlistFixed):
            numbers = event.listed
        elif isinstance(event, r.ProposalMade):
            numbers = event.ranking
        checked = [number for number in numbers if number in self._bids]
        for number in checked:
            for person in _list_acting(step):
                self._compare(step, number, person)
        return len(checked)

    def _compare(self, step: Step, number: str, person: str) -> None:
        """Raise Difference where data binds a person to an application at an entry."""
        register = require_register(step.record.register, step.leaf, step.point)
        size, terms = step.leaf.register_size, step.terms
        field, applying = self._bids[number]
        told = {"person": person, "application": number}
        # While the call is open bids come and go: a recommendation is compared with units alone.
        rivals = terms.recusal.same_field and not isinstance(step.event, a.RecommendationTaken)
        lasting = scale_to_clock(terms.clock, timedelta(days=365) * terms.recusal.years)
        for employer, until in register.employers(person, size):
            unit = spell(employer)
            if unit in ("", "NONE") or _is_over(until, lasting, step.leaf.at):
                continue
            if unit in applying:
                raise step.differs("bound-by-employer", **told, unit=unit)
            if terms.recusal.related_units and _belong_together(register, size, unit, applying):
                raise step.differs("bound-by-related-unit", **told, unit=unit)
            if until is None and rivals:
                self._compare_bids(step, field, self._of_unit.get(unit, set()) - {number}, told)
        if rivals:
            self._compare_bids(step, field, self._applying.get(person, set()) - {number}, told)

    def _compare_bids(self, step: Step, field: str, others: set[str], told: dict[str, str]) -> None:
        for other in sorted(others):
            state = step.record.applications[other]
            gone = state.stage is Stage.WITHDRAWN or state.outcome == Outcome.WITHDRAWN
            if self._bids[other][0] == field and not gone:
                raise step.differs("bound-by-rival-bid", **told, other=other)


def _is_over(until: datetime | None, lasting: timedelta, at: datetime) -> bool:
    return until is not None and at >= until + lasting


def _belong_together(register: Register, size: int, unit: str, applying: frozenset[str]) -> bool:
    """Tell whether a unit is above one of the others, or below, however far."""
    return bool(_climb(register, size, unit) & applying) or any(
        unit in _climb(register, size, other) for other in applying
    )


def _climb(register: Register, size: int, unit: str) -> set[str]:
    found: set[str] = set()
    level = {unit}
    while level:
        known = [register.unit(code, size) for code in level]
        level = {spell(parent) for fact in known if fact is not None for parent in fact.parents} - found
        found |= level
    return found


def _list_named(step: Step) -> Iterable[str]:
    """Yield those whom an entry lets judge beside its actor."""
    match step.event:
        case a.PanelSeated(seats=seats, alternates=alternates):
            yield from (*seats.values(), *alternates)
        case a.SeatFilled(expert=expert):
            yield expert
        case a.ChairAppointed(chair=chair):
            yield chair
        case a.SurveyTeamAppointed(members=members):
            yield from members
        case a.ExaminersAppointed(examiners=examiners):
            yield from examiners
        case a.DecidersAppointed(deciders=deciders):
            yield from deciders
        case (
            a.AppraisalOpened(present=present, aside=aside)
            | a.AppraisalRecorded(present=present, aside=aside)
        ):
            yield from set(present) - set(aside)
        case a.RecommendationTaken(unit=unit, agent=agent) if unit in step.terms.unit_regions:
            # A unit outside of the regions recommends by a route of its own, and may recommend itself.
            yield agent


def _list_acting(step: Step) -> tuple[str, ...]:
    """Return who acted, and whom they stood in for: neither may be bound."""
    actor = step.leaf.actor
    return (actor.person, actor.behalf) if actor.behalf else (actor.person,)


def recusal_rules() -> tuple[Rule, ...]:
    """Return the rule about conflicts out of data."""
    return (NoConflictFromData(),)


CLAIMS: Sentences = {
    "no-conflict-from-data": (
        "Nobody judged an application to which an employment, a related unit or a bid of their own bound them.",
        "无人评判与其任职单位、关联单位或本人申报存在利益冲突的申报。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "bound-by-employer": (
        "{person} judged application {application} of {unit}, which employs them or did within the rules' years.",
        "{person} 评判了 {unit} 的申报 {application}，而该单位是其现任或规则年限内的前任单位。",
    ),
    "bound-by-related-unit": (
        "{person} judged application {application}; their unit {unit} is a parent or subsidiary of the applicant.",
        "{person} 评判了申报 {application}，而其单位 {unit} 是申报单位的上级或下属单位。",
    ),
    "bound-by-rival-bid": (
        "{person} judged application {application}, with which a bid of theirs ({other}) competes in the same field.",
        "{person} 评判了申报 {application}，而其本人或单位的申报 {other} 与之同领域竞争。",
    ),
}
"""What can be found instead."""
