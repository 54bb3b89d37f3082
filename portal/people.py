"""People as pages call them: by their names where the visitor may know them, else by their ids."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from portal.visit import Visit
from portal.wording.doing.any_act import WORDS
from reading.models import ShownEntry
from selection.kernel.counting import fill
from selection.refusals import people as in_refusals
from selection.timeline.people import list_people


class PersonNames(dict[str, str]):
    """What people are called, by id; whoever has no name here is called by their id."""

    def __missing__(self, person: str) -> str:
        return person


async def call_people(
    visit: Visit, stream: str, people: Iterable[str | None], *, apart: bool = True
) -> PersonNames:
    """Return what people are called whom a page of this stream shows to the visitor.

    Those of one name are told `apart` by their ids, which a page that shows all ids does not need.
    """
    found = await visit.reads.register.call_people(visit.subject, stream, filter(None, people))
    return tell_apart(found, visit.language) if apart else PersonNames(found)


async def call_all(visit: Visit, stream: str, entries: Sequence[ShownEntry], *others: str) -> PersonNames:
    """Return what the people are called whom these entries name, and these others."""
    named = {person for entry in entries for person in list_people(entry.view)}
    return await call_people(visit, stream, {*named, *others})


async def call_refused(
    visit: Visit, stream: str, refusals: Sequence[Mapping[str, str]]
) -> list[Mapping[str, str]]:
    """Return the parameters of refusals with what the people in them are called, as far as the visitor may know."""
    people = {person for params in refusals for person in in_refusals.list_people(params)}
    called = await call_people(visit, stream, people) if people else PersonNames()
    return [in_refusals.call_people(params, called) for params in refusals]


def tell_apart(found: Mapping[str, str], language: str) -> PersonNames:
    """Return names by id, with the id behind each name that several people have."""
    shared = Counter(found.values())
    return PersonNames(
        {
            person: name if shared[name] == 1 else with_id(name, person, language)
            for person, name in found.items()
        }
    )


def tell_against(name: str, text: str, language: str) -> str:
    """Return a text about somebody with their name, in words by which nobody takes it for what they said."""
    return fill(WORDS["against"][language == "zh"], {"name": name, "text": text})


def with_id(name: str, person: str, language: str) -> str:
    """Return a name with the id behind it."""
    return f"{name}（{person}）" if language == "zh" else f"{name} ({person})"
