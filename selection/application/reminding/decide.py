"""Decide on the ladder of an application's tasks: the next rung of it, and whom that tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from selection.application.reminding.events import TaskReminded
from selection.application.reminding.together import put_together
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.facts import Facts
from selection.kernel.actor import Role
from selection.process.ladder import NextRung, find_next_rung, read_terms
from selection.process.room import Settle
from selection.process.task import OpenTask
from selection.rules.terms import Terms

OF_THE_ROUND = "check"
"""The kind of task of which the round reminds: there is one for each application, all of the same officers."""


@dataclass(frozen=True)
class DueRung(Due):
    """A rung of the ladder that an application waits for."""

    found: NextRung | None = None


def wait_for_rung(
    state: ApplicationState, tasks: Iterable[OpenTask], terms: Terms, facts: Facts
) -> DueRung | None:
    """Return the next rung of the tasks' ladder, None where there is none."""
    own = [task for task in put_together(state, tasks) if task.kind != OF_THE_ROUND]
    in_force = {**terms.deadlines, **facts.deadlines}
    ladder = read_terms(terms.ladder, terms.days.reminders, terms.clock)
    found = find_next_rung(own, ladder, in_force, state.reminded, state.acted)
    if found is None:
        return None
    movable = found.task.deadline is not None
    return DueRung("reminder", found.at, found.at, movable=movable, found=found)


def settle_rung(state: ApplicationState, passed: Due, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Tell those whom the rung tells that the task is not finished."""
    assert isinstance(passed, DueRung)
    assert passed.found is not None
    rung, task = passed.found.rung, passed.found.task
    recipients = _list_recipients(state, passed.found)
    return (
        TaskReminded(task=task.key, awaited=task.kind, rung=rung, until=passed.found.due, told=recipients),
    )


def _list_recipients(state: ApplicationState, found: NextRung) -> tuple[str, ...]:
    task = found.task
    # By its kind: a report's name is its reporter's choice, and may be that of another task.
    conflict = task.kind == "rule-on-conflict"
    report = state.reports.get(task.key.removeprefix("report/")) if conflict else None
    # Of whom a conflict was reported learns nothing of it, and who reported it may not rule.
    parties = {report.expert, *report.reporters} if report is not None else set()
    people: tuple[str, ...]
    match found.rung:
        case "officer":
            people = state.officers
        case "supervisor" if task.role is Role.SUPERVISOR:
            # Two officers may put another in the place of a supervisor who does nothing.
            people = (*state.supervisors, *state.officers)
        case "supervisor":
            people = state.supervisors
        case _ if task.person is not None:
            people = (task.person,)
        case _:
            people = state.supervisors if task.role is Role.SUPERVISOR else state.officers
    return tuple(person for person in people if person not in parties)


SETTLES: dict[DueName, Settle[ApplicationState]] = {"reminder": settle_rung}
