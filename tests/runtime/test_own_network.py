"""A network of one's own: what gets in and out of it, who ends with whom, and where a machine allows none."""

import asyncio
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from runtime.data_folder import DataFolder
from runtime.embedded import own_network
from runtime.embedded.orphan_processes import has_ended
from runtime.embedded.plan import Ports, StackPlan
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.embedded.process import ChildProcess
from runtime.embedded.stack import EmbeddedStack
from runtime.embedded.temporal_server import TemporalServer
from runtime.errors import StackBroken
from runtime.temporal.address import shorten
from tests.needing import needs_namespaces
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack
PORT = 7233
PREFACE = b"PRI * HTTP/2.0\r\n\r\n"
ASKED = b"CONNECT localhost:80 HTTP/1.1\r\nhost: localhost:80\r\n\r\n"
ECHO = f"""
import socket, threading
def answer(one):
    while said := one.recv(65536):
        one.sendall(said)
    one.sendall(b"the end")
    one.close()
with socket.create_server(({LOOPBACK!r}, {PORT})) as server:
    while True:
        threading.Thread(target=answer, args=(server.accept()[0],)).start()
"""
IN_NO_NETWORK_OF_ITS_OWN = """
import ctypes, os, pathlib
uid, gid = os.geteuid(), os.getegid()
assert ctypes.CDLL(None).unshare(0x10000000) == 0
pathlib.Path("/proc/self/setgroups").write_text("deny")
pathlib.Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
pathlib.Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
pathlib.Path("/proc/sys/user/max_net_namespaces").write_text("0")
"""
WITHOUT_RIGHT = """
import ctypes
ctypes.CDLL(None).prctl(24, 21, 0, 0, 0)
"""
"""Drops the right to make namespaces (CAP_SYS_ADMIN) for every program to come, if it is there."""


def start(path: Path, program: str, log: Path) -> ChildProcess:
    """Start a program of Python in a network of its own, as the stack starts Temporal."""
    inside = [sys.executable, "-I", "-S", own_network.__file__, str(path), str(PORT)]
    return ChildProcess.start("a program", [*inside, sys.executable, "-c", program], log=log)


def reach(path: Path) -> socket.socket:
    """Connect as soon as somebody listens."""
    limit = time.monotonic() + STUCK_AFTER
    while True:
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            end.connect(str(shorten(path)))
        except OSError:
            end.close()
            assert time.monotonic() < limit
            time.sleep(0.01)
        else:
            end.settimeout(STUCK_AFTER)
            return end


def possible_after(before: str) -> bool:
    """Whether a network of its own is possible to a process for which this was done before."""
    command = [sys.executable, "-I", "-S", own_network.__file__]
    code = f"{before}\nimport os, sys\nos.execv(sys.executable, {command!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def is_allowed_after(before: str) -> bool:
    """Whether the kernel allows such a process a namespace of users and a network in it, asked without our own code."""
    asks = shutil.which("unshare")
    assert asks is not None, "util-linux is missing, which asks the kernel"
    command = [asks, "--map-root-user", "--net", "true"]
    code = f"{before}\nimport os\nos.execv({asks!r}, {command!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def hear(end: socket.socket, length: int) -> bytes:
    found = b""
    while len(found) < length and (more := end.recv(1 << 20)):
        found += more
    return found


def ask(path: Path, first: bytes = ASKED) -> tuple[socket.socket, bytes]:
    """Ask as the SDK does, again until the program takes connections."""
    limit = time.monotonic() + STUCK_AFTER
    while True:
        end = reach(path)
        end.sendall(first)
        answer = hear(end, len(own_network.OK))
        if answer != own_network.NOT_THERE[: len(answer)] or time.monotonic() > limit:
            return end, answer
        end.close()
        time.sleep(0.01)


def wait_for_end(process: psutil.Process) -> None:
    limit = time.monotonic() + STUCK_AFTER
    while not has_ended(process):
        assert time.monotonic() < limit
        time.sleep(0.01)


