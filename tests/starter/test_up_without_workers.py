"""A stack without a worker, on which the procedure after an outage rests (docs/operating.md)."""

import json
from pathlib import Path

import pytest

from runtime.embedded.ports import free_port
from tests.starter.support.stack import CANARY, PEOPLE, Up, UpHere, people_file, rules_file

pytestmark = pytest.mark.stack
OUTAGE = (
    "round",
    "outage",
    "r1",
    "--from",
    "2024-08-28T09:00",
    "--until",
    "2024-08-29T11:30",
    "--cause",
    "system",
    "--reason",
    "Flood",
)


def test_what_is_sent_while_no_worker_runs_waits_and_is_answered_by_the_next_one(tmp_path: Path) -> None:
    up = UpHere(tmp_path)
    try:
        up.start()
        prepare(up)
        assert up.stop()[0] == 0
        said = up.start("--workers", "0", "--temporal-port", str(free_port()))
        assert "No worker runs" in said
        assert "Temporal's port is open to every user of this machine, as was asked for." in said
        code, out, _ = up("--json", "doctor")
        parts = {item["part"]: item for item in json.loads(out)["parts"]}
        assert (code, parts["worker"]["state"]) == (1, "off")
        assert "open to every user of this machine" in parts["temporal-port"]["found"]
        code, _, err = up(*OUTAGE, "--command-id", "outage-1", person="officer-1")
        assert (code, err.partition(":")[0]) == (3, "pending")
        assert up("receipt", "outage-1", "--on", "round/r1", person="officer-1")[0] == 3
        assert up("receipt", "outage-1", person="officer-1")[0] == 4, "of the record it is not known yet"
        assert up("receipt", "outage-2", "--on", "round/r1", person="officer-1")[0] == 4
        assert up("receipt", "outage-1", "--on", "round/r1", person="admin-1")[0] == 4, (
            "ids belong to persons"
        )
        assert up.stop()[0] == 0
        assert "No worker runs" not in up.start()
        code, _, err = up(*OUTAGE, "--command-id", "outage-1", person="officer-1")
        assert (code, err.partition(":")[0]) == (2, "outage-moves-nothing")
    finally:
        if up.process is not None and up.process.poll() is None:
            up.stop()


def prepare(up: Up) -> None:
    """Register people and open a round of which no deadline fell in the outage."""
    assert up("person", "import", str(people_file(up.data, PEOPLE, CANARY)), person="admin-1")[0] == 0
    code, _, err = up("round", "open", "r1", str(rules_file(up.data, "60")), person="officer-1")
    assert code == 0, err
