"""Workflows that break the rule of the one loop and are the real one in all else, as controls."""

import asyncio
from typing import TypeVar

from temporalio import workflow

from activities.messages import RecordRequest
from selection.aggregate import Aggregate
from selection.application.state import ApplicationState
from selection.leaf import Leaf
from selection.model import Frozen
from workflows.application import ApplicationWorkflow
from workflows.loop import StreamStart
from workflows.ticket import Ticket

A = TypeVar("A", bound=Frozen)


@workflow.defn(name="Application")
class DecidesInHandlers(ApplicationWorkflow):
    """The handler of an update takes its act itself; signals and deadlines are left to the loop."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)
        self._looked_at = 0

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        return await super().run(start)

    async def _until_answered(self, ticket: Ticket) -> None:
        await self.take(ticket)

    def stirred(self) -> bool:
        """Wake the loop after a handler's act, so that it sets the timer and sees the end as ever."""
        return self.state.version != self._looked_at

    async def attend(self) -> None:
        self._looked_at = self.state.version


@workflow.defn(name="Application")
class RecordsBehindALock(DecidesInHandlers):
    """The same, but the state changes with the decision, and a lock keeps the records in order.

    So no two acts decide on one version, which looks sound. The lock holds the order of the decisions, though,
    and that is not the same on every worker.
    """

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)
        self.aggregate = EvolvesOnce(**vars(self.aggregate))
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        return await super().run(start)

    async def _short(self, name: str, argument: Frozen, answer: type[A], summary: str) -> A:
        if not isinstance(argument, RecordRequest):
            return await super()._short(name, argument, answer, summary)
        for leaf in argument.leaves:
            self.state = self.aggregate.evolve(self.state, leaf)
        async with self._lock:
            return await super()._short(name, argument, answer, summary)


class EvolvesOnce(Aggregate[ApplicationState]):
    """Leaves a state alone that has evolved by a leaf already."""

    def evolve(self, state: ApplicationState, leaf: Leaf) -> ApplicationState:
        return state if leaf.version <= state.version else super().evolve(state, leaf)
