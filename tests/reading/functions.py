"""Every function of the read service, as one person calls it, and what the table says of what comes back."""

import inspect
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from ledger.errors import LedgerError
from ledger.people.register import People
from ledger.record import Ledger
from reading.authentication import LocalAssertion, authenticate
from reading.errors import Hidden
from reading.service import ReadService
from reading.subject import Subject
from selection.decision.facts import PersonFact
from selection.refusals.refused import Refused
from selection.visibility.reading import list_readable, view_entry
from selection.visibility.viewer import STAFF, Viewer, relation
from tests.reading.told import MAIN, STORIES, everybody
from tests.selection.story import ROUND, RULES, Story
from tests.selection.visibility.viewing import strings

Call = Callable[[ReadService, Subject], Awaitable[Any]]

IDS = re.compile("|".join(rf"(?<![\w-]){person}(?![\w-])" for person in everybody()))
CANARY = re.compile(r"canary of ([\w-]+)")
IDENTITY = re.compile(r"(?:Nm|ml|Em)-[\w-]+")


async def first_look(reads: ReadService, subject: Subject) -> Any:
    looks = reads.rounds.watch(subject, ROUND, timedelta(0))
    return await anext(looks)


CALLS: dict[str, Call] = {
    "rounds.list_rounds": lambda reads, who: reads.rounds.list_rounds(who),
    "rounds.get": lambda reads, who: reads.rounds.get(who, ROUND),
    "rounds.get_standings": lambda reads, who: reads.rounds.get_standings(who, ROUND),
    "rounds.get_progress": lambda reads, who: reads.rounds.get_progress(who, ROUND),
    "rounds.watch": first_look,
    "applications.list_of_round": lambda reads, who: reads.applications.list_of_round(who, ROUND),
    "applications.get": lambda reads, who: reads.applications.get(who, MAIN.stream),
    "applications.get_revision": lambda reads, who: reads.applications.get_revision(who, MAIN.stream),
    "applications.get_standings": lambda reads, who: reads.applications.get_standings(who, MAIN.stream),
    "applications.list_timeline": lambda reads, who: reads.applications.list_timeline(who, MAIN.stream),
    "tasks.list_open": lambda reads, who: reads.tasks.list_open(who),
    "tasks.list_open of everybody": lambda reads, who: reads.tasks.list_open(who, everybody=True),
}
"""Name of a part and its function, with a word more where it is called in several ways -> the call."""

OWN = {"rounds.get_standings", "applications.get_standings", "tasks.list_open"}
"""What tells a person of nothing but their own."""


def functions_of(reads: ReadService) -> set[str]:
    """Every public function of every part of the service."""
    return {
        f"{part}.{name}"
        for part, reader in vars(reads).items()
        for name, _ in inspect.getmembers(reader, callable)
        if not name.startswith("_")
    }


async def as_person(people: People, person: str) -> Subject:
    return await authenticate(people, LocalAssertion(person=person), session=f"session of {person}")


async def call(ledger: Ledger, name: str, person: str) -> Any:
    """What the person gets, as JSON values, or None where there is nothing for them."""
    try:
        found = await CALLS[name](ReadService(ledger), await as_person(ledger.people, person))
    except (Hidden, Refused, LedgerError):
        return None
    return plain(found)


def plain(value: Any) -> Any:
    match value:
        case BaseModel():
            return value.model_dump(mode="json", exclude_unset=True)
        case tuple() | list():
            return [plain(item) for item in value]
        case frozenset():
            return sorted(map(str, value))
    return value


def viewer_of(told: Story, person: str, units: dict[str, tuple[str, ...]]) -> Viewer:
    return relation(told.state, person, PersonFact(person=person, roles=units), RULES)


def allowed(person: str, units: dict[str, tuple[str, ...]]) -> tuple[set[str], set[str]]:
    """The people and the contents that the table shows to a person anywhere in the round."""
    people: set[str] = {person}
    contents: set[str] = set()
    for told in STORIES:
        viewer = viewer_of(told, person, units)
        shown = [view for leaf in told.leaves if (view := view_entry(leaf, viewer, told.state)) is not None]
        people |= {found for text in strings(shown) for found in IDS.findall(text)}
        contents |= list_readable(told.leaves, viewer, told.state)
        if not viewer.standings.isdisjoint(STAFF):
            people |= set(everybody())
    return people, contents
