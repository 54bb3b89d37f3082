"""Stacks and single servers that the tests of a module share: starting a whole stack takes seconds of CPU."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.embedded import own_network
from runtime.embedded.plan import StackPlan
from runtime.embedded.ports import free_port
from runtime.embedded.stack import EmbeddedStack
from runtime.embedded.temporal_server import TemporalServer


@contextmanager
def run_stack(plan: StackPlan) -> Iterator[EmbeddedStack]:
    """Run a stack, for a fixture that outlives the loop of each test."""
    stack = EmbeddedStack(plan)
    asyncio.run(stack.start_all())
    try:
        yield stack
    finally:
        asyncio.run(stack.stop_all())


@contextmanager
def run_temporal(folder: Path) -> Iterator[TemporalServer]:
    """Run Temporal alone, reached as that of a stack is."""
    port = None if own_network.is_possible() else free_port()
    server = TemporalServer(folder / "data", port=port, ui_port=None, log=folder / "log", synced=False)
    asyncio.run(server.start())
    try:
        yield server
    finally:
        asyncio.run(server.stop())
