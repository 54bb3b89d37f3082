"""The `temporal` command works on the engine as an operator would expect (docs/operating.md)."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.record import Ledger
from runtime.embedded.temporal_server import program
from selection.kernel.leaf import Leaf
from selection.wording.refusals import sentence
from starter.cli.main import run
from tests import factories as f
from tests.needing import needs_namespaces
from tests.operators.conftest import STREAM, UNLUCKY, OperatedStack
from tests.running.waiting import STUCK_AFTER
from tests.workflows.support.installation import ROUND, unit_list

NAMED = ["--workflow-id", STREAM]
GARBAGE = {
    "a list": "[]",
    "a stranger's object": '{"name": "Canary-Wang", "x": 1}',
    "a sentence": '"please accept my review"',
    "half an envelope": json.dumps({"command_id": "by-hand-2", "command": {"kind": "submit-review"}}),
    "one that names no stream": json.dumps(
        {
            "command_id": "x",
            "actor": {"person": "officer-1", "role": "officer"},
            "command": {"kind": "withdraw"},
        }
    ),
}


def review(operated: OperatedStack, command_id: str, **scores: str) -> dict[str, Any]:
    """The envelope of docs/operating.md."""
    given = {"positioning": "20", "mechanism": "21.5", "technical": "19", "conditions": "20", **scores}
    return {
        "stream": STREAM,
        "command_id": command_id,
        "actor": {"person": operated.expert, "role": "expert"},
        "command": {"kind": "submit-review", "scores": given, "form": operated.form},
    }


async def read_leaves(operated: OperatedStack, stream: str = STREAM) -> list[Leaf]:
    ledger = await Ledger.connect(operated.ends.database_url, size=1)
    try:
        return [entry.leaf for entry in await ledger.reading.stream_entries(stream)]
    finally:
        await ledger.close()


def list_workflows(operated: OperatedStack, query: str) -> set[str]:
    found = operated.read_json("workflow", "list", "--query", query)
    return {item["execution"]["workflowId"] for item in found}


@pytest.fixture
def alive(operated_stack: OperatedStack) -> Iterator[None]:
    """Whatever the test did, the workflow runs on."""
    yield
    described = operated_stack.read_json("workflow", "describe", *NAMED)
    assert described["workflowExecutionInfo"]["status"] == "WORKFLOW_EXECUTION_STATUS_RUNNING"


@pytest.mark.usefixtures("alive")
async def test_garbage_by_hand_is_answered_with_code_and_sentence_and_leaves_no_entry(
    operated_stack: OperatedStack,
) -> None:
    before = len(await read_leaves(operated_stack))
    for name, body in GARBAGE.items():
        done = operated_stack.act(body)
        assert done.returncode == 1, name
        assert "(type: unreadable" in done.stderr, name
        assert sentence("unreadable", {"places": "PLACES"}).partition("PLACES")[0] in done.stderr, name
        assert "Canary" not in done.stdout + done.stderr, name
    assert len(await read_leaves(operated_stack)) == before


@pytest.mark.usefixtures("alive")
async def test_an_envelope_of_another_stream_by_hand_is_refused(operated_stack: OperatedStack) -> None:
    before = len(await read_leaves(operated_stack))
    done = operated_stack.act(review(operated_stack, "by-hand-4") | {"stream": UNLUCKY})
    assert done.returncode == 1
    assert "(type: other-stream" in done.stderr
    assert len(await read_leaves(operated_stack)) == before


@pytest.mark.usefixtures("alive")
async def test_an_unknown_update_by_hand_is_refused(operated_stack: OperatedStack) -> None:
    words = ["workflow", "update", "execute", "--name", "approve-all", *NAMED]
    done = operated_stack.temporal(*words, "--input", json.dumps(review(operated_stack, "by-hand-3")))
    assert done.returncode == 1
    assert "(type: unknown-command" in done.stderr
    assert (await read_leaves(operated_stack))[-1].data["code"] == "unknown-command"


@pytest.mark.usefixtures("alive")
async def test_a_review_by_hand_is_recorded_and_answered_with_its_receipt(
    operated_stack: OperatedStack,
) -> None:
    wrong = operated_stack.act(review(operated_stack, "by-hand-0", technical="25.3"))
    assert wrong.returncode == 1
    assert "(type: " in wrong.stderr
    receipt = receipt_in(operated_stack.act(review(operated_stack, "by-hand-1")))
    leaf = (await read_leaves(operated_stack))[-1]
    assert (leaf.type, leaf.version, leaf.stream) == ("review.submitted.v1", receipt["version"], STREAM)
    assert leaf.actor == f.actor(operated_stack.expert)
    assert (receipt["log"], receipt["command_id"]) == (f.ROUND, "by-hand-1")
    assert leaf.data["total"] == "80.5"
    assert receipt_in(operated_stack.act(review(operated_stack, "by-hand-1"))) == receipt
    assert (
        len([leaf for leaf in await read_leaves(operated_stack) if leaf.type == "review.submitted.v1"]) == 1
    )


async def test_a_signal_by_hand_is_taken_and_its_receipt_is_asked_for_later(
    operated_stack: OperatedStack,
) -> None:
    envelope = review(operated_stack, "by-signal-1") | {"actor": {"person": "officer-2", "role": "officer"}}
    words = ["workflow", "signal", "--name", "act", *NAMED, "--input", json.dumps(envelope)]
    assert operated_stack.temporal(*words).returncode == 0
    async with asyncio.timeout(STUCK_AFTER):
        while (code := await asyncio.to_thread(receipt_of, operated_stack, "by-signal-1")) == 4:
            await asyncio.sleep(0.1)
    assert code == 2
    refused = (await read_leaves(operated_stack))[-1]
    assert (refused.data["code"], refused.data["command_id"]) == ("not-entitled", "by-signal-1")


def receipt_of(operated: OperatedStack, command_id: str) -> int:
    return run(["receipt", command_id, "--as", "officer-2", "--data", str(operated.data)])


def test_doctor_finds_everything_well(
    operated_stack: OperatedStack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--json", "--data", str(operated_stack.data)]) == 0
    parts = {item["part"]: item["state"] for item in json.loads(capsys.readouterr().out)["parts"]}
    assert {"postgres", "temporal", "search-attributes", "retention", "worker"} <= set(parts)
    assert set(parts.values()) == {"fine"}


def receipt_in(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    found: dict[str, Any] = answer["result"]
    return found


def test_list_finds_workflows_by_round_and_stage(operated_stack: OperatedStack) -> None:
    of_round = f"SelectionRound = '{f.ROUND}'"
    assert list_workflows(operated_stack, of_round) == {
        STREAM,
        UNLUCKY,
        ROUND,
        unit_list("bj"),
    }
    assert list_workflows(
        operated_stack, f"{of_round} AND SelectionStage = 'review' AND WorkflowType = 'Application'"
    ) == {STREAM}
    assert list_workflows(operated_stack, f"{of_round} AND SelectionStage = 'issued'") == set()
    assert list_workflows(operated_stack, "SelectionField = 'equipment' AND SelectionRegion = 'CN-BJ'") == {
        STREAM,
        UNLUCKY,
    }
    assert list_workflows(operated_stack, f"{of_round} AND SelectionOutcome = 'not-recommended'") == {UNLUCKY}


def test_show_tells_the_history(operated_stack: OperatedStack) -> None:
    shown = operated_stack.temporal("workflow", "show", *NAMED)
    assert shown.returncode == 0
    for event in ("WorkflowExecutionStarted", "WorkflowExecutionUpdateAccepted", "MarkerRecorded"):
        assert event in shown.stdout


def test_describe_and_metadata_tell_where_it_stands(operated_stack: OperatedStack) -> None:
    described = operated_stack.temporal("workflow", "describe", *NAMED)
    assert described.returncode == 0
    for said in (STREAM, "SelectionStage", "review", "StaticSummary"):
        assert said in described.stdout, described.stdout
    details = operated_stack.temporal("workflow", "metadata", *NAMED)
    assert details.returncode == 0
    for said in ("Current Details", "version ", "review; revision 1; seats: 1 ", "act "):
        assert said in details.stdout, details.stdout
    assert "Canary" not in described.stdout + details.stdout


def test_the_round_tells_where_it_stands(operated_stack: OperatedStack) -> None:
    details = operated_stack.temporal("workflow", "metadata", "--workflow-id", ROUND)
    assert details.returncode == 0
    assert "review" in details.stdout.partition("Current Details")[2], details.stdout


async def test_a_reset_does_nothing_twice_and_ends_what_has_ended(operated_stack: OperatedStack) -> None:
    """A run that was reset asks the record where its stream stands."""
    before = await read_leaves(operated_stack, UNLUCKY)
    named = ["--workflow-id", UNLUCKY]
    done = operated_stack.temporal(
        "workflow", "reset", *named, "--type", "FirstWorkflowTask", "--reason", "a test"
    )
    assert done.returncode == 0, done.stderr
    async with asyncio.timeout(STUCK_AFTER):
        while "Running" in operated_stack.temporal("workflow", "describe", *named).stdout:
            await asyncio.sleep(0.1)
    assert await read_leaves(operated_stack, UNLUCKY) == before


async def test_a_stream_that_was_reset_or_terminated_goes_on_from_the_record(
    operated_stack: OperatedStack, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await read_leaves(operated_stack)
    words = ["workflow", "reset", *NAMED, "--type", "FirstWorkflowTask", "--reason", "a test"]
    assert operated_stack.temporal(*words).returncode == 0
    assert operated_stack.temporal("workflow", "terminate", "--workflow-id", ROUND).returncode == 0
    capsys.readouterr()
    assert await asyncio.to_thread(run, ["doctor", "--json", "--data", str(operated_stack.data)]) == 1
    parts = {item["part"]: item for item in json.loads(capsys.readouterr().out)["parts"]}
    assert {part for part, item in parts.items() if item["state"] == "off"} == {"workflows"}
    assert ROUND in parts["workflows"]["found"]
    assert "selection resume" in parts["workflows"]["cure"]
    assert await asyncio.to_thread(run, ["resume", "--data", str(operated_stack.data)]) == 0
    assert await asyncio.to_thread(run, ["doctor", "--data", str(operated_stack.data)]) == 0
    declared = operated_stack.act(
        {
            "stream": STREAM,
            "command_id": "by-hand-9",
            "actor": {"person": operated_stack.expert, "role": "expert"},
            "command": {"kind": "declare-conflict", "text": operated_stack.text},
        }
    )
    receipt = receipt_in(declared)
    after = await read_leaves(operated_stack)
    assert after[: len(before)] == before
    assert after[len(before)].type == "conflict.declared.v1"
    assert receipt["version"] == len(after)


@needs_namespaces
def test_the_command_finds_the_embedded_server_once_it_was_told_where_it_is(
    operated_stack: OperatedStack, tmp_path: Path
) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    address = operated_stack.ends.temporal_address
    assert address == f"unix:{operated_stack.data}/temporal/grpc.sock"

    def type_line(*words: str) -> str:
        line = [str(program()), *words]
        done = subprocess.run(
            line,
            cwd=operated_stack.data,
            env=home,
            capture_output=True,
            text=True,
            timeout=STUCK_AFTER,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert STREAM in type_line("workflow", "list", "--address", "unix:temporal/grpc.sock")
    type_line("config", "set", "--prop", "address", "--value", address)
    assert STREAM in type_line("workflow", "list")
