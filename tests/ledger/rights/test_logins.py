from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.database.logins import ROLES
from ledger.database.migrate import migrate, migrations
from ledger.database.store import Store
from ledger.errors import LoginRefused, RecordProtected
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from tests.ledger.support.logins import make_owned_database, migrate_logins, new_postgres
from tests.ledger.support.stand_in import StandIn

RIGHTS = (
    "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles"
    " WHERE rolname = CURRENT_USER"
)


@pytest.fixture
async def logins(server: EmbeddedPostgres) -> dict[Login, str]:
    return await migrate_logins(server.url)


@pytest.fixture
async def new_server(tmp_path: Path) -> AsyncIterator[EmbeddedPostgres]:
    """A cluster in which nobody has migrated."""
    postgres = new_postgres(tmp_path, synced=False)
    await postgres.start()
    yield postgres
    await postgres.stop()


async def test_a_migrator_who_is_no_superuser_makes_everything(new_server: EmbeddedPostgres) -> None:
    urls = await make_owned_database(new_server.url)
    applied = await migrate(urls[Login.MIGRATOR], logins=urls)
    assert applied == tuple(migration.name for migration in migrations())
    assert await migrate(urls[Login.MIGRATOR], logins=urls) == ()
    for login, role in ROLES.items():
        store = await Store.open(urls[login], role=role, size=1)
        await store.close()


async def test_no_login_of_a_part_may_more_than_its_role(logins: dict[Login, str]) -> None:
    for login, url in logins.items():
        async with await psycopg.AsyncConnection.connect(url) as connection:
            rights = await (await connection.execute(RIGHTS.encode())).fetchone()
        assert rights == (False, login is Login.MIGRATOR, False, False, False), login


@pytest.mark.parametrize("login", ROLES)
async def test_a_login_takes_no_role_but_its_own(logins: dict[Login, str], login: Login) -> None:
    others = {"selection_owner", *ROLES.values()} - {ROLES[login]}
    if login in (Login.WORKER, Login.PORTAL):
        others -= {ROLES[Login.READER]}  # they may what a client may
    for role in others:
        with pytest.raises(RecordProtected):
            await Store.open(logins[login], role=role, size=1)


@pytest.mark.parametrize("login", ROLES)
async def test_a_login_makes_no_role_and_grows_by_none(logins: dict[Login, str], login: Login) -> None:
    async with await psycopg.AsyncConnection.connect(logins[login], autocommit=True) as connection:
        user = connection.info.user
        for statement in (
            "CREATE ROLE another LOGIN",
            f"ALTER ROLE {user} SUPERUSER",
            f"ALTER ROLE {user} CREATEROLE",
            f"GRANT selection_owner TO {user}",
            "CREATE SCHEMA another",
            "CREATE TEMP TABLE another (x int)",
            "CREATE TABLE public.another (x int)",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('/etc/passwd')",
            "ALTER SYSTEM SET log_statement = 'all'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute(statement.encode())


async def test_a_login_of_another_database_does_not_connect(
    server: EmbeddedPostgres, logins: dict[Login, str]
) -> None:
    other = await migrate_logins(server.url)
    async with await psycopg.AsyncConnection.connect(other[Login.READER]) as connection:
        elsewhere = connection.info.dbname
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        await psycopg.AsyncConnection.connect(make_conninfo(logins[Login.READER], dbname=elsewhere))


async def test_migrating_again_gives_the_password_of_the_url(logins: dict[Login, str]) -> None:
    changed = {**logins, Login.READER: make_conninfo(logins[Login.READER], password="another")}
    await migrate(logins[Login.MIGRATOR], logins=changed)
    await (await Ledger.connect(changed[Login.READER], fold=StandIn())).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        await psycopg.AsyncConnection.connect(logins[Login.READER])


async def test_one_user_is_not_two_logins(server: EmbeddedPostgres) -> None:
    urls = await make_owned_database(server.url)
    with pytest.raises(LoginRefused, match="SELECTION_WORKER_DATABASE_URL and SELECTION_DATABASE_URL"):
        await migrate(server.url, logins={**urls, Login.WORKER: urls[Login.READER]})
    with pytest.raises(LoginRefused, match="SELECTION_DATABASE_URL names no user"):
        await migrate(server.url, logins={Login.READER: "postgresql:///selection"})


@pytest.mark.parametrize("role", ["selection_owner", *ROLES.values()])
async def test_a_role_of_the_record_is_no_user(server: EmbeddedPostgres, role: str) -> None:
    """Told before anything is changed: one that is granted to itself ended in an error, and the others half made."""
    urls = await make_owned_database(server.url)
    named = {**urls, Login.SIGNER: make_conninfo(urls[Login.SIGNER], user=role)}
    with pytest.raises(LoginRefused, match=f"SELECTION_SIGNER_DATABASE_URL names {role}, which is a role"):
        await migrate(server.url, logins=named)
    assert await list_users(server.url, urls) == set()
    async with await psycopg.AsyncConnection.connect(urls[Login.MIGRATOR]) as connection:
        made = await connection.execute("SELECT to_regnamespace('selection')")
        assert await made.fetchone() == (None,)


async def test_all_logins_are_made_or_none(server: EmbeddedPostgres) -> None:
    urls = await make_owned_database(server.url)
    last = {**urls, Login.PORTAL: server.url}
    del last[Login.MIGRATOR]
    with pytest.raises(LoginRefused, match="the user of SELECTION_PORTAL_DATABASE_URL may do more"):
        await migrate(server.url, logins=last)
    assert await list_users(server.url, urls) == set()
    reader = conninfo_to_dict(urls[Login.READER])["dbname"]
    async with await psycopg.AsyncConnection.connect(server.url) as connection:
        shut = await connection.execute("SELECT has_database_privilege('public', %s, 'CONNECT')", [reader])
        assert await shut.fetchone() == (True,)


async def list_users(superuser: str, urls: dict[Login, str]) -> set[str]:
    """Which of the users whom the URLs name there are, beside the migrator."""
    names = [conninfo_to_dict(url)["user"] for login, url in urls.items() if login is not Login.MIGRATOR]
    async with await psycopg.AsyncConnection.connect(superuser) as connection:
        found = await connection.execute(
            "SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s)", [names]
        )
        return {name for (name,) in await found.fetchall()}


async def test_a_superuser_is_no_login_of_a_part(server: EmbeddedPostgres, logins: dict[Login, str]) -> None:
    swapped = {Login.READER: logins[Login.WORKER]}
    for urls in ({Login.READER: server.url}, {Login.READER: logins[Login.MIGRATOR]}, swapped):
        with pytest.raises(LoginRefused, match="the user of SELECTION_DATABASE_URL may do more"):
            await migrate(server.url, logins=urls)


def test_a_server_for_tests_leaves_the_folders_above_it_as_they_are(tmp_path: Path) -> None:
    above = (tmp_path, tmp_path.parent, tmp_path.parent.parent)
    before = [folder.stat().st_mode for folder in above]
    new_postgres(tmp_path, synced=False)
    assert [folder.stat().st_mode for folder in above] == before
