"""Who is awaited in a state, since when and until when: pure functions, so projections can be rebuilt from the log."""

from selection.application.rooms import ROOMS
from selection.application.state import ApplicationState
from selection.archive.state import ArchiveState
from selection.decision.stream_state import StreamState
from selection.process.room import Tasks
from selection.process.task import OpenTask as OpenTask
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState
from selection.round.tasks import tasks_of_round

_BY_STAGE: dict[str, Tasks[ApplicationState]] = {
    stage: made for room in ROOMS for stage, made in room.tasks.items()
}
_IN_ANY = tuple(made for room in ROOMS for made in room.side_tasks)


def tasks_of(state: StreamState) -> tuple[OpenTask, ...]:
    """Return what is awaited now, of whom, since when and until when."""
    match state:
        case ApplicationState():
            return _application_tasks(state)
        case RoundState():
            return tuple(tasks_of_round(state))
        case ListState() | ArchiveState() | RegisterState():
            return ()
    raise TypeError(type(state).__name__)


def _application_tasks(state: ApplicationState) -> tuple[OpenTask, ...]:
    if state.since is None or state.ended:
        return ()
    of_stage = _BY_STAGE.get(state.stage)
    if of_stage is None:
        raise ValueError(state.stage)
    besides = (task for made in _IN_ANY for task in made(state))
    return (*of_stage(state), *besides)
