"""What waits, as it is read from the record: for somebody, in a round, page by page or all of it."""

from collections.abc import Collection

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.log.tasks import (
    DatedTask,
    LateCount,
    RoundTaskPage,
    RoundTasksAsked,
    TaskCount,
    TaskPage,
    TaskRow,
    TasksAsked,
    WaitsFor,
)
from selection.kernel.actor import Role

QUERIES = load_queries("reading")


class TaskReading:
    """What can be read of tasks that wait."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def task_counts(self, round_: str) -> list[TaskCount]:
        """Return how many tasks of a round wait, by kind and role, the most overdue first."""
        rows = await self._store.rows(QUERIES["count_open_tasks"], {"round": round_})
        return [TaskCount(**row) for row in rows]

    async def late(self, round_: str, limit: int) -> list[LateCount]:
        """Return who has overdue tasks in a round, those with the most first, and not more than so many."""
        rows = await self._store.rows(QUERIES["list_late"], {"round": round_, "limit": limit})
        return [LateCount(**row) for row in rows]

    async def list_awaited(self, waits_for: WaitsFor, asked: TasksAsked) -> TaskPage:
        """Return a page of what waits for somebody, the most urgent first unless another order is asked for."""
        row = await self._store.row(QUERIES["read_awaited"], {**waits_for.params(), **vars(asked)})
        assert row is not None
        return TaskPage(
            total=row["total"],
            kinds=tuple(sorted(row["kinds"])),
            rounds=tuple(sorted(row["rounds"])),
            tasks=tuple(row["tasks"].split("\n")) if row["tasks"] else (),
            mark=bytes(row["mark"]),
        )

    async def read_marked_rows(self, streams: Collection[str]) -> dict[str, tuple[bytes, str]]:
        """Return the rows of applications as text, by stream, each with its hash."""
        rows = await self._store.rows(QUERIES["read_marked_rows"], {"streams": list(streams)})
        return {row["stream"]: (bytes(row["mark"]), row["row"]) for row in rows}

    async def tasks_of_kinds(self, round_: str, kinds: Collection[str]) -> list[DatedTask]:
        """Return the tasks of a round of these kinds."""
        rows = await self._store.rows(QUERIES["read_kinds"], {"log": round_, "kinds": list(kinds)})
        return [DatedTask(**row) for row in rows]

    async def round_tasks(self, round_: str, asked: RoundTasksAsked) -> RoundTaskPage:
        """Return a page of what waits in a round for anybody, the most urgent first unless asked otherwise."""
        params = {"log": round_, **asked.model_dump()}
        rows = await self._store.rows(QUERIES["read_round_tasks"], params)
        names, first = TaskRow.model_fields, rows[0]
        return RoundTaskPage(
            total=first["total"],
            kinds=tuple(sorted(first["kinds"])),
            roles=tuple(sorted(first["roles"])),
            whos=tuple(sorted(first["whos"])),
            late=first["any_late"],
            tasks=tuple(
                TaskRow(**{name: row[name] for name in names}) for row in rows if row["stream"] is not None
            ),
        )

    async def open_tasks(
        self,
        *,
        person: str | None = None,
        role: Role | None = None,
        unit: str | None = None,
        round_: str | None = None,
        mine: str | None = None,
    ) -> list[TaskRow]:
        """Return what waits now, the most urgent first; each filter that is given narrows.

        `mine` leaves out what waits for somebody else by name.
        """
        role_name = None if role is None else role.value
        asked = {"person": person, "role": role_name, "unit": unit, "round": round_, "mine": mine}
        return [TaskRow(**row) for row in await self._store.rows(QUERIES["read_open_tasks"], asked)]
