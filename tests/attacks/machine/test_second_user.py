"""What another user of the same machine gets at while a whole stack runs; needs root, to become that user."""

import json
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from runtime.embedded.plan import ANY
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.embedded.stack import TEMPORAL, EmbeddedStack
from runtime.embedded.temporal_server import TemporalServer
from runtime.logins import Login
from runtime.settings import Settings
from starter.commands.operator.up import plan_stack
from tests.needing import needs_namespaces, needs_root
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER

pytestmark = needs_root
STRANGER = 54321
FOR_EVERYBODY = {"stack.lock", "signing.vkey"}
"""Files that tell nothing: a lock, and the key that is to be published."""
HELLO = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
"""What a client of gRPC says first; the server's first frame has the same type, of settings."""
SETTINGS = 4
LISTENING = "0A"
"""How the kernel writes that state in /proc."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that is open to every user, as are its parents."""
    made = Path(tempfile.mkdtemp(prefix="second-user-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def stack(folder: Path) -> Iterator[EmbeddedStack]:
    """A stack as `selection up` plans it."""
    plan = plan_stack(Settings(data=folder / "data"), ANY, workers=1, local=True)
    with run_stack(replace(plan, synced=False, preferred=ANY)) as running:
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


def list_openable(paths: list[Path]) -> list[str]:
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
    assert {Path(name).name for name in as_stranger(lambda: list_openable(files))} <= FOR_EVERYBODY


async def test_another_user_makes_no_file_in_the_data_folder(stack: EmbeddedStack) -> None:
    folders = [path for path in stack.plan.settings.data.rglob("*") if path.is_dir()]
    assert len(folders) > 5
    assert [path for path in folders if path.stat().st_mode & stat.S_IWOTH] == []


async def test_another_user_reads_no_password_off_a_process(stack: EmbeddedStack) -> None:
    shown = [
        Path(f"/proc/{pid}/{name}") for pid in stack.pids.values() for name in ("environ", "mem", "maps")
    ]
    assert all(path.exists() for path in shown)
    assert as_stranger(lambda: list_openable(shown)) == []
    passwords = set(stack.endpoints.databases.urls().values())
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes().decode() for pid in stack.pids.values()]
    assert [line for line in lines for url in passwords if url.split(":")[2].split("@")[0] in line] == []


def answering(places: list[str | tuple[str, int]]) -> list[str]:
    """At which of these sockets and ports somebody answers who speaks gRPC."""
    found = []
    for place in places:
        family = socket.AF_UNIX if isinstance(place, str) else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as end:
            end.settimeout(STUCK_AFTER)
            try:
                end.connect(place)
                end.sendall(HELLO)
                if end.recv(9)[3:4] == bytes([SETTINGS]):
                    found.append(str(place))
            except OSError:
                continue
    return found


def listeners(stack: EmbeddedStack) -> set[int]:
    """The ports of the machine's own network at which a process of the stack listens."""
    programs = [psutil.Process(pid) for pid in stack.pids.values()]
    ours = {each.pid for program in programs for each in (program, *program.children(recursive=True))}
    everywhere = (item for item in psutil.net_connections("inet") if item.status == psutil.CONN_LISTEN)
    return {item.laddr.port for item in everywhere if item.pid in ours and item.laddr}


def inside(pid: int) -> set[int]:
    """The ports that are listened at in the network in which a process is, which may be its own."""
    lines = [
        line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    ]
    return {int(words[1].partition(":")[2], 16) for words in lines if words[3] == LISTENING}


@needs_namespaces
async def test_another_user_speaks_to_no_temporal(stack: EmbeddedStack, folder: Path) -> None:
    at = stack.endpoints
    assert listeners(stack) == {
        int(str(at.databases.place).partition("/")[0].rpartition(":")[2]),
        at.mail.port,
    }

    server = stack.pids[TEMPORAL]
    assert len(inside(server)) >= 5
    path = at.temporal_address.removeprefix("unix:")
    places: list[str | tuple[str, int]] = [path, *((LOOPBACK, port) for port in listeners(stack))]
    assert answering([path]) == [path]
    assert as_stranger(lambda: answering(places)) == []
    ways_in = [Path(f"/proc/{server}/ns/{kind}") for kind in ("net", "user")]
    assert as_stranger(lambda: list_openable(ways_in)) == []

    # The same questions get an answer where the server is on a port, as it was before.
    port = free_port()
    (folder / "open").mkdir()
    server_on_port = TemporalServer(
        folder / "open", port=port, ui_port=None, log=folder / "log", synced=False
    )
    await server_on_port.start()
    try:
        assert as_stranger(lambda: answering([(LOOPBACK, port)])) == [str((LOOPBACK, port))]
    finally:
        await server_on_port.stop()


async def test_another_user_gets_into_no_database(stack: EmbeddedStack) -> None:
    urls = [
        make_conninfo(f"postgresql://{user}:{password}@{stack.endpoints.databases.place}", dbname=database)
        for user in (*Login, "selection", "postgres")
        for password in ("", user, "wrong")
        for database in ("selection", "postgres", "template1")
    ]

    def list_reachable() -> list[str]:
        found = []
        for url in urls:
            try:
                psycopg.connect(url, connect_timeout=int(STUCK_AFTER), sslmode="disable").close()
            except psycopg.OperationalError:
                continue
            found.append(url)
        return found

    assert as_stranger(list_reachable) == []
