"""The portal under `selection up` dies, and the stack of one that runs beside it starts elsewhere: both serve again."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runtime.data_folder import StackFile, find_running_stack
from runtime.embedded.ports import free_port
from runtime.embedded.stack import PORTAL, POSTGRES
from tests.running.waiting import STUCK_AFTER, until
from tests.starter.support.stack import Up

pytestmark = pytest.mark.stack


def stack_of(up: Up) -> StackFile:
    found = find_running_stack(up.data)
    assert found is not None
    return found


def ask(port: int, path: str) -> int:
    """Return the status of a page, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=STUCK_AFTER) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


async def until_shown(port: int, path: str) -> None:
    async def shows() -> bool:
        return ask(port, path) == 200

    await until(shows, f"{path} at {port}")


@contextmanager
def own_portal(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the portal over a data folder, which no stack watches."""
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("SELECTION_", "TEMPORAL_"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", str(port)], env={**own, "SELECTION_DATA": str(data)}
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_a_killed_portal_serves_again_on_its_port_and_everything_else_runs_on(tmp_path: Path) -> None:
    up, port = Up(tmp_path / "data"), free_port()
    up.start("--portal-port", str(port), portal=True)
    stack = up.process
    assert stack is not None
    assert stack.stdout is not None
    try:
        assert ask(port, "/") == 200
        before = stack_of(up).pids
        for _ in range(2):
            os.kill(stack_of(up).pids[PORTAL], signal.SIGKILL)
            told = stack.stdout.readline()
            assert told.startswith("The portal ended by itself (")
            assert "portal.log); it is started again in" in told
            await until_shown(port, "/")
        after = stack_of(up).pids
        assert stack.poll() is None
        assert after.pop(PORTAL) != before.pop(PORTAL)
        assert after == before
        # Of the others each ends all, as before.
        os.kill(after[POSTGRES], signal.SIGKILL)
        said, _ = stack.communicate(timeout=STUCK_AFTER)
        assert stack.returncode == 1
        assert "part-failed" in said
    finally:
        stack.kill()


async def test_a_portal_beside_the_stack_finds_it_on_other_ports(tmp_path: Path) -> None:
    up, port = Up(tmp_path / "data"), free_port()
    # A worker shows no page.
    start = ("--workers", "0", "--postgres-port")
    up.start(*start, str(free_port()))
    with own_portal(up.data, port) as portal:
        await until_shown(port, "/")
        former = stack_of(up).database
        assert up.stop()[0] == 0
        assert ask(port, "/") == 503
        up.start(*start, str(free_port()))
        try:
            assert stack_of(up).database != former
            await until_shown(port, "/")
            assert ask(port, "/health") == 200
            assert portal.poll() is None
        finally:
            assert up.stop()[0] == 0
