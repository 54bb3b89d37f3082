"""A record that was set back on a real stack: nothing is decided on it until a person has chosen what comes of it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from ledger.log.receipts import Entry
from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.round.commands import CancelRound
from starter.client.client import SelectionClient
from tests import factories as f
from tests.citing import store_for
from tests.registering import register_at
from tests.running.waiting import SOON
from tests.workflows.proof.test_archive import ARCHIVE
from tests.workflows.support.commands import Commands
from tests.workflows.support.histories import is_running
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.setting_back import Copies, change_behind

FIRST, SECOND, THIRD = application(1), application(2), application(3)
BJ = unit_list("bj")
WHY = "Canary: the database was set back"
REPAIR = ("reconcile", "--repair", "--as", "admin-1", "--reason", WHY)
GO_ON = ("reconcile", "--go-on", "--as", "admin-1", "--reason", WHY)


@pytest.fixture
def command(open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    return Commands(open_place, monkeypatch, tmp_path)


async def submit(client: SelectionClient, command_id: str = "submit-1", **changes: Any) -> str:
    stream = await client.new_application(f.ROUND, f.APPLICANT.person, command_id)
    await client.act(stream, f.submit(**changes), actor=f.APPLICANT, command_id=command_id)
    return stream


async def entries(place: Installation) -> list[Entry]:
    return [entry async for entry in place.ledger.reading.all_entries(f.ROUND)]


async def edit(place: Installation, stream: str, staff: int) -> None:
    await place.client.act(stream, f.submit(staff=staff), actor=f.APPLICANT, command_id=f"edit-{staff}")


async def until_closed(place: Installation, stream: str) -> None:
    """Wait until a workflow has found that the record knows nothing of its stream."""
    async with asyncio.timeout(SOON.total_seconds()):
        while await is_running(place, stream):
            await asyncio.sleep(0.05)


async def set_back(place: Installation) -> list[Entry]:
    """Lose a second application, an edit of the first and a recommendation; return the log as it was."""
    copies = Copies(place)
    assert await submit(place.client) == FIRST
    await copies.keep()
    assert await submit(place.client, "submit-2") == SECOND
    await edit(place, FIRST, 31)
    await place.client.act(
        BJ, Recommend(application="0001", revision=2), actor=f.RECOMMENDER, command_id="recommend"
    )
    await place.until_idle(FIRST)
    whole = await entries(place)
    await copies.put_back()
    assert len(await entries(place)) < len(whole)
    return whole


async def test_what_the_record_lost_is_decided_again_to_the_byte(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    whole = await set_back(place)
    code, found, _ = await command("reconcile", f.ROUND)
    assert (code, {row["stream"] for row in found["entries"]}) == (1, {FIRST, SECOND, BJ})
    assert {row["code"] for row in found["entries"]} == {"lost"}
    assert (await command(*REPAIR[:2], "--as", "officer-1", "--reason", "x"))[0] == 2
    assert (await command(*REPAIR[:4]))[0] == 2, "without a reason nobody chooses"
    assert len(await entries(place)) < len(whole)

    code, done, said = await command(*REPAIR)
    assert (code, done["left"]) == (0, 0), said
    assert await entries(place) == whole
    assert (await command("reconcile"))[0] == 0
    await edit(place, SECOND, 32)
    assert await submit(place.client, "submit-2") == SECOND
    assert await submit(place.client, "submit-3") == THIRD
    [(said_, leaf)] = await place.ledger.restorations.list_all()
    assert (said_.target, said_.choice, leaf.actor.person) == (f.ROUND, "repair", "admin-1")
    assert leaf.actor.reason is not None
    assert (await place.ledger.contents.get(leaf.actor.reason.id))[1].decode() == WHY


async def test_a_log_that_lost_entries_takes_nothing_until_a_person_goes_on(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    await set_back(place)
    with pytest.raises(Refused, match="record-behind"):
        await edit(place, FIRST, 40)
    with pytest.raises(Refused, match="record-behind"):
        await submit(place.client, "submit-9")
    before = await entries(place)
    code, found, _ = await command("reconcile")
    assert (code, list(found["halted"])) == (1, [f.ROUND])
    parts = {row["part"]: row for row in (await command("doctor"))[1]["parts"]}
    assert f.ROUND in parts["halted-logs"]["found"]
    assert "selection reconcile" in parts["halted-logs"]["cure"]
    assert await entries(place) == before

    code, done, said = await command(*GO_ON)
    assert (code, done["went_on"]) == (0, [f.ROUND]), said
    assert (await command("reconcile"))[0] == 0, "what a person chose about is not named again"
    await until_closed(place, SECOND)
    await edit(place, FIRST, 41)
    await edit(place, FIRST, 31)
    assert await submit(place.client, "submit-2") == SECOND, "the same command has the same number"
    assert await submit(place.client, "submit-9") == THIRD
    assert await place.types(SECOND) == ["application.submitted"]
    assert await place.types(FIRST) == ["application.submitted"] * 3, (
        "what was lost is done when it is sent again"
    )
    [(said_, _)] = await place.ledger.restorations.list_all()
    assert (said_.choice, said_.size, said_.lost) == ("go-on", len(before), 4)


async def test_what_was_recorded_before_the_loss_was_seen_is_not_doubled_by_the_repair(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    whole = await set_back(place)
    # Nobody remembers: a client and a worker of their own, as after a restart of everything.
    place.recorder.deciding._sizes.clear()
    other = await place.client.new_application(f.ROUND, "agent-b", "other-1")
    assert other == SECOND, "the database that was set back has forgotten whose it is"
    code, done, _ = await command(*REPAIR)
    assert (code, done["left"]) == (0, 0)
    assert await entries(place) == whole
    assert await place.client.new_application(f.ROUND, "agent-b", "other-1") == THIRD
    assert await place.client.new_application(f.ROUND, f.APPLICANT.person, "submit-2") == SECOND


async def test_what_the_engine_did_by_itself_comes_back_too(
    open_place: Installation, command: Commands
) -> None:
    """A batch: the round's decision, what each application made of it, and the batch's end."""
    place, copies = open_place, Copies(open_place)
    streams = [await submit(place.client, f"submit-{number}") for number in (1, 2)]
    await copies.keep()
    cancel = CancelRound(reason=await place.client.store_text("Why", person="officer-1", log=f.ROUND))
    await place.client.act(ROUND, cancel, actor=f.OFFICER, command_id="cancel")
    for stream in (*streams, ROUND):
        await until_closed(place, stream)
    await place.handle(ARCHIVE).result()
    before = await entries(place)
    assert [entry.leaf.type for entry in before].count("application.cancelled.v1") == 2
    await copies.put_back()
    code, done, said = await command(*REPAIR)
    assert (code, done["left"]) == (0, 0), (said, done["entries"])
    # What the archive named it names again when it looks the next time.
    assert await entries(place) == [entry for entry in before if entry.leaf.stream != ARCHIVE]
    code, done, _ = await command("resume")
    assert (code, done["started"]) == (0, []), "what has ended needs no workflow"


async def test_texts_that_went_with_the_database_are_named_in_the_choice(
    open_place: Installation, command: Commands
) -> None:
    place, copies = open_place, Copies(open_place)
    kept = await place.client.store_text('{"form":"Canary kept"}', person=f.APPLICANT.person, log=f.ROUND)
    await copies.keep()
    gone = await place.client.store_text("Canary gone", person=f.APPLICANT.person, log=f.ROUND)
    stream = await submit(place.client, form=kept, pledge=gone)
    assert (await command("reconcile"))[1]["contents"] == []
    before = await entries(place)
    await copies.put_back()
    found = (await command("reconcile"))[1]
    assert gone.id in found["contents"]
    assert kept.id not in found["contents"]
    assert (await command(*REPAIR))[0] == 0
    assert await entries(place) == before
    [(said, _)] = await place.ledger.restorations.list_all()
    assert said.contents == tuple(found["contents"])
    again = await place.client.store_text("Canary gone", person=f.APPLICANT.person, log=f.ROUND)
    assert (again.id, again.sha256 == gone.sha256) == (gone.id, False)
    await edit(place, stream, 31)


async def test_an_entry_that_was_changed_is_named_and_never_touched(
    open_place: Installation, command: Commands
) -> None:
    place = open_place
    stream = await submit(place.client)
    change_behind(
        place,
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        f"UPDATE entries SET body = b, leaf_hash = sha256('\\x00'::bytea || b) FROM (SELECT convert_to(replace("
        f"convert_from(body, 'UTF8'), '\"staff\":30', '\"staff\":99'), 'UTF8') AS b, stream AS s FROM entries "
        f"WHERE stream = '{stream}') AS x WHERE stream = s",
        "ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_append_only",
    )
    before = await entries(place)
    code, found, _ = await command("reconcile")
    assert (code, [(row["stream"], row["code"]) for row in found["entries"]]) == (1, [(stream, "changed")])
    assert (await command(*REPAIR))[0] == 2
    assert await entries(place) == before
    assert await is_running(place, stream)


async def test_what_cannot_be_had_again_is_named_and_the_log_stays_halted(
    open_place: Installation, command: Commands
) -> None:
    place, copies = open_place, Copies(open_place)
    await store_for(place.ends.database_url, ["late-1"])
    await copies.keep()
    newcomer = NewPerson(
        person="late-1",
        roles={Role.APPLICANT: ()},
        employer=f.people()["applicant-1"].employer,
        identity=Identity(name="Canary late-1", mail="late-1@canary.example"),
    )
    await register_at(place.ends.database_url, [newcomer], command_id="late")
    stream = await submit(place.client)
    actor = f.actor("late-1", Role.APPLICANT)
    lost = await place.client.new_application(f.ROUND, actor.person, "late-submit")
    await place.client.act(lost, f.submit(), actor=actor, command_id="late-submit")
    await edit(place, stream, 31)
    await copies.put_back()
    code, done, said = await command(*REPAIR)
    assert (code, done["back"], done["left"]) == (2, 2, 1), said
    assert (done["register_behind"], [row["stream"] for row in done["entries"]]) == (1, [lost])
    with pytest.raises(Refused, match="record-behind"):
        await edit(place, stream, 32)
    assert (await command(*GO_ON))[0] == 0
    assert [said_.choice for said_, _ in await place.ledger.restorations.list_all()] == ["repair", "go-on"]
    await edit(place, stream, 32)
    assert len(await place.types(stream)) == 3
    await register_at(place.ends.database_url, [newcomer], command_id="late-again")
    assert await place.client.new_application(f.ROUND, actor.person, "late-submit") == lost
    await place.client.act(lost, f.submit(), actor=actor, command_id="late-submit")
    assert await place.types(lost) == ["application.submitted"]
