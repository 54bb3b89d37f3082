"""What Temporal's SDK logs by itself comes as all else that a worker logs."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import TEMPORAL, EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from tests.databases import prepare_local
from tests.running.waiting import until

pytestmark = pytest.mark.stack


@pytest.fixture
async def founded_stack(tmp_path: Path) -> AsyncIterator[EmbeddedStack]:
    plan = StackPlan(Settings(data=tmp_path / "data"), synced=False, ui=False, prepare=prepare_local)
    async with EmbeddedStack(plan) as running:
        yield running


async def test_a_worker_whose_temporal_went_away_logs_json_alone(
    founded_stack: EmbeddedStack, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    told = {"SELECTION_LOG_JSON": "true", "SELECTION_DATA": str(tmp_path / "data")}
    environment = {**os.environ, **founded_stack.endpoints.environment(Login.WORKER), **told}
    with log.open("wb") as file:
        worker = subprocess.Popen(
            [sys.executable, "-m", "worker"], env=environment, stdout=file, stderr=subprocess.STDOUT
        )

    def read_lines() -> list[str]:
        # The last one may not be whole yet.
        return log.read_text("utf-8").split("\n")[:-1]

    async def has_logged(word: str) -> bool:
        assert worker.poll() is None, log.read_text("utf-8")
        return any(word in line for line in read_lines())

    try:
        await until(lambda: has_logged("this worker signs nothing"), "a worker that runs")
        await founded_stack.stop(TEMPORAL)
        await until(lambda: has_logged(" retried "), "what the SDK says of a server that went away")
    finally:
        worker.kill()
        worker.wait()
    loggers = {json.loads(line)["logger"] for line in read_lines()}
    assert "temporalio" in loggers
