"""Erasing a person in the database: what goes, what stays, who may, and that the log says so and holds."""

import json
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from activities.mail import Mailer, MailRefused
from ledger.database.store import ERASER_ROLE, Store
from ledger.errors import ContentErased, LedgerError, PersonErased, RecordDiverged, RecordProtected
from ledger.people.erasure import erase_person
from ledger.people.register import Identity, NewPerson
from ledger.rebuild import rebuild
from ledger.record import Ledger
from runtime.settings import MailServer
from selection.kernel.actor import Role
from selection.kernel.leaf import leaf_hash
from tests.ledger.support.stand_in import OFFICER, StandIn, leaf, letter
from tests.ledger.test_protection import drop_privileges

CANARY = "Canary"
STREAM = "application/r/1"


def person(name: str = "p-1") -> NewPerson:
    identity = Identity(name=f"{CANARY} {name}", mail=f"{CANARY}@example.invalid", employer_name=CANARY)
    return NewPerson(person=name, roles={Role.EXPERT: ()}, employer="91-1", identity=identity)


@pytest.fixture
async def known(ledger: Ledger) -> Ledger:
    """Two people, each with a text; the first was registered twice."""
    for command_id, who in (("c-1", person()), ("c-2", person()), ("c-3", person("p-2"))):
        await ledger.people.register(who, OFFICER, command_id)
    for name in ("p-1", "p-2"):
        body = f"{CANARY} text of {name}".encode()
        await ledger.contents.put(f"of-{name}", body, kind="text", media_type="text/plain", stored_by=name)
        await ledger.contents.key_of(name)
    return ledger


async def rows_with(url: str, word: str) -> set[str]:
    """The tables of which a row holds a word, in a text or in bytes."""
    found = set()
    async with await psycopg.AsyncConnection.connect(url) as connection:
        tables = await connection.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'selection'"
        )
        for (table,) in await tables.fetchall():
            rows = await (await connection.execute(f"SELECT * FROM selection.{table}".encode())).fetchall()
            if any(word.encode() in _bytes(value) for row in rows for value in row):
                found.add(table)
    return found


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


async def test_what_is_personal_goes_and_nobody_elses(known: Ledger, url: str) -> None:
    before = await known.reading.entries("installation")
    key = await known.contents.key_of("p-1")
    assert await rows_with(url, f"{CANARY} p-1") == {"identities"}
    [receipt] = await erase_person(known.store.url, "p-1", ["of-p-1"], OFFICER, "e-1", forced=False)
    assert await rows_with(url, f"{CANARY} p-1") == await rows_with(url, "text of p-1") == set()
    assert await known.contents.key_of("p-1") != key
    assert await known.people.identity("p-1") is None
    with pytest.raises(ContentErased):
        await known.contents.get("of-p-1")
    assert (await known.contents.get("of-p-2"))[1] == b"Canary text of p-2"
    assert await known.people.identity("p-2") == person("p-2").identity
    assert await known.people.list_erased() == {"p-1"}
    assert not (await known.people.get("p-1")).active

    *kept, last = await known.reading.entries("installation")
    assert kept == before
    assert all(leaf_hash(entry.body) == entry.leaf_hash for entry in (*kept, last))
    assert (last.leaf.type, last.leaf.actor, last.seq) == ("person.erased.v1", OFFICER, receipt.seq)
    assert last.leaf.data == {"person": "p-1", "contents": ["of-p-1"], "forced": False, "command_id": "e-1"}


async def test_an_erasure_is_done_once_per_command_and_an_erased_id_is_nobody_elses(
    known: Ledger, url: str
) -> None:
    first = await erase_person(known.store.url, "p-1", ["of-p-1"], OFFICER, "e-1", forced=True)
    size = await known.reading.head("installation")
    assert await erase_person(known.store.url, "p-1", ["of-p-1"], OFFICER, "e-1", forced=True) == first
    assert await known.reading.head("installation") == size
    with pytest.raises(PersonErased):
        await known.people.register(person(), OFFICER, "c-9")
    assert await rows_with(url, f"{CANARY} p-1") == set()


async def test_the_register_rebuilt_from_the_log_knows_who_was_erased(known: Ledger, url: str) -> None:
    await erase_person(known.store.url, "p-1", [], OFFICER, "e-1", forced=False)
    assert (await rebuild(url, fold=StandIn())).equal
    assert await known.people.list_erased() == {"p-1"}


async def test_more_contents_than_an_entry_may_name_are_named_in_several(known: Ledger) -> None:
    many = [f"text-{number:032d}" for number in range(2500)]
    receipts = await erase_person(known.store.url, "p-1", [*many, "of-p-1"], OFFICER, "e-1", forced=False)
    assert [receipt.version for receipt in receipts] == [4, 5, 6]
    with pytest.raises(ContentErased):
        await known.contents.get("of-p-1")


async def test_nothing_is_erased_that_is_not_recorded(known: Ledger, url: str) -> None:
    eraser = await Store.open(url, role=ERASER_ROLE)
    query = "SELECT erase_person(%(expected)s, %(body)s)"
    said = {"type": "person.erased.v1", "stream": "installation", "version": 4, "at": "2025-03-01T00:00:00Z"}
    right = {**said, "data": {"person": "p-1", "contents": ["of-p-1"], "command_id": "x"}}
    wrong = ({**right, "type": "person.registered.v1"}, {**right, "stream": "round/r"}, {**right, "data": {}})
    for said_leaf, expected in (*((item, 3) for item in wrong), (right, 1), ({**right, "version": 9}, 3)):
        with pytest.raises((RecordDiverged, LedgerError)):
            await eraser.rows(query, {"expected": expected, "body": json.dumps(said_leaf).encode()})
    await eraser.close()
    assert await known.people.identity("p-1") == person().identity
    assert (await known.contents.get("of-p-1"))[1].startswith(b"Canary")
    assert await known.reading.head("installation") == 3


async def test_a_login_without_the_erasers_role_erases_nothing(known: Ledger, url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"DROP ROLE IF EXISTS only_app")
        await connection.execute(b"CREATE ROLE only_app LOGIN PASSWORD 'x' IN ROLE selection_app")
    plain = await Ledger.connect(make_conninfo(url, user="only_app", password="x"), fold=StandIn())
    with pytest.raises(RecordProtected):
        await erase_person(plain.store.url, "p-1", ["of-p-1"], OFFICER, "e-1", forced=False)
    await plain.close()
    assert await known.people.identity("p-1") == person().identity
    assert await known.reading.head("installation") == 3
    async with await drop_privileges(url, "selection_eraser") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(b"SELECT name FROM identities")


async def test_a_letter_to_the_erased_becomes_a_task_of_the_officer(known: Ledger) -> None:
    await known.record.append("r", STREAM, [leaf(STREAM, 1, letters=[letter("told")])])
    await erase_person(known.store.url, "p-1", [], OFFICER, "e-1", forced=True)
    (claimed,) = await known.outbox.claim(10, timedelta(seconds=30))
    with pytest.raises(MailRefused, match="the person was erased") as refused:
        await Mailer(MailServer(host="127.0.0.1", port=1), known.people).send(claimed)
    assert await known.outbox.mark_refused(claimed, refused.value.reason)
    tasks = await known.reading.open_tasks(role=Role.OFFICER)
    assert [task.kind for task in tasks] == ["undelivered"]
