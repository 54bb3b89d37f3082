"""What is said of a part that is away, slow or not to be read: in words, beside what was found of the others."""

import asyncio
import re

import pytest
from temporalio.service import RPCError, RPCStatusCode

from ledger.errors import LedgerError, NotMigrated, RecordUnavailable
from runtime.errors import StackError
from starter.doctor.asking import AWAY, ENCRYPTED, LATE, OF_ANOTHER_VERSION, ask_part
from starter.doctor.finding import Finding, Words

CURE = ("Mend it.", "请修复。")


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (TimeoutError(), LATE),
        (RPCError("x", RPCStatusCode.UNAVAILABLE, b""), AWAY),
        (StackError("server-unreachable", "Temporal does not answer."), AWAY),
        (RecordUnavailable("x"), AWAY),
        (NotMigrated("x"), OF_ANOTHER_VERSION),
        (LedgerError("x"), AWAY),
        (KeyError("x"), ENCRYPTED),
        (
            RPCError("x", RPCStatusCode.PERMISSION_DENIED, b""),
            ("it refuses to answer (PERMISSION_DENIED)", "拒绝应答（PERMISSION_DENIED）"),
        ),
    ],
)
async def test_what_keeps_a_part_from_being_looked_at_is_a_finding_in_words(
    error: Exception, found: Words
) -> None:
    async def fail() -> Finding:
        raise error

    (finding,) = await ask_part("worker", fail, None, CURE)
    assert (finding.part, finding.found, finding.fine) == ("worker", found, False)
    assert all(finding.cure)
    # No code or name of a class stands alone.
    assert re.search("[a-z] [a-z]", found[0])
    assert re.search("[\u4e00-\u9fff]{3}", found[1])


async def test_a_part_that_never_answers_is_given_up() -> None:
    async def wait() -> list[Finding]:
        await asyncio.Event().wait()
        return []

    assert (await ask_part("signer", wait, 0.01))[0].found == LATE
