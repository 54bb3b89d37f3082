"""How much of the register is decided by one message, and how more than that is told apart."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import to_json

AT_ONCE = 100
"""So many registrations are decided together, well within the three seconds that a decision may take."""
BYTES_AT_ONCE = 40_000
"""The most that they take of a message, which also holds who acts and why."""

T = TypeVar("T", bound=BaseModel)


def split_to_fit(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Yield all of these, in their order, in parts that each fit into one message."""
    part, size = list[T](), 0
    for item in items:
        more = len(to_json(item)) + 1
        if part and (len(part) == AT_ONCE or size + more > BYTES_AT_ONCE):
            yield tuple(part)
            part, size = [], 0
        part.append(item)
        size += more
    if part:
        yield tuple(part)
