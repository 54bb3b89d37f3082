"""What goes wrong is told by kind and place: neither logs nor histories nor queries show what people wrote, or code."""

import asyncio
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import structlog
from google.protobuf.json_format import MessageToJson
from pydantic import BaseModel, Field
from temporalio import activity, workflow
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History
from temporalio.api.sdk.v1 import EnhancedStackTrace
from temporalio.client import WorkflowHandle, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from runtime.embedded import launch
from runtime.embedded.temporal_server import NAMESPACE, TemporalServer
from runtime.endpoints import connect
from runtime.logging import configure_logging
from runtime.settings import Settings
from tests.running.stacks import run_temporal
from tests.running.waiting import STUCK_AFTER
from tests.runtime.conftest import logs

__all__ = ["logs"]

NUMBERS = count(1)
KEYS = "k:" + "A" * 43 + "="
SECRET = "yranac"
CANARY = SECRET[::-1]
"""What is in an error's text; it stands in no message as it is, and in no line of code."""
CODE = "shown-with-the-code"


class Small(BaseModel):
    text: str = Field(max_length=3)


@activity.defn
async def fail(text: str) -> None:
    try:
        raise KeyError(text[::-1])  # shown-with-the-code
    except KeyError as fault:
        raise ValueError(text[::-1]) from fault  # shown-with-the-code


@activity.defn
async def take(small: Small) -> None:
    """Take only what is small."""


@workflow.defn
class Errors:
    """Meets an error wherever one can be met."""

    def __init__(self) -> None:
        self.broken = ""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: bool(self.broken))  # shown-with-the-code
        # What is no FailureError fails the task, again and again.
        raise ValueError(self.broken[::-1])  # shown-with-the-code

    @workflow.update
    async def act(self, kind: str, text: str) -> None:
        """Have one activity fail, or be given what it cannot read, or meet a bug."""
        if kind == "bug":
            raise KeyError(text[::-1])  # shown-with-the-code
        await workflow.execute_activity(
            kind,
            text if kind == "fail" else {"text": text[::-1]},
            start_to_close_timeout=timedelta(seconds=150),
            retry_policy=RetryPolicy(maximum_attempts=2, initial_interval=timedelta(milliseconds=10)),
        )

    @workflow.update
    async def read(self, small: Small) -> None:
        """Read what is not small."""

    @workflow.update
    async def refuse(self) -> None:
        raise ApplicationError("Too late.", type="window-closed", non_retryable=True)

    @workflow.signal
    async def stumble(self, text: str) -> None:
        raise KeyError(text[::-1])  # shown-with-the-code

    @workflow.signal
    def break_off(self, text: str) -> None:
        self.broken = text

    @workflow.query
    def look(self, text: str) -> str:
        raise KeyError(text[::-1])  # shown-with-the-code

    @workflow.query
    def see(self, small: Small) -> str:
        return small.text


@pytest.fixture(scope="module")
def temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporalServer]:
    with run_temporal(tmp_path_factory.mktemp("temporal")) as server:
        yield server


@pytest.fixture(params=["plain", "encrypted"])
async def handle(
    temporal: TemporalServer, logs: None, request: pytest.FixtureRequest
) -> AsyncIterator[WorkflowHandle[Errors, None]]:
    settings = Settings(payload_keys=KEYS) if request.param == "encrypted" else Settings()
    client = await connect(temporal.address, NAMESPACE, settings)
    name = f"errors-{next(NUMBERS)}"
    async with Worker(client, task_queue=name, workflows=[Errors], activities=[fail, take]):
        yield await client.start_workflow(Errors.run, id=name, task_queue=name)
        await client.get_workflow_handle(name).terminate()


async def read_history(handle: WorkflowHandle[Errors, None]) -> str:
    """The history as the server has it; payloads are in base64."""
    return MessageToJson(History(events=(await handle.fetch_history()).events))


def clean(*told: object) -> bool:
    return not any(word in str(part) for part in told for word in (CANARY, CODE))


