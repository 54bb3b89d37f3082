"""What `selection doctor` says of workflows that get no further because their code fails."""

from temporalio.client import Client

from runtime.endpoints import Servers
from runtime.temporal import namespace
from starter.doctor.finding import Finding, list_names

AT_MOST = 200
CURE = (
    "`temporal workflow show --workflow-id ID` says why. Put the former workers back, or mend the code; never "
    "terminate or reset what fails.",
    "原因见 `temporal workflow show --workflow-id ID`。请恢复原工作进程或修正代码；切勿终止或重置出错的流程。",
)


async def look_at_tasks(client: Client, _: Servers) -> Finding:
    """Return which open workflows fail task after task; fine where the server does not tell."""
    if not await namespace.tells_failing_tasks(client):
        return Finding("workflow-tasks", ("this server does not tell", "该服务器不提供此项信息"), True)
    found = await list_failing(client)
    en, zh = list_names(found)
    said = (f"failing: {en}", f"反复失败：{zh}") if found else ("none fails", "无失败")
    return Finding("workflow-tasks", said, not found, CURE)


async def list_failing(client: Client) -> list[str]:
    """Return the ids of open workflows whose task failed or timed out again and again, and has not succeeded since.

    How often is the server's setting: five times, or twice at Temporal Cloud.
    """
    problems = ", ".join(f"'category={name}'" for name in ("WorkflowTaskFailed", "WorkflowTaskTimedOut"))
    query = f"ExecutionStatus = 'Running' AND TemporalReportedProblems IN ({problems})"
    return sorted([item.id async for item in client.list_workflows(query, limit=AT_MOST)])
