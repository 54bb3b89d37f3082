"""At the end: every history is replayed, and what the replay records is what the record holds."""

from typing import Any

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from activities.messages import RECORD, RecordRequest
from runtime.plugin import selection_plugin
from selection.leaf import Leaf, leaf_bytes
from tests.kill.living import Place
from tests.kill.people import small_example
from tests.workflows.histories import compare_with_record, histories_of
from tests.workflows.installation import Installation
from workflows.catalogue import WORKFLOWS


class Capturing(Interceptor):
    """Keeps every leaf that the replayed code asks to record; the SDK's replayer does not look at them."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002
    ) -> type[WorkflowInboundInterceptor]:
        leaves = self.leaves

        class Outbound(WorkflowOutboundInterceptor):
            def start_activity(
                self,
                input: StartActivityInput,  # noqa: A002
            ) -> workflow.ActivityHandle[Any]:
                if input.activity == RECORD:
                    [request] = input.args
                    assert isinstance(request, RecordRequest)
                    leaves.extend(request.leaves)
                return super().start_activity(input)

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

        return Inbound


async def replayed(histories: list[WorkflowHistory]) -> list[Leaf]:
    """Replay the runs of one workflow and return what its code records anew."""
    capturing = Capturing()
    replayer = Replayer(
        workflows=list(WORKFLOWS),
        plugins=[selection_plugin()],
        interceptors=[capturing],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    for history in histories:
        await replayer.replay_workflow(history)
    return capturing.leaves


async def compare_all(place: Place, round_id: str) -> int:
    """Compare histories, replays and record of every stream of the round; return how many entries agree.

    Compared are versions, types, data, times, actors and bytes.
    """
    rules = small_example(1).rules
    installation = Installation(place.ends, place.client.temporal, place.client.ledger, place.client, rules)
    entries = [entry async for entry in place.client.ledger.reading.all_entries(round_id)]
    for stream in await place.client.ledger.reading.streams(round_id):
        await compare_with_record(installation, stream)
        held = [entry.leaf for entry in entries if entry.leaf.stream == stream]
        anew = [leaf_bytes(leaf) for leaf in await replayed(await histories_of(installation, stream))]
        assert anew == [leaf_bytes(leaf) for leaf in held], stream
    return len(entries)
