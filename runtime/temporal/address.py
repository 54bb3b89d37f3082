"""How a client reaches Temporal at an address: HOST:PORT, or unix:PATH of a socket, as `temporal` itself has it."""

import functools
import logging
import os
from datetime import timedelta
from pathlib import Path

from temporalio.envconfig import ClientConnectConfig
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import HttpConnectProxyConfig

SOCKET = "unix:"
LONGEST_PATH = 107
"""Bytes of a Unix socket's path, as Linux takes it."""
CONNECTED_WITHIN = timedelta(seconds=10)
USUAL = "default"
"""The namespace that clients of Temporal take without being told."""
ON_SOCKET = "localhost"
"""What the SDK names as host where a socket decides who answers."""
_OPENED: dict[tuple[int, int], int] = {}
"""Folders by device and number; each stays open for good, as the SDK connects again whenever it likes."""


class Way(ClientConnectConfig, total=False):
    """The arguments of `Client.connect`, with those that lead to a socket."""

    connect_timeout: timedelta
    http_connect_proxy_config: HttpConnectProxyConfig
    runtime: Runtime


def find_way(address: str, name: str = USUAL) -> Way:
    """Return the arguments of `Client.connect` for a namespace of the server at an address.

    Raises OSError if the folder of a socket is not there, where its path is too long.
    The SDK speaks to a socket only as to a proxy, which `runtime.embedded.own_network` is.
    """
    path = find_socket(address)
    way: Way = {"target_host": address, "namespace": name, "runtime": _quiet_runtime()}
    if path is not None:
        way["target_host"] = ON_SOCKET
        # At a port the kernel answers for a server that is frozen, and what is asked of it has a limit of its own; who
        # asks to be let in would wait for ever.
        way["connect_timeout"] = CONNECTED_WITHIN
        way["http_connect_proxy_config"] = HttpConnectProxyConfig(target_host=f"{SOCKET}{shorten(path)}")
    return way


def find_socket(address: str) -> Path | None:
    """Return the path that an address names; None where it names host and port."""
    return Path(address.removeprefix(SOCKET)).absolute() if address.startswith(SOCKET) else None


def shorten(path: Path) -> Path:
    """Return a path of the same socket that the kernel takes, however long its folder's is. Raises OSError."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    there = path.parent.stat()
    folder = there.st_dev, there.st_ino
    if folder not in _OPENED:
        _OPENED[folder] = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    return Path(f"/proc/self/fd/{_OPENED[folder]}") / path.name


@functools.cache
def _quiet_runtime() -> Runtime:
    """Make the SDK's own threads, which else warn of each connection that it is one to a proxy.

    They are the same for every address: what a thread logs, it logs as the first of them says. They hand it to our
    logging, as they would write it to standard output by themselves, in a form of their own.
    """
    usual = TelemetryFilter(core_level="WARN", other_level="ERROR").formatted()
    forwarding = LogForwardingConfig(
        logging.getLogger("temporalio"), append_target_to_name=False, append_log_fields_to_message=False
    )
    config = LoggingConfig(f"{usual},temporal_sdk_bridge::client=ERROR", forwarding)
    return Runtime(telemetry=TelemetryConfig(logging=config))
