import subprocess

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ledger.database.migrate import Migration, list_pending, migrate, migrations
from ledger.database.queries import sql_folder
from ledger.errors import NotMigrated, RecordUnavailable
from ledger.record import Ledger
from runtime.embedded.postgres import binaries
from tests.ledger.support.stand_in import StandIn


def dump(url: str) -> str:
    """Return the schema as pg_dump writes it, without its random session key."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    command = [
        str(binaries() / "pg_dump"),
        "--schema-only",
        "--schema=selection",
        f"--host={parts['host']}",
        f"--port={parts['port']}",
        f"--username={parts['user']}",
        parts["dbname"],
    ]
    done = subprocess.run(
        command, env={"PGPASSWORD": parts["password"]}, capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith(("\\", "--")))


async def create_from_schema(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute((sql_folder() / "roles.sql").read_bytes())
        await connection.execute(b"SET ROLE selection_owner; SET search_path = selection")
        await connection.execute((sql_folder() / "schema.sql").read_bytes())


async def test_migrating_gives_the_schema_of_schema_sql(url: str, empty_url: str) -> None:
    await create_from_schema(empty_url)
    assert "CREATE TABLE selection.entries" in dump(url)
    assert dump(url) == dump(empty_url)


async def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    names = tuple(migration.name for migration in migrations())
    assert await list_pending(empty_url) == names
    assert await migrate(empty_url) == names
    assert await migrate(empty_url) == ()
    assert await list_pending(empty_url) == ()


async def test_pre_and_post_are_applied_apart(empty_url: str) -> None:
    with pytest.raises(NotMigrated, match="0001_pre_record"):
        # What is to be taken away would come afterwards, and stay.
        await migrate(empty_url, "post")
    assert all("_pre_" in name for name in await migrate(empty_url, "pre"))
    later = await migrate(empty_url, "post")
    assert later
    assert all("_post_" in name for name in later)


async def test_a_worker_starts_before_the_post_migrations_of_its_version(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Migration("9999_post_take_away.sql", "SELECT 1")
    monkeypatch.setattr("ledger.database.migrate.migrations", lambda: (*migrations(), later))
    await (await Ledger.connect(url, fold=StandIn())).close()
    assert await list_pending(url) == (later.name,)
    earlier = Migration("9998_pre_add.sql", "SELECT 1")
    monkeypatch.setattr("ledger.database.migrate.migrations", lambda: (*migrations(), earlier, later))
    with pytest.raises(NotMigrated, match=earlier.name):
        await Ledger.connect(url, fold=StandIn())


async def test_an_altered_migration_is_refused(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"UPDATE selection.migrations SET sha256 = 'x' WHERE name LIKE '0001%'")
    with pytest.raises(NotMigrated, match="was altered"):
        await list_pending(url)


async def test_connecting_to_an_empty_database_says_what_to_do(empty_url: str) -> None:
    with pytest.raises(NotMigrated, match="selection db migrate"):
        await Ledger.connect(empty_url, fold=StandIn())


async def test_connecting_to_nothing_is_unavailable(server: object) -> None:
    with pytest.raises(RecordUnavailable):
        await Ledger.connect("postgresql://nobody@127.0.0.1:1/none", fold=StandIn())
