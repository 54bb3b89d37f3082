"""Who is awaited in a state, since when and until when: pure functions, so projections can be rebuilt from the log."""

from selection.application.state import ApplicationState
from selection.application.waiting import tasks_of_application
from selection.archive.state import ArchiveState
from selection.decision.stream_state import StreamState
from selection.process.task import OpenTask as OpenTask
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState
from selection.round.tasks import tasks_of_round


def tasks_of(state: StreamState) -> tuple[OpenTask, ...]:
    """Return what is awaited now, of whom, since when and until when."""
    match state:
        case ApplicationState():
            return tasks_of_application(state)
        case RoundState():
            return tuple(tasks_of_round(state))
        case ListState() | ArchiveState() | RegisterState():
            return ()
    raise TypeError(type(state).__name__)
