"""Addresses of Temporal, as they are written and as the SDK is given them."""

import os
import socket
from pathlib import Path

import pytest

from runtime.temporal.address import find_socket, find_way, shorten
from tests.needing import needs_linux


@pytest.mark.parametrize("written", ["unix:/run/s/grpc.sock", "unix:///run/s/grpc.sock"])
def test_a_socket_is_reached_as_a_proxy_is(written: str) -> None:
    assert find_socket(written) == Path("/run/s/grpc.sock")
    way = find_way(written, "centres")
    assert (way["target_host"], way["namespace"]) == ("localhost", "centres")
    assert way["http_connect_proxy_config"].target_host == "unix:/run/s/grpc.sock"


def test_a_relative_path_counts_from_here() -> None:
    assert find_socket("unix:temporal/grpc.sock") == Path.cwd() / "temporal" / "grpc.sock"


@pytest.mark.parametrize("written", ["127.0.0.1:7233", "unix.example:7233", "localhost:1"])
def test_host_and_port_are_given_as_they_are(written: str) -> None:
    assert find_socket(written) is None
    way = find_way(written)
    assert (way["target_host"], way["namespace"]) == (written, "default")
    assert "http_connect_proxy_config" not in way


@needs_linux
def test_a_socket_whose_path_is_too_long_is_reached_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("d" * 200)
    folder.mkdir()
    short = shorten(folder / "a.sock")
    assert len(os.fsencode(short)) <= 107
    assert shorten(folder / "b.sock").parent == short.parent
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as end:
        listener.bind(str(short))
        listener.listen()
        assert (folder / "a.sock").is_socket()
        end.connect(str(short))
    # Another folder in its place is not taken for it.
    (folder / "a.sock").unlink()
    folder.rename(tmp_path / "before")
    folder.mkdir()
    assert shorten(folder / "a.sock").parent != short.parent
