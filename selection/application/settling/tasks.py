"""Who is awaited where one of two people has entered what to do about a panel: the other, while it is the same."""

from selection.application.settling.shortage import describe_panel
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.process.room import Tasks
from selection.process.task import OpenTask

_OTHER = {Role.OFFICER.value: Role.SUPERVISOR, Role.SUPERVISOR.value: Role.OFFICER}


def _settle(state: ApplicationState) -> list[OpenTask]:
    if not state.settling:
        return []
    basis, since = describe_panel(state), state.since
    entered = [role for role, entry in state.settling.items() if entry.basis == basis and role in _OTHER]
    if len(entered) != 1 or since is None or state.ended:
        return []
    return [
        OpenTask(key="settle-panel", kind="settle-panel", role=_OTHER[role], since=since) for role in entered
    ]


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_settle,)
