"""The bare shape: an update that runs one regular activity which does nothing. What Temporal itself costs.

`ShownApplication` is the same with a search attribute changed by every act: what a visibility update costs is the
difference.
"""

from datetime import timedelta

from temporalio import activity, workflow

from runtime.temporal import search_attributes
from selection.decision.envelope import Envelope
from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen

ACTS = 35


class BareReceipt(Frozen):
    """What an activity answers that has no record."""

    seq: int
    leaf_hash: str = "0" * 64


class _Taking:
    """Takes 35 acts and ends."""

    def __init__(self) -> None:
        self._acts = 0

    async def _take(self, message: Envelope | Decision, kind: str) -> Receipt:
        done = await workflow.execute_activity(
            do_nothing, message, start_to_close_timeout=timedelta(seconds=5), summary=kind
        )
        self._acts += 1
        return Receipt(
            log="bare",
            seq=done.seq,
            stream=workflow.info().workflow_id,
            version=self._acts,
            leaf_hash=done.leaf_hash,
            command_id=message.command_id,
            at=workflow.now(),
        )

    async def _wait(self) -> int:
        await workflow.wait_condition(lambda: self._acts == ACTS and workflow.all_handlers_finished())
        return self._acts

    @workflow.update
    async def act(self, envelope: Envelope) -> Receipt:
        """Take one act of a person."""
        return await self._take(envelope, envelope.kind)

    @workflow.update
    async def carry(self, decision: Decision) -> Receipt:
        """Take one act of the engine."""
        return await self._take(decision, "carry")


@workflow.defn(name="BareApplication")
class BareApplication(_Taking):
    """Takes 35 acts and ends."""

    @workflow.run
    async def run(self) -> int:
        """Wait for the acts."""
        return await self._wait()


@workflow.defn(name="ShownApplication")
class ShownApplication(_Taking):
    """Takes 35 acts, shows each in a search attribute, and ends."""

    @workflow.run
    async def run(self) -> int:
        """Wait for the acts."""
        return await self._wait()

    async def _take(self, message: Envelope | Decision, kind: str) -> Receipt:
        receipt = await super()._take(message, kind)
        workflow.upsert_search_attributes([search_attributes.STAGE.value_set(f"act-{receipt.version}")])
        return receipt


@activity.defn
async def do_nothing(message: Envelope | Decision) -> BareReceipt:  # noqa: ARG001
    """Answer as the record would, without one."""
    return BareReceipt(seq=0)
