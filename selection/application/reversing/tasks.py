"""Who is awaited where somebody entered that a decision is to be reversed: the other post, while it still counts."""

from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.process.room import Tasks
from selection.process.task import OpenTask

_OTHER = {Role.OFFICER.value: Role.SUPERVISOR, Role.SUPERVISOR.value: Role.OFFICER}


def _reverse(state: ApplicationState) -> list[OpenTask]:
    if state.since is None or len(state.decisions.entered) != 1:
        return []
    ((role, entry),) = state.decisions.entered.items()
    decision, _, report = entry.decision.partition("/")
    now = (describe_decision(state, decision, report), state.stage, list_dependents(state, decision, report))
    if now != (entry.was, entry.stage, entry.void):
        return []
    kind = "reverse-decision"
    return [OpenTask(key=kind, kind=kind, role=_OTHER[role], since=state.since)]


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_reverse,)
