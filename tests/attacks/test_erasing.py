"""Attacks on what is for good: who has the worker's login erases people, or who may erase does something else."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.register.commands import ErasePerson
from selection.register.events import PersonErased
from selection.register.state import INSTALLATION, RegisterState
from tests.ledger.support.logins import migrate_logins
from tests.registering import ADMIN, act_on_register, found_locally, register

pytestmark = pytest.mark.stack
ERASED = {"person": "p-1", "contents": ["of-p-1"], "forced": False}
REGISTERED: dict[str, Any] = {
    "person": "p-1",
    "roles": {"admin": []},
    "employer": "",
    "language": "en",
    "active": True,
    "identity": "",
}
RECORD = "SELECT selection.record_leaves(%s, %s, %s, %s::bytea[], %s, %s, NULL, NULL, NULL, NULL, NULL, NULL)"
ERASE = "SELECT selection.record_erasure(%s, %s::bytea[], %s, NULL)"
ERASE_AS = f"{ERASE} FROM set_config('selection.fold', %s, true)"
GRANTED = (
    "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname = 'selection' AND has_function_privilege(%s, p.oid, 'EXECUTE')"
)


def forge_leaf(version: int, data: dict[str, Any], kind: str = PersonErased.TYPE, stream: str = "") -> bytes:
    """A leaf that nobody decided."""
    now = datetime.now(UTC)
    return leaf_bytes(
        Leaf(
            type=kind,
            stream=stream or INSTALLATION,
            version=version,
            actor=ADMIN,
            at=now,
            recorded=now,
            register_size=0,
            rules="",
            data={**data, "command_id": f"forged-{version}"},
        )
    )


@dataclass
class Place:
    """A record with an administrator and somebody who stored a text, and the URLs of its logins."""

    urls: dict[Login, str]
    ledger: Ledger

    async def state(self, **changes: Any) -> str:
        """The state of the register as it would be, changed, after one more entry."""
        found = await self.ledger.reading.snapshot(INSTALLATION)
        assert found is not None
        state = RegisterState.model_validate_json(found.state)
        return state.with_(**{"version": state.version + 1, **changes}).model_dump_json()

    async def version(self) -> int:
        return await self.ledger.reading.head(INSTALLATION)

    async def fails(self, login: Login, query: str, *params: Any, match: str | None = None) -> None:
        """Try a statement by a login; it is refused for want of a right, and changes nothing."""
        before = await self.ledger.reading.entries(INSTALLATION)
        async with await psycopg.AsyncConnection.connect(self.urls[login], autocommit=True) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=match):
                await connection.execute(query.encode(), params)
        assert await self.ledger.reading.entries(INSTALLATION) == before
        assert await self.ledger.people.identity("p-1") is not None
        assert (await self.ledger.contents.get("of-p-1"))[1] == b"text"
        assert await self.ledger.people.list_erased() == frozenset()

    async def does(self, login: Login, query: str, *params: Any) -> None:
        async with await psycopg.AsyncConnection.connect(self.urls[login], autocommit=True) as connection:
            await connection.execute(query.encode(), params)


@pytest.fixture
async def place(server: EmbeddedPostgres) -> AsyncIterator[Place]:
    urls = await migrate_logins(server.url)
    ledger = await Ledger.connect(urls[Login.WORKER], role=RECORDER_ROLE, size=2, eraser=urls[Login.ERASER])
    people = [("admin-1", Role.ADMIN), ("p-1", Role.EXPERT)]
    await found_locally(ledger)
    await register(
        ledger,
        [
            NewPerson(person=name, roles={role: ()}, identity=Identity(name=name, mail="a@example.invalid"))
            for name, role in people
        ],
    )
    await ledger.contents.put("of-p-1", b"text", kind="text", media_type="text/plain", stored_by="p-1")
    yield Place(urls, ledger)
    await ledger.close()


async def test_the_workers_login_alone_erases_nobody_with_whatever_leaf(place: Place) -> None:
    version = await place.version() + 1
    body, state = forge_leaf(version, ERASED), await place.state()
    named = (INSTALLATION, INSTALLATION, version - 1)
    alone = "an erasure is appended by record_erasure"
    await place.fails(Login.WORKER, RECORD, *named, [body], version, state, match=alone)
    # The first of two types is a harmless one, and the database reads the last.
    twice = body.replace(b'"type":', b'"type":"person.registered.v1","type":')
    escaped = body.replace(b"person.erased.v1", b"person.\\u0065rased.v1")
    for disguised in (twice, escaped):
        assert disguised != body
        await place.fails(Login.WORKER, RECORD, *named, [disguised], version, state, match=alone)
    others = [forge_leaf(version, REGISTERED, "person.registered.v1"), forge_leaf(version + 1, ERASED)]
    await place.fails(Login.WORKER, RECORD, *named, others, version + 1, state, match=alone)
    of_round = forge_leaf(1, ERASED, stream="round/r")
    await place.fails(Login.WORKER, RECORD, "r", "round/r", 0, [of_round], 1, "{}", match=alone)


@pytest.mark.parametrize("login", [one for one in Login if one is not Login.ERASER])
async def test_no_other_login_calls_what_erases_or_takes_the_erasers_role(place: Place, login: Login) -> None:
    version = await place.version()
    denied = "permission denied"
    await place.fails(
        login, ERASE, version, [forge_leaf(version + 1, ERASED)], await place.state(), match=denied
    )
    await place.fails(login, "SELECT selection.erase_person('p-1', '[\"of-p-1\"]')", match=denied)
    if login is not Login.MIGRATOR:  # who made the role, and owns all tables
        await place.fails(login, "SET ROLE selection_eraser", match=denied)
        await place.fails(login, "GRANT selection_eraser TO CURRENT_USER", match=denied)


async def test_who_may_erase_appends_nothing_else(place: Place) -> None:
    version = await place.version()
    body, other = forge_leaf(version + 1, ERASED), forge_leaf(version + 1, REGISTERED, "person.registered.v1")
    alone = "an erasure is appended by record_erasure"
    state = await place.state()
    await place.fails(Login.ERASER, ERASE, version, [other], state, match=alone)
    both = [body, forge_leaf(version + 2, REGISTERED, "person.registered.v1")]
    await place.fails(Login.ERASER, ERASE, version, both, await place.state(version=version + 2), match=alone)
    # An erasure beside which the register forgets that it has an administrator, or has a first key of another's.
    for change in ({"administered": False}, {"first": "key-of-mine"}, {"version": version + 7}):
        forgotten = await place.state(**change)
        match = "nothing of the state but its version"
        told = (version, [body], forgotten, place.ledger.fold.version)
        await place.fails(Login.ERASER, ERASE_AS, *told, match=match)
    named = (INSTALLATION, INSTALLATION, version, [body], version + 1, state)
    await place.fails(Login.ERASER, RECORD, *named, match="permission denied")
    with pytest.raises(psycopg.errors.IntegrityError):
        await place.does(Login.ERASER, ERASE, version, [forge_leaf(1, ERASED, stream="round/r")], state)
    # It may erase, and everybody sees that nobody asked for it: the leaf is no decision's and has no signature. As code
    # of another version it is not refused what it says of the state: the database makes that itself.
    await place.does(Login.ERASER, ERASE, version, [body], forgotten)
    written = await place.ledger.reading.snapshot(INSTALLATION)
    assert written is not None
    assert json.loads(written.state) == json.loads(state)
    assert await place.ledger.people.list_erased() == {"p-1"}
    assert (await place.ledger.reading.entries(INSTALLATION))[-1].body == body


async def test_nobody_erases_on_a_record_that_has_not_begun(server: EmbeddedPostgres) -> None:
    urls = await migrate_logins(server.url)
    async with await psycopg.AsyncConnection.connect(urls[Login.ERASER], autocommit=True) as eraser:
        answered = await eraser.execute(ERASE.encode(), (0, [forge_leaf(1, ERASED)], "{}"))
        assert await answered.fetchone() == (None,)
    async with await psycopg.AsyncConnection.connect(urls[Login.MIGRATOR], autocommit=True) as owner:
        await owner.execute(b"SET ROLE selection_owner")
        written = await owner.execute(
            "SELECT FROM selection.entries UNION ALL SELECT FROM selection.snapshots"
        )
        assert written.rowcount == 0


async def test_who_may_erase_reads_nothing_and_calls_nothing_else(place: Place) -> None:
    async with await psycopg.AsyncConnection.connect(place.urls[Login.MIGRATOR], autocommit=True) as owner:
        await owner.execute(b"SET ROLE selection_owner")
        tables = await (
            await owner.execute(
                b"SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = "
                b"'selection'::regnamespace"
            )
        ).fetchall()
        may, anybody = [
            {name for (name,) in await (await owner.execute(GRANTED.encode(), [role])).fetchall()}
            for role in ("selection_eraser", "public")
        ]
    assert may - anybody == {"record_erasure"}
    assert {name for (name,) in tables} > {"entries", "identities", "contents", "snapshots", "open_tasks"}
    for (name,) in tables:
        await place.fails(Login.ERASER, f"SELECT FROM selection.{name}")


async def test_an_erasure_that_is_decided_is_the_erasers(place: Place) -> None:
    await act_on_register(place.ledger, ErasePerson(person="p-1"))
    assert await place.ledger.people.list_erased() == {"p-1"}
    assert await place.ledger.people.identity("p-1") is None
