"""A ranking that is filled in page by page: what a page showed, where each application stands, and the ways there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from starlette.datastructures import FormData

from portal.forms.typed import Typed, read_typed
from portal.pages.rounds.boards import BoardNotes
from portal.routing import text_of
from portal.shown.listing import read_number
from portal.visit import Visit

SEEN = "seen"
LONGEST, DIGITS = 4_000, 6
"""Characters of the numbers that a page shows, and of a page's number."""


class Paging(NamedTuple):
    """Which page of a ranking is shown, of how many of `size`, and on which each application stands."""

    page: int
    last: int
    size: int
    of: Mapping[str, int]

    @property
    def rows(self) -> slice:
        """Where its page begins and ends in the ranking."""
        return slice((self.page - 1) * self.size, self.page * self.size)


def find_page(numbers: Sequence[str], notes: BoardNotes, page: int, size: int) -> Paging:
    """Return the page that is asked for; where a field has a fault, the first such field's."""
    of = {number: place // size + 1 for place, number in enumerate(numbers)}
    last = max(1, -(-len(numbers) // size))
    faulty = [of[number_in(name)] for name, _ in notes.faults if number_in(name) in of]
    return Paging(faulty[0] if faulty else min(page, last), last, size, of)


def lead_to_faults(visit: Visit, notes: BoardNotes, paging: Paging) -> BoardNotes:
    """Return the notes with the way to the page of each fault whose field stands on another one."""

    def lead(name: str) -> str:
        on = paging.of.get(number_in(name), paging.page)
        return name if on == paging.page else f"{visit.request.url.path}?page={on}#{name}"

    return replace(notes, faults=[(lead(name), sentence) for name, sentence in notes.faults])


def merge_seen(before: Typed, form: FormData, beginnings: tuple[str, ...]) -> Typed:
    """Return what was typed before with what a page of the ranking says now of those whom it showed."""
    seen = set(text_of(form, SEEN, LONGEST).split())
    kept = {name: values for name, values in before.items() if number_in(name) not in seen}
    typed = read_typed(form, beginnings).items()
    return kept | {name: values for name, values in typed if number_in(name) in seen}


def read_asked(form: FormData, name: str) -> int:
    """Return the page that a field of a form names; 1 where it names none."""
    return read_number(text_of(form, name, DIGITS))


def number_in(name: str) -> str:
    """Return the number of the application that a field is about."""
    return name.partition(".")[2]
