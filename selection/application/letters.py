"""How the letters of an application are addressed: each names its round and number, centre and host unit."""

import re
from collections.abc import Iterable
from typing import Protocol

from selection.application.co_builders import people_of_co_builders
from selection.application.state import ApplicationState
from selection.application.submission import AskedToConfirm
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.process.letter import Letter, Writer, letters_to, params_of

_LINK = re.compile(r"://|@|\w\.\w")
"""What a mail program might make a link of. Who follows one, or whose program does, is known to who wrote it."""


class Asks(Protocol):
    """An event that may ask co-builders to confirm."""

    @property
    def asked(self) -> AskedToConfirm | None:
        """Who is asked, and until when."""


def to(people: Iterable[str], template: str, state: ApplicationState, **params: str) -> list[Letter]:
    """Return a letter about the application to each of these people, who may all see what it is called."""
    return to_outsiders(people, template, state, **params, **_names(state))


def to_outsiders(
    people: Iterable[str], template: str, state: ApplicationState, **params: str
) -> list[Letter]:
    """Return a letter to each of these people, to whom nothing but the application's number shows."""
    return letters_to(people, template, {"round": state.round, **params, "application": state.number})


def _names(state: ApplicationState) -> dict[str, str]:
    """Return the names of centre and host unit, as far as there are any that cannot be taken for a link."""
    if state.submission is None:
        return {}
    host = state.submission.host
    found = {
        "centre_en": state.submission.name_en,
        "centre_zh": state.submission.name_zh,
        "host_en": host.name_en,
        "host_zh": host.name_zh,
    }
    return {place: name for place, name in found.items() if name and not _LINK.search(name)}


def agent(template: str, **fields: str) -> Writer[ApplicationState]:
    """Return a writer of one letter to the applicant's agent, with parameters read off the event."""

    def write(event: Event, state: ApplicationState) -> list[Letter]:
        people = [state.agent] if state.agent else []
        return to(people, template, state, **params_of(event, fields))

    return write


def each(*writers: Writer[ApplicationState]) -> Writer[ApplicationState]:
    """Return a writer of all that these write."""
    return lambda event, state: [letter for write in writers for letter in write(event, state)]


def co_builders(template: str, **fields: str) -> Writer[ApplicationState]:
    """Return a writer of one letter to each who acts for a co-builder, with parameters read off the event."""

    def write(event: Event, state: ApplicationState) -> list[Letter]:
        return to(people_of_co_builders(state), template, state, **params_of(event, fields))

    return write


def tell_co_builders_end(event: Event, state: ApplicationState) -> list[Letter]:
    """Write to each who acts for a co-builder how the application ended."""
    return to(people_of_co_builders(state), "co-building-ended", state, outcome=state.outcome)


def ask_co_builders(event: Asks, state: ApplicationState) -> list[Letter]:
    """Write to those whom an event asks to confirm, and remind them as long as it waits for their unit."""
    asked, letters = event.asked, list[Letter]()
    if asked is None:
        return []
    for unit, people in asked.people.items():
        for first in to(people, "co-building-asked", state, until=asked.until.isoformat()):
            task = f"confirm/{unit}"
            letters += [first, *reminders(first, asked.remind, "co-building-reminder", task)]
    return letters


def reminders(first: Letter, instants: Iterable[Instant], template: str, task: str) -> list[Letter]:
    """Return the reminders that follow a letter, each sent only while the task is open."""
    return [
        first.model_copy(
            update={"key": f"{template}/{first.to}/{count}", "template": template, "due": due, "task": task}
        )
        for count, due in enumerate(instants, start=1)
    ]
