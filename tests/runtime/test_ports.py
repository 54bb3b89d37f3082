import os
import socket

import pytest

from portal.serving import _listen
from runtime.embedded.ports import (
    FREE_PORTS,
    LOOPBACK,
    choose_port,
    find_holder,
    free_port,
    is_answering,
    is_free,
)
from runtime.errors import StackError


def test_a_free_port_is_outside_the_range_of_outgoing_connections() -> None:
    port = free_port()
    assert port in FREE_PORTS
    assert is_free(port)
    assert not is_answering(port, os.getpid())


def test_a_listening_port_is_neither_free_nor_silent() -> None:
    port = free_port()
    with socket.create_server((LOOPBACK, port)):
        assert not is_free(port)
        assert is_answering(port, os.getpid())
        # Another's server is not the one that was started.
        assert not is_answering(port, os.getppid())


def test_the_asked_port_is_given_and_marked_as_taken() -> None:
    port, taken = free_port(), set[int]()
    assert choose_port("mail", port, None, taken) == port
    assert taken == {port}


def test_an_asked_port_that_another_part_has_is_refused() -> None:
    port = free_port()
    with pytest.raises(StackError) as refused:
        choose_port("mail", port, None, {port})
    assert refused.value.code == "port-taken"
    assert "mail" in refused.value.sentence


def test_a_preferred_port_is_given_unless_it_is_taken() -> None:
    port = free_port()
    assert choose_port("mail", None, port, set()) == port
    assert choose_port("mail", None, port, {port}) != port
    with socket.create_server((LOOPBACK, port)):
        assert choose_port("mail", None, port, set()) != port


def test_a_port_where_another_answers_for_localhost_by_its_other_address_is_taken() -> None:
    port = free_port()
    try:
        opened = socket.create_server(("::1", port), family=socket.AF_INET6)
    except OSError:
        # This machine has no IPv6, so nobody can have the port there.
        assert is_free(port)
        return
    with opened:
        assert not is_free(port)
        with pytest.raises(StackError) as refused:
            _listen(port)
        assert refused.value.code == "port-taken"
    assert is_free(port)


def test_who_holds_a_port_is_named_with_the_process() -> None:
    port = free_port()
    assert find_holder(port) == ""
    with socket.create_server((LOOPBACK, port)):
        assert find_holder(port).endswith(f"(pid {os.getpid()})")
