"""A task waits for whoever is reminded of it, and for nobody of another post or level."""

from ledger.log.tasks import TaskRow
from reading.tasks import is_awaited
from selection.kernel.actor import Role
from selection.process.task import OpenTask
from selection.round.reminding.decide import _list_recipients
from selection.round.state import RoundState, rules_of
from selection.round.tasks import tasks_of_round
from selection.visibility.viewer import relation
from tests.portal.support.deciding import tell_proposal
from tests.reading.streams import everybody
from tests.selection import round_stories


def list_states() -> list[RoundState]:
    """Return every state of two rounds: one to its end, one up to its approval."""
    steps = (*round_stories.round_story().steps, *tell_proposal("running-1").steps)
    return [step.after for step in steps if isinstance(step.after, RoundState)]


def is_task_of(state: RoundState, task: OpenTask, person: str) -> bool:
    """Tell whether a person has the task of a round among their own."""
    fields = task.model_dump(include=set(TaskRow.model_fields))
    row = TaskRow(log=state.round, stream=f"round/{state.round}", **fields)
    return is_awaited(row, relation(state, person, None, rules_of(state)))


def test_whoever_is_reminded_of_a_rounds_task_has_it_among_their_own() -> None:
    seen = set[str]()
    for state in list_states():
        for task in tasks_of_round(state):
            for person in _list_recipients(state, task, "before"):
                seen.add(task.kind)
                assert is_task_of(state, task, person), (person, task.kind)
    assert {"rule-on-amendment", "approve", "draw", "check-integrity"} <= seen


def test_an_amendment_waits_for_approvers_and_a_level_for_its_own() -> None:
    waiting = [
        (state, task)
        for state in list_states()
        for task in tasks_of_round(state)
        if task.role is Role.APPROVER
    ]
    for state, task in waiting:
        levels = state.current.approval
        approvers = {
            person for level in levels if task.unit in (None, level.code) for person in level.approvers
        }
        assert {person for person in everybody() if is_task_of(state, task, person)} == approvers, task
    assert {task.kind for _, task in waiting} == {"rule-on-amendment", "approve"}
