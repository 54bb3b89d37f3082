"""Who signs: only a worker that finds the key file, on a queue of its own; stamped where a service is named."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from activities.key_files import write_key
from runtime.embedded.ports import free_port
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.note import Note
from selection.transparency.private_key import PrivateKey
from starter.cli.main import run
from tests import factories as f
from tests.ledger.support.time_stamp_service import make_service, openssl, serving
from tests.needing import needs_openssl
from tests.running.waiting import SOON
from tests.workflows.support.installation import Installation
from worker.signer import sign_where_the_key_is
from workflows.signer import SIGNER_ID, signer_queue

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))


async def pollers(place: Installation) -> int:
    """How many poll the signer's queue, for workflows and for activities."""
    queue = TaskQueue(name=signer_queue(place.ends.task_queue))
    found = 0
    for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY):
        asked = DescribeTaskQueueRequest(
            namespace=place.temporal.namespace, task_queue=queue, task_queue_type=kind
        )
        found += len((await place.temporal.workflow_service.describe_task_queue(asked)).pollers)
    return found


async def soon(told: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(SOON.total_seconds()):
        while not await told():
            await asyncio.sleep(0.1)


@needs_openssl
async def test_the_key_file_makes_a_worker_the_signer_and_the_named_service_stamps_what_it_signs(
    open_place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file, port = tmp_path / "signing.key", free_port()
    service = f"http://127.0.0.1:{port}/tsr"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    settings = Settings.from_environment(
        {"SELECTION_SIGNING_KEY": str(key_file), "SELECTION_TSA_URL": service}
    )

    async def has_stamp() -> bool:
        listed = await open_place.ledger.checkpoints.list_stored(f.ROUND)
        return any(one.services for one in listed)

    async with sign_where_the_key_is(open_place.temporal, settings, open_place.ends):
        assert await pollers(open_place) == 0
        with pytest.raises(RPCError, match="not found"):
            await open_place.handle(SIGNER_ID).describe()
    assert not list(tmp_path.iterdir())

    write_key(key_file, KEY)
    make_service(tmp_path)
    with serving(tmp_path, port):
        async with sign_where_the_key_is(open_place.temporal, settings, open_place.ends):
            await soon(has_stamp)
            assert await pollers(open_place) > 0
    await open_place.handle(SIGNER_ID).describe()

    for name, value in open_place.ends.environment(*Login).items():
        monkeypatch.setenv(name, value)
    where = ("-o", str(tmp_path / "round.checkpoint"), "--stamp", str(tmp_path / "round.tsr"))
    words = ("--data", str(tmp_path / "data"), "checkpoint", "export", f.ROUND, *where)
    assert await asyncio.to_thread(run, words) == os.EX_OK
    note = Note.parse((tmp_path / "round.checkpoint").read_text("utf-8"))
    (tmp_path / "text").write_text(note.text, "utf-8")
    verify = ("ts", "-verify", "-in", "round.tsr", "-CAfile", "tsa.pem", "-data")
    assert openssl(tmp_path, *verify, "text").returncode == 0
    (tmp_path / "other").write_text(note.text + "x", "utf-8")
    assert openssl(tmp_path, *verify, "other").returncode != 0
