"""Replays histories with Temporal's own Replayer, and keeps what the replayed code told Temporal.

An auditor does without the sandbox: it guards a first run against code that would not replay, and here every
command is compared with the history anyway. So nothing is gained by it, and a replay takes half the time without.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.worker import (
    Replayer,
    UnsandboxedWorkflowRunner,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowReplayResult,
    WorkflowRunner,
)
from temporalio.workflow import Info

from runtime.temporal.plugin import selection_plugin
from workflows.catalogue import WORKFLOWS

SECONDS = 60.0
"""How long one history may take; the Replayer waits without end for some that are broken."""


class ReplayFailed(Exception):
    """The code does not do what the history holds, or the Replayer can't follow it; `commands` came before."""

    def __init__(self, why: str, commands: list[WorkflowCommand]) -> None:
        super().__init__(why)
        self.commands = commands


class ReplayStuck(Exception):
    """The Replayer did not come back."""


class WatchedInstance(WorkflowInstance):
    """A workflow instance whose commands are copied before anything else happens to them."""

    def __init__(self, inner: WorkflowInstance, commands: list[WorkflowCommand]) -> None:
        self._inner = inner
        self._commands = commands

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """Let the workflow's code run, and keep its commands."""
        completion = self._inner.activate(act)
        for command in completion.successful.commands:
            kept = WorkflowCommand()
            kept.CopyFrom(command)
            self._commands.append(kept)
        return completion

    def get_serialization_context(self, command_info: object) -> SerializationContext | None:
        """Pass it on."""
        return self._inner.get_serialization_context(command_info)  # type: ignore[arg-type]

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        """Pass it on."""
        return self._inner.get_external_store_context(command_info)  # type: ignore[arg-type]

    def get_info(self) -> Info:
        """Pass it on."""
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        """Pass it on."""
        return self._inner.get_thread_id()


class WatchingRunner(WorkflowRunner):
    """Runs workflows by another runner; `commands` is where the next instance's are kept."""

    def __init__(self, inner: WorkflowRunner) -> None:
        self._inner = inner
        self.commands: list[WorkflowCommand] = []

    def prepare_workflow(self, defn: Any) -> None:
        """Pass it on."""
        self._inner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Make an instance that is watched."""
        return WatchedInstance(self._inner.create_instance(det), self.commands)


class Replaying:
    """A Replayer that is kept open for one history after the other, on one event loop; `close` ends it.

    Workflows run unsandboxed unless a runner is given. `seconds` is how long one history may take; None where a
    person in a debugger takes their time.
    """

    def __init__(
        self,
        workflows: Sequence[type] = WORKFLOWS,
        seconds: float | None = SECONDS,
        runner: WorkflowRunner | None = None,
    ) -> None:
        self._seconds = seconds
        self._runner = WatchingRunner(runner or UnsandboxedWorkflowRunner())
        self._replayer = Replayer(
            workflows=workflows,
            plugins=[selection_plugin()],
            workflow_runner=self._runner,
            # Its own log would tell of every difference once more, with a stack trace.
            runtime=Runtime(telemetry=TelemetryConfig(logging=None, metrics=None)),
            # A slow machine is no deadlock.
            debug_mode=True,
        )
        self._given: asyncio.Queue[WorkflowHistory] = asyncio.Queue()
        self._results: AsyncIterator[WorkflowReplayResult] | None = None
        self._stack = AsyncExitStack()

    async def open(self) -> AsyncIterator[WorkflowReplayResult]:
        """Start the Replayer if it is not open, and return where its results come."""
        if self._results is None:
            results = self._replayer.workflow_replay_iterator(self._histories())
            self._results = await self._stack.enter_async_context(results)
        return self._results

    async def commands_of(self, history: WorkflowHistory) -> list[WorkflowCommand]:
        """Replay one history and return all commands in order. Raises ReplayFailed or ReplayStuck."""
        results = await self.open()
        commands: list[WorkflowCommand] = []
        self._runner.commands = commands
        await self._given.put(history)
        try:
            result = await asyncio.wait_for(anext(results), self._seconds)
        except TimeoutError:
            await self.close()
            raise ReplayStuck from None
        except Exception as failure:
            await self.close()
            raise ReplayFailed(str(failure), commands) from failure
        if result.replay_failure is not None:
            raise ReplayFailed(str(result.replay_failure), commands)
        return commands

    async def _histories(self) -> AsyncIterator[WorkflowHistory]:
        while True:
            yield await self._given.get()

    async def close(self) -> None:
        """End the Replayer; the next history opens it anew."""
        stack, self._stack, self._results = self._stack, AsyncExitStack(), None
        try:
            await asyncio.wait_for(stack.aclose(), self._seconds)
        except TimeoutError:
            return
