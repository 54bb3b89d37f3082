"""What is said of an act while a part is away is true: only what Temporal or the record holds was taken."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from runtime.logins import Login
from tests.databases import variables_on
from tests.starter.support.acting import until
from tests.starter.support.stack import (
    CANARY,
    PEOPLE,
    Up,
    UpHere,
    application_file,
    people_file,
    rules_file,
    run_local,
)

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with run_local(tmp_path_factory.mktemp("true")) as found:
        people = people_file(found.data, PEOPLE, CANARY)
        found.json("person", "import", str(people), person="admin-1")
        found.json("round", "open", "r1", str(rules_file(found.data, "60")), person="officer-1")
        yield found


def pids(up: Up) -> dict[str, int]:
    found: dict[str, int] = json.loads((up.data / "stack.json").read_text(encoding="utf-8"))["pids"]
    return found


@contextmanager
def freeze(pid: int) -> Iterator[None]:
    """Stop a process and its children, as a machine does that hangs, and let them go on."""
    process = psutil.Process(pid)
    all_of_them = [process, *process.children(recursive=True)]
    for each in all_of_them:
        os.kill(each.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in all_of_them:
            os.kill(each.pid, signal.SIGCONT)


def application(up: Up, host: str) -> str:
    return str(application_file(up.data, host, "form"))


def submit(up: Up, host: str, command_id: str) -> tuple[int, str, str]:
    return up("apply", "submit", "r1", application(up, host), "--command-id", command_id, person=host)


def test_while_the_worker_is_frozen_an_act_is_taken_and_its_receipt_comes_later(up: Up) -> None:
    with freeze(pids(up)["worker"]):
        code, _, err = submit(up, "host-1", "frozen-1")
        assert (code, err.partition(":")[0]) == (3, "pending")
        words = err.split("selection ")[1].split()
        assert up(*words, person="host-1")[0] == 3
    until(lambda: up("receipt", "frozen-1", person="host-1")[0] == 0)
    assert submit(up, "host-1", "frozen-1")[0] == 0
    told = up.json("timeline", "r1/0001", person="officer-1")["timeline"]
    assert [item["event"] for item in told] == ["application.submitted.v1"]


def test_while_temporal_is_frozen_no_act_is_called_taken(up: Up) -> None:
    with freeze(pids(up)["temporal"]):
        code, _, err = submit(up, "host-2", "away-1")
        assert code in (1, 4), err
        assert err.partition(":")[0] in ("not-taken", "server-unreachable")
        code, _, err = up("receipt", "away-1", person="host-2")
        assert (code, err.partition(":")[0]) == (4, "not-recorded")
    assert submit(up, "host-2", "away-1")[0] == 0
    assert up("receipt", "away-1", person="host-2")[0] == 0


def test_without_postgres_the_cause_and_the_cure_are_named(up: Up) -> None:
    named = variables_on(up.data, Login.READER)
    away = UpHere(Path(up.data) / "away", **named)
    away.environment["SELECTION_DATABASE_URL"] = named["SELECTION_DATABASE_URL"].replace(
        "127.0.0.1", "127.0.0.9"
    )
    for language, words in (("en", "selection doctor"), ("zh", "数据库无应答")):
        code, _, err = away("task", "list", "--lang", language, person="officer-1")
        assert (code, err.partition(":")[0]) == (1, "record-unavailable")
        assert words in err


def test_the_doctor_finds_a_worker_that_does_not_answer(up: Up) -> None:
    with freeze(pids(up)["worker"]):
        code, out, _ = up("--json", "doctor")
    parts = {item["part"]: item for item in json.loads(out)["parts"]}
    assert code == 1
    assert "without an answer: application/r1/0001" in parts["versions"]["found"]
