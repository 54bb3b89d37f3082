import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints
from runtime.settings import Settings
from runtime.temporal.sandbox import ContextFreeSandbox
from tests.databases import as_superuser
from tests.sharing import lies_in
from tests.workflows.support.installation import Installation, installation, prepare_template

LONG_HISTORY = 150
"""After so many events Temporal suggests to continue as new; its own default is 4,096."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if lies_in(item, "workflows"):
            item.add_marker("stack")


@pytest.fixture(scope="package", autouse=True)
def load_once() -> Iterator[None]:
    """Load each workflow into a sandbox once to see that it can be: not anew for every worker of every test."""
    prepare, loaded = ContextFreeSandbox.prepare_workflow, set[type]()

    def prepare_once(sandbox: ContextFreeSandbox, workflow: Any) -> None:
        if workflow.cls not in loaded:
            prepare(sandbox, workflow)
            loaded.add(workflow.cls)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ContextFreeSandbox, "prepare_workflow", prepare_once)
        yield


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """The embedded servers without a worker, with time skipping, and a migrated database to copy."""
    plan = StackPlan(
        Settings(data=tmp_path_factory.mktemp("stack") / "data"),
        synced=False,
        ui=False,
        prepare=prepare_template,
        dynamic_config={
            "frontend.WorkflowTimeSkippingEnabled": "true",
            "limit.historyCount.suggestContinueAsNew": str(LONG_HISTORY),
            "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": "2",
        },
    )
    stack = EmbeddedStack(plan)
    asyncio.run(stack.start_all())
    yield as_superuser(stack.endpoints)
    asyncio.run(stack.stop_all())


@pytest.fixture
async def place(servers: Endpoints) -> AsyncIterator[Installation]:
    """An installation of the test's own, without a worker and without a round."""
    async with installation(servers) as made:
        yield made


@pytest.fixture
async def open_place(place: Installation) -> AsyncIterator[Installation]:
    """An installation with a worker that runs, and an open round."""
    async with place.worker():
        await place.open_round()
        yield place
