import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import structlog

from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from tests.databases import superuser


@pytest.fixture
def logs() -> Iterator[None]:
    """Logging as it was, after a test has set it up as a worker does."""
    root = logging.getLogger()
    level, raises, hooks = root.level, logging.raiseExceptions, (sys.excepthook, threading.excepthook)
    yield
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = raises
    sys.excepthook, threading.excepthook = hooks
    # Only ours: pytest's come and go with each phase of a test.
    for handler in root.handlers[:]:
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):
            root.removeHandler(handler)
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


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
