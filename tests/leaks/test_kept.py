"""No leak: what Temporal, the log, the record and the mails keep holds ids and codes, never names or texts."""

import base64
import json
from pathlib import Path

import pytest

from ledger.record import Ledger
from runtime.embedded.mail_sink import Mail, list_mail
from runtime.settings import Settings
from starter.client.client import SelectionClient
from tests.leaks.canaries import CONTENT, IDENTITY, identity_of
from tests.leaks.conftest import Play
from tests.leaks.truth import PEOPLE, STAFF, ids_in

MAILS = {identity_of(person).mail: person for person in PEOPLE}


def canaries_in(text: str) -> set[str]:
    """Every canary of an identity or a content; in Temporal's JSON and in the log they stand as they are."""
    return set(IDENTITY.findall(text)) | set(CONTENT.findall(text))


@pytest.fixture
def mails(the_play: Play) -> list[Mail]:
    assert the_play.ends.mail_folder is not None
    return list_mail(the_play.ends.mail_folder)


async def test_histories_and_what_operators_see_hold_no_canary(the_play: Play) -> None:
    client = await SelectionClient.connect(Settings(data=the_play.data))
    try:
        count = 0
        async for execution in client.temporal.list_workflows():
            handle = client.temporal.get_workflow_handle(execution.id, run_id=execution.run_id)
            described = await handle.describe()
            history = _open_history((await handle.fetch_history()).to_json())
            shown = f"{described.raw_description} {await described.static_summary()} {described.search_attributes}"
            assert not canaries_in(f"{history} {shown}"), execution.id
            assert not ids_in(shown), execution.id
            count += 1
        assert count > 8
    finally:
        await client.close()


def _open_history(history: str) -> str:
    """A history with its payloads read: they stand in it in base64."""
    found: list[str] = [history]

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("data"), str):
                found.append(base64.b64decode(value["data"]).decode("utf-8", "replace"))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(json.loads(history))
    return "\n".join(found)


async def test_the_record_and_its_projections_hold_no_canary(the_play: Play) -> None:
    ledger = await Ledger.connect(the_play.ends.database_url, size=2)
    try:
        for log in await ledger.reading.logs():
            async for entry in ledger.reading.all_entries(log):
                assert not canaries_in(entry.body.decode()), entry
                found = await ledger.reading.snapshot(entry.leaf.stream)
                assert found is None or not canaries_in(found.state), entry.leaf.stream
        letters = await ledger.outbox.letters()
        assert letters
        assert not canaries_in(str(letters))
    finally:
        await ledger.close()


@pytest.mark.parametrize("name", ["worker", "postgres", "temporal", "mail"])
def test_the_logs_hold_no_canary(the_play: Play, name: str) -> None:
    found = list((the_play.data / "logs").glob(f"{name}*"))
    assert found
    for path in found:
        assert not canaries_in(Path(path).read_text(encoding="utf-8", errors="replace")), path


def test_a_mail_names_its_recipient_in_the_header_and_nobody_else(mails: list[Mail]) -> None:
    assert len(mails) > 30
    for mail in mails:
        [address] = mail.recipients
        person = MAILS[address]
        own = identity_of(person)
        raw = mail.path.read_text(encoding="utf-8")
        head, _, _ = raw.partition("\n\n")
        assert set(IDENTITY.findall(head)) <= {own.name.split()[0], own.mail.partition("@")[0]}
        assert not canaries_in(mail.subject + mail.body), mail
        assert not canaries_in(raw.partition("\n\n")[2]), mail


def test_a_mail_names_nobody_whom_its_reader_may_not_know(the_play: Play, mails: list[Mail]) -> None:
    truth = the_play.truths["end"]
    for mail in mails:
        person = MAILS[mail.recipients[0]]
        if person not in STAFF:
            assert ids_in(mail.subject + mail.body) <= truth.list_known_ids(person, ""), mail


def test_message_ids_name_nobody(mails: list[Mail]) -> None:
    assert not {mail.message_id for mail in mails if ids_in(mail.message_id)}
