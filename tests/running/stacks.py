"""Stacks and single servers that the tests of a module share: starting a whole stack takes seconds of CPU."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from runtime.embedded.plan import StackPlan
from runtime.embedded.server import Server
from runtime.embedded.stack import EmbeddedStack


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
def run_server(server: Server) -> Iterator[None]:
    """Run one server alone in the same way."""
    asyncio.run(server.start())
    try:
        yield
    finally:
        asyncio.run(server.stop())
