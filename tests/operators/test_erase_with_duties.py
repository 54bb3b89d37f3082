import json
from pathlib import Path

import pytest

from ledger.record import Ledger
from starter.cli.main import run
from tests.operators.conftest import STREAM, OperatedStack


async def test_who_still_has_duties_is_stopped_first_and_erased_only_by_force(
    operated_stack: OperatedStack, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import asyncio

    line = ["person", "erase", "recommender-1", "--reason", "on request", "--yes", "--as", "admin-1"]
    line += ["--data", str(operated_stack.data)]
    identity = {"name": "Recommender", "mail": "recommender-1@example.invalid", "employer_name": "A unit"}
    known = {
        "person": "recommender-1",
        "roles": {"recommender": ["bj"]},
        "active": False,
        "identity": identity,
    }
    (tmp_path / "stopped.json").write_text(json.dumps([known]))
    stop = ["person", "import", str(tmp_path / "stopped.json"), "--agents", "on request", "--as", "admin-1"]
    assert await asyncio.to_thread(run, line) == 2
    told = capsys.readouterr().err
    assert told.startswith("open-duty")
    assert STREAM in told
    ledger = await Ledger.connect(operated_stack.ends.database_url, size=1)
    try:
        assert await ledger.people.identity("recommender-1") is not None
        assert await asyncio.to_thread(run, [*line, "--force"]) == 2
        assert capsys.readouterr().err.startswith("still-active")
        assert await asyncio.to_thread(run, [*stop, "--data", str(operated_stack.data)]) == 0
        assert await asyncio.to_thread(run, [*line, "--force"]) == 0
        assert await ledger.people.identity("recommender-1") is None
        last = (await ledger.reading.entries("installation"))[-1].leaf
        assert (last.type, last.data["forced"]) == ("person.erased.v1", True)
    finally:
        await ledger.close()
