"""Become a program in a network of its own, in which only it is and which one Unix socket leads into.

Run as a script: `python -I -S own_network.py SOCKET PORT PROGRAM ARGUMENT...`. What the program opens on the loopback
address exists only in that network (a namespace of Linux), so nobody else of the machine can connect to it. A process
beside it carries what comes in at SOCKET to PORT, and ends with it; who may connect there is decided by the socket's
and its folder's permissions. Without arguments it only tries whether this machine allows such a network.

A client speaks to the program at once, as gRPC's own libraries do over a Unix socket, or asks with HTTP's CONNECT
first, as Temporal's SDK does; where to, it need not say. Only the standard library is imported here.
"""

import contextlib
import ctypes
import fcntl
import functools
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

LOOPBACK = "127.0.0.1"
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1
INTERFACE = "16sh22x"
"""The kernel's `struct ifreq`: name and flags."""
LONGEST_PATH = 107
"""Bytes of a Unix socket's path, as the kernel takes it."""

ASKS = b"CONNECT "
HEAD_ENDS = b"\r\n\r\n"
LONGEST_HEAD = 8192
OK = b"HTTP/1.1 200 OK\r\n\r\n"
NOT_THERE = b"HTTP/1.1 502 Bad Gateway\r\n\r\n"
CHUNK = 256 * 1024
WAITING = 128
STACK = 256 * 1024
FEWEST = 3
"""Arguments of a call whose program has none."""
AGAIN_AFTER = 0.05


def main(arguments: list[str]) -> None:
    """Enter the network, leave the carrying to another process, and exec; returns only by raising OSError.

    The signal that `runtime.embedded.launch` asked for at its parent's death is kept: the kernel forgets it for who
    becomes another user, not for who enters a namespace that is its own.
    """
    enter_own_network()
    if not arguments:
        return
    path, port, program = arguments[0], int(arguments[1]), arguments[2:]
    server = os.getpid()
    # Listened to before the program runs, so that nobody who waits for the socket comes too early.
    with listen_at(path) as listener:
        if os.fork() == 0:
            _end_with(server)
            carry_all(listener, port)
    os.execv(program[0], program)  # noqa: S606 - the caller passes a list, no shell sees it


@functools.cache
def is_possible() -> bool:
    """Whether this machine lets this user have a network of its own: tried once, by a process that ends."""
    if sys.platform != "linux":
        return False
    command = [sys.executable, "-I", "-S", __file__]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def enter_own_network() -> None:
    """Leave the machine's network for a new one with nothing but a loopback address. Raises OSError.

    Root may do so; another user, and a root without that right, only as the owner of a namespace of users, in which
    the user is who it was.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNET) != 0:
        uid, gid = os.geteuid(), os.getegid()
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "this machine allows no network of one's own")
        _tell_kernel("setgroups", "deny")
        _tell_kernel("uid_map", f"{uid} {uid} 1")
        _tell_kernel("gid_map", f"{gid} {gid} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        found = fcntl.ioctl(asked, SIOCGIFFLAGS, struct.pack(INTERFACE, b"lo", 0))
        flags = struct.unpack(INTERFACE, found)[1]
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack(INTERFACE, b"lo", flags | IFF_UP))


def listen_at(path: str) -> socket.socket:
    """Take a Unix socket's place, for its owner alone, from one that a dead process left there. Raises OSError."""
    place = Path(path)
    place.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # A path may be longer than the kernel takes, and a folder's number stands for any folder.
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        short = len(os.fsencode(path)) <= LONGEST_PATH
        listener.bind(path if short else f"/proc/self/fd/{folder}/{place.name}")
    finally:
        os.close(folder)
    place.chmod(0o600)
    listener.listen(WAITING)
    return listener


def carry_all(listener: socket.socket, port: int) -> None:
    """Carry every connection to the port, each by threads of its own, until this process ends."""
    threading.stack_size(STACK)
    while True:
        try:
            client, _ = listener.accept()
            threading.Thread(target=carry, args=(client, port), daemon=True).start()
        except (OSError, RuntimeError):
            # Too many at once: those that are open go on, and whoever waits is taken later.
            time.sleep(AGAIN_AFTER)


def carry(client: socket.socket, port: int) -> None:
    """Carry one connection both ways until both sides have ended."""
    with client, contextlib.suppress(OSError):
        said = _hear(client)
        if not said:
            return
        asks = said.startswith(ASKS)
        # Not by `create_connection`, which looks the address up: that takes a codec, and here may be a user who can't
        # read Python's own files any more.
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            server.connect((LOOPBACK, port))
        except OSError:
            server.close()
            if asks:
                client.sendall(NOT_THERE)
            return
        with server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if asks:
                client.sendall(OK)
                said = said.partition(HEAD_ENDS)[2]
            server.sendall(said)
            back = threading.Thread(target=_copy, args=(server, client), daemon=True)
            back.start()
            _copy(client, server)
            back.join()


def _hear(client: socket.socket) -> bytes:
    """Return what a client says first: the whole head of its request, or the beginning of anything else."""
    said = b""
    while len(said) < len(ASKS) or (said.startswith(ASKS) and HEAD_ENDS not in said):
        more = client.recv(CHUNK) if len(said) < LONGEST_HEAD else b""
        if not more:
            return b""
        said += more
    return said


def _copy(source: socket.socket, to: socket.socket) -> None:
    buffer = memoryview(bytearray(CHUNK))
    try:
        while count := source.recv_into(buffer):
            to.sendall(buffer[:count])
        to.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, to):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _tell_kernel(name: str, value: str) -> None:
    setting = os.open(f"/proc/self/{name}", os.O_WRONLY)
    try:
        os.write(setting, value.encode())
    finally:
        os.close(setting)


def _end_with(parent: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the program is gone")


if __name__ == "__main__":
    if 0 < len(sys.argv) - 1 < FEWEST:
        sys.exit("usage: python -I -S own_network.py SOCKET PORT PROGRAM ARGUMENT...")
    main(sys.argv[1:])
