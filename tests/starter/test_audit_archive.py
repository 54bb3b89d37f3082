"""An auditor has histories kept on a running stack and exports them; the worker has scheduled it for every day."""

import asyncio
import hashlib
import json
import zipfile
from typing import Any, Literal

import pytest
from temporalio.client import Client
from temporalio.common import RawValue

from portal.app import create_app
from portal.backend import Backend
from runtime.databases import Databases
from runtime.settings import Settings
from runtime.temporal.address import find_way
from runtime.temporal.codec import ENCODING
from runtime.temporal.payloads import payloads_in
from starter.client.client import SelectionClient
from starter.people.portal_link import make_sign_in_link
from tests.portal.conftest import browse
from tests.portal.support.browsing import ORIGIN, OWN
from tests.running.waiting import STUCK_AFTER
from tests.starter.support.acting import until
from tests.starter.support.stack import UpHere, people_file

pytestmark = pytest.mark.stack
MARKER: Literal["marker_recorded_event_attributes"] = "marker_recorded_event_attributes"
DETAILS = "__temporal_workflow_metadata"
ADD = (
    "person",
    "add",
    "auditor-1",
    "--name",
    "Synthetic",
    "--mail",
    "a@synthetic.example",
    "--role",
    "auditor",
)


@pytest.fixture(scope="module")
def auditor(here: UpHere, submitted_application: str) -> str:
    here.json(*ADD, "--employer", "99SYNTHA", person="admin-1")
    return "auditor-1"


def read_refusal(here: UpHere, *words: str, person: str) -> str:
    code, _, err = here("audit", *words, person=person)
    assert code == 2, err
    return err.partition(":")[0]


def test_an_auditor_has_histories_kept_and_gets_one_receipt_for_a_command(
    here: UpHere, opened_round: str, auditor: str, submitted_application: str
) -> None:
    asked = ("audit", "archive", opened_round, "--command-id", "keep-1")
    first = here.json(*asked, person=auditor)
    assert (first["archived"]["open"], first["archived"]["missing"]) == (first["archived"]["looked"], 0)
    assert first["archived"]["looked"] >= 2
    assert first["receipt"]["stream"] == f"archive/{opened_round}"
    assert here.json(*asked, person=auditor)["receipt"] == first["receipt"]
    assert here.json("receipt", "keep-1", person=auditor)["receipt"] == first["receipt"]


async def test_an_auditor_has_histories_kept_in_a_page_even_where_the_portal_ended_meanwhile(
    here: UpHere, opened_round: str, auditor: str, submitted_application: str
) -> None:
    path = f"/rounds/{opened_round}/audit/archive"
    for ends in (True, False):
        backend = Backend(Settings(data=here.data))
        async with backend.open(), browse(create_app(backend, ORIGIN)) as page:
            await page.open("/language/en")
            link = await make_sign_in_link(Databases.find(backend.settings), ORIGIN)
            way = link.address.removeprefix(ORIGIN)
            await page.open(way)
            await page.send(way, {"person": auditor})
            await page.open(path)
            assert "Keep them now" in page.text, page.text
            # Where this portal ends, Temporal may have begun it or not.
            assert (await page.client.post(path, data=page.hidden, headers=OWN)).status_code == 303
            if ends:
                continue
            await page.open(path)
            while "/static/pending.js" in page.page:
                await page.open(path)
            assert "The histories were kept." in page.text, page.text
            [receipt] = [link for link in page.links if link.startswith("/receipts/")]
            assert (await page.open(receipt)).status_code == 200


def export_signed_round(here: UpHere, round_id: str, *words: str, person: str) -> dict[str, Any]:
    """What the command says of a bundle that it wrote, once the signer has signed what it holds."""
    found: list[dict[str, Any]] = []

    def export_once() -> bool:
        code, out, err = here("--json", "audit", "export", round_id, *words, person=person)
        assert code == 0 or json.loads(err)["error"]["code"] == "no-checkpoint", err
        found.extend([json.loads(out)] if code == 0 else [])
        return code == 0

    until(export_once)
    return found[0]


def test_a_bundle_is_exported_and_all_but_the_outcome_of_an_open_round_is_proven(
    here: UpHere, opened_round: str, auditor: str, submitted_application: str
) -> None:
    # So many entries of the installation's log are signed at once.
    many = people_file(here.data, {f"expert-{number}": {"expert": []} for number in range(100, 200)}, "Many")
    here.json("person", "import", str(many), person="admin-1")
    here.json("audit", "archive", opened_round, person=auditor)
    key, files = here.data / "keys" / "signing.vkey", (here.data / "full.zip", here.data / "redacted.zip")
    full = export_signed_round(here, opened_round, "-o", str(files[0]), person=auditor)
    redacted = export_signed_round(here, opened_round, "-o", str(files[1]), "--redacted", person="admin-1")
    assert read_refusal(here, "export", opened_round, "-o", str(files[1]), person="admin-1") == "hidden"
    for file, said, lacks in zip(
        files, (full, redacted), (set[str](), {"answers-fit-form", "contents-present"}), strict=True
    ):
        whole = file.read_bytes()
        assert said["bundle"]["sha256"] == hashlib.sha256(whole).hexdigest()
        assert said["bundle"]["bytes"] == len(whole)
        assert {item["log"] for item in said["logs"]} == {"installation", opened_round}
        code, out, err = here("audit", "verify", str(file), "--key", str(key), "--json")
        assert (code, err) == (5 if lacks else 1, "")
        open_ = {item["code"] for item in json.loads(out)["claims"] if item["verdict"] != "proven"}
        # Nobody signs here, and nobody has an outcome yet.
        assert open_ == {"acts-signed", "list-equals-outcomes"} | lacks
    assert (full["bundle"]["redacted"], redacted["bundle"]["redacted"]) == (False, True)
    assert full["bundle"]["contents"] > redacted["bundle"]["contents"] == 0
    with zipfile.ZipFile(files[1]) as members:
        assert [name for name in members.namelist() if name.startswith("contents/")] == []


