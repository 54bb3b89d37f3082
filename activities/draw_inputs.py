"""Collect what a draw depends on, as the record has it at this moment."""

from collections import Counter

from ledger.record import Ledger
from selection.actor import Role
from selection.application.decide import APPLICATION
from selection.application.state import ApplicationState
from selection.panel import DrawApplication, DrawExpert, DrawInputs
from selection.round.state import RoundState

SOLVER = "ortools-min-cost-flow"


async def collect_inputs(ledger: Ledger, state: RoundState) -> DrawInputs:
    """Return the draw's inputs: applications that want experts, and the pool with places held or reserved.

    The pool is every active expert who is not staff, approver or recommender: those never review.
    """
    assert state.sealed is not None
    panel = state.sealed.panel
    eligible = [APPLICATION.load(text) async for text in ledger.reading.states(state.round, "eligible")]
    reviewed = [APPLICATION.load(text) async for text in ledger.reading.states(state.round, "review")]
    wanting = eligible + [item for item in reviewed if _wants_supplement(item)]
    load: Counter[str] = Counter()
    for item in reviewed:
        load.update(seat.expert for seat in item.seats if seat.status != "empty")
        load.update(item.alternates)
    staff = state.sealed.staff
    barred = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    barred |= {person for level in state.sealed.approval for person in level.approvers}
    pool = [
        person
        for person in await ledger.people.find(Role.EXPERT)
        if person.active and person.person not in barred and Role.RECOMMENDER.value not in person.roles
    ]
    return DrawInputs(
        applications=tuple(_wanting(item, panel.seats) for item in wanting),
        experts=tuple(
            DrawExpert(person=item.person, employer=item.employer, load_used=load[item.person])
            for item in pool
        ),
        alternates=panel.alternates,
        max_per_institution=panel.max_per_institution,
        max_load=panel.max_load,
        solver=SOLVER,
    ).in_order()


def _wants_supplement(item: ApplicationState) -> bool:
    idle = not any(seat.open for seat in item.seats) and not item.alternates
    return idle and any(seat.status == "empty" for seat in item.seats)


def _wanting(item: ApplicationState, seats: int) -> DrawApplication:
    assert item.submission is not None
    duties = ("applicant", "recommender", "officer", "supervisor", "surveyor", "examiner", "objector")
    involved = {person for duty in duties for person in item.hands.get(duty, ())} | set(item.conflicted)
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
