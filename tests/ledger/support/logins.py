"""The logins of a database as `selection db migrate` makes them, by a migrator who is no superuser."""

import itertools
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from ledger.database.migrate import migrate
from runtime.embedded.ports import free_port
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login

NUMBERS = itertools.count(1)


def new_postgres(folder: Path, *, synced: bool) -> EmbeddedPostgres:
    """An embedded server under a folder of the test's own, not started; it gets there though folders are closed."""
    return EmbeddedPostgres(
        folder / "data", port=free_port(), log=folder / "log", synced=synced, passwords=folder / "logins"
    )


async def make_owned_database(superuser: str) -> dict[Login, str]:
    """Make what an administrator of the server makes, and return the URL of every login; nothing is migrated.

    Whoever migrated the cluster before must have been the same: the roles of the record are one migrator's.
    """
    number = next(NUMBERS)
    urls = {
        login: make_conninfo(
            superuser, dbname=f"owned_{number}", user=f"{login}_{number}", password=f"of {login}"
        )
        for login in Login
    }
    async with await psycopg.AsyncConnection.connect(superuser, autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE migrator_{number} LOGIN CREATEROLE PASSWORD 'of migrator'",
            f"CREATE DATABASE owned_{number} OWNER migrator_{number}",
        ):
            await connection.execute(statement.encode())
    return urls


async def hand_over_roles(superuser: str, migrator: str) -> None:
    """Give the roles of the record to another migrator, as if that one had made them."""
    async with await psycopg.AsyncConnection.connect(superuser, autocommit=True) as connection:
        for role in ("owner", "app", "recorder", "auditor", "signer", "eraser", "portal"):
            await connection.execute(
                f"GRANT selection_{role} TO {migrator} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE".encode()
            )


async def migrate_logins(superuser: str) -> dict[Login, str]:
    """Return the URLs of the logins of a new database that its own migrator has migrated."""
    urls = await make_owned_database(superuser)
    async with await psycopg.AsyncConnection.connect(urls[Login.MIGRATOR]) as connection:
        await hand_over_roles(superuser, connection.info.user)
    await migrate(urls[Login.MIGRATOR], logins=urls)
    return urls
