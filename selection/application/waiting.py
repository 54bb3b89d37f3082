"""Who is awaited in an application, put together from its rooms."""

from selection.application.reversing.tasks import list_reversal_tasks
from selection.application.review.tasks import list_report_tasks
from selection.application.rooms import ROOMS
from selection.application.state import ApplicationState
from selection.kernel.stages import Stage
from selection.process.room import Tasks
from selection.process.task import OpenTask, with_since

_BY_STAGE: dict[str, Tasks[ApplicationState]] = {
    stage: made for room in ROOMS for stage, made in room.tasks.items()
}
_IN_ANY = tuple(made for room in ROOMS for made in room.side_tasks)


def tasks_of_application(state: ApplicationState) -> tuple[OpenTask, ...]:
    """Return what is awaited now; raise ValueError for a stage of which no room says it."""
    return tuple(with_since(list_tasks(state), state.since_of))


def list_tasks(state: ApplicationState) -> tuple[OpenTask, ...]:
    """Return what is awaited now, as its rooms say; raise ValueError for a stage of which none says it."""
    if state.since is None:
        return ()
    of_stage = _BY_STAGE.get(state.stage)
    if of_stage is None:
        raise ValueError(state.stage)
    if state.ended and not state.fresh_panel:
        # What a request for review is about is reversed by nobody before it is decided.
        reversals = () if state.requested else list_reversal_tasks(state)
        return (*of_stage(state), *list_report_tasks(state), *reversals)
    if state.fresh_panel:
        return (*of_stage(state), *_BY_STAGE[Stage.REVIEW](state), *list_report_tasks(state))
    besides = (task for made in _IN_ANY for task in made(state))
    return (*of_stage(state), *besides)
