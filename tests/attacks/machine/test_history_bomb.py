"""A bundle's histories are made by anyone: none is parsed before it is known to be the one that the record lists."""

import json
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE

import pytest

from audit.bundle.archive import ArchivedRun
from audit.claims import Verdict
from audit.histories.measuring import EVENTS_LIMIT, FIELDS_LIMIT, UNCOUNTED, HistorySize
from audit.histories.replayer import Replaying
from audit.histories.workflow import KEPT, Following, Task
from selection.kernel.canonical import sha256_hex

pytestmark = pytest.mark.long

MEGABYTE = 1024 * 1024
MOST = 500 * MEGABYTE
FOLLOW = """
import asyncio, json, sys
from tests.attacks.machine.test_history_bomb import follow
claims = asyncio.run(follow(sys.argv[1], listed=sys.argv[2] == "listed"))
from benchmarks.verifying import measure_peak
print(json.dumps([claims, measure_peak() * 1024]))
"""
BOMBS = {
    "empty events": lambda: b"\x0a\x00" * (32 * MEGABYTE),
    # One event whose marker holds nothing but payloads: each of two bytes.
    "empty payloads": lambda: _nest(b"\x0a\x00" * (20 * MEGABYTE)),
    "one long text": lambda: b"\x0a\x02\x08\x01" + b"\x12" + _length(60 * MEGABYTE) + b"x" * (60 * MEGABYTE),
}


def _length(size: int) -> bytes:
    out = b""
    while size > 0x7F:
        out, size = out + bytes([size & 0x7F | 0x80]), size >> 7
    return out + bytes([size])


def _nest(payloads: bytes) -> bytes:
    """Return a history of one event, the payloads of whose start are these."""
    # `payloads` (1) of `input` (6) of the started attributes (6), of one of the `events` (1).
    for number in (1, 6, 6, 1):
        payloads = _length(number << 3 | 2) + _length(len(payloads)) + payloads
    return payloads


class SameHistories:
    """Histories as somebody made them, all of the same bytes."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def history(self, workflow_id: str, run_id: str) -> bytes:
        return self.body


async def follow(name: str, *, listed: bool) -> dict[str, tuple[str, str]]:
    """Follow two runs that are such a bomb, which the record lists or does not."""
    body = BOMBS[name]()
    digest = sha256_hex(body) if listed else "0" * 64
    runs = tuple(ArchivedRun("application/r/0001", run, 5, True, digest, 0) for run in ("a", "b"))
    replaying = Replaying()
    try:
        found = await Following(
            SameHistories(body), Task("application/r/0001", runs, b""), replaying
        ).follow()
    finally:
        await replaying.close()
    return {claim.code: (claim.verdict.value, claim.finding) for claim in found.claims}


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("name", BOMBS)
async def test_a_history_takes_no_more_memory_than_an_honest_one(name: str, listed: bool) -> None:
    words = (name, "listed" if listed else "another")
    process = await create_subprocess_exec(sys.executable, "-c", FOLLOW, *words, stdout=PIPE)
    claims, most = json.loads((await process.communicate())[0])
    verdict, finding = claims[KEPT]
    assert verdict == Verdict.REFUTED
    assert finding in (("history-too-large", "history-unreadable") if listed else ("history-differs",))
    assert most < MOST


def test_what_is_counted_is_what_protobuf_makes_of_it() -> None:
    size = HistorySize()
    size.take("x", b"\x0a\x00" * EVENTS_LIMIT)
    with pytest.raises(Exception, match="history-too-large"):
        HistorySize().take("x", b"\x0a\x00" * (EVENTS_LIMIT + 1))
    assert UNCOUNTED < 2 * FIELDS_LIMIT * 2
