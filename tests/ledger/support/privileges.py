"""Sessions that hold one role alone, and what is refused to them."""

from collections.abc import Iterable

import psycopg
import pytest


async def drop_privileges(url: str, role: str) -> psycopg.AsyncConnection:
    """Open a session that holds only the role, as a login of its own would: no way back by RESET ROLE."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
    await connection.execute(f"SET SESSION AUTHORIZATION {role}".encode())
    await connection.execute(b"SET search_path = selection")
    return connection


async def all_refused(
    connection: psycopg.AsyncConnection, statements: Iterable[str], match: str | None = None
) -> None:
    for statement in statements:
        print(statement)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=match):
            await connection.execute(statement.encode())
