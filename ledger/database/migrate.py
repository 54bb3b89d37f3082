"""Bring a database to the schema of this version: plain numbered SQL files, each applied once.

`NNNN_pre_*` files are safe while the workers of the former version still run; `NNNN_post_*` files take away
what only those needed, and come after the last of them has stopped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, Literal

import psycopg
from psycopg.rows import tuple_row

from ledger.database.error_translation import translate_errors
from ledger.database.logins import find_users, make_logins
from ledger.database.queries import load_queries, sql_folder
from ledger.database.store import FIRST_CONTACT, milliseconds
from ledger.errors import MigrationWaits, NotMigrated
from runtime.logins import Login

Phase = Literal["pre", "post", "all"]
NAME = re.compile(r"^\d{4}_(pre|post)_[a-z_]+\.sql$")
QUERIES = load_queries("migrate")
WAIT_LIMIT = timedelta(seconds=5)
"""How long a migration waits for a session that holds a table [D]; every act that uses the table waits with it."""


@dataclass(frozen=True)
class Migration:
    """One file: its name is its identity, its hash shows whether it was altered after it was applied."""

    name: str
    text: str

    @cached_property
    def sha256(self) -> str:
        """Return the hash of the file's text."""
        return sha256(self.text.encode()).hexdigest()


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all migrations of this version in order."""
    folder = sql_folder() / "migrations"
    found = sorted((f for f in folder.iterdir() if NAME.match(f.name)), key=lambda f: f.name)
    return tuple(Migration(f.name, f.read_text(encoding="utf-8")) for f in found)


async def migrate(
    url: str, phase: Phase = "all", logins: Mapping[Login, str] | None = None
) -> tuple[str, ...]:
    """Apply what is missing and return its names; a second run changes nothing. Then make the logins, if any.

    Every file is a transaction of its own; of two runs at once each file is applied by one. The user of `url` owns the
    database and may create roles; it need not be a superuser. Raises NotMigrated when an applied file was altered
    since, and for `post` alone before all of `pre` is there; MigrationWaits when another session holds what is to be
    changed, and what `make_logins` raises; what the URLs alone tell, before anything is changed.
    """
    find_users(logins or {})
    with translate_errors():
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(QUERIES["begin_migrating"], {"lock_timeout": milliseconds(WAIT_LIMIT)})
            await connection.execute((sql_folder() / "roles.sql").read_bytes())
            await connection.execute(QUERIES["become_owner"])
            await connection.execute(QUERIES["create_table"])
            if phase == "post":
                await require_migrated(connection)
            missing = _of_phase(phase, await _list_missing(connection))
            applied = [migration.name for migration in missing if await _apply(connection, migration)]
            if logins:
                async with connection.transaction():
                    await connection.execute(QUERIES["lock_migrations"])
                    await connection.execute(QUERIES["become_migrator"])
                    await make_logins(connection, logins)
            return tuple(applied)


async def list_pending(url: str, phase: Phase = "all") -> tuple[str, ...]:
    """Return the names of the phase's migrations that the database lacks, all of them for an empty database."""
    with translate_errors():
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True, connect_timeout=round(FIRST_CONTACT.total_seconds())
        ) as connection:
            return await _list_pending(connection, phase)


async def require_migrated(connection: psycopg.AsyncConnection[Any]) -> None:
    """Raise NotMigrated where migrations are missing that a program of this version needs.

    Those of the phase `post` may be: they come after the last worker of the former version has stopped.
    """
    missing = await _list_pending(connection, "pre")
    if missing:
        raise NotMigrated(f"missing: {', '.join(missing)}; run `selection db migrate`")


async def _list_pending(connection: psycopg.AsyncConnection[Any], phase: Phase) -> tuple[str, ...]:
    cursor = connection.cursor(row_factory=tuple_row)
    found = await (await cursor.execute(QUERIES["has_table"])).fetchone()
    missing = await _list_missing(connection) if found is not None and found[0] else migrations()
    return tuple(migration.name for migration in _of_phase(phase, missing))


def _of_phase(phase: Phase, given: Sequence[Migration]) -> list[Migration]:
    return [item for item in given if phase in ("all", item.name[5:].split("_")[0])]


async def _list_missing(connection: psycopg.AsyncConnection[Any]) -> list[Migration]:
    cursor = connection.cursor(row_factory=tuple_row)
    rows = await (await cursor.execute(QUERIES["read_applied"])).fetchall()
    applied = {str(name): str(digest) for name, digest in rows}
    for migration in migrations():
        if applied.get(migration.name, migration.sha256) != migration.sha256:
            raise NotMigrated(f"{migration.name} was altered after it was applied to this database")
    return [migration for migration in migrations() if migration.name not in applied]


async def _apply(connection: psycopg.AsyncConnection, migration: Migration) -> bool:
    """Apply a migration, unless another run just did."""
    try:
        async with connection.transaction():
            await connection.execute(QUERIES["lock_migrations"])
            cursor = await connection.execute(QUERIES["is_applied"], {"name": migration.name})
            if await cursor.fetchone() == (True,):
                return False
            await connection.execute(migration.text.encode())
            await connection.execute(
                QUERIES["remember"], {"name": migration.name, "sha256": migration.sha256}
            )
            return True
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationWaits(
            f"{migration.name} was not applied: another session holds what it changes; "
            "`selection doctor` names it, then migrate again"
        ) from error
