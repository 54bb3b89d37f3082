"""Erasing a person in the database: what goes, what stays, who may, and that the log says so and holds."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from activities.mail import Mailer, MailRefused
from audit.claims import Verdict
from ledger.append import append
from ledger.database.store import ERASER_ROLE, open_session
from ledger.errors import ContentErased, PersonErased, RecordProtected
from ledger.people.register import Identity, NewPerson
from ledger.rebuild import rebuild, renew_projections
from ledger.record import Ledger
from runtime.settings import MailServer
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import leaf_hash
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson, RegisterPeople
from selection.register.state import INSTALLATION
from selection.streams import REGISTER
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.support.stand_in import StandIn, leaf, letter
from tests.registering import ADMIN, act_on_register, register

CANARY = "Canary"
STREAM = "application/r/1"


def person(name: str = "p-1") -> NewPerson:
    identity = Identity(name=f"{CANARY} {name}", mail=f"{CANARY}@example.invalid", employer_name=CANARY)
    return NewPerson(person=name, roles={Role.EXPERT: ()}, employer="91-1", identity=identity)


def admin() -> NewPerson:
    return NewPerson(
        person="admin-1", roles={Role.ADMIN: ()}, identity=Identity(name="Admin", mail="a@example.invalid")
    )


@pytest.fixture
async def known_people(ledger: Ledger) -> Ledger:
    """Two people, each with a text; the first was registered twice."""
    await register(ledger, [admin(), person(), person("p-2")], command_id="c-1")
    await register(ledger, [person()], command_id="c-2")
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


async def test_what_is_personal_goes_and_nobody_elses(known_people: Ledger, url: str) -> None:
    before = await known_people.reading.entries("installation")
    key = await known_people.contents.key_of("p-1")
    assert await rows_with(url, f"{CANARY} p-1") == {"identities"}
    [receipt] = await act_on_register(known_people, ErasePerson(person="p-1"))
    assert await rows_with(url, f"{CANARY} p-1") == await rows_with(url, "text of p-1") == set()
    assert await known_people.contents.key_of("p-1") != key
    assert await known_people.people.identity("p-1") is None
    with pytest.raises(ContentErased):
        await known_people.contents.get("of-p-1")
    assert (await known_people.contents.get("of-p-2"))[1] == b"Canary text of p-2"
    assert await known_people.people.identity("p-2") == person("p-2").identity
    assert await known_people.people.list_erased() == {"p-1"}
    assert not (await known_people.people.get("p-1")).active

    *kept, last = await known_people.reading.entries("installation")
    assert kept == before
    assert all(leaf_hash(entry.body) == entry.leaf_hash for entry in (*kept, last))
    assert (last.leaf.type, last.leaf.actor, last.seq) == ("person.erased.v1", ADMIN, receipt.seq)
    told = {name: last.leaf.data[name] for name in ("person", "contents", "forced", "command_id")}
    assert told == {"person": "p-1", "contents": ["of-p-1"], "forced": False, "command_id": "act-1"}


async def test_an_erasure_is_done_once_and_an_erased_id_is_nobody_elses(
    known_people: Ledger, url: str
) -> None:
    told = await known_people.people.store_identities([person()], ADMIN.person, "c-9")
    await act_on_register(known_people, ErasePerson(person="p-1"), command_id="e-1")
    size = await known_people.reading.head("installation")
    assert await act_on_register(known_people, ErasePerson(person="p-1"), command_id="e-1") == ()
    assert await known_people.reading.head("installation") == size
    with pytest.raises(Refused, match="already-done version=6"):
        await act_on_register(known_people, ErasePerson(person="p-1"), command_id="e-2")
    with pytest.raises(PersonErased):
        await register(known_people, [person()], command_id="c-10")
    with pytest.raises(Refused, match="person-erased"):
        await act_on_register(known_people, RegisterPeople(people=tuple(told)), command_id="c-9")
    assert await rows_with(url, f"{CANARY} p-1") == set()


async def test_the_register_rebuilt_from_the_log_knows_who_was_erased(known_people: Ledger, url: str) -> None:
    await act_on_register(known_people, ErasePerson(person="p-1"))
    assert (await rebuild(url, fold=StandIn())).equal
    assert await known_people.people.list_erased() == {"p-1"}


async def test_more_contents_than_an_entry_may_name_are_named_in_several(known_people: Ledger) -> None:
    for number in range(1100):
        name = f"text-{number:032d}"
        await known_people.contents.put(name, b"x", kind="text", media_type="text/plain", stored_by="p-1")
    receipts = await act_on_register(known_people, ErasePerson(person="p-1"))
    assert [receipt.version for receipt in receipts] == [6, 7]
    for name in ("of-p-1", f"text-{1099:032d}"):
        with pytest.raises(ContentErased):
            await known_people.contents.get(name)
    assert (await claim_on(known_people)).verdict is Verdict.PROVEN


@pytest.mark.parametrize(
    ("actor", "command", "code"),
    [
        (f.actor("p-2", Role.ADMIN), ErasePerson(person="p-1"), "not-entitled"),
        (f.actor("admin-1", Role.OFFICER), ErasePerson(person="p-1"), "not-entitled"),
        (f.actor("nobody", Role.ADMIN), ErasePerson(person="p-1"), "unknown-person"),
        (ADMIN, ErasePerson(person="nobody"), "unknown-person"),
        (ADMIN, ErasePerson(person="admin-1"), "another-admin"),
    ],
)
async def test_only_an_administrator_erases_and_not_themselves(
    known_people: Ledger, actor: Actor, command: ErasePerson, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        await act_on_register(known_people, command, actor)
    assert await known_people.people.identity("p-1") == person().identity
    assert await known_people.people.list_erased() == frozenset()


async def test_nothing_is_erased_that_is_not_recorded(known_people: Ledger, url: str) -> None:
    """Attack: whoever had the role for it named any content of anybody as one that goes."""
    with pytest.raises(RecordProtected):
        await known_people.store.rows("SELECT erase_person('p-1', '[\"of-p-2\"]')")
    with pytest.raises(Refused, match="unreadable"):
        REGISTER.parse({"kind": "erase-person", "person": "p-1", "contents": ["of-p-2"]})
    assert await known_people.people.identity("p-1") == person().identity
    assert (await known_people.contents.get("of-p-2"))[1].startswith(b"Canary")


async def test_who_has_open_duties_is_erased_by_force_alone(known_people: Ledger) -> None:
    await known_people.record.append("r", STREAM, [leaf(STREAM, 1)])
    with pytest.raises(Refused, match=f"open-duty count=1 first={STREAM}"):
        await act_on_register(known_people, ErasePerson(person="p-1"))
    forced = ErasePerson(person="p-1", force=True)
    with pytest.raises(Refused, match="still-active"):
        await act_on_register(known_people, forced, command_id="e-2")
    await register(known_people, [person().with_(active=False)], command_id="stopped")
    await act_on_register(known_people, forced, command_id="e-3")
    last = (await known_people.reading.entries("installation"))[-1].leaf
    assert last.data["forced"]


async def test_a_letter_to_the_erased_becomes_a_task_of_the_officer(known_people: Ledger) -> None:
    await known_people.record.append("r", STREAM, [leaf(STREAM, 1, letters=[letter("told")])])
    await register(known_people, [person().with_(active=False)], command_id="stopped")
    await act_on_register(known_people, ErasePerson(person="p-1", force=True))
    (claimed,) = await known_people.outbox.claim(10, timedelta(seconds=30))
    with pytest.raises(MailRefused, match="the person was erased") as refused:
        await Mailer(MailServer(host="127.0.0.1", port=1), known_people.people, known_people.contents).send(
            claimed
        )
    assert await known_people.outbox.mark_refused(claimed, refused.value.reason)
    tasks = await known_people.reading.open_tasks(role=Role.OFFICER)
    assert [task.kind for task in tasks] == ["undelivered"]


async def query(url: str, statement: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []


async def test_who_erases_writes_nothing_but_the_erasure_into_a_state_of_other_code(
    known_people: Ledger, url: str
) -> None:
    """Else a state folded by other code would let the eraser's login write any state, or let nobody be erased."""
    older = "UPDATE snapshots SET fold = 'another', state = (state::jsonb || '{\"former\": 1}')::text"
    await query(url, f"{older} WHERE stream = '{INSTALLATION}'")
    await act_on_register(known_people, ErasePerson(person="p-1"))
    [(fold, former_field, version)] = await query(
        url,
        "SELECT fold, state::jsonb ->> 'former', state::jsonb ->> 'version' FROM snapshots"
        f" WHERE stream = '{INSTALLATION}'",
    )
    assert (fold, former_field) == ("another", "1")
    assert int(version) == await known_people.reading.head(INSTALLATION)
    assert (await renew_projections(url, fold=StandIn())).streams == 1
    assert (await rebuild(url, fold=StandIn(), keep=False)).equal


async def test_the_erasers_login_takes_no_other_version_to_write_a_state(
    known_people: Ledger, url: str
) -> None:
    version = await known_people.reading.head(INSTALLATION)
    body = b"{}"
    session = await open_session(url, ERASER_ROLE)
    async with session:
        for fold in ("stand-in", "another", ""):
            with pytest.raises(psycopg.Error):
                await session.execute(
                    append.QUERIES["record_erasure"],
                    {
                        "expected": version,
                        "bodies": [body],
                        "state": '{"admins": ["me"]}',
                        "reads": None,
                        "fold": fold,
                    },
                )
    assert "me" not in str(await query(url, f"SELECT state FROM snapshots WHERE stream = '{INSTALLATION}'"))
