"""Who holds up the others is named to every login, with what ends it."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from ledger.database.health import list_holders
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from starter.doctor.checks import look_at_database
from tests.ledger.support.logins import migrate_logins

AT_ONCE = timedelta()
GATE = "SELECT selection.exclude_appends()"


@pytest.fixture
async def logins(server: EmbeddedPostgres) -> dict[Login, str]:
    return await migrate_logins(server.url)


async def take_gate(url: str) -> psycopg.AsyncConnection:
    """Keep all appends out by the worker's login, in a session that somebody opened by hand."""
    connection = await psycopg.AsyncConnection.connect(url, application_name="psql")
    await connection.execute(GATE)
    return connection


async def test_who_holds_up_others_is_named_and_ended_by_its_own_login(logins: dict[Login, str]) -> None:
    holder = await take_gate(logins[Login.WORKER])
    waiting = asyncio.create_task(take_gate(logins[Login.WORKER]))
    while not (found := await list_holders(logins[Login.READER], AT_ONCE)) or not found[0].waiting:
        await asyncio.sleep(0)
    told = [(item.pid, item.login, item.program, item.tables, item.waiting) for item in found]
    pid = holder.info.backend_pid
    assert told == [(pid, holder.info.user, "psql", ("append_gate",), 1)]
    assert (found[0].since, found[0].statement) == (None, "")
    assert found[0].longest is not None
    (seen,) = await list_holders(logins[Login.WORKER], AT_ONCE)
    assert (seen.since is not None, seen.statement) == (True, GATE)
    (finding,) = [item for item in await look_at_database(logins[Login.READER]) if item.part == "locks"]
    assert not finding.fine
    assert finding.found[0].startswith(
        f"{holder.info.user} (psql, pid {pid}) holds append_gate for more than 3 s; 1 session waits, up to "
    )
    assert finding.found[1].startswith(
        f"{holder.info.user}（psql，进程号 {pid}）占用 append_gate 超过 3 秒；1 个会话在等待，最长已等 "
    )
    ending = f"SELECT pg_terminate_backend({pid})"
    assert all(ending in words for words in finding.cure)
    async with await psycopg.AsyncConnection.connect(logins[Login.WORKER], autocommit=True) as own:
        await own.execute(ending.encode())
    await (await waiting).close()
    assert await list_holders(logins[Login.READER], AT_ONCE) == []


async def test_who_waits_is_not_named_and_who_reads_only_when_waited_for(logins: dict[Login, str]) -> None:
    reader = await psycopg.AsyncConnection.connect(logins[Login.READER])
    await reader.execute("SELECT count(*) FROM selection.entries")
    assert await list_holders(logins[Login.PORTAL], AT_ONCE) == []
    changing = asyncio.create_task(lock_as_owner(logins[Login.MIGRATOR]))
    while not (found := await list_holders(logins[Login.PORTAL], AT_ONCE)):
        await asyncio.sleep(0)
    assert [(item.login, item.tables, item.waiting) for item in found] == [(reader.info.user, (), 1)]
    await reader.close()
    await (await changing).close()


async def lock_as_owner(url: str) -> psycopg.AsyncConnection:
    connection = await psycopg.AsyncConnection.connect(url)
    await connection.execute("SET ROLE selection_owner")
    await connection.execute("LOCK TABLE selection.entries IN ACCESS EXCLUSIVE MODE")
    return connection


async def test_transactions_that_come_one_after_the_other_hold_up_nobody_for_long(
    logins: dict[Login, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = await take_gate(logins[Login.WORKER])

    async def begin_anew(_: float) -> None:
        await holder.commit()
        await holder.execute(GATE)

    with monkeypatch.context() as patch:
        patch.setattr("ledger.database.health.asyncio.sleep", begin_anew)
        assert await list_holders(logins[Login.READER], AT_ONCE) == []
    assert len(await list_holders(logins[Login.READER], AT_ONCE)) == 1
    await holder.close()
