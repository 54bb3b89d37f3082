"""What `selection doctor` says of the signer: that it is there, that it signs, and that it refuses nothing."""

from datetime import UTC, datetime, timedelta

from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError

from ledger.record import Ledger
from runtime.endpoints import Servers
from runtime.temporal import namespace
from starter.doctor.finding import Finding, list_names
from workflows.signer import SIGNER_ID, SignerWorkflow, signer_queue

LONGEST_WAIT = timedelta(minutes=3)
"""A log is signed within a minute; beyond this something is wrong."""
ANSWER_WITHIN = timedelta(seconds=5)

NOBODY = (
    "Start a worker where the signing key is (SELECTION_SIGNING_KEY); `selection keys new` makes a first one.",
    "请在签名密钥所在处启动工作进程（SELECTION_SIGNING_KEY）；首个密钥可用 `selection keys new` 新建。",
)
NOT_CONTINUED = (
    "The database was put back to an earlier state or changed behind the record. Stop all work, keep a copy, and "
    "restore the newest state. If it is lost for good, only a new key can go on, and everyone must be told.",
    "数据库被恢复到较早状态，或记录被绕过修改。请停止操作、保留副本并恢复最新状态；确已丢失时只能启用新密钥并告知各方。",
)
BEHIND = ("Look at the log of the worker that has the key.", "请查看持有密钥的工作进程的日志。")


async def look_at_signer(client: Client, ends: Servers) -> Finding:
    """Return how the signer does."""
    queue = signer_queue(ends.task_queue)
    if not await namespace.pollers(client, queue):
        return Finding("signer", (f"nobody polls {queue}", f"无进程轮询 {queue}"), False, NOBODY)
    refused = await _query_refused(client)
    if refused:
        en, zh = list_names([f"{log} ({code})" for log, code in sorted(refused.items())])
        return Finding("signer", (f"does not sign {en}", f"拒绝签署 {zh}"), False, NOT_CONTINUED)
    behind = await _behind(ends)
    if behind:
        en, zh = list_names(behind)
        return Finding("signer", (f"behind on {en}", f"签署滞后：{zh}"), False, BEHIND)
    return Finding("signer", (f"signs on {queue}", f"正在 {queue} 上签署"), True)


async def _query_refused(client: Client) -> dict[str, str]:
    handle = client.get_workflow_handle(SIGNER_ID)
    try:
        return await handle.query(SignerWorkflow.refused, rpc_timeout=ANSWER_WITHIN)
    except (RPCError, WorkflowQueryFailedError):
        return {}  # a signer that just starts; one that stays away falls behind


async def _behind(ends: Servers) -> list[str]:
    ledger = await Ledger.connect(ends.database_url, size=1)
    try:
        unsigned = await ledger.checkpoints.list_unsigned()
    finally:
        await ledger.close()
    now = datetime.now(UTC)
    return [item.log for item in unsigned if now - item.since > LONGEST_WAIT]
