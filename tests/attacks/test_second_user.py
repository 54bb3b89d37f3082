"""What another user of the same machine gets at while a whole stack runs; needs root, to become that user."""

import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from starter.commands.operator.up import plan_stack

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or sys.platform != "linux", reason="only root can become another user"
)
STRANGER = 54321
FOR_EVERYBODY = {"stack.lock", "signing.vkey"}
"""Files that tell nothing: a lock, and the key that is to be published."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that is open to every user, as are its parents."""
    made = Path(tempfile.mkdtemp(prefix="second-user-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
async def stack(folder: Path) -> AsyncIterator[EmbeddedStack]:
    """A stack as `selection up` plans it."""
    plan = plan_stack(Settings(data=folder / "data"), ANY, workers=1, local=True)
    async with EmbeddedStack(replace(plan, synced=False, preferred=ANY)) as running:
        yield running


def as_stranger(work: Callable[[], list[str]]) -> list[str]:
    """Do the work in a process of another user, and return what it returns."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(STRANGER)
            os.setuid(STRANGER)
            os.write(write, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        said = told.read()
    os.waitpid(child, 0)
    found: list[str] = json.loads(said)
    return found


def opened(paths: list[Path]) -> list[str]:
    """Which of these files can be opened for reading or writing."""
    found = []
    for path in paths:
        for flags in (os.O_RDONLY, os.O_WRONLY):
            try:
                os.close(os.open(path, flags | os.O_NONBLOCK))
            except OSError:
                continue
            found.append(str(path))
    return found


async def test_another_user_opens_no_file_of_the_data_folder(stack: EmbeddedStack) -> None:
    data = stack.plan.settings.data
    files = [path for path in data.rglob("*") if not path.is_dir()]
    assert {path.name for path in files} >= {
        "stack.json",
        "password",
        "temporal.sqlite",
        "signing.key",
        *Login,
    }
    assert {Path(name).name for name in as_stranger(lambda: opened(files))} <= FOR_EVERYBODY


async def test_another_user_makes_no_file_in_the_data_folder(stack: EmbeddedStack) -> None:
    folders = [path for path in stack.plan.settings.data.rglob("*") if path.is_dir()]
    assert len(folders) > 5
    assert [path for path in folders if path.stat().st_mode & stat.S_IWOTH] == []


async def test_another_user_reads_no_password_off_a_process(stack: EmbeddedStack) -> None:
    shown = [
        Path(f"/proc/{pid}/{name}") for pid in stack.pids.values() for name in ("environ", "mem", "maps")
    ]
    assert all(path.exists() for path in shown)
    assert as_stranger(lambda: opened(shown)) == []
    passwords = set(stack.endpoints.databases.urls().values())
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes().decode() for pid in stack.pids.values()]
    assert [line for line in lines for url in passwords if url.split(":")[2].split("@")[0] in line] == []


async def test_another_user_gets_into_no_database(stack: EmbeddedStack) -> None:
    urls = [
        make_conninfo(f"postgresql://{user}:{password}@{stack.endpoints.databases.place}", dbname=database)
        for user in (*Login, "selection", "postgres")
        for password in ("", user, "wrong")
        for database in ("selection", "postgres", "template1")
    ]

    def connected() -> list[str]:
        found = []
        for url in urls:
            try:
                psycopg.connect(url, connect_timeout=5, sslmode="disable").close()
            except psycopg.OperationalError:
                continue
            found.append(url)
        return found

    assert as_stranger(connected) == []
