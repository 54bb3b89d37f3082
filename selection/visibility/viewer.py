"""Who is looking: what a person is to one stream, by state and sealed rules, never by a claim."""

from collections.abc import Hashable, Iterable, Set as AbstractSet
from enum import StrEnum

from selection.application.preconditions import acts_for_co_builder
from selection.application.state import ApplicationState
from selection.archive.state import ArchiveState
from selection.decision.facts import PersonFact
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import same_unit
from selection.projections.rows import ApplicationRow
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState, rules_of
from selection.rules.delegation import Delegation
from selection.rules.model import RoundRules


class Standing(StrEnum):
    """What a person may be to a stream. The columns of the visibility table.

    A `co-builder` is an applicant whom a co-builder of the present version employs, asked to confirm or not. An expert
    is `invited` until the pledge, a `reviewer` after it, and `former` once the seat is given up. A
    `participant` is registered but nothing else to this stream: of a round, it sees what is published, and
    elsewhere its own refused acts.
    """

    APPLICANT = "applicant"
    CO_BUILDER = "co-builder"
    RECOMMENDER = "recommender"
    INVITED = "invited"
    REVIEWER = "reviewer"
    FORMER = "former"
    CHAIR = "chair"
    SURVEYOR = "surveyor"
    EXAMINER = "examiner"
    OBJECTOR = "objector"
    PARTICIPANT = "participant"
    APPROVER = "approver"
    ADMIN = "admin"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


STAFF = frozenset({Standing.OFFICER, Standing.SUPERVISOR, Standing.AUDITOR})
OVERSEEING = STAFF | {Standing.APPROVER, Standing.ADMIN}


class Viewer(Frozen):
    """A person with their standings to one stream.

    `units` are those they act for, approval levels among them, `employer` the one for which they may apply, as its host
    unit or as a co-builder. They stand in for those of `stands_for`, or did: what is kept from these is kept from them.
    Nothing shows to a viewer without standings.
    """

    person: str
    standings: frozenset[Standing] = frozenset()
    units: frozenset[str] = frozenset()
    employer: str = ""
    stands_for: frozenset[str] = frozenset()

    def acts_for(self, unit: str | None, role: Role) -> bool:
        """Tell whether a unit is one that the viewer acts for in a role."""
        return unit in self.units or (role is Role.APPLICANT and same_unit(unit or "", self.employer))

    @property
    def is_staff(self) -> bool:
        """Tell whether the viewer sees everything."""
        return not STAFF.isdisjoint(self.standings)

    @property
    def posts(self) -> frozenset[Standing]:
        """Return the posts of the round that the viewer holds: what waits for one of them waits for the viewer."""
        return self.standings & OVERSEEING


def relation(
    state: StreamState,
    person: str,
    fact: PersonFact | None = None,
    rules: RoundRules | None = None,
    delegations: Iterable[Delegation] = (),
) -> Viewer:
    """Return what a person is to a stream.

    `fact` is the registry's entry of the person, `rules` the sealed rules of the round, `delegations` all of its own;
    without one of them, what it would give is missing. Who is a party to an application does not see it as staff:
    staff recuse too (docs/rules.md, A5).
    """
    if fact is not None and not fact.active:
        return Viewer(person=person)
    units = _units(person, fact, rules)
    standings = _find_standings(state, person, units, fact, rules)
    if not standings and fact is not None:
        standings = frozenset({Standing.PARTICIPANT})
    if isinstance(state, RoundState):
        delegations = state.delegations
    return Viewer(
        person=person,
        standings=standings,
        units=units,
        employer=_applies_for(fact),
        stands_for=frozenset(item.holder for item in delegations if item.substitute == person),
    )


def _find_standings(
    state: StreamState,
    person: str,
    units: frozenset[str],
    fact: PersonFact | None,
    rules: RoundRules | None,
) -> frozenset[Standing]:
    parties: set[Standing] = set()
    match state:
        case ApplicationState():
            parties = _parties(state, person, units, rules)
            if fact is not None and acts_for_co_builder(state, fact):
                parties.add(Standing.CO_BUILDER)
            overseeing = _find_overseers(state, person, rules)
        case ListState():
            parties = {Standing.RECOMMENDER} if state.unit in units else set()
            overseeing = _staff(person, rules) - {Standing.APPROVER}
        case RoundState():
            overseeing = _staff(person, rules_of(state) or rules)
        case ArchiveState():
            overseeing = _staff(person, rules)
        case RegisterState():
            overseeing = {Standing.ADMIN} if fact is not None and fact.holds(Role.ADMIN) else set()
        case _:
            raise TypeError(type(state).__name__)
    return _together(parties, overseeing)


def row_relation(
    row: ApplicationRow, person: str, fact: PersonFact | None = None, rules: RoundRules | None = None
) -> Viewer:
    """Return what a person is to an application as far as its row tells: an expert is `invited` at most."""
    if fact is not None and not fact.active:
        return Viewer(person=person)
    relations = RowRelations(person, fact, rules)
    return Viewer(
        person=person,
        standings=relations.standings(row),
        units=relations.units,
        employer=relations.employer,
    )