@pytest.mark.stack
async def test_an_error_shows_neither_what_was_written_nor_code(
    handle: WorkflowHandle[Errors, None], capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging(json=True)
    told: list[object] = []
    for kind in ("fail", "take", "bug"):
        with pytest.raises(WorkflowUpdateFailedError) as failed:
            await handle.execute_update("act", args=[kind, SECRET])
        told += chain(failed.value)
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await handle.execute_update("read", {"text": CANARY})
    told += chain(failed.value)
    for query, given in (("look", SECRET), ("see", {"text": CANARY}), ("none", CANARY)):
        with pytest.raises(WorkflowQueryFailedError) as unanswered:
            await handle.query(query, given)
        told += chain(unanswered.value)
    await handle.signal("stumble", SECRET)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update("refuse")
    assert str(refused.value.cause) == "window-closed: Too late."
    history = await read_history(handle)
    logged = capfd.readouterr()
    assert clean(*told), told
    assert clean(history), history
    assert clean(logged.out, logged.err), logged
    # What is told is enough to find it.
    assert "test_errors_without_values.py:" in logged.err


@pytest.mark.stack
async def test_a_task_that_fails_shows_neither_what_was_written_nor_code(
    handle: WorkflowHandle[Errors, None], capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging(json=True)
    await handle.signal("break_off", SECRET)
    async with asyncio.timeout(STUCK_AFTER):
        while EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED not in [
            event.event_type for event in (await handle.fetch_history()).events
        ]:
            await asyncio.sleep(0.05)
    history = await read_history(handle)
    logged = capfd.readouterr()
    assert clean(history), history
    assert clean(logged.out, logged.err), logged
    assert "ValueError" in logged.err


@pytest.mark.stack
async def test_no_query_shows_code(handle: WorkflowHandle[Errors, None]) -> None:
    plain = await handle.query("__stack_trace")
    enhanced = await handle.query("__enhanced_stack_trace", result_type=EnhancedStackTrace)
    assert clean(plain, enhanced)
    assert not enhanced.sources
    places = [line for line in plain.splitlines() if line]
    assert any("temporalio/worker/_workflow_instance.py:" in place for place in places)
    assert [place for place in places if not re.fullmatch(r"[a-z<][\w/.>]+:\d+ [\w.<>]+", place)] == []
    assert all(place.file_path in plain for found in enhanced.stacks for place in found.locations)


def chain(error: BaseException) -> list[object]:
    """All that a client is told: the errors and the stacks of their failures."""
    found: list[object] = []
    cause: BaseException | None = error
    while cause is not None:
        found += [str(cause), getattr(cause, "failure", None)]
        cause = cause.__cause__ or getattr(cause, "cause", None)
    return found


def in_library() -> None:
    raise ValueError(CANARY)  # shown-with-the-code


def test_no_log_shows_what_was_written_or_code(logs: None, capfd: pytest.CaptureFixture[str]) -> None:
    for as_json in (True, False):
        configure_logging(json=as_json)
        for log in (structlog.get_logger("ours"), logging.getLogger("theirs")):
            try:
                in_library()
            except ValueError as fault:
                log.exception("failed")
                log.error("failed", exc_info=fault)
                log.error("failed", stack_info=True)
        logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: <Task {CANARY}>")
        for hook in (
            sys.excepthook,
            lambda *found: threading.excepthook(threading.ExceptHookArgs((*found, None))),
        ):
            try:
                in_library()
            except ValueError:
                hook(*sys.exc_info())
    said = capfd.readouterr().err
    assert clean(said), said
    assert said.count("tests/attacks/machine/test_errors_without_values.py:") == 24
    assert said.count("ValueError") == 12
    assert "Task exception was never retrieved" in said


def test_a_log_that_cannot_be_written_shows_nothing_elsewhere(
    logs: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open() as unwritable:
        monkeypatch.setattr(sys, "stderr", unwritable)
        configure_logging(json=True)
        monkeypatch.undo()
        logging.getLogger("ours").error("failed %s", CANARY)
    said = capfd.readouterr()
    assert clean(said.out, said.err), said


async def test_a_task_that_nobody_waits_for_shows_nothing(
    logs: None, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging(json=True)

    async def work() -> None:
        in_library()

    task = asyncio.create_task(work())
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(), "future": task}
    )
    said = capfd.readouterr().err
    assert clean(said), said
    assert "ValueError" in said


COMMANDS = (
    ("-m", "runtime.embedded.mail_sink"),
    ("-m", "runtime.embedded.mail_sink", "a", CANARY, "b", "c"),
    (str(launch.__file__),),
    (str(launch.__file__), CANARY),
    ("-m", "starter.cli.main", "round", "open", CANARY),
    ("-m", "starter.cli.main", "--command-id", CANARY * 20),
    ("-m", "starter.cli.main", "task", "list", f"--limit={CANARY}", CANARY),
)


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_command_line_shows_no_code(command: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode
    assert "Traceback" not in done.stderr
    assert CANARY not in done.stderr + done.stdout
    assert done.stderr.strip()


@pytest.mark.long
def test_a_faulty_profile_is_not_repeated(tmp_path: Path) -> None:
    profile = tmp_path / "temporal.toml"
    profile.write_text(f'[profile.default]\naddress = "localhost:1"\napi_key = "{CANARY}\n')
    told = {**os.environ, "TEMPORAL_CONFIG_FILE": str(profile)}
    done = subprocess.run(
        [sys.executable, "-m", "worker"], env=told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "settings-wrong" in done.stderr
    assert CANARY not in done.stderr
