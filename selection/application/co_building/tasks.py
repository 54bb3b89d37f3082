"""Who is awaited: each co-builder that was asked to confirm and has not, as long as there is time for it."""

from selection.application.co_builders import list_unconfirmed
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask

_INTAKE = (Stage.SUBMITTED, Stage.RECOMMENDED)
_CHECK = (Stage.CHECKING, Stage.MENDING)


def _confirm(state: ApplicationState) -> list[OpenTask]:
    awaited = state.stage in _INTAKE or (state.stage in _CHECK and state.sent_back)
    if not awaited or state.asked is None or state.since is None:
        return []
    return [
        OpenTask(
            key=task_of(unit),
            kind="confirm-co-building",
            role=Role.APPLICANT,
            unit=unit,
            since=state.since,
            until=state.asked.until,
            deadline="mend" if state.sent_back else "submission",
        )
        for unit in list_unconfirmed(state)
    ]


def task_of(unit: str) -> str:
    """Return the key of a co-builder's task."""
    return f"confirm/{unit}"


SIDE_TASKS: tuple[Tasks[ApplicationState], ...] = (_confirm,)
