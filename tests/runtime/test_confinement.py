"""A process of its own for what strangers made: it has no secret, and is ended by what it takes too much of."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from runtime.confinement import Bounds, ConfinedFailed, Overdone, run_confined, start_confined
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.long

AMPLE = Bounds(memory=256 * 1024 * 1024, computing=60, until_end=600)
ENDS = {
    "memory at once": ("x = bytearray(2**30)", AMPLE, Overdone.MEMORY),
    "memory by and by": ("x = []\nwhile True: x.append(object())", AMPLE, Overdone.MEMORY),
    "memory where no system bounds it": (
        "import resource, time\nx = []\nwhile True: x.append(bytearray(100_000)); time.sleep(0.0001)",
        AMPLE,
        Overdone.MEMORY,
    ),
    "computing": ("while True: pass", AMPLE._replace(computing=1), Overdone.TIME),
    "waiting": ("import time; time.sleep(3600)", AMPLE._replace(until_end=1), Overdone.TIME),
    "a long answer": ("while True: print('x' * 1_000)", AMPLE, Overdone.ANSWER),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", AMPLE, Overdone.MEMORY),
    "an error": ("1 / 0", AMPLE, None),
}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    before = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(tmp_path), before])))
    return tmp_path


async def run(programs: Path, program: str, bounds: Bounds = AMPLE, given: bytes = b"") -> bytes:
    (programs / "stranger_program.py").write_text(program)
    return await run_confined("stranger_program", given=given, bounds=bounds, longest=100_000)


@pytest.mark.parametrize("name", ENDS)
async def test_a_process_that_takes_too_much_ends_and_tells_of_what(
    programs: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    program, bounds, why = ENDS[name]
    if "no system" in name:
        # A resource module beside the program, which takes every limit as macOS does and holds none.
        (programs / "resource.py").write_text(
            "from importlib.machinery import ExtensionFileLoader, PathFinder\n"
            "import sys\n"
            "here = sys.path.pop(sys.path.index(__file__.rpartition('/')[0]))\n"
            "spec = PathFinder.find_spec('resource')\n"
            "sys.path.insert(0, here)\n"
            "real = spec.loader.create_module(spec); spec.loader.exec_module(real)\n"
            "globals().update({name: getattr(real, name) for name in dir(real) if name[0] != '_'})\n"
            "def setrlimit(*_): raise ValueError\n"
        )
    with pytest.raises(ConfinedFailed) as failed:
        await run(programs, program, bounds)
    assert failed.value.why is why


async def test_a_process_is_given_its_input_and_no_secret(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELECTION_DATABASE_PORTAL", "postgresql://secret")
    monkeypatch.setenv("SOMEBODYS_TOKEN", "secret")
    program = "import os, sys; print(len(sys.stdin.buffer.read()), 'secret' in str(os.environ))"
    assert await run(programs, program, given=b"x" * 1_000_000) == b"1000000 False\n"


async def test_an_input_that_nobody_reads_keeps_nothing_waiting(programs: Path) -> None:
    assert await run(programs, "print('done')", given=b"x" * 10_000_000) == b"done\n"


async def test_one_that_writes_more_than_anybody_reads_is_ended_all_the_same(programs: Path) -> None:
    """Seen before: what it had written kept its end from being noticed, now and then, and a page waited for ever."""
    (programs / "stranger_program.py").write_text("while True: print('x' * 1_000)")
    async with asyncio.timeout(STUCK_AFTER):
        async with start_confined("stranger_program", bounds=AMPLE) as process:
            output: Any = process.stdout
            # So full that asyncio reads no more of it until somebody takes something.
            while not output._paused:
                await asyncio.sleep(0.01)
    assert process.returncode is not None
