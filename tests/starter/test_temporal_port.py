"""What the doctor says of the embedded Temporal's port."""

import pytest

from runtime.settings import Settings
from starter.doctor.checks import look_at_port

OPEN = "127.0.0.1:7233"


def test_a_port_is_open_to_every_user_until_the_operator_says_that_there_is_none() -> None:
    [found] = look_at_port(Settings(), OPEN)
    assert (found.part, found.fine) == ("temporal-port", False)
    assert found.found[0] == f"{OPEN} is open to every user of this machine"
    assert "SELECTION_ALLOW_PLAINTEXT=temporal" in found.cure[0]
    [known] = look_at_port(Settings.from_environment({"SELECTION_ALLOW_PLAINTEXT": "temporal"}), OPEN)
    assert (known.found, known.fine) == (found.found, True)


def test_a_socket_is_closed() -> None:
    [found] = look_at_port(Settings(), "unix:/data/temporal/grpc.sock")
    assert (found.found, found.fine) == (("closed to other users", "其他用户无法访问"), True)


@pytest.mark.parametrize("address", [OPEN, "temporal.example:7233"])
def test_nothing_is_said_of_a_server_of_ones_own(address: str) -> None:
    assert look_at_port(Settings.from_environment({"TEMPORAL_ADDRESS": address}), address) == []
