"""A worker without the eraser's login, or whose login was taken away: it erases nobody, and does all else."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.errors import EraserAway
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from tests.ledger.support.logins import migrate_logins
from tests.registering import ADMIN, act_on_register, found_locally, register

ERASE = ErasePerson(person="p-1")


def person(name: str, role: Role = Role.EXPERT) -> NewPerson:
    identity = Identity(name=name, mail=f"{name}@example.invalid")
    return NewPerson(person=name, roles={role: ()}, identity=identity)


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


async def test_without_the_login_nothing_is_recorded_and_all_else_is(
    worker: Ledger, logins: dict[Login, str]
) -> None:
    without = await Ledger.connect(logins[Login.WORKER], role=RECORDER_ROLE, size=2)
    try:
        size = await without.reading.head(INSTALLATION)
        with pytest.raises(EraserAway):
            await act_on_register(without, ERASE)
        assert await without.reading.head(INSTALLATION) == size
        assert await without.people.identity("p-1") is not None
        # What is refused needs nobody who may erase.
        with pytest.raises(Refused, match="another-admin"):
            await act_on_register(without, ErasePerson(person=ADMIN.person), command_id="oneself")
        await register(without, [person("p-2")], command_id="more")
    finally:
        await without.close()
    # The same act, with the same id, by a worker that may.
    assert len(await act_on_register(worker, ERASE)) == 1
    assert await worker.people.list_erased() == {"p-1"}


@pytest.mark.parametrize(
    ("taken", "back"),
    [
        ("REVOKE selection_eraser FROM {}", "GRANT selection_eraser TO {}"),
        ("ALTER ROLE {} NOLOGIN", "ALTER ROLE {} LOGIN"),
        ("ALTER ROLE {} PASSWORD 'another'", "ALTER ROLE {} PASSWORD 'of eraser'"),
    ],
)
async def test_a_login_that_is_taken_away_erases_nobody_until_it_is_given_back(
    worker: Ledger, logins: dict[Login, str], taken: str, back: str
) -> None:
    user = psycopg.conninfo.conninfo_to_dict(logins[Login.ERASER])["user"]
    async with await psycopg.AsyncConnection.connect(logins[Login.MIGRATOR], autocommit=True) as migrator:
        await migrator.execute(taken.format(user).encode())
        with pytest.raises(EraserAway):
            await act_on_register(worker, ERASE)
        await register(worker, [person("p-2")], command_id="more")
        assert await worker.people.list_erased() == frozenset()
        await migrator.execute(back.format(user).encode())
    assert len(await act_on_register(worker, ERASE)) == 1


async def test_no_session_of_the_eraser_is_open_but_while_somebody_is_erased(
    worker: Ledger, logins: dict[Login, str]
) -> None:
    user = psycopg.conninfo.conninfo_to_dict(logins[Login.ERASER])["user"]
    asked = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"

    async def sessions() -> int:
        row = await worker.store.row(asked, [user])  # type: ignore[arg-type]
        return int(row["count"]) if row else 0

    await register(worker, [person("p-2")], command_id="more")
    assert await sessions() == 0
    await act_on_register(worker, ERASE)
    while await sessions():
        pass
