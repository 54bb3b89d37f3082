"""How the letters of an application are addressed: each names its round and number."""

from collections.abc import Iterable

from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.process.letter import Letter, Writer, letters_to, params_of


def to(people: Iterable[str], template: str, state: ApplicationState, **params: str) -> list[Letter]:
    """Return a letter about the application to each of these people."""
    return letters_to(people, template, {"round": state.round, **params, "application": state.number})


def agent(template: str, **fields: str) -> Writer[ApplicationState]:
    """Return a writer of one letter to the applicant's agent, with parameters read off the event."""

    def write(event: Event, state: ApplicationState) -> list[Letter]:
        people = [state.agent] if state.agent else []
        return to(people, template, state, **params_of(event, fields))

    return write


def reminders(first: Letter, instants: Iterable[Instant], template: str, task: str) -> list[Letter]:
    """Return the reminders that follow a letter, each sent only while the task is open."""
    return [
        first.model_copy(
            update={"key": f"{template}/{first.to}/{count}", "template": template, "due": due, "task": task}
        )
        for count, due in enumerate(instants, start=1)
    ]
