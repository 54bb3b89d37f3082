"""What a draw depends on, out of the folded applications and the register of people."""

from collections import Counter
from collections.abc import Iterable, Sequence

from selection.application.state import ApplicationState
from selection.decision.facts import PersonFact
from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs
from selection.kernel.actor import Role
from selection.kernel.unit_codes import NO_UNIT, canonical_code
from selection.rules.model import RoundRules

SOLVER = "ortools-min-cost-flow"

_INVOLVED = ("applicant", "recommender", "officer", "supervisor", "surveyor", "examiner", "objector")


def draw_inputs(
    rules: RoundRules,
    eligible: Sequence[ApplicationState],
    reviewed: Sequence[ApplicationState],
    people: Iterable[PersonFact],
) -> DrawInputs:
    """Return the draw's inputs: applications that want experts, and the pool with places held or reserved.

    `eligible` and `reviewed` are all applications of the two stages.
    """
    panel = rules.panel
    wanting = [*eligible, *(item for item in reviewed if _wants_supplement(item))]
    load = _count_places(reviewed)
    return DrawInputs(
        applications=tuple(_describe_application(item, panel.seats) for item in wanting),
        experts=tuple(
            DrawExpert(person=item.person, employer=_employer_of(item), load_used=load[item.person])
            for item in pool(rules, people)
        ),
        alternates=panel.alternates,
        max_per_institution=panel.max_per_institution,
        max_load=panel.max_load,
        solver=SOLVER,
    ).in_order()


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
    idle = not any(seat.open for seat in item.seats) and not item.alternates
    return idle and any(seat.status == "empty" for seat in item.seats)


def _describe_application(item: ApplicationState, seats: int) -> DrawApplication:
    assert item.submission is not None
    involved = {person for duty in _INVOLVED for person in item.hands.get(duty, ())} | set(item.conflicted)
    sitting = tuple(seat.expert for seat in item.seats if seat.status != "empty")
    return DrawApplication(
        stream=item.stream,
        revision=item.revision,
        hosts=tuple(sorted(item.submission.employers)),
        avoid=item.submission.avoid,
        conflicts=tuple(sorted(involved)),
        exclude=item.former,
        sitting=sitting,
        seats_wanted=len([seat for seat in item.seats if seat.status == "empty"]) or seats,
    )
