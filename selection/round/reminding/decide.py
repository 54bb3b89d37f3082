"""Decide on the ladder of a round: of its own tasks, and of all checks together as one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from selection.decision.aggregate import Due, Event
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.process.ladder import NextRung, Rung, find_next_rung, read_terms
from selection.process.task import OpenTask
from selection.round.reminding.events import RoundReminded
from selection.round.state import RoundState, rules_of
from selection.round.tasks import tasks_of_round


@dataclass(frozen=True)
class DueRung(Due):
    """A rung of the ladder that a round waits for."""

    found: NextRung | None = None


def wait_for_rung(state: RoundState) -> DueRung | None:
    """Return the next rung of the round's ladder, None where there is none."""
    rules = rules_of(state)
    if rules is None or rules.ladder is None:
        return None
    terms = read_terms(rules.ladder, rules.days.reminders, rules.clock)
    found = find_next_rung(_list_tasks(state), terms, state.deadlines, state.reminded, state.acted)
    return None if found is None else DueRung("reminder", found.at, found.at, found=found)


def settle_rung(state: RoundState, passed: Due) -> tuple[Event, ...]:
    """Tell those whom the rung tells that the task is not finished."""
    assert isinstance(passed, DueRung)
    assert passed.found is not None
    rung, task = passed.found.rung, passed.found.task
    # By its kind: a report's name is its reporter's choice, and may be that of another task.
    lobbying = task.kind == "rule-on-lobbying"
    report = state.lobbying.get(task.key.removeprefix("lobbying/")) if lobbying else None
    parties = report.parties if report is not None else frozenset()
    recipients = tuple(person for person in _list_recipients(state, task, rung) if person not in parties)
    return (
        RoundReminded(task=task.key, awaited=task.kind, rung=rung, until=passed.found.due, told=recipients),
    )


def _list_tasks(state: RoundState) -> list[OpenTask]:
    """Return the round's tasks: one for all units that recommend, and one for all checks, which are the officers'."""
    tasks, units = list[OpenTask](), list[OpenTask]()
    for task in tasks_of_round(state):
        (units if task.kind == "recommend" else tasks).append(task)
    tasks += [task.with_(key="recommend", unit=None) for task in units[:1]]
    if state.stage is RoundStage.CHECKING and state.since is not None:
        tasks.append(
            OpenTask(key="check", kind="check", role=Role.OFFICER, since=state.since, deadline="check")
        )
    return tasks


def _list_recipients(state: RoundState, task: OpenTask, rung: Rung) -> Iterable[str]:
    """Return whom a rung tells; of the approvers of a level those who have not agreed.

    What waits for any approver tells all of them.
    """
    rules = state.current
    staff = rules.staff
    if rung == "supervisor" and task.role is Role.SUPERVISOR:
        # Two officers may put another in the place of a supervisor who does nothing.
        return (*staff.supervisors, *staff.officers)
    if rung == "supervisor" or (rung != "officer" and task.role is Role.SUPERVISOR):
        return staff.supervisors
    if rung == "officer" or task.role is Role.OFFICER:
        return staff.officers
    if task.role is Role.RECOMMENDER:
        # Who recommends for a unit that has something to decide: the record knows, when the entry comes.
        return ()
    if task.unit is None:
        return dict.fromkeys(person for level in rules.approval for person in level.approvers)
    level = next(level for level in rules.approval if level.code == task.unit)
    agreed = state.approvals.get(level.code, ())
    return (person for person in level.approvers if person not in agreed)
