"""The main job: a whole synthetic round on a fresh stack, as `make demo` runs it."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, Say

CAUSE = "Most of it is waiting: some 140 days of the calendar at a quarter of a second each, longer on a busy machine."


async def measure(say: Say) -> list[Figure]:
    """Run the demo in a process of its own, its stack's start and end included. Raises if it fails."""
    with tempfile.TemporaryDirectory(prefix="center-selection-demo-") as folder:
        words = ("-m", "starter.cli.main", "--json", "demo", "--out", str(Path(folder) / "out"))
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, stderr = await process.communicate()
        seconds = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(stderr.decode()[-2000:])
    say(f"the demo took {seconds:.1f} s")
    return [
        Figure("demo", "`selection demo`, installed", seconds, "s", target=60, at_least=False, cause=CAUSE)
    ]
