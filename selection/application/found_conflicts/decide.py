"""Decide on conflicts that data shows of people: each is put before a supervisor (docs/decisions/0067)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from selection.application.found_conflicts.commands import DeclareProject, FindConflicts, ReferConflict
from selection.application.found_conflicts.events import ActivityChanged, ConflictFound
from selection.application.preconditions import require_terms
from selection.application.recusal import find_bound, is_matter_of_house, refuse_referrer
from selection.application.review.events import SeatVacated
from selection.application.review.score_events import ConflictReported
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import Conflict
from selection.kernel.actor import Actor
from selection.kernel.stages import Stage
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused

SHARED_PROJECT = "project"
DECLARED_PROJECTS = 10
"""How many people an application names at the most [D]: each takes a supervisor's ruling."""


def find_conflicts(state: ApplicationState, command: FindConflicts, context: Context) -> tuple[Event, ...]:
    """Return what data shows of those who judge the application and no report has told yet; nothing, as a rule.

    And who of them may act no more by the register, or may again: a seat whose review is still awaited falls free.
    """
    names = _name_reports(state)
    found = (
        ConflictFound(report=next(names), expert=person, bound_by=found, seated=True)
        for person in state.judging
        if person not in state.people_in_conflict and (found := _find_new(state, person, context))
    )
    return (*found, *_list_changes(state, context))


def _list_changes(state: ApplicationState, context: Context) -> Iterator[Event]:
    """Yield what follows from who may act no more, of those who are awaited somewhere, or may again."""
    for person in _list_replaceable(state):
        fact = context.facts.people.get(person)
        if fact is None or fact.active is (person not in state.inactive):
            continue
        seat = state.seat_of(person)
        if fact.active:
            yield ActivityChanged(person=person, standing="active")
        elif seat is not None and seat.open:
            yield SeatVacated(seat=seat.number, expert=person, why="inactive")
        elif person == state.chair or seat is None:
            # What whoever sits on the panel entered stands.
            yield ActivityChanged(person=person, standing="inactive")


def _list_replaceable(state: ApplicationState) -> tuple[str, ...]:
    """Return whose place falls to another once they may act no more, and who stood in one and may act again.

    A seat whose review is still awaited, the chair, the team of the survey, examiners, and who decides on a request for
    review. Of whoever has done their part nobody is awaited, nor of one of the officers who check.
    """
    leading = () if state.ended else (state.chair, *state.inactive)
    seated = (seat.expert for seat in state.seats_at_work if seat.open)
    team = state.team if state.stage is Stage.SURVEY else ()
    deciding = (person for item in state.requests.values() for person in item.asked)
    return tuple(sorted({*leading, *seated, *team, *state.examining, *deciding} - {""}))


def ask_about_judges(
    state: ApplicationState, actor: Actor, command: FindConflicts, at: datetime, facts: Facts
) -> FactsRequest:
    """Ask the register whether those who judge the application, and would be replaced, may act."""
    return FactsRequest(people=_list_replaceable(state))


def refer_conflict(state: ApplicationState, command: ReferConflict, context: Context) -> tuple[Event, ...]:
    """Put before a supervisor what data shows of a person now, whether they judge the application or might.

    The evidence is the engine's: nobody types it. Who refers it does not rule on it.
    """
    if command.report in state.reports:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if not set(require_terms(context).supervisors) - {*context.actor.people, command.expert}:
        raise Refused("not-entitled", roles="somebody other than the only supervisor")
    bound = find_bound(state, command.expert, context)
    if not bound:
        raise Refused("nothing-binds", person=command.expert)
    terms = require_terms(context)
    if is_matter_of_house(command.expert, bound, terms):
        # Two people answer for it: who says why, and who rules.
        if command.expert in context.actor.people:
            raise Refused("same-hands", duty="party to the report")
        if command.text is None:
            raise Refused("missing", place="text")
        refuse_referrer(state, context, terms)
    evidence = _find_new(state, command.expert, context, by_person=True)
    if not evidence:
        raise Refused("conflict-waits", person=command.expert)
    return (
        ConflictFound(
            report=command.report,
            expert=command.expert,
            bound_by=evidence,
            seated=command.expert in state.judging,
            text=command.text,
        ),
    )


def declare_project(state: ApplicationState, command: DeclareProject, context: Context) -> tuple[Event, ...]:
    """Put before a supervisor whom an application names; nobody stands aside for it before that is confirmed.

    Else whoever applies would choose who judges. Anybody may be named: an answer that told who is registered, or may
    sit on a panel, would tell who reviews.
    """
    declared = [item for item in state.reports.values() if item.tie == SHARED_PROJECT]
    if command.report in state.reports or any(item.expert == command.expert for item in declared):
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if len(declared) >= DECLARED_PROJECTS:
        raise Refused("projects-exceeded", limit=str(DECLARED_PROJECTS))
    if state.seats:
        # A check that is made again: whom its applicant names by then may be who reviewed.
        raise Refused("panel-sits")
    waiting = {item.expert for item in state.open_reports.values()}
    apart = {*context.actor.people, command.expert, *waiting, *state.people_in_conflict}
    if not set(require_terms(context).supervisors) - apart:
        # Nobody could rule, and the round would wait for that.
        raise Refused("not-entitled", roles="somebody other than the only supervisor")
    return (
        ConflictReported(report=command.report, expert=command.expert, tie=SHARED_PROJECT, text=command.text),
    )


def _find_new(
    state: ApplicationState, person: str, context: Context, *, by_person: bool = False
) -> tuple[Conflict, ...]:
    bound = find_bound(state, person, context)
    within = is_matter_of_house(person, bound, require_terms(context))
    # What a change of the register put before supervisors who are bound alike waits for somebody who says why.
    waiting = [
        item
        for item in state.open_reports.values()
        if item.expert == person and not (by_person and within and item.text is None)
    ]
    known = {conflict for item in waiting for conflict in item.bound_by}
    return tuple(conflict for conflict in bound if conflict not in known)


def _name_reports(state: ApplicationState) -> Iterator[str]:
    """Yield names for reports that nobody gave to one of theirs."""
    names = (f"data-{number}" for number in count(state.version + 1))
    return (name for name in names if name not in state.reports)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    FindConflicts: find_conflicts,
    ReferConflict: refer_conflict,
    DeclareProject: declare_project,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {FindConflicts: ask_about_judges}
