"""Which workflows a round has, and which runs each of them."""

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from ledger.log.reading import Reading
from selection.streams import round_stream

GOES_ON = (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.CONTINUED_AS_NEW)

Runs = dict[str, WorkflowExecutionStatus | None]
"""Run id -> the status that the visibility store knew."""


async def workflows_of(client: Client, reading: Reading, round_id: str) -> dict[str, Runs]:
    """Return the runs of a round's workflows by workflow id, in order.

    The visibility store names every run, those of a workflow that recorded nothing among them, but it lags. So
    a stream of the record that it does not know stands here without runs.
    """
    found: dict[str, Runs] = {stream: {} for stream in await reading.streams(round_id)}
    async for item in client.list_workflows(_query(round_id)):
        found.setdefault(item.id, {})[item.run_id] = item.status
    return dict(sorted(found.items()))


async def complete_runs(client: Client, workflow_id: str, listed: Runs) -> Runs:
    """Return the listed runs, and the latest one if none of them is the workflow's last."""
    if any(status not in GOES_ON for status in listed.values()):
        return listed
    try:
        latest = await client.get_workflow_handle(workflow_id).describe()
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise
        return listed
    return {**listed, latest.run_id: latest.status}


async def count_running(client: Client, reading: Reading, round_id: str) -> int:
    """Return how many of a round's own workflow and its applications' have not closed.

    Lists of recommendation close by their deadline, which a cancelled round does not wait for.
    """
    count = 0
    for workflow_id, listed in (await workflows_of(client, reading, round_id)).items():
        if workflow_id.startswith("recommender/"):
            continue
        runs = await complete_runs(client, workflow_id, listed)
        count += any(status is WorkflowExecutionStatus.RUNNING for status in runs.values())
    return count


def _query(round_id: str) -> str:
    owned = (_quote(f"{kind}/{round_id}/") for kind in ("application", "recommender"))
    prefixes = " OR ".join(f"WorkflowId STARTS_WITH {prefix}" for prefix in owned)
    return f"WorkflowId = {_quote(round_stream(round_id))} OR {prefixes}"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
