from datetime import timedelta

import psycopg
import pytest

from ledger.database.store import APP_ROLE, AUDITOR_ROLE, RECORDER_ROLE, SIGNER_ROLE
from ledger.read_log import Read, prune_reads
from ledger.record import Ledger
from tests.ledger.test_protection import all_refused, drop_privileges

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
async def noted(ledger: Ledger) -> Ledger:
    await ledger.read_log.note(READ)
    await ledger.read_log.note(OTHER)
    return ledger


async def test_reads_are_found_by_person_stream_and_time(noted: Ledger) -> None:
    log = noted.read_log
    last, first = await log.find("r")
    assert [Read(**item.model_dump(exclude={"id", "at"})) for item in (first, last)] == [READ, OTHER]
    assert first.at <= last.at
    assert await log.find("r", person="officer-1") == [first]
    assert await log.find("r", target="round/r") == [last]
    assert await log.find("r", since=last.at) == [last]
    assert await log.find("r", since=last.at + timedelta(seconds=1)) == []
    assert await log.find("r", limit=1) == [last]
    assert await log.find("s") == []


@pytest.mark.parametrize("role", [APP_ROLE, RECORDER_ROLE, AUDITOR_ROLE, SIGNER_ROLE])
async def test_no_login_changes_what_is_in_the_log(noted: Ledger, url: str, role: str) -> None:
    before = await noted.read_log.find("r")
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, FORBIDDEN)
    assert await noted.read_log.find("r") == before


async def test_not_even_who_owns_the_database_changes_it_or_removes_what_is_young(
    noted: Ledger, url: str
) -> None:
    before = await noted.read_log.find("r")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        await all_refused(connection, CHANGES)
        await connection.execute(b"SET session_replication_role = replica")
        await all_refused(connection, CHANGES)
    assert await noted.read_log.find("r") == before


async def test_what_was_kept_for_six_months_is_removed_and_nothing_else(noted: Ledger, url: str) -> None:
    kept = await noted.read_log.find("r")
    assert await prune_reads(url) == 0
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        for age, mark in (("6 months 1 minute", "old"), ("5 months 27 days", "young")):
            aged = A_ROW.replace("(person,", "(at, person,").replace(
                "('officer-2'", f"(now() - interval '{age}', '{mark}'"
            )
            await connection.execute(aged.encode())
    assert await prune_reads(url) == 1
    left = await noted.read_log.find("r")
    assert left[1:] == kept
    assert left[0].person == "young"
    assert await prune_reads(url) == 0
