"""What histories say was recorded, held against the record itself as an auditor does it."""

from collections.abc import Sequence

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowExecutionStatus, WorkflowHistory

from audit.archived import ArchivedRun, StreamEntries
from audit.claims import Claim, Verdict, not_provable
from audit.history import ENDS
from audit.replaying import Replaying
from audit.workflow_claims import Following, Task
from ledger.receipts import Entry
from selection.canonical import sha256_hex
from tests import factories as f
from tests.workflows.installation import Installation
from workflows.catalogue import WORKFLOWS


async def histories_of(place: Installation, stream: str) -> list[WorkflowHistory]:
    """Every run of the workflow that owns the stream, from the first to the last."""
    runs = []
    run_id: str | None = (await place.handle(stream).describe()).run_id
    while run_id:
        handle = place.temporal.get_workflow_handle(stream, run_id=run_id)
        history = await handle.fetch_history()
        runs.append(history)
        run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return runs[::-1]


async def streams_of(place: Installation) -> list[str]:
    """Every stream of the round's log that a workflow of the same id owns."""
    return await place.ledger.reading.streams(f.ROUND)


async def replay(histories: Sequence[WorkflowHistory]) -> None:
    """Replay histories; raises ReplayFailed at the first that the code does not follow."""
    replaying = Replaying()
    try:
        for history in histories:
            await replaying.commands_of(history)
    finally:
        await replaying.close()


class KeptHistories:
    """Histories as an archive would keep them, in memory."""

    def __init__(self, histories: Sequence[WorkflowHistory]) -> None:
        self.bodies = {(item.workflow_id, item.run_id): serialized(item) for item in histories}
        self.runs = tuple(listed(item) for item in histories)

    def history(self, workflow_id: str, run_id: str) -> bytes:
        """Give one run's bytes."""
        return self.bodies[workflow_id, run_id]


def serialized(history: WorkflowHistory) -> bytes:
    """The bytes that an archive keeps of a history."""
    return History(events=history.events).SerializeToString(deterministic=True)


def listed(history: WorkflowHistory) -> ArchivedRun:
    """How the record lists a history that was kept."""
    closed = history.events[-1].event_type in ENDS
    digest = sha256_hex(serialized(history))
    return ArchivedRun(history.workflow_id, history.run_id, len(history.events), closed, digest, seq=0)


async def claims_about(
    stream: str,
    histories: Sequence[WorkflowHistory],
    entries: Sequence[Entry],
    workflows: Sequence[type] = WORKFLOWS,
) -> list[Claim]:
    """What an auditor claims of a stream with these histories and entries."""
    kept, packed = KeptHistories(histories), StreamEntries()
    for entry in entries:
        packed.append(entry.seq, entry.leaf_hash)
    replaying = Replaying(workflows)
    try:
        followed = await Following(kept, Task(stream, kept.runs, bytes(packed.packed)), replaying).followed()
    finally:
        await replaying.close()
    missed = [
        not_provable("entries-matched", stream, f"entry-without-history {at}") for at in followed.untold
    ]
    return [*followed.claims, *missed]


async def compare_with_record(place: Installation, stream: str, workflows: Sequence[type] = WORKFLOWS) -> int:
    """Assert that histories, their replays and record say the same of a stream; return how much they say."""
    await place.until_idle(stream)
    histories = await histories_of(place, stream)
    entries = await place.ledger.reading.stream_entries(stream)
    claims = await claims_about(stream, histories, entries, workflows)
    unproven = [claim for claim in claims if claim.verdict is not Verdict.PROVEN]
    assert not unproven, unproven
    return len(entries)


async def compare_all(place: Installation, workflows: Sequence[type] = WORKFLOWS) -> dict[str, int]:
    """Compare every stream of the round with its histories; return the number of entries per stream."""
    return {stream: await compare_with_record(place, stream, workflows) for stream in await streams_of(place)}


async def is_running(place: Installation, stream: str) -> bool:
    """Whether the workflow has not closed and did not fail."""
    described = await place.handle(stream).describe()
    return described.status is WorkflowExecutionStatus.RUNNING
