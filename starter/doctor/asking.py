"""How a part of the installation is asked, so that one that is away or slow is a finding among the others."""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio.service import RPCError, RPCStatusCode

from ledger.errors import LedgerError, NotMigrated
from runtime.errors import StackError
from starter.doctor.finding import Finding, Words

AWAY = ("it does not answer", "没有应答")
LATE = ("it did not answer in time", "未在时限内应答")
OF_ANOTHER_VERSION = ("its schema is of another version", "其结构属于其他版本")
ENCRYPTED = ("its answer is encrypted", "其答复已加密")
SILENT = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)

SEALED = (
    "Give the keys of the payloads in SELECTION_PAYLOAD_KEYS.",
    "请用 SELECTION_PAYLOAD_KEYS 提供载荷密钥。",
)
RIGHTS = ("Mend the namespace or the rights in it.", "请检查命名空间及其权限。")
SLOW = (
    "Look again in a minute; if it stays so, look at the load and the log of what does not answer.",
    "请稍后重新查看；如仍如此，请查看未应答部分的负载和日志。",
)

Ask = Callable[[], Awaitable[Finding | list[Finding]]]
FAILURES = (RPCError, StackError, LedgerError, TimeoutError, KeyError, ValueError)
"""What comes of a part that is away, slow, or says what cannot be read."""


async def ask_part(part: str, ask: Ask, within: float | None, cure: Words = RIGHTS) -> list[Finding]:
    """Return what is found of a part within so many seconds, or that it could not be found, with the cure."""
    try:
        async with asyncio.timeout(within):
            found = await ask()
    except FAILURES as error:
        return [tell_failure(part, error, cure)]
    return found if isinstance(found, list) else [found]


def tell_failure(part: str, error: Exception, cure: Words) -> Finding:
    """Return in words why a part could not be looked at; `cure` is for one that is away, or refuses."""
    match error:
        case TimeoutError():
            return Finding(part, LATE, False, SLOW)
        case NotMigrated():
            return Finding(part, OF_ANOTHER_VERSION, False, cure)
        case RPCError() if error.status not in SILENT:
            name = error.status.name
            return Finding(part, (f"it refuses to answer ({name})", f"拒绝应答（{name}）"), False, cure)
        case RPCError() | StackError() | LedgerError():
            return Finding(part, AWAY, False, cure)
    return Finding(part, ENCRYPTED, False, SEALED)
