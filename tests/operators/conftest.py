"""A stack with a worker process, and a round in which one expert has accepted and is to review."""

import asyncio
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.record import Ledger
from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.embedded.temporal_server import program
from runtime.endpoints import Endpoints
from runtime.settings import Settings
from runtime.temporal.namespace import pollers
from selection.application import commands as c
from selection.recommendation.commands import Recommend
from selection.streams import aggregate
from starter.client.registering import register_people
from starter.commands.operator.up import plan_stack
from tests import factories as f
from tests.citing import store_for
from tests.databases import superuser
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER
from tests.sharing import lies_in
from tests.workflows.support.citing_client import CitingClient
from tests.workflows.support.drawing import draw_in_time
from tests.workflows.support.installation import (
    ROUND,
    TODAY,
    application,
    calendar,
    registry,
    rules,
    unit_list,
)

PACE = "0.2"
"""Seconds per day: the two windows that only the clock ends take four seconds and two."""
WINDOWS = {"submission": 20, "recommendation": 30, "check": 2000, "review": 4000}
LATER = {"review_last": 5000, "survey": 6000, "appraisal": 7000}
DAYS = {"invitation": 1000, "review_after_invitation": 900}
"""Nobody who was invited loses the seat while the tests run."""

STREAM = application(1)
UNLUCKY = application(2)
"""Submitted and never recommended, so that it has ended."""

ANSWERED_WITHIN = 30.0


@dataclass(frozen=True)
class OperatedStack:
    """The stack as an operator finds it: where Temporal is, and who reviews what."""

    data: Path
    ends: Endpoints
    expert: str
    text: dict[str, Any]
    form: dict[str, Any]

    def temporal(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run the `temporal` command as typed, at this server."""
        line = [str(program()), *words, "--address", self.ends.temporal_address]
        return subprocess.run(line, capture_output=True, text=True, timeout=ANSWERED_WITHIN, check=False)

    def read_json(self, *words: str) -> Any:
        """Run it for JSON; it must end well."""
        done = self.temporal(*words, "--output", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def act(self, body: Any) -> "subprocess.CompletedProcess[str]":
        """Send one act by hand."""
        words = [
            "workflow",
            "update",
            "execute",
            "--name",
            "act",
            "--workflow-id",
            STREAM,
            "--output",
            "json",
        ]
        return self.temporal(*words, "--input", body if isinstance(body, str) else json.dumps(body))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "operators"):
            item.add_marker("stack")


@pytest.fixture(scope="session")
def operated_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OperatedStack]:
    data = tmp_path_factory.mktemp("operators") / "data"
    planned = plan_stack(Settings(data=data), ANY, workers=1, local=True)
    plan = replace(planned, synced=False, preferred=ANY, encrypted=False)
    with run_stack(plan) as stack:
        expert, text, form = asyncio.run(_until_review(stack))
        yield OperatedStack(data, stack.endpoints, expert, text, form)


async def _until_review(stack: EmbeddedStack) -> tuple[str, dict[str, Any], dict[str, Any]]:
    client = await CitingClient.connect(stack.plan.settings)
    try:
        await _until(lambda: pollers(client.temporal, stack.endpoints.task_queue))
        await store_for(superuser(stack.endpoints.databases), f.people())
        await register_people(client, registry(), actor=f.actor("admin-1"), command_id="registry")
        start = datetime.now(UTC).replace(microsecond=0).isoformat()
        clock = {"kind": "rehearsal", "start": start, "day_zero": TODAY.isoformat(), "seconds_per_day": PACE}
        sealed = rules(
            clock=clock, calendar=calendar(**WINDOWS, **LATER), days=DAYS, draws=f.IN_LESS_THAN_A_SECOND
        )
        await client.act(ROUND, f.open_round(sealed), actor=f.OFFICER)
        await client.act(STREAM, f.submit(), actor=f.APPLICANT)
        await client.act(UNLUCKY, f.submit(host=f.unit("91-other")), actor=f.actor("applicant-3"))
        recommended = Recommend(application="0001", revision=1)
        await client.act(unit_list("bj"), recommended, actor=f.RECOMMENDER)
        await _until_stage(client.ledger, STREAM, "checking")
        await _until_stage(client.ledger, UNLUCKY, "ended")
        await client.act(STREAM, c.PassCheck(revision=1), actor=f.OFFICER)
        await _until_stage(client.ledger, ROUND, "drawing")
        await draw_in_time(client, sealed, "draw-1")
        await _until_stage(client.ledger, STREAM, "review")
        expert = (await _state(client.ledger, STREAM)).seats[0].expert
        await client.act(STREAM, f.accept(), actor=f.actor(expert))
        text = await client.store_text("clear in purpose", person=expert, log=f.ROUND)
        answers = await client.store_text("{}", person=expert, log=f.ROUND)
        told = await client.store_text('{"text":"Sound."}', person=expert, log=f.ROUND)
        form = {"version": "one-review", "answers": asdict(answers), "told": asdict(told)}
        return expert, asdict(text), form
    finally:
        await client.close()


async def _until_stage(ledger: Ledger, stream: str, stage: str) -> None:
    async def has_reached() -> bool:
        return bool((await _state(ledger, stream)).stage.value == stage)

    await _until(has_reached)


async def _state(ledger: Ledger, stream: str) -> Any:
    found = await ledger.reading.snapshot(stream)
    assert found is not None
    return aggregate(stream).load(found.state)


async def _until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(STUCK_AFTER):
        while not await holds():
            await asyncio.sleep(0.1)
