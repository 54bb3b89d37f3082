"""How the letters of an application are addressed: each names its round and number, centre and host unit.

Of its end everyone is told who had to do with it, each as far as the visibility table shows it: the applicant with the
grounds or the place, who recommended it and who objected to it with the outcome, and those who worked on it that
nothing more is asked of them.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from selection.application.co_builders import people_of_co_builders
from selection.application.review_request import REVIEWABLE
from selection.application.state import ApplicationState
from selection.application.submission import AskedToConfirm
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.process.letter import Broadcast, Letter, Writer, letters_to, params_of

_LINK = re.compile(r"://|@|\w\.\w")
"""What a mail program might make a link of. Who follows one, or whose program does, is known to who wrote it."""


class Asks(Protocol):
    """An event that may ask co-builders to confirm."""

    @property
    def asked(self) -> AskedToConfirm | None:
        """Who is asked, and until when."""


def to(people: Iterable[str], template: str, state: ApplicationState, **params: str) -> list[Letter]:
    """Return a letter about the application to each of these people, who may see what it is called, or could until now.

    Of a version that they could not see they are told by the state before it.
    """
    named = {"round": state.round, **params, "application": state.number, **_names(state)}
    return letters_to(people, template, named)


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


def tell_ending(template: str, **fields: str) -> Writer[ApplicationState]:
    """Return a writer of what everyone concerned is told of an application's end, the applicant by this letter.

    Who acts for a co-builder is told the outcome; the reasons they read where it is looked at who they are by then.
    """
    tell_agent = agent(template, **fields)

    def write(event: Event, state: ApplicationState) -> list[Letter | Broadcast]:
        outcome = state.outcome
        letters = tell_agent(event, state)
        if outcome in REVIEWABLE and state.since is not None:
            letters = [
                letter.with_(params={**letter.params, **_name_right(state.since)}) for letter in letters
            ]
        recommended = [state.recommended_by] if state.recommended_by else []
        objectors = dict.fromkeys(item.objector for item in state.objections.values())
        return [
            *letters,
            *tell_co_builders_end(event, state),
            *to(recommended, "recommended-ended", state, outcome=outcome),
            *to(objectors, "objected-ended", state, outcome=outcome),
            *to(_list_workers(state), "part-over", state),
        ]

    return write


def _name_right(ended: Instant) -> dict[str, str]:
    """Return what has a letter of the end tell the right to a review, within the round's days from then."""
    return {"reviewable_since": ended.isoformat()}


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


def _list_workers(state: ApplicationState) -> tuple[str, ...]:
    """Return who reviewed, surveyed or still examines, without those who gave it up."""
    seated = [seat.expert for seat in state.seats if seat.status != "empty"]
    team = [person for person in state.team if person not in state.former]
    examiners = [person for item in state.open_objections.values() for person in item.examiners]
    return tuple(dict.fromkeys((*seated, *team, *examiners)))


def reminders(first: Letter, instants: Iterable[Instant], template: str, task: str) -> list[Letter]:
    """Return the reminders that follow a letter, each sent only while the task is open."""
    return [
        first.model_copy(
            update={"key": f"{template}/{first.to}/{count}", "template": template, "due": due, "task": task}
        )
        for count, due in enumerate(instants, start=1)
    ]
