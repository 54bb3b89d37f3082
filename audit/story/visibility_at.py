"""What a person could see of an application at a point of its story, by the one visibility table.

The person's roles, seats and units are those of the record at that point, not at its end. The table is this
version's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audit.story.story import Entry, Situation, Story
from selection.decision.facts import PersonFact
from selection.decision.stream_state import StreamState
from selection.process.task import date_tasks
from selection.projections.open_tasks import OpenTask, tasks_of
from selection.projections.rows import row_of
from selection.round.state import rules_of
from selection.streams import round_stream
from selection.timeline.events import mentions
from selection.visibility.entry_view import EntryView
from selection.visibility.reading import view_entry, visible_row, visible_tasks
from selection.visibility.viewer import Standing, Viewer, relation


class NobodyKnown(Exception):
    """The bundle registers nobody of this id at any time; `kept` tells whether it holds the register at all."""

    def __init__(self, *, kept: bool) -> None:
        super().__init__("nobody of this id is registered")
        self.kept = kept


@dataclass(frozen=True)
class PersonView:
    """What shows to a person: the row, the entries with their places in the log, contents, and tasks.

    `fact` is the registration in force then, None before the first; `row` is None when the person could not know
    that the application exists; `contents` holds the ids of stored texts and files with the field that names them.
    """

    person: str
    fact: PersonFact | None
    standings: tuple[Standing, ...]
    row: dict[str, object] | None
    events: tuple[tuple[int, EntryView], ...]
    contents: dict[str, str]
    tasks: tuple[OpenTask, ...]


def view_as(story: Story, then: Situation, person: str) -> PersonView:
    """Return what the person could see at the situation. Raises NobodyKnown."""
    register = story.register
    if not register.known or not register.knows(person):
        raise NobodyKnown(kept=register.known)
    fact = register.person_at(person, then.moment)
    if fact is None:
        return PersonView(person, None, (), None, (), {}, ())
    viewer = _viewer(then.state, person, fact, then)
    events = sorted((*_own(then, viewer), *_beside(then, person, fact)), key=lambda item: item[0])
    return PersonView(
        person=person,
        fact=fact,
        standings=tuple(sorted(viewer.standings)),
        row=visible_row(row_of(then.state), viewer),
        events=tuple(events),
        contents=dict(found for _, view in events for found in _find_references(view)),
        tasks=visible_tasks(date_tasks(tasks_of(then.state), then.round.deadlines), viewer),
    )


def _viewer(state: StreamState, person: str, fact: PersonFact, then: Situation) -> Viewer:
    return relation(state, person, fact, rules_of(then.round), then.round.delegations)


def _own(then: Situation, viewer: Viewer) -> Iterator[tuple[int, EntryView]]:
    for entry in then.entries:
        view = view_entry(entry.leaf, viewer, then.state)
        if view is not None:
            yield entry.seq, view


def _beside(then: Situation, person: str, fact: PersonFact) -> Iterator[tuple[int, EntryView]]:
    """Yield what the round and the lists recorded about the application, as far as it shows."""
    states: dict[str, StreamState] = {item.stream: item for item in then.lists()}
    states[round_stream(then.state.round)] = then.round
    viewers = {stream: _viewer(state, person, fact, then) for stream, state in states.items()}
    for entry in then.beside:
        yield from _about(entry, states[entry.leaf.stream], viewers[entry.leaf.stream], then.state.number)


def _about(entry: Entry, state: StreamState, viewer: Viewer, number: str) -> Iterator[tuple[int, EntryView]]:
    view = view_entry(entry.leaf, viewer, state)
    if view is not None and mentions(view["data"], number):
        yield entry.seq, view


def _find_references(view: EntryView) -> Iterator[tuple[str, str]]:
    yield from _references(view["actor"].get("reason"), "reason")
    yield from _references(view["data"], "")


def _references(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield the id of every reference with the path of the field that holds it."""
    if isinstance(value, dict) and value.keys() == {"id", "sha256"}:
        yield value["id"], place
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _references(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, place)