@pytest.mark.parametrize("act", ["archive", "export"])
def test_nobody_else_archives_or_exports(here: UpHere, opened_round: str, auditor: str, act: str) -> None:
    more = ("-o", str(here.data / "round.zip")) if act == "export" else ()
    assert read_refusal(here, act, opened_round, *more, person="officer-1") == "hidden"
    assert read_refusal(here, act, opened_round, *more, person="host-1") == "hidden"
    assert read_refusal(here, act, "no-round", *more, person=auditor) == "hidden"
    assert not (here.data / "round.zip").exists()


async def test_the_worker_has_scheduled_it(here: UpHere) -> None:
    told = json.loads((here.data / "stack.json").read_text(encoding="utf-8"))
    client = await Client.connect(**find_way(told["temporal_address"], told["temporal_namespace"]))
    described = await client.get_schedule_handle("archive-rounds/installation").describe()
    assert [str(item.every) for item in described.schedule.spec.intervals] == ["1 day, 0:00:00"]


def test_who_read_an_application_is_shown_to_its_auditor_and_to_nobody_else(
    here: UpHere, opened_round: str, auditor: str, submitted_application: str
) -> None:
    asked = ("reads", opened_round, "--stream", submitted_application, "--person", "officer-1")
    before = here.json(*asked, person=auditor)["reads"]
    here.json("show", submitted_application, person="officer-1")
    here.json("show", submitted_application, person="host-1")
    [found] = (item for item in here.json(*asked, person=auditor)["reads"] if item not in before)
    assert (found["read"], found["stream"]) == ("application", f"application/{submitted_application}")
    assert (found["means"], found["content"]) == ("local", "")
    # The applicant's own application is the applicant's own.
    assert here.json("reads", opened_round, "--person", "host-1", person=auditor)["reads"] == []
    code, out, _ = here("reads", opened_round, "--lang", "zh", person=auditor)
    assert (code, "一项申报" in out, "查阅日志" in out) == (0, True, True)
    for words in ((opened_round,), ()):
        assert here("reads", *words, person="officer-1")[2].startswith("hidden")
    assert here.json("db", "prune-reads") == {"removed": 0}


async def test_temporal_stores_nothing_that_is_read_without_the_keys(
    here: UpHere, submitted_application: str
) -> None:
    told = json.loads((here.data / "stack.json").read_text(encoding="utf-8"))
    client = await Client.connect(**find_way(told["temporal_address"], told["temporal_namespace"]))
    plain, sealed = [], 0
    for stream in ("round/r1", f"application/{submitted_application}"):
        for event in (await client.get_workflow_handle(stream).fetch_history()).events:
            for payload in payloads_in(event):
                sealed += payload.metadata["encoding"] == ENCODING
                plain += [] if payload.metadata["encoding"] == ENCODING else [(event, payload)]
    assert sealed > 5
    for event, payload in plain:
        # What operators search by, ids and codes; and what the SDK itself notes of a local activity: its id and type.
        noted = (
            event.marker_recorded_event_attributes.details["data"].payloads if event.HasField(MARKER) else ()
        )
        assert "type" in payload.metadata or payload in noted, payload
    assert (here.data / "keys/payload.keys").stat().st_mode & 0o077 == 0


async def test_what_was_sealed_for_one_workflow_is_counted_and_holds_up_no_other(
    here: UpHere, submitted_application: str
) -> None:
    """Who can reach Temporal sends a sealed act to another stream: nobody can read it there."""
    told = json.loads((here.data / "stack.json").read_text(encoding="utf-8"))
    client = await Client.connect(**find_way(told["temporal_address"], told["temporal_namespace"]))
    history = await client.get_workflow_handle(f"application/{submitted_application}").fetch_history()
    accepted = [event.workflow_execution_update_accepted_event_attributes for event in history.events]
    taken = next(payload for one in accepted for payload in payloads_in(one.accepted_request.input))
    before = await asyncio.to_thread(here.json, "status", "r1", person="officer-1")
    await client.get_workflow_handle("round/r1").signal("act", RawValue(taken))
    ours = await SelectionClient.connect(Settings(data=here.data))
    try:
        async with asyncio.timeout(STUCK_AFTER):
            while "garbage" not in str(await ours.temporal.get_workflow_handle("round/r1").query(DETAILS)):
                await asyncio.sleep(0.1)
    finally:
        await ours.close()
    assert await asyncio.to_thread(here.json, "status", "r1", person="officer-1") == before
