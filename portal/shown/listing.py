"""Long lists: filtered, sorted and cut into pages on the server, as the address says, so that each view has one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

T = TypeVar("T")
ON_A_PAGE = 25
SEARCHED_AT_MOST = 100
"""Characters that are searched for."""


@dataclass(frozen=True)
class Columns(Generic[T]):
    """What a list can be sorted by (name -> key), filtered by (name -> value of a row), and searched in."""

    sorts: Mapping[str, Callable[[T], Any]]
    filters: Mapping[str, Callable[[T], str]]
    words: Callable[[T], Iterable[str]]


@dataclass(frozen=True)
class Listing(Generic[T]):
    """One page of a list. `found` are the rows of all pages, `choices` the values there are for each filter."""

    path: str
    rows: Sequence[T]
    found: Sequence[T]
    page: int
    pages: int
    asked: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]
    counted: int | None = None
    """How many were found where only the rows of this page were read."""

    @property
    def total(self) -> int:
        """How many were found."""
        return len(self.found) if self.counted is None else self.counted

    def address(self, **changed: object) -> str:
        """Return the address of this list with other words in it; without a page, that of the first."""
        words = {**self.asked, **{name: str(value) for name, value in changed.items()}}
        kept = {name: value for name, value in words.items() if value}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path


def cut(path: str, asked: QueryParams, rows: Iterable[T], columns: Columns[T]) -> Listing[T]:
    """Return the page of the rows that an address asks for. What it asks for in vain counts as not asked.

    Sorting keeps the given order among equals; a name with `-` before it sorts downwards.
    """
    found = list(rows)
    choices = {name: sorted({value(row) for row in found} - {""}) for name, value in columns.filters.items()}
    words = {name: asked.get(name, "") for name in columns.filters}
    words = {name: value for name, value in words.items() if value in choices[name]}
    for name, wanted in words.items():
        found = [row for row in found if columns.filters[name](row) == wanted]
    query = asked.get("q", "").strip()[:SEARCHED_AT_MOST]
    if query:
        found = [row for row in found if _holds(columns.words(row), query)]
        words["q"] = query
    sort = asked.get("sort", "")
    if sort.removeprefix("-") in columns.sorts:
        found.sort(key=columns.sorts[sort.removeprefix("-")], reverse=sort.startswith("-"))
        words["sort"] = sort
    pages = count_pages(len(found))
    page = min(pages, read_page(asked))
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Listing(path, shown, found, page, pages, words, choices)


def _holds(words: Iterable[str], query: str) -> bool:
    text = "\n".join(words).casefold()
    return all(part in text for part in query.casefold().split())


def count_pages(rows: int) -> int:
    """Return how many pages so many rows take."""
    return max(1, -(-rows // ON_A_PAGE))


def read_page(asked: QueryParams) -> int:
    """Return the page that an address asks for, the first where it names none."""
    return read_number(asked.get("page", ""))


def read_number(text: str) -> int:
    """Return the number of a page, the first where the text is none."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
