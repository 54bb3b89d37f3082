import asyncio
from datetime import timedelta
from hashlib import sha256

import psycopg
import pytest

from audit.claims import Verdict
from ledger.database.store import APP_ROLE, Store
from ledger.errors import UnknownPerson
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from selection.register.commands import RegisterPeople, ReportUnreached
from selection.register.one_message import AT_ONCE, BYTES_AT_ONCE
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.support.stand_in import OFFICER
from tests.registering import act_on_register, register


def person(number: int, *, mail: str = "canary@example.invalid", language: str = "en") -> NewPerson:
    return NewPerson(
        person=f"p-{number}",
        roles={Role.EXPERT: (), Role.RECOMMENDER: ("u-1",)},
        employer="91110000MA00000000",
        language=language,
        identity=Identity(name="Canary Name", mail=mail, employer_name="Canary Works"),
    )


def admin(name: str = "admin-1") -> NewPerson:
    identity = Identity(name="Canary Name", mail="canary@example.invalid")
    return NewPerson(person=name, roles={Role.ADMIN: ()}, identity=identity)


async def test_a_registered_person_is_known_and_the_log_holds_no_identity(ledger: Ledger) -> None:
    [receipt] = await register(ledger, [person(1)], OFFICER)
    assert (receipt.log, receipt.stream, receipt.version) == (INSTALLATION, INSTALLATION, 2)
    assert (await ledger.people.get("p-1")).roles == {Role.EXPERT: (), Role.RECOMMENDER: ("u-1",)}
    assert await ledger.people.identity("p-1") == person(1).identity
    assert await ledger.people.facts(["p-1", "p-unknown"]) == {
        "p-1": PersonFact(
            person="p-1", roles={"expert": (), "recommender": ("u-1",)}, employer="91110000MA00000000"
        )
    }
    (_, entry) = await ledger.reading.entries(INSTALLATION)
    assert b"anary" not in entry.body
    assert entry.leaf.type == "person.registered.v1"


async def test_an_act_and_its_history_hold_a_salted_hash_of_the_identity_alone(ledger: Ledger) -> None:
    [told] = await ledger.people.store_identities([person(1)], OFFICER.person, "c-1")
    assert "anary" not in told.model_dump_json()
    assert told.identity != sha256(canonical_bytes(person(1).identity)).hexdigest()
    hashes, addresses = (
        {"p-1": told.identity, "p-2": told.identity},
        {"p-1": told.address, "p-2": told.address},
    )
    assert await ledger.people.find_stored(hashes, addresses) == ("p-1",)
    assert await ledger.people.find_stored(hashes, {"p-1": told.identity}) == ()
    assert await ledger.people.find() == []


async def test_import_is_all_at_once_and_once(ledger: Ledger) -> None:
    people = [person(n) for n in range(20)]
    receipts = await register(ledger, people, OFFICER, "import-1")
    assert [receipt.version for receipt in receipts] == list(range(2, 22))
    assert await register(ledger, people, OFFICER, "import-1") == []
    assert await ledger.reading.head(INSTALLATION) == 21
    assert len(await ledger.people.find(Role.EXPERT)) == 20
    assert await ledger.people.find(Role.AUDITOR) == []
    for others in (people[:-1], [*people[:-1], person(19, mail="x@y")]):
        with pytest.raises(Refused, match="command-reused"):
            await register(ledger, others, OFFICER, "import-1")
    assert await ledger.reading.head(INSTALLATION) == 21


async def test_more_people_than_one_message_holds_take_several(ledger: Ledger) -> None:
    many = [person(n) for n in range(2 * AT_ONCE + 1)]
    await register(ledger, many, OFFICER, "import-1")
    acts = [entry.leaf.data["command_id"] for entry in await ledger.reading.entries(INSTALLATION)]
    assert [acts.count(f"import-1.{n}") for n in (1, 2, 3)] == [AT_ONCE, AT_ONCE, 1]
    long = [item.model_copy(update={"employer": "9" * 100}) for item in many[:AT_ONCE]]
    wide = [item.model_copy(update={"roles": {Role.RECOMMENDER: ("u" * 100,) * 8}}) for item in long]
    receipts = await register(ledger, wide, OFFICER, "import-2")
    assert len(receipts) == AT_ONCE
    assert len({receipt.command_id for receipt in receipts}) > AT_ONCE * 900 // BYTES_AT_ONCE


async def test_the_same_registration_at_once_is_recorded_once(ledger: Ledger) -> None:
    calls = [register(ledger, [person(1)], OFFICER, "c-1") for _ in range(6)]
    assert sum(map(len, await asyncio.gather(*calls))) == 1
    assert await ledger.reading.head(INSTALLATION) == 2


async def test_the_latest_registration_is_in_force(ledger: Ledger) -> None:
    await register(ledger, [person(1)], OFFICER, "c-1")
    await register(ledger, [person(1, mail="new@example.invalid", language="zh")], OFFICER, "c-2")
    found = await ledger.people.identity("p-1")
    assert found is not None
    assert found.mail == "new@example.invalid"
    assert (await ledger.people.get("p-1")).language == "zh"


async def test_nobody_is_known_by_a_strange_id(ledger: Ledger) -> None:
    with pytest.raises(UnknownPerson):
        await ledger.people.get("p-unknown")


