"""Make the logins of the record: each a member of one role, and able to do nothing else."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ledger.database.queries import load_queries
from ledger.database.store import (
    APP_ROLE,
    AUDITOR_ROLE,
    ERASER_ROLE,
    OWNER_ROLE,
    PORTAL_ROLE,
    RECORDER_ROLE,
    SIGNER_ROLE,
)
from ledger.errors import LoginRefused
from runtime.logins import Login

ROLES = {
    Login.READER: APP_ROLE,
    Login.WORKER: RECORDER_ROLE,
    Login.ERASER: ERASER_ROLE,
    Login.SIGNER: SIGNER_ROLE,
    Login.AUDITOR: AUDITOR_ROLE,
    Login.PORTAL: PORTAL_ROLE,
}
"""What each login is a member of. The migrator's is no role of the record: it becomes the owner of the tables."""
SCRAM = b"scram-sha-256"
QUERIES = load_queries("logins")
CREATE = sql.SQL("CREATE ROLE {} LOGIN")
SET_PASSWORD = sql.SQL("ALTER ROLE {} PASSWORD {}")
GRANT = sql.SQL("GRANT {} TO {}")
CLOSE_DATABASE = sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC")
OPEN_DATABASE = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")


async def make_logins(connection: psycopg.AsyncConnection[Any], urls: Mapping[Login, str]) -> None:
    """Make every login that a URL names, or give it the URL's password, and let no other login connect; all or none.

    The session's login owns the database and may create roles. Passwords leave this process only as SCRAM
    verifiers. Raises LoginRefused as `find_users` does, and when a user may do more than its part needs.
    """
    users = find_users(urls)
    database = sql.Identifier(connection.info.dbname)
    async with connection.transaction():
        await connection.execute(CLOSE_DATABASE.format(database))
        for login, role in ROLES.items():
            if login in users:
                password = conninfo_to_dict(urls[login]).get("password")
                await _make(connection, login, role, users[login], password)
                await connection.execute(OPEN_DATABASE.format(database, sql.Identifier(users[login])))


def find_users(urls: Mapping[Login, str]) -> dict[Login, str]:
    """Return the user of each login.

    Raises LoginRefused where one is missing, is a role of the record, or stands for two logins.
    """
    users: dict[Login, str] = {}
    for login, url in urls.items():
        user = conninfo_to_dict(url).get("user")
        if not user:
            raise LoginRefused(f"{login.variable} names no user: each login has a user of its own")
        if user in (OWNER_ROLE, *ROLES.values()):
            raise LoginRefused(
                f"{login.variable} names {user}, which is a role of the record and no user: name another, such as "
                f"{user}_1"
            )
        same = next((other for other, name in users.items() if name == user), None)
        if same is not None:
            raise LoginRefused(
                f"{login.variable} and {same.variable} name one user: give each a user of its own"
            )
        users[login] = str(user)
    return users


async def _make(
    connection: psycopg.AsyncConnection[Any], login: Login, role: str, user: str, password: Any
) -> None:
    name = sql.Identifier(user)
    found = await (await connection.execute(QUERIES["read_login"], {"user": user})).fetchone()
    if found is None:
        await connection.execute(CREATE.format(name))
    elif found[0] or set(found[1]) - {role}:
        raise LoginRefused(
            f"the user of {login.variable} may do more than its part needs: name a new user, and migrate again"
        )
    if password:
        verifier = connection.pgconn.encrypt_password(str(password).encode(), user.encode(), SCRAM)
        await connection.execute(SET_PASSWORD.format(name, sql.Literal(verifier.decode())))
    await connection.execute(GRANT.format(sql.Identifier(role), name))
