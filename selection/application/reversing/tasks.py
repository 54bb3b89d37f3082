"""Who is awaited where somebody entered that a decision is to be reversed: the other post, while it still counts."""

from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.process.decisions import EnteredReversal
from selection.process.room import Tasks
from selection.process.task import OpenTask

_OTHER = {Role.OFFICER.value: Role.SUPERVISOR, Role.SUPERVISOR.value: Role.OFFICER}


def list_reversal_tasks(state: ApplicationState) -> list[OpenTask]:
    """Return for each decision that one post would reverse that the other is awaited, while that still counts."""
    if state.since is None or not state.decisions.entered:
        return []

    def is_current(entry: EnteredReversal) -> bool:
        decision, _, of = entry.decision.partition("/")
        was, void = describe_decision(state, decision, of), list_dependents(state, decision, of)
        return (was, state.stage, void) == (entry.was, entry.stage, entry.void)

    kind = "reverse-decision"
    return [
        OpenTask(key=f"{kind}/{entry.decision}", kind=kind, role=_OTHER[role], since=state.since)
        for role, entry in state.decisions.list_waiting(is_current)
        # A state is folded of a record that was tampered with, too.
        if role in _OTHER
    ]


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (list_reversal_tasks,)
