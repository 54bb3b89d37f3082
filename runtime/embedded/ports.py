import random
import socket

import psutil

from runtime.errors import StackError

LOOPBACK = "127.0.0.1"
# Below the range that Linux (from 32768) and macOS (from 49152) hand out for outgoing connections: a client
# that keeps trying a dead server's port from that range can connect to itself and then hold the port for
# good.
FREE_PORTS = range(17000, 32000)
TRIES = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


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
    raise StackError("port-taken", f"No free port between {FREE_PORTS.start} and {FREE_PORTS.stop}.")


def choose_port(part: str, asked: int | None, preferred: int | None, in_use: set[int]) -> int:
    """Give the port for a part: the one asked for or none; else the preferred one if free; else any.

    Raises StackError port-taken if a port was asked for by name and is in use. Adds the port to `taken`.
    """
    if asked is not None and (asked in in_use or not is_free(asked)):
        raise StackError(
            "port-taken", f"Port {asked} for {part} is in use. Stop what uses it, or give another port."
        )
    usable = preferred is not None and preferred not in in_use and is_free(preferred)
    port = asked or (preferred if preferred and usable else free_port(in_use))
    in_use.add(port)
    return port
