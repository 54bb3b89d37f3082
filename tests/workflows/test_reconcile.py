"""Record and Temporal part ways on a real stack, and `selection reconcile` finds it and mends it or refuses."""

import asyncio
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ledger.receipts import Entry
from selection.recommendation.commands import Recommend
from selection.refusals import Refused
from selection.streams import application_stream
from starter.client import SelectionClient
from starter.main import run
from starter.reconcile.comparing import look
from tests import factories as f
from tests.workflows.histories import is_running
from tests.workflows.installation import ROUND, Installation, application, slip_in, unit_list
from tests.workflows.setting_back import Copies, change_behind

FIRST, SECOND = application(1), application(2)
REPAIR = ("--repair", "--as", "admin-1", "--reason", "Canary: the database was set back")


class Commands:
    """Runs the command in this process, on the test's installation."""

    def __call__(self, *words: str) -> tuple[int, Any]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = run(["reconcile", "--json", *words])
        return code, json.loads(out.getvalue()) if out.getvalue() else None

    async def found(self, *words: str) -> tuple[int, dict[str, str]]:
        """The exit code, and the code of every stream that is off (after the repair, if one was asked for)."""
        code, told = await asyncio.to_thread(self, *words)
        rows = told["workflows"] if told else []
        return code, {row["stream"]: row["code"] for row in rows if not row.get("repaired")}


@pytest.fixture
def reconcile(open_place: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    for name, value in {**open_place.ends.environment(), "SELECTION_DATA": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    return Commands()


async def submitted(client: SelectionClient, command_id: str = "submit-1", **changes: Any) -> str:
    stream = await client.new_application(f.ROUND, command_id)
    await client.act(stream, f.submit(**changes), actor=f.APPLICANT, command_id=command_id)
    return stream


async def entries(place: Installation) -> list[Entry]:
    return [entry async for entry in place.ledger.reading.all_entries(f.ROUND)]


async def edit(place: Installation, stream: str, staff: int) -> None:
    await place.client.act(stream, f.submit(staff=staff), actor=f.APPLICANT, command_id=f"edit-{staff}")


async def repairs_of(place: Installation, stream: str) -> list[Any]:
    log = [entry.leaf async for entry in place.ledger.reading.all_entries("installation")]
    return [leaf for leaf in log if leaf.type == "workflow.restored.v1" and leaf.data["target"] == stream]


async def test_leaves_that_the_record_lost_come_back_byte_by_byte(
    open_place: Installation, reconcile: Commands
) -> None:
    place, copies = open_place, Copies(open_place)
    assert await submitted(place.client) == FIRST
    assert await reconcile.found() == (0, {})
    await copies.keep()
    assert await submitted(place.client, "submit-2") == SECOND
    await edit(place, FIRST, 31)
    await place.client.act(unit_list("bj"), Recommend(application="0001", revision=2), actor=f.RECOMMENDER)
    whole = await entries(place)
    await copies.put_back()
    assert len(await entries(place)) < len(whole)

    lost = {FIRST: "ahead", SECOND: "ahead", unit_list("bj"): "ahead"}
    assert await reconcile.found(f.ROUND) == (1, lost)
    assert await reconcile.found("--repair", "--as", "officer-1", "--reason", "x") == (2, {})
    assert len(await entries(place)) < len(whole)
    assert await reconcile.found(*REPAIR) == (0, {})
    assert await entries(place) == whole
    assert await reconcile.found() == (0, {})

    await edit(place, SECOND, 32)
    assert await place.client.new_application(f.ROUND, "submit-2") == SECOND
    assert await place.client.new_application(f.ROUND, "submit-3") == application_stream(f.ROUND, "0003")
    [told] = await repairs_of(place, SECOND)
    assert (told.actor.person, told.data["found"], told.data["appended"]) == ("admin-1", "ahead", 1)
    reason = await place.ledger.contents.get(told.actor.reason.id)
    assert reason[1].decode() == REPAIR[-1]


async def test_a_workflow_that_is_gone_is_started_from_the_record(
    open_place: Installation, reconcile: Commands
) -> None:
    place = open_place
    stream = await submitted(place.client)
    await place.handle(stream).terminate()
    await place.handle(ROUND).terminate()
    off = {stream: "not-running", ROUND: "not-running"}
    assert await reconcile.found() == (1, off)
    assert await reconcile.found(*REPAIR) == (0, {})
    await edit(place, stream, 31)
    assert (await submitted(place.client)) == stream, "the same command id is still the same act"
    assert await place.types(stream) == ["application.submitted", "application.submitted"]
    assert [leaf.data["run"] for leaf in await repairs_of(place, ROUND)] == ["start"]


async def test_runs_that_went_astray_are_replaced_only_when_asked_to(
    open_place: Installation, reconcile: Commands
) -> None:
    place = open_place
    halted, behind = await submitted(place.client), await submitted(place.client, "submit-2")
    reset = await submitted(place.client, "submit-3")
    await slip_in(place, halted)
    with pytest.raises(Refused, match="record-diverged"):
        await edit(place, halted, 31)
    await slip_in(place, behind)
    await reset_to_the_start(place, reset)
    off = {halted: "halted", behind: "behind", reset: "halted"}
    assert await reconcile.found() == (1, off)
    assert await reconcile.found(*REPAIR) == (2, off)
    assert await reconcile.found(*REPAIR, "--restart") == (0, {})
    for number, stream in enumerate(off, start=32):
        await edit(place, stream, number)
    assert await reconcile.found() == (0, {})


async def reset_to_the_start(place: Installation, stream: str) -> None:
    """Reset a workflow as an operator does, and wait until its new run meets the record."""
    from temporalio.api.common.v1 import WorkflowExecution
    from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest

    await place.temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=place.temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=stream),
            reason="a test",
            workflow_task_finish_event_id=4,
            request_id="reset-1",
        )
    )
    async with asyncio.timeout(20):
        while (await look(place.temporal, place.ledger, stream)).code != "halted":
            await asyncio.sleep(0.1)


async def test_a_row_that_was_changed_is_found_and_never_mended(
    open_place: Installation, reconcile: Commands
) -> None:
    place = open_place
    changed, torn, shown = [await submitted(place.client, f"submit-{n}") for n in (1, 2, 3)]
    assert await submitted(place.client, "submit-4") == application(4)
    change_behind(
        place,
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        f"UPDATE entries SET body = b, leaf_hash = sha256('\\x00'::bytea || b) FROM (SELECT convert_to(replace("
        f"convert_from(body, 'UTF8'), '\"staff\":30', '\"staff\":99'), 'UTF8') AS b, stream AS s FROM entries "
        f"WHERE stream = '{changed}') AS x WHERE stream = s",
        "ALTER TABLE entries DROP CONSTRAINT entries_leaf_hash",
        f"UPDATE entries SET leaf_hash = sha256('x') WHERE stream = '{torn}'",
        "ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_append_only",
        f"UPDATE snapshots SET state = replace(state, '\"staff\":30', '\"staff\":99') WHERE stream = '{shown}'",
    )
    await place.handle(changed).terminate()
    off = {changed: "record-diverged", torn: "record-damaged", shown: "projection-differs"}
    before = await entries(place)
    assert await reconcile.found() == (1, off)
    assert await reconcile.found(*REPAIR, "--restart") == (2, off)
    assert await entries(place) == before
    assert not await is_running(place, changed)
    assert await repairs_of(place, changed) == []
