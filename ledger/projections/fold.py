"""What the record needs of the core: fold a stream, and read rows, tasks and letters off its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from selection.kernel.leaf import Leaf
from selection.letters.writing import Outgoing, list_outgoing
from selection.projections.open_tasks import OpenTask, tasks_of
from selection.projections.rows import deadlines_of, row_of
from selection.streams import aggregate


class Folding(Protocol):
    """One kind of stream as `selection.decision.aggregate` defines it."""

    @property
    def initial(self) -> Any:
        """A function from the stream's id to its state before the first entry."""

    def evolve(self, state: Any, leaf: Leaf) -> Any:
        """Return the state after one recorded leaf."""

    def load(self, text: str) -> Any:
        """Return the state from its JSON text."""

    def dump(self, state: Any) -> str:
        """Return the state's JSON text."""


class Fold(Protocol):
    """The pure functions of the core that projections and letters are made by."""

    def aggregate(self, stream: str) -> Folding:
        """Return the kind of a stream; an unknown kind raises an error."""

    def row_of(self, state: Any) -> BaseModel | None:
        """Return the row that lists show."""

    def tasks_of(self, state: Any) -> Sequence[OpenTask]:
        """Return the open tasks."""

    def deadlines_of(self, state: Any) -> dict[str, datetime]:
        """Return a round's deadlines in force."""

    def list_outgoing(self, before: Any, leaf: Leaf, after: Any) -> Sequence[Outgoing]:
        """Return the letters, messages and wakes that one leaf causes."""


@dataclass(frozen=True)
class CoreFold:
    """The core's own functions."""

    aggregate: Any
    row_of: Any
    tasks_of: Any
    deadlines_of: Any
    list_outgoing: Any


def core_fold() -> Fold:
    """Return the functions of `selection`."""
    return CoreFold(aggregate, row_of, tasks_of, deadlines_of, list_outgoing)
