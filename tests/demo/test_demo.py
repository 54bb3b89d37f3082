"""The whole demo on its own stack, as `make demo` runs it, but slower: the tests' machine may be busy."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACE = "0.45"
WITHIN = 300.0

Result = dict[str, Any]


def demo(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "starter.main", "demo", "--data", str(folder), *more]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        command, capture_output=True, check=False, text=True, timeout=WITHIN, env=environment
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    ended = demo(tmp_path_factory.mktemp("demo") / "data", "--json", "--seed", "2024", "--pace", PACE)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return dict(json.loads(ended.stdout))


@pytest.mark.stack
def test_eleven_centres_are_listed(result: Result) -> None:
    listed = sorted(
        (item for item in result["applications"] if item["place"]), key=lambda item: item["place"]
    )
    assert [item["place"] for item in listed] == list(range(1, 12))
    assert all(item["reason"] and item["outcome"] == "listed" for item in listed)


@pytest.mark.stack
def test_every_application_that_was_sent_has_one_outcome(result: Result) -> None:
    assert len(result["applications"]) == 36
    assert all(item["outcome"] for item in result["applications"])


@pytest.mark.stack
def test_every_score_has_its_panel(result: Result) -> None:
    scored = [item for item in result["applications"] if item["score"]]
    assert len(scored) == 27
    assert all(5 <= len(item["panel"]) <= 7 for item in scored)
    assert all(not set(item["panel"]) & set(item["former"]) for item in scored)


@pytest.mark.stack
def test_the_same_seed_gives_the_same_list_at_another_pace_and_in_another_language(
    result: Result, tmp_path: Path
) -> None:
    again = demo(tmp_path / "data", "--json", "--seed", "2024", "--pace", "0.55", "--lang", "zh")
    assert again.returncode == 0, again.stderr[-3000:]
    assert json.loads(again.stdout) == result


def test_a_pace_that_is_none_is_refused(tmp_path: Path) -> None:
    ended = demo(tmp_path / "data", "--pace", "soon")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--pace" in ended.stderr
