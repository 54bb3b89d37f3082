"""No login of an installation stops the others by what it locks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.database.logins import ROLES
from ledger.database.migrate import Migration, migrate, migrations
from ledger.database.queries import load_queries, sql_folder
from ledger.database.store import PORTAL_ROLE, RECORDER_ROLE
from ledger.errors import MigrationWaits, PersonErased
from ledger.people.register import Identity, NewPerson
from ledger.rebuild import rebuild
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from selection.kernel.actor import Role
from selection.register.commands import ErasePerson
from selection.register.unit_commands import RegisterUnits, UnitEntry
from tests.ledger.support.logins import migrate_logins
from tests.registering import act_on_register, found_locally, register

MODES = (
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
STRENGTHS = ("KEY SHARE", "SHARE", "NO KEY UPDATE", "UPDATE")
ADVISORY = (
    *(
        f"'{name}', 0"
        for name in ("selection projections", "selection migrations", "seconds p-1", "sent p-1")
    ),
    *(f"'{name}', 0" for name in ("attempts sign-in", "attempts question", "upload p-1")),
    "'installation', 1",
    "'r', 2",
    "'p-1', 3",
)
"""What the product itself once locked so."""


STORE = """SELECT store_identities('admin-1/late', '[{"person": "p-1", "sha256": "s", "salt": "00", "name": "n",
    "mail": "m@example.invalid", "employer_name": ""}]')"""


def person(name: str, *roles: Role) -> NewPerson:
    identity = Identity(name=name, mail=f"{name}@example.invalid")
    return NewPerson(person=name, roles=dict.fromkeys(roles or (Role.EXPERT,), ()), identity=identity)


@pytest.fixture
async def logins(server: EmbeddedPostgres) -> dict[Login, str]:
    return await migrate_logins(server.url)


@pytest.fixture
async def worker(logins: dict[Login, str]) -> AsyncIterator[Ledger]:
    opened = await Ledger.connect(
        logins[Login.WORKER], role=RECORDER_ROLE, size=2, eraser=logins[Login.ERASER]
    )
    await found_locally(opened)
    await register(opened, [person("admin-1", Role.ADMIN), person("p-1")])
    yield opened
    await opened.close()


