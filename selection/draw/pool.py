"""What a draw depends on, out of the folded applications and the register of people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from selection.application.recusal import find_judged_bid
from selection.application.settling.shortage import count_seats
from selection.application.state import ApplicationState
from selection.decision.facts import PersonFact, Seating
from selection.decision.relations import Bid, Relations, RelationsAsked
from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs, lot
from selection.draw.panels import Drawn
from selection.kernel.actor import Role
from selection.kernel.unit_codes import NO_UNIT, canonical_code
from selection.recusal.conflicts import find_recused, list_above
from selection.rules.model import RoundRules

SOLVER = "ortools-min-cost-flow"

_INVOLVED = ("applicant", "recommender", "officer", "supervisor", "surveyor", "examiner", "objector")


def ask_relations(people: Iterable[str], applications: Iterable[ApplicationState]) -> RelationsAsked:
    """Ask what binds everybody in a register to these applications, and to all bids of the round."""
    versions = (item.submission for item in applications)
    units = {unit for version in versions if version for unit in version.employers}
    return RelationsAsked(people=tuple(people), units=tuple(sorted(units)))


def draw_inputs(
    rules: RoundRules,
    eligible: Sequence[ApplicationState],
    reviewed: Sequence[ApplicationState],
    people: Iterable[PersonFact],
    relations: Relations,
    at: datetime,
) -> DrawInputs:
    """Return the draw's inputs: applications that want experts, and the pool with places held or reserved.

    `eligible` and `reviewed` are all applications of the two stages, among the latter those that a fresh panel reviews
    after their end; `relations` those of everybody in the pool to all bids at an instant.
    """
    panel = rules.panel
    wanting = [*eligible, *(item for item in reviewed if _wants_supplement(item))]
    load = _count_places(reviewed)
    experts = pool(rules, people)
    recused = RecusedByBid(rules, relations, [item.person for item in experts], at)
    return DrawInputs(
        applications=tuple(_describe_application(item, panel.seats, recused.of(item)) for item in wanting),
        experts=tuple(
            DrawExpert(person=item.person, employer=_employer_of(item), load_used=load[item.person])
            for item in experts
        ),
        alternates=panel.alternates,
        max_per_institution=panel.max_per_institution,
        max_load=panel.max_load,
        solver=SOLVER,
    ).in_order()


class RecusedByBid:
    """Whom of a pool data binds to each application: asked only of those of whom a first look leaves it open."""

    def __init__(self, rules: RoundRules, relations: Relations, people: Sequence[str], at: datetime) -> None:
        self._rules, self._relations, self._at = rules, relations, at
        self._by_unit: dict[str, set[str]] = {}
        self._by_tie: dict[str, set[str]] = {}
        for person in people:
            for employment in relations.employments.get(person, ()):
                self._by_unit.setdefault(canonical_code(employment.unit), set()).add(person)
            for tie in relations.ties.get(person, ()):
                self._by_tie.setdefault(tie.unit or tie.other, set()).add(person)
        self._above = {code: list_above(code, relations) for code in self._by_unit}
        self._pooled = pooled = frozenset(people)
        self._by_field: dict[str, set[str]] = {}
        for bid in relations.bids:
            bidding = {person for unit in bid.units for person in self._by_unit.get(unit, ())}
            # Of others it may be told as well, by whoever asked about more people than the pool has.
            applying = pooled.intersection(bid.applicants)
            self._by_field.setdefault(self._place_of(bid), set()).update(bidding, applying)

    def _place_of(self, bid: Bid) -> str:
        """Return within what a bid keeps others from judging: its field, or the round."""
        return "" if self._rules.recusal.rivals == "places" else bid.field

    def of(self, state: ApplicationState) -> frozenset[str]:
        """Return whom data binds to an application."""
        bid = find_judged_bid(state)
        if bid is None:
            return frozenset()
        near = set(bid.units).union(*(list_above(unit, self._relations) for unit in bid.units))
        units = [unit for unit, above in self._above.items() if unit in near or above & near]
        asked = {person for unit in units for person in self._by_unit[unit]}
        asked |= {person for end in (*bid.units, *bid.behind) for person in self._by_tie.get(end, ())}
        rules = self._rules
        return find_recused(
            asked | self._by_field.get(self._place_of(bid), set()),
            bid,
            self._relations,
            rules.recusal,
            rules.clock,
            self._at,
        )


def pool(rules: RoundRules, people: Iterable[PersonFact]) -> tuple[PersonFact, ...]:
    """Return every active expert who is not staff, approver or recommender: those never review.

    Nor does anyone of whom it is not said who employs them, as nobody could tell whether they must stand aside.
    """
    staff = rules.staff
    barred = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    barred |= {person for level in rules.approval for person in level.approvers}
    return tuple(
        item
        for item in people
        if item.holds(Role.EXPERT) and item.person not in barred and Role.RECOMMENDER.value not in item.roles
        if canonical_code(item.employer)
    )


def _employer_of(item: PersonFact) -> str:
    """Return the employer in its one spelling, nothing for somebody whom no unit employs."""
    code = canonical_code(item.employer)
    return "" if code == NO_UNIT else code


def _count_places(reviewed: Sequence[ApplicationState]) -> Counter[str]:
    load: Counter[str] = Counter()
    for item in reviewed:
        load.update(seat.expert for seat in item.seats if seat.status != "empty")
        load.update(item.alternates)
    return load


def _wants_supplement(item: ApplicationState) -> bool:
    if item.fresh_panel and not item.seats:
        return True
    idle = not any(seat.open for seat in item.seats) and not item.alternates
    return idle and any(seat.status == "empty" for seat in item.seats)


def _describe_application(item: ApplicationState, seats: int, recused: frozenset[str]) -> DrawApplication:
    assert item.submission is not None
    involved = (
        {person for duty in _INVOLVED for person in item.hands.get(duty, ())}
        | set(item.people_in_conflict)
        | recused
    )
    sitting = tuple(seat.expert for seat in item.seats if seat.status != "empty")
    return DrawApplication(
        stream=item.stream,
        revision=item.revision,
        hosts=tuple(sorted(item.submission.employers)),
        avoid=item.submission.avoid,
        conflicts=tuple(sorted(involved)),
        exclude=item.former,
        sitting=sitting,
        seats_wanted=len([seat for seat in item.seats if seat.status == "empty"])
        or count_seats(item.fewer, seats),
    )


def find_seating(inputs: DrawInputs, drawn: Drawn, key: bytes, stream: str) -> Seating | None:
    """Return whom a draw seats at an application, None where it draws nobody for it."""
    panel = drawn.panels.get(stream)
    if panel is None:
        return None
    employers = {item.person: item.employer for item in inputs.experts}
    people = (*panel.seats, *panel.alternates)
    return Seating(
        experts=panel.seats,
        alternates=panel.alternates,
        employers={person: employers[person] for person in people},
        lot=lot(key, stream),
    )
