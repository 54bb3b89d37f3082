"""Running one job in a process of its own, within bounds: a short priority, no login, an end."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from portal.proofs.jobs import Job
from runtime.environments import PYTHON, pick
from starter.archive.export import Tell


class WorkFailed(Exception):
    """A job came to no answer; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def run_job(bundle: Path, job: Job, answer: Path, longest: float, tell: Tell) -> None:
    """Have a job done within so many seconds, and its answer written.

    Raises WorkFailed. Cancelled, it ends the process and what that started.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "portal.proofs.child", str(bundle), str(answer)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # An error's text may hold what people wrote.
        stderr=asyncio.subprocess.DEVNULL,
        # What reads a bundle has no use for a setting, and none for what else the portal was given.
        env=pick(PYTHON),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(longest):
            await _follow(process, job, tell)
    except TimeoutError:
        raise WorkFailed("too-long") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    # The answer is in its place before the process ends well.
    if process.returncode != 0:
        raise WorkFailed("broken")


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
