"""Project again what other code projected, or everything: projections are caches, and a rebuild is the proof."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from ledger.database.error_translation import translate_errors
from ledger.database.queries import load_queries
from ledger.database.store import OWNER_ROLE, SESSION, Connection, milliseconds, open_session
from ledger.projections.fold import Fold, core_fold
from ledger.projections.renewal import Renewal, read_on
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
class RenewalCount:
    """How many streams were projected again, and how many were left, where something was recorded or lost meanwhile."""

    streams: int
    left: int = 0


@dataclass(frozen=True)
class Rebuilt:
    """Digest and number of rows per projection, before and after; `entries` is what was folded.

    `renewed` is how many streams other code had projected. They count as this code projects them, before as well: what
    differs then was written by no program of ours.
    """

    before: dict[str, tuple[str, int]]
    after: dict[str, tuple[str, int]]
    entries: int
    renewed: int

    @property
    def equal(self) -> bool:
        """Tell whether the projections were what the log says."""
        return self.before == self.after


async def count_foreign(url: str, *, fold: Fold | None = None) -> int:
    """Return how many streams other code projected, by any login that reads."""
    with translate_errors():
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            cursor = connection.cursor(row_factory=dict_row)
            asked = {"fold": (fold or core_fold()).version}
            row = await (await cursor.execute(PROJECTIONS["count_foreign"], asked)).fetchone()
            return int(row["n"]) if row else 0


async def renew_projections(url: str, *, fold: Fold | None = None, spare: bool = False) -> RenewalCount:
    """Project every stream again that other code projected, one at a time, while acts go on.

    `url` is the migrator's, who may become the owner. A stream that moves meanwhile is left to whoever moved it. With
    `spare` those are left out that were projected by code without a version, which could not read what stands then.
    """
    chosen = fold or core_fold()
    connection = await open_session(url, OWNER_ROLE)
    with translate_errors():
        async with connection:
            return await _renew_all(connection, chosen, spare=spare)


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
            chosen = fold or core_fold()
            renewed = await _renew_all(connection, chosen)
            before = await _digests(connection)
            await connection.execute(QUERIES["clear"])
            await connection.execute(PROJECTIONS["rebuild_register"])
            folded = await _fold_all(connection, chosen)
            return Rebuilt(before, await _digests(connection), folded, renewed.streams)


async def _renew_all(connection: Connection, fold: Fold, *, spare: bool = False) -> RenewalCount:
    renewal, after, done, left = Renewal(read_on(connection), fold), "", 0, 0
    while True:
        asked = {"fold": fold.version, "after": after, "spare": spare, "limit": PAGE}
        page = await (await connection.execute(PROJECTIONS["list_foreign"], asked)).fetchall()
        if not page:
            return RenewalCount(done, left)
        for row in page:
            after = row["stream"]
            try:
                state = await renewal.fold_anew(after, row["version"])
            except LookupError:
                # Entries were lost: what stands there is reconciled, not projected.
                left += 1
                continue
            params = project_rows(fold, row["log"], after, row["version"], state)
            # The entries were read before the lock: what has moved on since is not touched.
            async with connection.transaction():
                held = await (await connection.execute(PROJECTIONS["hold_stream"], params)).fetchone()
                stood = held is not None and held["stands"]
                if stood:
                    await connection.execute(PROJECTIONS["project_again"], params)
            done, left = done + stood, left + 1 - stood


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
