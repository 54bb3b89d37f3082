import asyncio
import contextlib
from datetime import timedelta

import psycopg
import pytest

from ledger.database.logins import ROLES
from ledger.read_log import Read, prune_reads
from ledger.record import Ledger
from tests.ledger.support.privileges import all_refused, drop_privileges
from tests.running.waiting import STUCK_AFTER
from worker.pruning import prune_while_running

READ = Read(
    person="officer-1", session="s-1", means="local", what="timeline", log="r", target="application/r/0001"
)
OTHER = Read(
    person="auditor-1", session="s-2", means="local", what="content", log="r", target="round/r", item="text-1"
)
A_ROW = (
    "INSERT INTO reads (person, session, means, what, log, target, item)"
    " VALUES ('officer-2', 's', 'm', 'w', 'r', 't', '')"
)
CHANGES = ("UPDATE reads SET person = 'officer-2'", "DELETE FROM reads", "TRUNCATE reads")
FORBIDDEN = (
    A_ROW,
    *CHANGES,
    "ALTER TABLE reads DISABLE TRIGGER ALL",
    "DROP TRIGGER reads_append_only ON reads",
)


@pytest.fixture
async def noted_ledger(ledger: Ledger) -> Ledger:
    await ledger.read_log.note([READ])
    await ledger.read_log.note([OTHER])
    return ledger


async def test_reads_are_found_by_person_stream_and_time(noted_ledger: Ledger) -> None:
    log = noted_ledger.read_log
    last, first = await log.find("r")
    assert [Read(**item.model_dump(exclude={"id", "at"})) for item in (first, last)] == [READ, OTHER]
    assert first.at <= last.at
    assert await log.find("r", person="officer-1") == [first]
    assert await log.find("r", target="round/r") == [last]
    assert await log.find("r", since=last.at) == [last]
    assert await log.find("r", since=last.at + timedelta(seconds=1)) == []
    assert await log.find("r", limit=1) == [last]
    assert await log.find("s") == []


@pytest.mark.parametrize("role", ROLES.values())
async def test_no_login_changes_what_is_in_the_log(noted_ledger: Ledger, url: str, role: str) -> None:
    before = await noted_ledger.read_log.find("r")
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, FORBIDDEN)
    assert await noted_ledger.read_log.find("r") == before


async def test_not_even_who_owns_the_database_changes_it_or_removes_what_is_young(
    noted_ledger: Ledger, url: str
) -> None:
    before = await noted_ledger.read_log.find("r")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        await all_refused(connection, CHANGES)
        await connection.execute(b"SET session_replication_role = replica")
        await all_refused(connection, CHANGES)
    assert await noted_ledger.read_log.find("r") == before


async def test_what_was_kept_for_six_months_is_removed_and_nothing_else(
    noted_ledger: Ledger, url: str
) -> None:
    kept = await noted_ledger.read_log.find("r")
    assert await prune_reads(url) == 0
    await add_aged(url, ("6 months 1 minute", "old"), ("5 months 27 days", "young"))
    assert await prune_reads(url) == 1
    left = await noted_ledger.read_log.find("r")
    assert left[1:] == kept
    assert left[0].person == "young"
    assert await prune_reads(url) == 0


async def test_many_are_removed_in_parts(noted_ledger: Ledger, url: str) -> None:
    many = age_row("7 months", "old").replace("VALUES (", "SELECT ").removesuffix(")")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        await connection.execute(f"{many} FROM generate_series(1, 10001)".encode())
    assert await prune_reads(url) == 10_001
    assert len(await noted_ledger.read_log.find("r")) == 2


HOSTILE = (
    b"SET search_path = pg_temp, selection",
    b"SET timezone = 'Pacific/Kiritimati'",
    b"SET intervalstyle = 'sql_standard'",
    b"SET datestyle = 'SQL, DMY'",
)


@pytest.mark.parametrize("role", ROLES.values())
async def test_no_login_removes_what_is_young_whatever_it_sets(
    noted_ledger: Ledger, url: str, role: str
) -> None:
    await add_aged(url, ("5 months 27 days", "young"))
    before = await noted_ledger.read_log.find("r")
    async with await drop_privileges(url, role) as connection:
        for statement in HOSTILE:
            await connection.execute(statement)
        await connection.execute(b"CREATE TEMP TABLE reads (id bigint, at timestamptz)")
        await connection.execute(
            b"CREATE FUNCTION pg_temp.reads_kept() RETURNS interval LANGUAGE sql AS $$ SELECT interval '0' $$"
        )
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            await connection.execute(b"SELECT selection.prune_reads()")
        await all_refused(connection, ["DELETE FROM selection.reads", "TRUNCATE selection.reads"])
    assert await noted_ledger.read_log.find("r") == before


async def test_a_worker_removes_what_is_old_again_and_again_whatever_came_between(
    noted_ledger: Ledger, url: str
) -> None:
    await add_aged(url, ("7 months", "first"), ("5 months 27 days", "young"))
    function = "FUNCTION selection.prune_reads"
    async with (
        await psycopg.AsyncConnection.connect(url, autocommit=True) as owner,
        prune_while_running(noted_ledger.read_log, timedelta(milliseconds=20)),
    ):
        await until_gone(noted_ledger, "first")
        await owner.execute(f"REVOKE EXECUTE ON {function} FROM selection_app".encode())
        await add_aged(url, ("7 months", "second"))
        await asyncio.sleep(0.1)
        await owner.execute(f"GRANT EXECUTE ON {function} TO selection_app".encode())
        await until_gone(noted_ledger, "second")
    assert [item.person for item in await noted_ledger.read_log.find("r")] == [
        "young",
        "auditor-1",
        "officer-1",
    ]


async def until_gone(ledger: Ledger, person: str) -> None:
    async with asyncio.timeout(STUCK_AFTER):
        while await ledger.read_log.find("r", person=person):
            await asyncio.sleep(0.02)


def age_row(age: str, person: str) -> str:
    """A row as it was noted some time ago."""
    return A_ROW.replace("(person,", "(at, person,").replace(
        "('officer-2'", f"(now() - interval '{age}', '{person}'"
    )


async def add_aged(url: str, *rows: tuple[str, str]) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        for age, person in rows:
            await connection.execute(age_row(age, person).encode())
