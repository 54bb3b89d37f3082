"""The `temporal` command works on the engine as an operator would expect (docs/operating.md)."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.record import Ledger
from selection.leaf import Leaf
from selection.refusals import sentence
from tests import factories as f
from tests.operators.conftest import STREAM, Operated
from tests.workflows.installation import ROUND, unit_list

NAMED = ["--workflow-id", STREAM]
GARBAGE = {
    "a list": "[]",
    "a stranger's object": '{"name": "Canary-Wang", "x": 1}',
    "a sentence": '"please accept my review"',
    "half an envelope": json.dumps({"command_id": "by-hand-2", "command": {"kind": "submit-review"}}),
}


def review(operated: Operated, command_id: str, **scores: str) -> dict[str, Any]:
    """The envelope of docs/operating.md."""
    given = {"positioning": "20", "mechanism": "21.5", "technical": "19", "conditions": "20", **scores}
    return {
        "command_id": command_id,
        "actor": {"person": operated.expert, "role": "expert"},
        "command": {"kind": "submit-review", "scores": given, "text": operated.text},
    }


async def recorded(operated: Operated) -> list[Leaf]:
    ledger = await Ledger.connect(operated.ends.database_url, size=1)
    try:
        return [entry.leaf for entry in await ledger.reading.stream_entries(STREAM)]
    finally:
        await ledger.close()


def listed(operated: Operated, query: str) -> set[str]:
    found = operated.answered("workflow", "list", "--query", query)
    return {item["execution"]["workflowId"] for item in found}


@pytest.fixture
def alive(operated: Operated) -> Iterator[None]:
    """Whatever the test did, the workflow runs on."""
    yield
    described = operated.answered("workflow", "describe", *NAMED)
    assert described["workflowExecutionInfo"]["status"] == "WORKFLOW_EXECUTION_STATUS_RUNNING"


@pytest.mark.usefixtures("alive")
async def test_garbage_by_hand_is_answered_with_code_and_sentence_and_recorded(operated: Operated) -> None:
    before = len(await recorded(operated))
    for name, body in GARBAGE.items():
        done = operated.act(body)
        assert done.returncode == 1, name
        assert "(type: unreadable" in done.stderr, name
        assert sentence("unreadable", {"places": "PLACES"}).partition("PLACES")[0] in done.stderr, name
        assert "Canary" not in done.stdout + done.stderr, name
    entries = (await recorded(operated))[before:]
    assert [leaf.data["code"] for leaf in entries] == ["unreadable"] * len(GARBAGE)


@pytest.mark.usefixtures("alive")
async def test_an_unknown_update_by_hand_is_refused(operated: Operated) -> None:
    words = ["workflow", "update", "execute", "--name", "approve-all", *NAMED]
    done = operated.temporal(*words, "--input", json.dumps(review(operated, "by-hand-3")))
    assert done.returncode == 1
    assert "(type: unknown-command" in done.stderr
    assert (await recorded(operated))[-1].data["code"] == "unknown-command"


@pytest.mark.usefixtures("alive")
async def test_a_review_by_hand_is_recorded_and_answered_with_its_receipt(operated: Operated) -> None:
    wrong = operated.act(review(operated, "by-hand-0", technical="25.3"))
    assert wrong.returncode == 1
    assert "(type: " in wrong.stderr
    receipt = receipt_in(operated.act(review(operated, "by-hand-1")))
    leaf = (await recorded(operated))[-1]
    assert (leaf.type, leaf.version, leaf.stream) == ("review.submitted.v1", receipt["version"], STREAM)
    assert leaf.actor == f.actor(operated.expert)
    assert (receipt["log"], receipt["command_id"]) == (f.ROUND, "by-hand-1")
    assert leaf.data["total"] == "80.5"
    assert receipt_in(operated.act(review(operated, "by-hand-1"))) == receipt
    assert len([leaf for leaf in await recorded(operated) if leaf.type == "review.submitted.v1"]) == 1


def receipt_in(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    found: dict[str, Any] = answer["result"]
    return found


def test_list_finds_workflows_by_round_and_stage(operated: Operated) -> None:
    of_round = f"SelectionRound = '{f.ROUND}'"
    assert listed(operated, of_round) == {STREAM, ROUND, unit_list("bj")}
    assert listed(operated, f"{of_round} AND SelectionStage = 'review' AND WorkflowType = 'Application'") == {
        STREAM
    }
    assert listed(operated, f"{of_round} AND SelectionStage = 'issued'") == set()
    assert listed(operated, "SelectionField = 'equipment' AND SelectionRegion = 'CN-BJ'") == {STREAM}


def test_show_tells_the_history(operated: Operated) -> None:
    shown = operated.temporal("workflow", "show", *NAMED)
    assert shown.returncode == 0
    for event in ("WorkflowExecutionStarted", "WorkflowExecutionUpdateAccepted", "ActivityTaskCompleted"):
        assert event in shown.stdout


def test_describe_and_metadata_tell_where_it_stands(operated: Operated) -> None:
    described = operated.temporal("workflow", "describe", *NAMED)
    assert described.returncode == 0
    for said in (STREAM, "SelectionStage", "review", "StaticSummary"):
        assert said in described.stdout, described.stdout
    details = operated.temporal("workflow", "metadata", *NAMED)
    assert details.returncode == 0
    for said in ("Current Details", "**review**", "seats: 1: ", "open reports 0", "act "):
        assert said in details.stdout, details.stdout
    assert "Canary" not in described.stdout + details.stdout


def test_the_round_tells_where_it_stands(operated: Operated) -> None:
    details = operated.temporal("workflow", "metadata", "--workflow-id", ROUND)
    assert details.returncode == 0
    assert "**review**" in details.stdout, details.stdout
