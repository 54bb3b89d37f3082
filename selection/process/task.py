"""What is awaited of somebody, since when and until when: the shape of what a room's `tasks` returns."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.rules.ladder import UNDATED


class OpenTask(Frozen):
    """Something that is awaited of a person, of a unit's agents, or of a role of the round.

    It is due at `until` or with the round's deadline of the name in `deadline`, which an extension moves: the later.
    One with `places` waits for a unit only while its list has fewer, and an application is handed in that nobody
    recommends, of the unit's `region` if it has one: which those are the record knows, and no state.
    """

    key: str
    kind: str
    role: Role
    person: str | None = None
    unit: str | None = None
    since: Instant
    until: Instant | None = None
    deadline: Annotated[str | None, Field(exclude_if=lambda name: name is None)] = None
    region: Annotated[str | None, Field(exclude_if=lambda region: region is None)] = None
    places: Annotated[int | None, Field(exclude_if=lambda places: places is None)] = None


def nobody(state: object) -> list[OpenTask]:
    """Return no task: in this stage an application waits for the round, or for a deadline."""
    return []


def date_tasks(tasks: Iterable[OpenTask], deadlines: Mapping[str, datetime]) -> list[OpenTask]:
    """Return tasks with the instants of the deadlines in force that they are due with."""
    return [task.with_(until=find_date(task, deadlines)) for task in tasks]


def note_since(tasks: Iterable[OpenTask], known: Mapping[str, datetime], at: datetime) -> dict[str, datetime]:
    """Return since when each task waits that no date ends, by key: those that were not `known` before begin now."""
    undated = (task for task in tasks if task.kind in UNDATED)
    return {task.key: max(task.since, known.get(task.key, at)) for task in undated}


def with_since(tasks: Iterable[OpenTask], known: Mapping[str, datetime]) -> list[OpenTask]:
    """Return tasks with since when each waits, as far as that was noted."""
    return [task.with_(since=known[task.key]) if task.key in known else task for task in tasks]


def find_date(task: OpenTask, deadlines: Mapping[str, datetime]) -> datetime | None:
    """Return the date that a task is due by, the later of its own and that of its deadline; None without either."""
    named = None if task.deadline is None else deadlines.get(task.deadline)
    return max((date for date in (task.until, named) if date is not None), default=None)
