import errno
import random
import re
import socket

import psutil

from runtime.errors import PARTS, StackError

Words = tuple[str, str]
"""English and Chinese."""
ANOTHER = "give another port", "改用其他端口"

LOOPBACK = "127.0.0.1"
LOOPBACK_6 = "::1"
# Below the range that Linux (from 32768) and macOS (from 49152) hand out for outgoing connections: a client
# that keeps trying a dead server's port from that range can connect to itself and then hold the port for
# good.
FREE_PORTS = range(17000, 32000)
TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now, and nobody answers for `localhost`."""
    try:
        bind(socket.AF_INET, LOOPBACK, port).close()
    except OSError:
        return False
    try:
        bind(socket.AF_INET6, LOOPBACK_6, port).close()
    except OSError as exc:
        # A machine may have no IPv6.
        return exc.errno != errno.EADDRINUSE
    return True


def bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """Return a socket on an address. Raises OSError where it can't be had."""
    # Named as TCP, asyncio sends what it has at once: else the last part of each answer waits for 40 ms to be
    # acknowledged (Nagle's algorithm).
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except OSError:
        opened.close()
        raise
    return opened


def find_holder(port: int) -> str:
    """Return the name and the id of the process that listens on a port, empty where this user is not shown it."""
    try:
        listening = (item for item in psutil.net_connections("tcp") if item.status == psutil.CONN_LISTEN)
        pid = next(
            (item.pid for item in listening if item.laddr and item.laddr.port == port and item.pid), None
        )
        # Whoever starts a program names it: what a terminal obeys is left out.
        return f"{re.sub(r'[^A-Za-z0-9._+-]', '?', psutil.Process(pid).name())} (pid {pid})" if pid else ""
    except psutil.Error:
        return ""


def is_answering(port: int, pid: int) -> bool:
    """Whether the process accepts connections on this port of the loopback address.

    Another's server there is not taken for it: with two stacks that start at once, it may be the other's.
    """
    try:
        connections = psutil.Process(pid).net_connections("tcp4")
    except psutil.Error:
        return False
    if not any(item.status == psutil.CONN_LISTEN and item.laddr.port == port for item in connections):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_port(in_use: set[int] | None = None) -> int:
    """Choose a port that nothing listens on and that is not in `taken`."""
    chooser = random.SystemRandom()
    for _ in range(TRIES):
        port = chooser.choice(FREE_PORTS)
        if port not in (in_use or set()) and is_free(port):
            return port
    first, last = FREE_PORTS.start, FREE_PORTS.stop
    raise StackError(
        "port-taken",
        f"No free port between {first} and {last}: end programs that hold them.",
        f"{first} 至 {last} 之间没有空闲端口：请结束占用端口的程序。",
    )


def choose_port(
    part: str, asked: int | None, preferred: int | None, in_use: set[int], how: Words = ANOTHER
) -> int:
    """Give the port for a part: the one asked for or none; else the preferred one if free; else any.

    Raises StackError port-taken if a port was asked for by name and is in use, with `how` another is chosen. Adds the
    port to `in_use`.
    """
    if asked is not None and (asked in in_use or not is_free(asked)):
        holder = find_holder(asked)
        by, zh = (f" by {holder}", f" {holder} ") if holder else ("", "")
        raise StackError(
            "port-taken",
            f"Port {asked} for {part} is in use{by}. Stop what uses it, or {how[0]}.",
            f"{PARTS.get(part, f'{part} ')}的端口 {asked} 已被{zh}占用：请停止占用它的程序，或{how[1]}。",
        )
    usable = preferred is not None and preferred not in in_use and is_free(preferred)
    port = asked or (preferred if preferred and usable else free_port(in_use))
    in_use.add(port)
    return port
