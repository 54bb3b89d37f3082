"""The courier: sends what the record queued, so that no application waits for a mail server."""

from temporalio import workflow

from activities.messages import DELIVER, Delivered
from selection.kernel.counting import number_of
from workflows import policies

COURIER_ID = "courier/installation"
TURNS_PER_RUN = 500


@workflow.defn(name="Courier")
class CourierWorkflow:
    """Workflow id `courier/<installation>`. One long activity at a time; never ends."""

    @workflow.run
    async def run(self) -> None:
        """Let the courier take turn after turn, and continue as new every 500 turns."""
        for _ in range(TURNS_PER_RUN):
            delivered: Delivered = await workflow.execute_activity(
                DELIVER,
                result_type=Delivered,
                start_to_close_timeout=policies.DELIVER_TIMEOUT,
                heartbeat_timeout=policies.DELIVER_HEARTBEAT,
                retry_policy=policies.LONG_RETRY,
                summary="letters, messages and wakes",
            )
            workflow.set_current_details(
                f"last turn: {number_of(delivered.letters, 'letter', 'letters')}, "
                f"{number_of(delivered.messages, 'message', 'messages')}, {delivered.refused} refused"
            )
        workflow.continue_as_new()