@asynccontextmanager
async def hold_all(url: str, role: str) -> AsyncIterator[list[str]]:
    """Hold whatever a login can lock of tables, rows and advisory locks; tell what of tables and rows."""
    connection = await psycopg.AsyncConnection.connect(url)
    async with connection:
        await connection.execute(f"SET ROLE {role}; SET search_path = selection".encode())
        found = await connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'selection'::regnamespace AND relkind IN ('r', 'v')"
        )
        tables = [name for (name,) in await found.fetchall()]
        assert "append_gate" in tables
        statements = [f"LOCK TABLE {table} IN {mode} MODE" for table in tables for mode in MODES]
        statements += [f"SELECT FROM {table} FOR {strength}" for table in tables for strength in STRENGTHS]
        held = []
        for statement in statements:
            try:
                async with connection.transaction():
                    await connection.execute(statement.encode())
                held.append(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
        for key in ADVISORY:
            await connection.execute(f"SELECT pg_advisory_lock(hashtextextended({key}))".encode())
        yield held


@pytest.mark.parametrize("login", ROLES)
async def test_while_a_login_holds_whatever_it_can_lock_everything_goes_on(
    worker: Ledger, logins: dict[Login, str], login: Login
) -> None:
    units = RegisterUnits(units=(UnitEntry(code="99SYNTHA", name_zh="甲"),))
    portal = await Ledger.connect(logins[Login.PORTAL], role=PORTAL_ROLE, size=1)
    async with hold_all(logins[login], ROLES[login]) as held:
        assert held == []
        await register(worker, [person("p-2")], command_id="more")
        assert len(await act_on_register(worker, units, command_id="units")) == 1
        assert await worker.numbers.application_number("r", "p-1", "c-1") == 1
        limits = {"acts": 30, "refusals": 20}
        assert await portal.portal_work.count_acts("p-1", "one", ["application/r/0001"], **limits) is None
        assert len(await act_on_register(worker, ErasePerson(person="p-1"), command_id="erase")) == 1
        assert (await rebuild(logins[Login.MIGRATOR])).equal
        assert await migrate(logins[Login.MIGRATOR], logins=logins) == ()
    await portal.close()


def test_nothing_is_kept_apart_by_locks_that_any_login_may_take() -> None:
    names = {file.name.removesuffix(".sql") for file in (sql_folder() / "queries").iterdir()}
    queries = "\n".join(query for name in names for query in load_queries(name).values())
    schema = (sql_folder() / "schema.sql").read_text(encoding="utf-8")
    assert "advisory" not in queries + schema


async def test_a_number_that_is_held_and_never_committed_is_passed_over(
    worker: Ledger, logins: dict[Login, str]
) -> None:
    async with await psycopg.AsyncConnection.connect(logins[Login.READER]) as holder:
        for number in (1, 2, 3):
            found = await holder.execute("SELECT selection.give_number('r', 'p-1', %s)", [f"held-{number}"])
            assert await found.fetchone() == (number,)
        given = await worker.numbers.application_number("r", "p-1", "c-1")
        assert given == 4
        await holder.rollback()
    assert await worker.numbers.application_number("r", "p-1", "c-1") == given
    assert await worker.numbers.application_number("r", "p-1", "c-2") == 5


async def test_an_erasure_waits_for_nobody_who_stores_and_nothing_of_them_is_left(
    worker: Ledger, logins: dict[Login, str]
) -> None:
    async with await psycopg.AsyncConnection.connect(logins[Login.READER]) as holder:
        await holder.execute("SET search_path = selection")
        await holder.execute(STORE)
        assert len(await act_on_register(worker, ErasePerson(person="p-1"), command_id="erase")) == 1
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="was erased"):
            await holder.commit()
    async with await psycopg.AsyncConnection.connect(logins[Login.MIGRATOR]) as owner:
        await owner.execute("SET ROLE selection_owner")
        found = await owner.execute("SELECT count(*) FROM selection.identities WHERE person = 'p-1'")
        assert await found.fetchone() == (0,)


async def test_whoever_stores_waits_for_an_erasure_that_is_under_way(
    worker: Ledger, logins: dict[Login, str], server: EmbeddedPostgres
) -> None:
    reader = await Ledger.connect(logins[Login.READER], size=1)
    superuser = make_conninfo(server.url, dbname=conninfo_to_dict(logins[Login.READER])["dbname"])
    async with await psycopg.AsyncConnection.connect(superuser) as erasing:
        await erasing.execute("UPDATE selection.people SET erased = true WHERE person = 'p-1'")
        late = asyncio.create_task(reader.people.store_identities([person("p-1")], "admin-1", "late"))
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while not late.done() and await (await erasing.execute(waits)).fetchone() == (0,):
            await asyncio.sleep(0)
        assert not late.done()
        await erasing.commit()
    with pytest.raises(PersonErased):
        await late
    await reader.close()


async def test_two_runs_of_migrations_at_once_apply_each_once(empty_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_url) for _ in range(3)))
    assert sorted(name for names in applied for name in names) == [item.name for item in migrations()]


async def test_a_migration_gives_way_to_who_reads_what_it_changes(
    worker: Ledger, logins: dict[Login, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Migration("9999_pre_change.sql", "ALTER TABLE people ADD COLUMN more text")
    monkeypatch.setattr("ledger.database.migrate.migrations", lambda: (*migrations(), later))
    monkeypatch.setattr("ledger.database.migrate.WAIT_LIMIT", timedelta(milliseconds=100))
    async with await psycopg.AsyncConnection.connect(logins[Login.READER]) as holder:
        await holder.execute("SELECT count(*) FROM selection.people")
        with pytest.raises(MigrationWaits, match="9999_pre_change"):
            await migrate(logins[Login.MIGRATOR])
        await register(worker, [person("p-2")], command_id="more")
        await holder.rollback()
    assert await migrate(logins[Login.MIGRATOR]) == (later.name,)