async def test_whose_identity_is_not_stored_is_not_registered(ledger: Ledger) -> None:
    [told] = await ledger.people.store_identities([person(1)], OFFICER.person, "c-1")
    for other in (told.model_copy(update={"identity": "0" * 64}), told.model_copy(update={"person": "p-2"})):
        with pytest.raises(Refused, match="identity-missing"):
            await act_on_register(ledger, RegisterPeople(people=(other,)), OFFICER, other.person)
    assert await ledger.people.find() == []


async def test_what_no_act_names_within_a_week_is_deleted(ledger: Ledger, url: str) -> None:
    await register(ledger, [person(1)], OFFICER, "c-1")
    await ledger.people.store_identities([person(2)], OFFICER.person, "c-2")
    await ledger.people.store_identities([person(3)], OFFICER.person, "c-3")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        aged = "UPDATE selection.identities SET stored_at = stored_at - %s WHERE person <> 'p-3'"
        await connection.execute(aged, [timedelta(days=8)])
    await ledger.people.store_identities([person(4)], OFFICER.person, "c-4")
    async with await psycopg.AsyncConnection.connect(url) as connection:
        left = "SELECT person, registered FROM selection.identities ORDER BY person"
        rows = await (await connection.execute(left.encode())).fetchall()
    assert rows == [
        ("p-1", True),
        ("p-3", False),
        ("p-4", False),
    ]


async def test_once_there_is_an_administrator_nobody_else_registers(ledger: Ledger) -> None:
    one, two = f.actor("admin-1"), f.actor("admin-2")
    stranger = f.actor("p-1", Role.ADMIN)
    await register(ledger, [admin()], one, "c-1")
    with pytest.raises(Refused, match="unknown-person"):
        await register(ledger, [person(1)], stranger, "c-2")
    await register(ledger, [person(1)], one, "c-3")
    with pytest.raises(Refused, match="not-entitled"):
        await register(ledger, [admin("p-1")], stranger, "c-4")
    left = admin().model_copy(update={"active": False})
    await register(ledger, [admin("admin-2"), left], one, "c-5")
    with pytest.raises(Refused, match="not-entitled"):
        await register(ledger, [person(2)], one, "c-6")
    await register(ledger, [person(2)], two, "c-7")
    assert [item.person for item in await ledger.people.find(Role.EXPERT)] == ["p-1", "p-2"]
    assert (await claim_on(ledger)).verdict is Verdict.PROVEN


@pytest.mark.parametrize("changed", [{"person": "system"}, {"roles": {Role.SYSTEM: ()}}])
def test_nobody_is_registered_as_the_engine(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="nobody is the engine"):
        NewPerson.model_validate({**person(1).model_dump(), **changed})


async def test_what_reached_no_stream_is_recorded_once(ledger: Ledger) -> None:
    await register(ledger, [admin()], f.actor("admin-1"), "c-0")
    actor = f.actor("admin-1")
    unreached = ReportUnreached(target="application/r/9", act="submit", code="unknown-stream")
    assert len(await act_on_register(ledger, unreached, actor, "c-1")) == 1
    assert await act_on_register(ledger, unreached, actor, "c-1") == ()
    last = (await ledger.reading.entries(INSTALLATION))[-1].leaf
    assert (last.type, last.data["target"], last.data["kind"], last.data["code"]) == (
        "message.refused.v1",
        "application/r/9",
        "submit",
        "unknown-stream",
    )
    with pytest.raises(Refused, match="unknown-person"):
        await act_on_register(ledger, unreached, f.actor("p-9", Role.EXPERT), "c-1")
    assert await ledger.reading.head(INSTALLATION) == 3


async def test_a_client_stores_identities_and_registers_nobody(ledger: Ledger, url: str) -> None:
    """Attack: what a client's login may do was to append registrations of its own making."""
    client = await Ledger.connect(url, fold=ledger.fold, role=APP_ROLE)
    [told] = await client.people.store_identities([admin()], "admin-1", "c-1")
    with pytest.raises(Exception, match="permission denied"):
        await client.deciding.decide(INSTALLATION, _act(RegisterPeople(people=(told,))))
    await client.close()
    store = await Store.open(url, role=APP_ROLE)
    tries = (
        "INSERT INTO people VALUES ('p', '{}', '', 'en', true, '')",
        "UPDATE people SET roles = '{\"admin\": []}'",
        "DELETE FROM people",
        "INSERT INTO employments VALUES ('p', 1, 'U', now())",
        "DELETE FROM employments",
        "SELECT project_employment('person.registered.v1', '{}', now(), false)",
        "INSERT INTO identities VALUES ('p', '', '', '', '', '', '')",
        "UPDATE identities SET mail = 'x'",
        "SELECT project_person('person.registered.v1', '{}')",
        "SELECT project_register(0)",
        "SELECT settle_letter(1, 'drop')",
        "SELECT erase_person('p', '[]')",
        "SELECT append_entries('installation', 'installation', 0, '{}')",
        "SELECT lift_halt('r')",
    )
    for statement in tries:
        with pytest.raises(Exception, match="permission denied"):
            await store.rows(statement)
    await store.close()
    assert await ledger.people.find() == []


def _act(command: Frozen) -> Act:
    body = command.model_dump(mode="json")
    actor = f.actor("admin-1")
    return Act(Envelope(stream=INSTALLATION, command_id="c-1", actor=actor, command=body))
