import asyncio

import pytest

from ledger.append.installation import INSTALLATION, client_turn
from ledger.append.refusals import MessageRefused
from ledger.errors import CommandReused, UnknownPerson
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from tests.ledger.support.stand_in import OFFICER


def person(number: int, *, mail: str = "canary@example.invalid", language: str = "en") -> NewPerson:
    return NewPerson(
        person=f"p-{number}",
        roles={Role.EXPERT: (), Role.RECOMMENDER: ("u-1",)},
        employer="91110000MA00000000",
        language=language,
        identity=Identity(name="Canary Name", mail=mail, employer_name="Canary Works"),
    )


async def test_a_registered_person_is_known_and_the_log_holds_no_identity(ledger: Ledger) -> None:
    receipt = await ledger.people.register(person(1), OFFICER, "c-1")
    assert (receipt.log, receipt.stream, receipt.version) == (INSTALLATION, INSTALLATION, 1)
    assert (await ledger.people.get("p-1")).roles == {Role.EXPERT: (), Role.RECOMMENDER: ("u-1",)}
    assert await ledger.people.identity("p-1") == person(1).identity
    assert await ledger.people.facts(["p-1", "p-unknown"]) == {
        "p-1": PersonFact(
            person="p-1", roles={"expert": (), "recommender": ("u-1",)}, employer="91110000MA00000000"
        )
    }
    (entry,) = await ledger.reading.entries(INSTALLATION)
    assert b"anary" not in entry.body
    assert entry.leaf.type == "person.registered.v1"


WAITS = "SELECT clock_timestamp() AS at, count(*) AS waiting FROM pg_locks WHERE NOT granted"


async def test_a_registration_is_dated_when_it_is_its_turn(ledger: Ledger) -> None:
    async with client_turn(ledger.store, "before"):
        registering = asyncio.create_task(ledger.people.register(person(1), OFFICER, "c-1"))
        (found,) = await ledger.store.rows(WAITS)
        while not found["waiting"]:
            await asyncio.sleep(0.01)
            (found,) = await ledger.store.rows(WAITS)
    assert (await registering).at > found["at"]


async def test_import_is_all_at_once_and_once(ledger: Ledger) -> None:
    people = [person(n) for n in range(20)]
    receipts = await ledger.people.import_people(people, OFFICER, "import-1")
    assert await ledger.people.import_people(people, OFFICER, "import-1") == receipts
    assert await ledger.reading.head(INSTALLATION) == 20
    assert len(await ledger.people.find(Role.EXPERT)) == 20
    assert await ledger.people.find(Role.AUDITOR) == []
    with pytest.raises(CommandReused):
        await ledger.people.import_people(people[:-1], OFFICER, "import-1")
    with pytest.raises(CommandReused):
        await ledger.people.import_people([*people[:-1], person(19, mail="x@y")], OFFICER, "import-1")


async def test_the_same_registration_at_once_is_recorded_once(ledger: Ledger) -> None:
    calls = [ledger.people.register(person(1), OFFICER, "c-1") for _ in range(6)]
    assert len(set(await asyncio.gather(*calls))) == 1
    assert await ledger.reading.head(INSTALLATION) == 1


async def test_the_latest_registration_is_in_force(ledger: Ledger) -> None:
    await ledger.people.register(person(1), OFFICER, "c-1")
    await ledger.people.register(person(1, mail="new@example.invalid", language="zh"), OFFICER, "c-2")
    found = await ledger.people.identity("p-1")
    assert found is not None
    assert found.mail == "new@example.invalid"
    assert (await ledger.people.get("p-1")).language == "zh"


async def test_nobody_is_known_by_a_strange_id(ledger: Ledger) -> None:
    with pytest.raises(UnknownPerson):
        await ledger.people.get("p-unknown")


async def test_a_refusal_is_recorded_once(ledger: Ledger) -> None:
    refused = MessageRefused(target="application/r/9", kind="submit", code="unknown-stream")
    first = await ledger.refusals.record_refusal("c-1", OFFICER, refused)
    assert await ledger.refusals.record_refusal("c-1", OFFICER, refused) == first
    other = refused.model_copy(update={"code": "unreadable"})
    assert await ledger.refusals.record_refusal("c-1", OFFICER, other) != first
    assert [e.leaf.type for e in await ledger.reading.entries(INSTALLATION)] == ["message.refused.v1"] * 2
