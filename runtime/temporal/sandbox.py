"""The sandbox as this project needs it, and a converter made once: both take work off every workflow task."""

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

# Workflow classes are loaded anew in each sandbox, and a cached adapter would hold one: few are kept.
ADAPTERS = 64
PARTS = tuple(PydanticPayloadConverter(max_cached_type_adapters=ADAPTERS).converters.values())


class SharedPydanticConverter(CompositePayloadConverter):
    """The SDK's pydantic converter, whose parts and type adapters are made once for the process.

    The SDK makes a converter for every workflow and two for every workflow task; each would build its own adapters.
    """

    def __init__(self) -> None:
        super().__init__(*PARTS)


class ContextFreeSandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox, not asked for the context of each payload.

    The SDK enters the sandbox once or more per payload to learn which activity or workflow it belongs to, for
    converters and codecs that care. Ours do not (a test holds that), and the asking took a sixth of a worker's time.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Return the workflow in its sandbox."""
        return _ContextFree(super().create_instance(det))


class _ContextFree(WorkflowInstance):
    def __init__(self, sandboxed: WorkflowInstance) -> None:
        self._sandboxed = sandboxed

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._sandboxed.activate(act)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Info:
        return self._sandboxed.get_info()

    def get_thread_id(self) -> int | None:
        return self._sandboxed.get_thread_id()