@pytest.fixture(params=["short", "long"])
def echo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A program that says again what it hears, and at the end that it is the end; its socket."""
    folder = tmp_path / ("d" * 200 if request.param == "long" else "d")
    folder.mkdir(mode=0o700)
    path = folder / "a.sock"
    path.write_text("left by a dead process")
    program = start(path, ECHO, tmp_path / "log")
    ask(path)[0].close()
    yield path
    program.kill()


@needs_namespaces
def test_what_is_said_is_carried_both_ways_to_the_end(echo: Path) -> None:
    assert stat.S_IMODE(echo.stat().st_mode) == 0o600
    said = os.urandom(5_000_000)
    end, answer = ask(echo)
    with end:
        assert answer == own_network.OK

        def say() -> None:
            end.sendall(said)
            end.shutdown(socket.SHUT_WR)

        saying = threading.Thread(target=say)
        saying.start()
        assert hear(end, len(said) + 100) == said + b"the end"
        saying.join()


@needs_namespaces
def test_who_does_not_ask_is_carried_at_once_and_a_request_may_come_in_pieces(echo: Path) -> None:
    with reach(echo) as end:
        end.sendall(PREFACE)
        assert hear(end, len(PREFACE)) == PREFACE
    with reach(echo) as end:
        for piece in (ASKED[:3], ASKED[3:-1], ASKED[-1:]):
            end.sendall(piece)
            time.sleep(0.02)
        assert hear(end, len(own_network.OK)) == own_network.OK
    with reach(echo) as end:
        end.sendall(ASKED + PREFACE)
        assert hear(end, len(own_network.OK + PREFACE)) == own_network.OK + PREFACE


@needs_namespaces
def test_a_request_without_an_end_is_dropped_and_others_are_served(echo: Path) -> None:
    with reach(echo) as endless, reach(echo) as silent:
        endless.sendall(own_network.ASKS + b"x" * 2 * own_network.LONGEST_HEAD)
        assert hear(endless, 1) == b""
        end, answer = ask(echo)
        end.close()
        assert answer == own_network.OK
        assert silent.fileno() >= 0


@needs_namespaces
def test_while_the_program_does_not_listen_the_answer_is_no(tmp_path: Path) -> None:
    path = tmp_path / "a.sock"
    program = start(path, "import time; time.sleep(600)", tmp_path / "log")
    with reach(path) as end:
        end.sendall(ASKED)
        assert hear(end, 1000) == own_network.NOT_THERE
    program.kill()


@needs_namespaces
@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_what_carries_ends_with_the_program(tmp_path: Path, ended_by: signal.Signals) -> None:
    path = tmp_path / "a.sock"
    program = start(path, ECHO, tmp_path / "log")
    ask(path)[0].close()
    [carrying] = psutil.Process(program.pid).children()
    os.kill(program.pid, ended_by)
    wait_for_end(carrying)
    program.kill()


@needs_namespaces
@pytest.mark.parametrize("before", ["", WITHOUT_RIGHT], ids=["as it is", "without the right of root"])
def test_the_program_ends_with_who_started_it(tmp_path: Path, before: str) -> None:
    if before and not is_allowed_after(before):
        # Of a kernel that allows plain users no namespaces the engine must know it: Temporal is on a port there.
        assert not possible_after(before)
        return
    path = tmp_path / "a.sock"
    starts = (
        f"{before}\nimport sys, time; from pathlib import Path\n"
        "from tests.runtime.test_own_network import ECHO, start\n"
        f"print(start(Path({str(path)!r}), ECHO, Path({str(tmp_path / 'log')!r})).pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", starts], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        try:
            program = psutil.Process(int(starter.stdout.readline()))
            ask(path)[0].close()
        finally:
            starter.kill()
    wait_for_end(program)


async def watch(server: TemporalServer) -> None:
    while True:
        server.require_running()
        await asyncio.sleep(0.01)


@needs_namespaces
async def test_a_temporal_that_is_out_of_reach_is_reported(tmp_path: Path) -> None:
    server = TemporalServer(tmp_path, port=None, ui_port=None, log=tmp_path / "log", synced=False)
    await server.start()
    try:
        server.require_running()
        assert server.pid is not None
        [carrying] = psutil.Process(server.pid).children()
        carrying.kill()
        with pytest.raises(StackBroken, match="out of reach"):
            await asyncio.wait_for(watch(server), STUCK_AFTER)
    finally:
        await server.stop()


@needs_namespaces
def test_a_machine_that_allows_none_is_recognised() -> None:
    assert not possible_after(IN_NO_NETWORK_OF_ITS_OWN)


@pytest.mark.parametrize("possible", [True, False])
def test_temporal_is_on_a_port_where_there_is_none_or_one_was_asked_for(
    plan: StackPlan, monkeypatch: pytest.MonkeyPatch, possible: bool
) -> None:
    monkeypatch.setattr(own_network, "is_possible", lambda: possible)
    folder = DataFolder.open(plan.settings.data)
    for asked_for in (Ports(), Ports(temporal=free_port())):
        chosen = EmbeddedStack(StackPlan(plan.settings, ports=asked_for))._choose_servers(folder)[1]
        assert chosen is not None
        assert (
            (chosen.port is None) == chosen.address.startswith("unix:") == (possible and asked_for == Ports())
        )
    folder.close()
