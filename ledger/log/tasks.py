"""Tasks as they are asked for and read: rows, pages, counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ConfigDict

from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class TaskRow(Frozen):
    """A task that waits now, with the round and stream it belongs to."""

    log: str
    stream: str
    key: str
    kind: str
    role: Role
    person: str | None
    unit: str | None
    since: Instant
    until: Instant | None

    @property
    def by_role(self) -> bool:
        """Tell whether it waits for whoever holds a role, and for no person or unit."""
        return self.person is None and self.unit is None


class AwaitedTask(TaskRow):
    """One that waits for somebody, with the hash of its application's row if it waits for a role, else of its state.

    `mark` is None of what is done elsewhere than on an application.
    """

    model_config = ConfigDict(val_json_bytes="hex")

    mark: bytes | None


class DatedTask(NamedTuple):
    """What a task of an application is and by when; of many of them no more is read."""

    stream: str
    kind: str
    since: datetime
    until: datetime | None


class LateCount(Frozen):
    """How many tasks of a person or a unit are overdue, and since when the first of them is."""

    role: Role
    person: str | None
    unit: str | None
    overdue: int
    until: Instant


class TaskCount(Frozen):
    """How many tasks of a kind wait for a role, and how many of them are overdue."""

    kind: str
    role: Role
    open: int
    overdue: int


class WaitsFor(NamedTuple):
    """For whom tasks wait: a person, and the roles and units that they have in rounds.

    With `applies` those for any unit of applicants are among them: which of them is the person's, SQL can't tell.
    """

    person: str
    roles: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    applies: bool

    def params(self) -> dict[str, Any]:
        """Return what the query takes."""
        return {
            "person": self.person,
            "logs": [log for log, _ in self.roles],
            "roles": [role for _, role in self.roles],
            "unit_logs": [log for log, _ in self.units],
            "units": [unit for _, unit in self.units],
            "applies": self.applies,
        }


class TasksAsked(Frozen):
    """Which page of somebody's tasks: of a kind and a round if they are named, of so many unless all are asked for."""

    kind: str = ""
    round: str = ""
    sort: str = ""
    page: int = 1
    limit: int | None = None


class TaskPage(NamedTuple):
    """Tasks, each as the JSON text of an AwaitedTask; how many there are on all pages, and of what.

    `mark` is the hash over those of all rounds' states at that moment, in the order of their streams.
    """

    total: int
    kinds: tuple[str, ...]
    rounds: tuple[str, ...]
    tasks: tuple[str, ...]
    mark: bytes


class RoundTasksAsked(Frozen):
    """Which page of a round's tasks: of a kind, a role and a person or unit if they are named, `late` for overdue ones.

    `sort` is `since`, `-since` or `-until`; anything else is the order of urgency.
    """

    kind: str = ""
    role: str = ""
    who: str = ""
    late: bool = False
    sort: str = ""
    page: int = 1
    limit: int


class RoundTaskPage(NamedTuple):
    """Tasks of a round; how many there are on all pages, and of what kinds, roles, people and units all tasks are.

    `late` tells that one of all is overdue.
    """

    total: int
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    whos: tuple[str, ...]
    late: bool
    tasks: tuple[TaskRow, ...]
