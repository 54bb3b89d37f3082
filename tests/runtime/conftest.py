from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from tests.databases import superuser


@pytest.fixture
def plan(tmp_path: Path) -> StackPlan:
    """A stack under the test's own folder, on any free ports, without the UI."""
    return StackPlan(Settings(data=tmp_path / "data"), synced=False, ui=False)


@pytest.fixture
async def stack(plan: StackPlan) -> AsyncIterator[EmbeddedStack]:
    """The stack of `plan`, running."""
    async with EmbeddedStack(plan) as running:
        yield running


@pytest.fixture
def database(stack: EmbeddedStack) -> Iterator[psycopg.Connection]:
    """A connection to the running stack's database, each statement committed at once."""
    with closing(psycopg.connect(superuser(stack.endpoints.databases), autocommit=True)) as connection:
        yield connection
