"""The signer: makes checkpoints of every log, on a task queue that only workers with the key file poll."""

from temporalio import workflow

from activities.messages import SIGN, SignedTurn, SignTurn
from selection.kernel.counting import number_of
from workflows import policies

SIGNER_ID = "signer/installation"
TURNS_PER_RUN = 500


def signer_queue(task_queue: str) -> str:
    """Return the signer's task queue."""
    return f"{task_queue}-signer"


@workflow.defn(name="Signer")
class SignerWorkflow:
    """Workflow id `signer/<installation>`. One long activity at a time; never ends."""

    @workflow.init
    def __init__(self, turn: SignTurn) -> None:
        self._turn = turn

    @workflow.run
    async def run(self, turn: SignTurn) -> None:
        """Let the signer take turn after turn, show what it refuses, and continue as new every 500 turns."""
        for _ in range(TURNS_PER_RUN):
            done: SignedTurn = await workflow.execute_activity(
                SIGN,
                self._turn,
                result_type=SignedTurn,
                start_to_close_timeout=policies.SIGN_TIMEOUT,
                heartbeat_timeout=policies.SIGN_HEARTBEAT,
                retry_policy=policies.LONG_RETRY,
                summary="checkpoints",
            )
            self._turn = SignTurn(refused=done.refused)
            workflow.set_current_details(_details(done))
        workflow.continue_as_new(self._turn)

    @workflow.query
    def refused(self) -> dict[str, str]:
        """Return the logs that are not signed, each with the code of why."""
        return self._turn.refused


def _details(done: SignedTurn) -> str:
    if not done.refused:
        return f"last turn: {number_of(done.signed, 'checkpoint', 'checkpoints')}"
    logs = ", ".join(f"{log} ({code})" for log, code in sorted(done.refused.items()))
    return (
        f"**NOT SIGNED**: {logs}. The record does not continue what was signed: `selection doctor` says more."
    )