class RowRelations:
    """What a person is to one application after the other, as far as their rows tell."""

    def __init__(self, person: str, fact: PersonFact | None, rules: RoundRules | None) -> None:
        self.units = _units(person, fact, rules)
        self.employer = _applies_for(fact)
        self._person = person
        self._looks = _find_regions(self.units, rules)
        self._active, self._sealed = fact is None or fact.active, rules is not None
        self._registered = frozenset({Standing.PARTICIPANT}) if fact is not None else frozenset()
        staff = _staff(person, rules)
        self._agreed, self._open = frozenset(staff), frozenset(staff - {Standing.APPROVER})

    @property
    def key(self) -> Hashable:
        """All that the answer for a row depends on beside the row, and `relation` beside the state of an application.

        Whoever has the same is the same to every one of them.
        """
        about = (self._person, self.units, self.employer, self._looks, self._sealed)
        return (*about, self._active, self._registered, self._agreed, self._open)

    def standings(self, row: ApplicationRow) -> frozenset[Standing]:
        """Return what the person is to an application."""
        if not self._active:
            return frozenset()
        parties: set[Standing] = set()
        if self._person == row.agent:
            parties.add(Standing.APPLICANT)
        if row.co_builders and any(same_unit(self.employer, unit) for unit in row.co_builders):
            parties.add(Standing.CO_BUILDER)
        if self.units and _recommends(row.unit or "", row.stage, row.region, self.units, self._looks):
            parties.add(Standing.RECOMMENDER)
        if self._person in row.reviewers:
            parties.add(Standing.INVITED)
        overseeing = self._open if row.agreed is None else self._agreed
        if self._person in row.hands:
            overseeing = frozenset()
        together = _together(parties, overseeing) if parties else overseeing
        return together or self._registered


def _together(parties: set[Standing], overseeing: AbstractSet[Standing]) -> frozenset[Standing]:
    """Return all that a person is; a party is not staff as well, but a supervisor may also examine."""
    return frozenset(parties if parties - {Standing.EXAMINER} else parties | overseeing)


def _units(person: str, fact: PersonFact | None, rules: RoundRules | None) -> frozenset[str]:
    recommends = fact.roles.get(Role.RECOMMENDER.value, ()) if fact is not None else ()
    levels = [level.code for level in rules.approval if person in level.approvers] if rules else []
    return frozenset({*recommends, *levels})


def _applies_for(fact: PersonFact | None) -> str:
    return fact.employer if fact is not None and fact.holds(Role.APPLICANT) else ""


def _parties(
    state: ApplicationState, person: str, units: frozenset[str], rules: RoundRules | None
) -> set[Standing]:
    region = state.submission.region if state.submission else ""
    seat = state.seat_of(person)
    holds_by_standing = {
        Standing.APPLICANT: person == state.agent,
        Standing.RECOMMENDER: _recommends(
            state.unit, state.stage, region, units, _find_regions(units, rules)
        ),
        Standing.REVIEWER: seat is not None and person in state.pledged,
        Standing.INVITED: seat is not None and person not in state.pledged,
        Standing.FORMER: seat is None and person in state.former,
        Standing.CHAIR: person == state.chair,
        Standing.SURVEYOR: person in state.team and person not in state.former,
        Standing.EXAMINER: person in state.examiners,
        Standing.OBJECTOR: any(person == item.objector for item in state.objections.values()),
    }
    return {standing for standing, holds in holds_by_standing.items() if holds}


def _find_regions(units: frozenset[str], rules: RoundRules | None) -> frozenset[str | None]:
    """Return of which regions these units may recommend; None stands for any."""
    found = [rules.recommender(code) for code in units] if rules is not None else []
    return frozenset(item.region for item in found if item is not None)


def _recommends(
    unit: str, stage: Stage, region: str, units: frozenset[str], looks: frozenset[str | None]
) -> bool:
    """Tell whether one of the units recommended the application, or may look at it to do so.

    A unit looks before it recommends: a provincial one at the applications of its region, another unit at
    any that is submitted and not yet recommended, for the record does not tell whom it belongs to.
    """
    if unit:
        return unit in units
    return stage is Stage.SUBMITTED and (None in looks or region in looks)


def _find_overseers(state: ApplicationState, person: str, rules: RoundRules | None) -> set[Standing]:
    found = _staff(person, rules)
    # Whoever was one when it was handed in need not be one any more.
    if rules is None and person in state.officers:
        found.add(Standing.OFFICER)
    if rules is None and person in state.supervisors:
        found.add(Standing.SUPERVISOR)
    if not state.proposal:
        found.discard(Standing.APPROVER)
    return found


def _staff(person: str, rules: RoundRules | None) -> set[Standing]:
    if rules is None:
        return set()
    posts = {
        Standing.OFFICER: rules.staff.officers,
        Standing.SUPERVISOR: rules.staff.supervisors,
        Standing.AUDITOR: rules.staff.auditors,
        Standing.ADMIN: rules.staff.admins,
        Standing.APPROVER: tuple(item for level in rules.approval for item in level.approvers),
    }
    return {standing for standing, people in posts.items() if person in people}
