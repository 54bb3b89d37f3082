"""What an application waits for of several people together: those above them are told once of all, not once of each."""

from collections.abc import Iterable

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.process.ladder import BY_LETTERS_THAT_WAIT
from selection.process.task import OpenTask

_AWAITED = {"answer-invitation": ("invited",), "review": ("invited", "accepted")}
"""In which seats something is still missing that was due on a day on which a seat was lost by silence."""


def put_together(state: ApplicationState, tasks: Iterable[OpenTask]) -> list[OpenTask]:
    """Return the tasks with one for all of a kind of which people are reminded by letters that wait.

    Of seats that is the first day on which one was lost by silence since experts of a draw were seated: whoever was
    invited in its place has days of their own, but what was due by then is still missing.
    """
    alone, confirming = list[OpenTask](), list[OpenTask]()
    for task in tasks:
        if task.kind == "confirm-co-building":
            confirming.append(task)
        elif task.kind not in BY_LETTERS_THAT_WAIT:
            alone.append(task)
    of_all = [task.with_(key="co-building", unit=None) for task in confirming[:1]]
    return [*alone, *of_all, *_list_of_panel(state)]


def _list_of_panel(state: ApplicationState) -> list[OpenTask]:
    waiting = {seat.status for seat in state.seats} if state.in_review else set[str]()
    return [
        OpenTask(key=f"panel/{kind}", kind=kind, role=Role.EXPERT, since=missed, until=missed)
        for kind, missed in state.missed.items()
        if not waiting.isdisjoint(_AWAITED[kind])
    ]
