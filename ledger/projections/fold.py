"""What the record needs of the core: fold a stream, and read rows, tasks and letters off its state."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
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

    @property
    def version(self) -> str:
        """The version of the code: what code of another one folded and projected is not read, but made anew."""

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

    @property
    def version(self) -> str:
        """A digest of all that the folded states, rows and tasks follow from."""
        return _digest_core()


def core_fold() -> Fold:
    """Return the functions of `selection`."""
    return CoreFold(aggregate, row_of, tasks_of, deadlines_of, list_outgoing)


@cache
def _digest_core() -> str:
    return digest_sources((files("selection"), files("ledger") / "projections"))


def digest_sources(folders: Iterable[Traversable]) -> str:
    """Return a digest of every module below these folders, by name and content.

    A number that somebody has to raise would be forgotten at the one change that no test looks at. Raises
    FileNotFoundError where there are no sources, as all versions would be one then.
    """
    digest = sha256()
    modules = [
        f"{name}\0{sha256(body).hexdigest()}\0" for place in folders for name, body in _list_modules(place)
    ]
    if not modules:
        raise FileNotFoundError("the sources of the core are needed, to know what was folded by others")
    for module in modules:
        digest.update(module.encode())
    return digest.hexdigest()[:16]


def _list_modules(place: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(place.iterdir(), key=lambda item: item.name):
        name = f"{path}/{item.name}"
        if item.is_dir():
            yield from _list_modules(item, name)
        elif name.endswith(".py"):
            yield name, item.read_bytes()
