"""Start what every installation has for as long as it lasts: courier, signer, and the schedule of archiving."""

import contextlib
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleSpec,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.messages import SignTurn
from workflows.archive import ARCHIVE_ROUNDS_ID, ArchiveRoundsWorkflow
from workflows.courier import COURIER_ID, CourierWorkflow
from workflows.signer import SIGNER_ID, SignerWorkflow, signer_queue

ARCHIVE_EVERY = timedelta(days=1)


async def start_courier(client: Client, task_queue: str) -> None:
    """Start the installation's courier unless it runs."""
    await client.start_workflow(
        CourierWorkflow.run,
        id=COURIER_ID,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        static_summary="sends letters, messages and wakes",
    )


async def schedule_archiving(client: Client, task_queue: str) -> None:
    """Have histories kept every day, unless that is scheduled: long before any retention ends."""
    action = ScheduleActionStartWorkflow(
        ArchiveRoundsWorkflow.run,
        id=ARCHIVE_ROUNDS_ID,
        task_queue=task_queue,
        static_summary="keeps histories",
    )
    spec = ScheduleSpec(intervals=[ScheduleIntervalSpec(every=ARCHIVE_EVERY)])
    with contextlib.suppress(ScheduleAlreadyRunningError):
        await client.create_schedule(ARCHIVE_ROUNDS_ID, Schedule(action=action, spec=spec))


async def start_signer(client: Client, task_queue: str) -> None:
    """Start the installation's signer unless it runs."""
    await client.start_workflow(
        SignerWorkflow.run,
        SignTurn(),
        id=SIGNER_ID,
        task_queue=signer_queue(task_queue),
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        static_summary="makes checkpoints of every log",
    )
