"""A process of its own for what strangers made: no settings and no secrets, so much memory and time, and then its end.

`python -m runtime.confinement MEMORY SECONDS MODULE [ARGUMENT ...]` bounds itself, and becomes the module.
"""

import asyncio
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from runtime.environments import PYTHON, pick

NICENESS = 10
"""Pages come first where cores are few."""
LOOK_EVERY = 0.05
"""Seconds between two looks at the memory, where the system itself does not bound it."""
OUT_OF_MEMORY = 77
"""How a process ends that has found no more memory."""
PIECE = 64 * 1024


class Bounds(NamedTuple):
    """What a process may take: bytes of memory, seconds of computing, and seconds until its end however busy all is."""

    memory: int
    computing: int
    until_end: float


class Overdone(StrEnum):
    """What was too much for a process."""

    MEMORY = "memory"
    TIME = "time"
    ANSWER = "answer"


class ConfinedFailed(Exception):
    """A process came to no answer. `why` is None where it broke within its bounds."""

    def __init__(self, why: Overdone | None) -> None:
        super().__init__(why or "broken")
        self.why = why


@asynccontextmanager
async def start_confined(
    module: str, *arguments: str, bounds: Bounds
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a module in a process that can be written to and read from, and end it with all that it started.

    Raises ConfinedFailed if it was ended for its time; the others by `find_failure`.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, str(bounds.memory), str(bounds.computing), module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # An error's text may hold what people wrote.
        stderr=asyncio.subprocess.DEVNULL,
        # What reads others' files has no use for a setting, and none for what else this process was given.
        env=pick(PYTHON),
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(bounds.until_end):
            yield process
    except TimeoutError:
        raise ConfinedFailed(Overdone.TIME) from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            # The end of a process is told only once its pipes ended, and of one that is full nobody reads on by itself.
            assert process.stdout is not None
            while await process.stdout.read(PIECE):
                pass
            await process.wait()


def find_failure(code: int) -> ConfinedFailed | None:
    """Return why a process failed that ended with a code; None if it did not."""
    if code == 0:
        return None
    if code == -signal.SIGXCPU:
        return ConfinedFailed(Overdone.TIME)
    # Whatever has no memory left ends by 77, by a signal of its own, or by the system's.
    return ConfinedFailed(Overdone.MEMORY if code < 0 or code == OUT_OF_MEMORY else None)


async def run_confined(module: str, *arguments: str, given: bytes, bounds: Bounds, longest: int) -> bytes:
    """Return what a module writes of what it is given, so many bytes at most. Raises ConfinedFailed.

    Cancelled, it ends the process.
    """
    async with start_confined(module, *arguments, bounds=bounds) as process:
        feeding = asyncio.create_task(_feed(process, given))
        try:
            answer = await _read(process, longest)
            code = await process.wait()
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
    failure = find_failure(code)
    if failure is not None:
        raise failure
    return answer


async def _feed(process: asyncio.subprocess.Process, given: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()


async def _read(process: asyncio.subprocess.Process, longest: int) -> bytes:
    assert process.stdout is not None
    pieces, left = [], longest
    while piece := await process.stdout.read(PIECE):
        left -= len(piece)
        if left < 0:
            raise ConfinedFailed(Overdone.ANSWER)
        pieces.append(piece)
    return b"".join(pieces)


def confine_self(memory: int, computing: int) -> None:
    """Bound this process for good, as far as the system lets it be; where it bounds no memory, a thread looks at it."""
    import resource

    os.nice(NICENESS)
    limits = ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, computing), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        # A system that has no such limit, or a lower one already, is no reason not to go on.
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most + (kind == resource.RLIMIT_CPU)))
    threading.Thread(target=_watch_memory, args=(memory,), daemon=True).start()


def _watch_memory(most: int) -> None:
    """End this process once it has taken more: macOS takes the limit and does not hold it."""
    while _measure_resident() <= most:
        time.sleep(LOOK_EVERY)
    os._exit(OUT_OF_MEMORY)


def _measure_resident() -> int:
    """Return the bytes that this process holds. Of the most that it held, Linux tells that of its starter."""
    import resource

    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Become the module that the arguments name, within their bounds."""
    memory, computing, module = sys.argv[1:4]
    sys.argv[:] = [module, *sys.argv[4:]]
    confine_self(int(memory), int(computing))
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
