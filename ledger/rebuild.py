"""Rebuild every projection from the log and compare: they are caches, and this is the proof."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from psycopg.rows import DictRow, dict_row

from ledger.database.error_translation import translate_errors
from ledger.database.queries import load_queries
from ledger.database.store import OWNER_ROLE, SESSION, Connection, milliseconds, open_session
from ledger.projections.fold import Fold, core_fold
from ledger.projections.rows import QUERIES as PROJECTIONS, project_rows
from selection.kernel.leaf import Leaf

QUERIES = load_queries("rebuild")
BULK_LIMIT = timedelta(minutes=10)
PAGE = 2000


@dataclass(frozen=True)
class Statement:
    """A query with its parameters, to be run in the rebuild's transaction."""

    query: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Rebuilt:
    """Digest and number of rows per projection, before and after; `entries` is what was folded."""

    before: dict[str, tuple[str, int]]
    after: dict[str, tuple[str, int]]
    entries: int

    @property
    def equal(self) -> bool:
        """Tell whether the projections were what the log says."""
        return self.before == self.after


async def rebuild(url: str, *, fold: Fold | None = None, keep: bool = True) -> Rebuilt:
    """Replace all projections by what the log says, in one transaction, while appends wait or time out.

    `url` is the migrator's, who may become the owner. With `keep` false nothing is changed, only compared. The
    outbox is left alone: it remembers what was sent.
    """
    connection = await open_session(url, OWNER_ROLE)
    with translate_errors():
        async with connection, connection.transaction(force_rollback=not keep):
            limit = {"statement_timeout": milliseconds(BULK_LIMIT)}
            await connection.execute(SESSION["allow_long_statement"], limit)
            await connection.execute(QUERIES["exclude_appends"])
            before = await _digests(connection)
            await connection.execute(QUERIES["clear"])
            await connection.execute(PROJECTIONS["rebuild_register"])
            folded = await _fold_all(connection, fold or core_fold())
            return Rebuilt(before, await _digests(connection), folded)


async def _digests(connection: Connection) -> dict[str, tuple[str, int]]:
    rows = await (await connection.execute(QUERIES["digest"])).fetchall()
    return {row["name"]: (row["sha256"], int(row["n"])) for row in rows}


async def _fold_all(connection: Connection, fold: Fold) -> int:
    """Fold the log stream by stream, holding one state at a time, and write its projections."""
    folded, open_stream, state = 0, None, None
    async for page in _pages(connection):
        statements: list[Statement] = []
        for stream, rows in groupby(page, key=lambda row: (row["log"], row["stream"])):
            if open_stream is not None and open_stream[:2] != stream:
                statements += _project_state(fold, open_stream, state)
                open_stream = None
            for row in rows:
                leaf = Leaf.model_validate_json(row["body"])
                folded += 1
                if open_stream is None:
                    state = fold.aggregate(leaf.stream).initial(leaf.stream)
                state = fold.aggregate(leaf.stream).evolve(state, leaf)
                open_stream = (*stream, leaf.version)
        await _run(connection, statements)
    if open_stream is not None:
        await _run(connection, _project_state(fold, open_stream, state))
    return folded


async def _pages(connection: Connection) -> AsyncIterator[list[DictRow]]:
    async with connection.cursor("rebuild", row_factory=dict_row) as cursor:
        await cursor.execute(QUERIES["read_all_entries"])
        while page := await cursor.fetchmany(PAGE):
            yield page


def _project_state(fold: Fold, place: tuple[str, str, int], state: Any) -> list[Statement]:
    return [Statement(PROJECTIONS["project_stream"], project_rows(fold, *place, state))]


async def _run(connection: Connection, statements: list[Statement]) -> None:
    async with connection.pipeline():
        for statement in statements:
            await connection.execute(statement.query, statement.params)
