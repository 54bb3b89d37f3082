"""Running one job in a process of its own, within bounds: a short priority, no login, an end."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

from portal.proofs.jobs import Job
from runtime.confinement import Bounds, ConfinedFailed, Overdone, find_failure, start_confined
from starter.archive.export import Tell

MEMORY = 2 * 1024**3
"""Bytes that a job may take [D]; a round of 1,000 applications takes a fifth of it (docs/benchmarks.md)."""


class WorkFailed(Exception):
    """A job came to no answer; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def run_job(bundle: Path, job: Job, answer: Path, longest: float, tell: Tell) -> None:
    """Have a job done within so many seconds, and its answer written.

    Raises WorkFailed. Cancelled, it ends the process and what that started.
    """
    bounds = Bounds(MEMORY, int(longest), longest)
    try:
        async with start_confined("portal.proofs.child", str(bundle), str(answer), bounds=bounds) as process:
            await _follow(process, job, tell)
        failure = find_failure(process.returncode or 0)
    except ConfinedFailed as failed:
        failure = failed
    # The answer is in its place before the process ends well.
    if failure is not None:
        raise WorkFailed("too-long" if failure.why is Overdone.TIME else "broken")


async def _follow(process: asyncio.subprocess.Process, job: Job, tell: Tell) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        # It stays open: by its end the process learns of ours.
        process.stdin.write(job.model_dump_json().encode() + b"\n")
        await process.stdin.drain()
    async for line in process.stdout:
        with suppress(ValueError, TypeError):
            tell(*json.loads(line))
    await process.wait()
