"""The bare shape: an update that runs one activity which does nothing. What Temporal itself costs."""

from datetime import timedelta

from temporalio import activity, workflow

from activities.messages import Recorded
from selection.leaf import Receipt
from selection.messages import Envelope

ACTS = 27


@workflow.defn(name="BareApplication")
class BareApplication:
    """Takes 27 acts and ends."""

    def __init__(self) -> None:
        self._acts = 0

    @workflow.run
    async def run(self) -> int:
        """Wait for the acts."""
        await workflow.wait_condition(lambda: self._acts == ACTS and workflow.all_handlers_finished())
        return self._acts

    @workflow.update
    async def act(self, envelope: Envelope) -> Receipt:
        """Take one act."""
        recorded = await workflow.execute_activity(
            do_nothing, envelope, start_to_close_timeout=timedelta(seconds=5), summary=envelope.kind
        )
        self._acts += 1
        return Receipt(
            log="bare",
            seq=recorded.seq,
            stream=workflow.info().workflow_id,
            version=self._acts,
            leaf_hash=recorded.leaf_hash,
            command_id=envelope.command_id,
            at=workflow.now(),
        )


@activity.defn
async def do_nothing(envelope: Envelope) -> Recorded:  # noqa: ARG001
    """Answer as the record would, without one."""
    return Recorded(seq=0, leaf_hash="0" * 64)
