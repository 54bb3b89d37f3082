"""The installation's own stream on the real stack: decided as all others are, and by nobody else."""

from pathlib import Path

import pytest

from ledger.people.register import Identity, NewPerson
from runtime.logins import Login
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from starter.client.registering import register_people
from tests import factories as f
from tests.workflows.support.commands import Commands
from tests.workflows.support.histories import histories_of, replay
from tests.workflows.support.installation import Installation, application
from tests.workflows.support.setting_back import Copies
from tests.workflows.support.stranger import ask_activity, strangers_worker

ADMIN = f.actor("admin-1")
SOMEBODY = f.actor("expert-3", Role.ADMIN)
RECOMMEND = Recommend(application="0001", revision=1)


def newcomer(number: int) -> NewPerson:
    identity = Identity(name=f"Canary {number}", mail=f"newcomer-{number}@canary.example")
    return NewPerson(person=f"newcomer-{number}", roles={Role.EXPERT: ()}, identity=identity)


async def kinds(place: Installation, after: int) -> list[str]:
    return [entry.leaf.type for entry in await place.ledger.reading.stream_entries(INSTALLATION, after)]


async def test_people_are_registered_and_erased_by_the_deciding_workflow(open_place: Installation) -> None:
    place = open_place
    size = await place.ledger.reading.head(INSTALLATION)
    receipt = await register_people(place.client, [newcomer(1), newcomer(2)], actor=ADMIN, command_id="new")
    assert (receipt.log, receipt.seq, receipt.version) == (INSTALLATION, size + 1, size + 2)
    again = await register_people(place.client, [newcomer(1), newcomer(2)], actor=ADMIN, command_id="new")
    assert again == receipt
    erased = await place.client.act(INSTALLATION, ErasePerson(person="newcomer-1"), actor=ADMIN)
    assert erased.seq == size + 2
    with pytest.raises(Refused, match="not-entitled"):
        await register_people(place.client, [newcomer(3)], actor=SOMEBODY, command_id="claimed")
    assert await kinds(place, size) == [
        "person.registered.v1",
        "person.registered.v1",
        "person.erased.v1",
        "act.refused.v1",
    ]
    assert await place.ledger.people.identity("newcomer-1") is None
    assert await place.ledger.people.facts(["newcomer-3"]) == {}
    [history] = await histories_of(place, INSTALLATION)
    await replay([history])
    assert "anary" not in history.to_json()


async def test_an_act_that_reached_no_stream_is_reported_by_whoever_is_registered(
    open_place: Installation,
) -> None:
    place = open_place
    size = await place.ledger.reading.head(INSTALLATION)
    with pytest.raises(Refused, match="unknown-round"):
        await place.client.act("recommender/nowhere/bj", RECOMMEND, actor=f.RECOMMENDER, command_id="lost-1")
    stranger = f.actor("nobody-1", Role.RECOMMENDER)
    with pytest.raises(Refused, match="unknown-round"):
        await place.client.act("recommender/nowhere/bj", RECOMMEND, actor=stranger, command_id="lost-2")
    [told] = await place.ledger.reading.stream_entries(INSTALLATION, size)
    assert (told.leaf.type, told.leaf.actor.person, told.leaf.data["command_id"]) == (
        "message.refused.v1",
        "recommender-1",
        "lost-1",
    )
    # The act itself may still be done under its id: what the installation tells of it stands apart.
    await place.client.act(application(1), f.submit(), actor=f.APPLICANT, command_id="lost-1")


async def test_no_strangers_workflow_decides_for_the_installation(open_place: Installation) -> None:
    """Attack: a workflow of the installation's name, or of a stream beside it, has entries made."""
    place, at = open_place, "2026-01-01T00:00:00Z"
    size = await place.ledger.reading.head(INSTALLATION)
    beside = (f"{INSTALLATION}/{f.ROUND}", f"round/{INSTALLATION}", f"application/{INSTALLATION}/0001")
    async with strangers_worker(place) as temporal:
        for stream in (INSTALLATION, *beside):
            argument = {"stream": stream, "at": at}
            assert await ask_activity(temporal, place, "decide", argument) == "not-the-owner"
            assert (
                await ask_activity(temporal, place, "decide", argument, posing_as=stream) == "not-the-owner"
            )
    assert await place.ledger.reading.head(INSTALLATION) == size
    assert set(await place.ledger.reading.logs()) == {INSTALLATION, f.ROUND}


async def test_a_register_that_was_set_back_is_halted_until_a_person_chose(
    open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place, copies, command = open_place, Copies(open_place), Commands(open_place, monkeypatch, tmp_path)
    await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
    await copies.keep()
    await register_people(place.client, [newcomer(2)], actor=ADMIN, command_id="two")
    size = await place.ledger.reading.head(INSTALLATION)
    await copies.put_back()
    with pytest.raises(Refused, match="record-behind"):
        await register_people(place.client, [newcomer(3)], actor=ADMIN, command_id="three")
    code, found, said = await command("reconcile")
    assert (code, [(row["stream"], row["code"]) for row in found["entries"]]) == (
        1,
        [(INSTALLATION, "lost")],
    ), said
    chosen = ("--as", "admin-1", "--reason", "Canary: the database was set back")
    code, done, said = await command("reconcile", "--go-on", *chosen)
    assert (code, done["went_on"]) == (0, [INSTALLATION]), said
    await register_people(place.client, [newcomer(3)], actor=ADMIN, command_id="three")
    assert await kinds(place, size - 1) == ["log.restored.v1", "person.registered.v1"]
    [(choice, _)] = await place.ledger.restorations.list_all()
    assert (choice.target, choice.choice) == (INSTALLATION, "go-on")
    assert (await command("reconcile"))[0] == 0


async def test_what_the_register_lost_is_brought_back_if_the_identities_are_there(
    open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place, copies, command = open_place, Copies(open_place), Commands(open_place, monkeypatch, tmp_path)
    await register_people(place.client, [newcomer(1)], actor=ADMIN, command_id="one")
    await place.ledger.people.store_identities([newcomer(2)], ADMIN.person, "two")
    await copies.keep()
    await register_people(place.client, [newcomer(2)], actor=ADMIN, command_id="two")
    await place.client.act(INSTALLATION, ErasePerson(person="newcomer-1"), actor=ADMIN)
    before = [entry.body for entry in await place.ledger.reading.stream_entries(INSTALLATION)]
    await copies.put_back()
    chosen = ("--as", "admin-1", "--reason", "Canary: the database was set back")
    monkeypatch.delenv(Login.ERASER.variable)
    code, _, said = await command("reconcile", "--repair", *chosen)
    assert code == 1
    assert "eraser-away" in said
    monkeypatch.setenv(Login.ERASER.variable, place.ends.databases.url(Login.ERASER))
    code, done, said = await command("reconcile", "--repair", *chosen)
    assert (code, done["back"], done["left"]) == (0, 1, 0), said
    assert await place.ledger.people.identity("newcomer-1") is None
    after = [entry.body for entry in await place.ledger.reading.stream_entries(INSTALLATION)]
    assert after[: len(before)] == before
    assert (await place.ledger.people.facts(["newcomer-2"]))["newcomer-2"].active
    assert await place.ledger.people.identity("newcomer-2") == newcomer(2).identity
