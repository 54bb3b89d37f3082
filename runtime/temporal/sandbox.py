"""The sandbox as this project needs it, and a converter made once: both take work off every workflow task."""

from typing import Any

from temporalio.api.enums.v1 import CommandType
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    SerializationContext,
    StorageDriverStoreContext,
    WorkflowSerializationContext,
)
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

# Workflow classes are loaded anew in each sandbox, and a cached adapter would hold one: few are kept.
ADAPTERS = 64
TO_OTHERS = (
    CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
    CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
)
"""Commands whose payloads belong to another workflow."""
PARTS = tuple(PydanticPayloadConverter(max_cached_type_adapters=ADAPTERS).converters.values())


class SharedPydanticConverter(CompositePayloadConverter):
    """The SDK's pydantic converter, whose parts and type adapters are made once for the process.

    The SDK makes a converter for every workflow and two for every workflow task; each would build its own adapters.
    """

    def __init__(self) -> None:
        super().__init__(*PARTS)


class ContextFreeSandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox, not asked for the context of each payload.

    The SDK enters the sandbox once or more per payload to learn which activity or workflow it belongs to, and the
    asking took a sixth of a worker's time. Our codec cares for the workflow alone, which is the instance's own for
    all but what is sent to another workflow.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Return the workflow in its sandbox."""
        own = WorkflowSerializationContext(namespace=det.info.namespace, workflow_id=det.info.workflow_id)
        return _ContextFree(super().create_instance(det), own)


class _ContextFree(WorkflowInstance):
    def __init__(self, sandboxed: WorkflowInstance, own: WorkflowSerializationContext) -> None:
        self._sandboxed = sandboxed
        self._own = own

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._sandboxed.activate(act)

    def get_serialization_context(self, command_info: Any) -> SerializationContext | None:
        if command_info is not None and command_info.command_type in TO_OTHERS:
            return self._sandboxed.get_serialization_context(command_info)
        return self._own

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Info:
        return self._sandboxed.get_info()

    def get_thread_id(self) -> int | None:
        return self._sandboxed.get_thread_id()
