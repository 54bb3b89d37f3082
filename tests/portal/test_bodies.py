"""How long one body is waited for: a stranger's by what came of it, and nobody's once it is whole."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.types import Message

from portal.faults import Fault
from portal.guard.bodies import OF_A_PERSON, OF_STRANGERS, Body, Places
from runtime.portal_limits import PortalLimits

WAIT = 2000.0
"""Seconds that each byte takes, on a clock of the test's own."""
COUNT = 30


class Sender:
    """A body that comes byte by byte and slowly; then its visitor goes away."""

    def __init__(self, pace: float) -> None:
        self.now = 0.0
        self.came = 0
        self.taken: list[str] = []
        self.ends = 0
        self.body = Body(self.send, PortalLimits(body_s=3600, pace=pace), self.take, lambda: self.now)

    async def send(self) -> Message:
        await asyncio.sleep(0)
        self.now += WAIT
        self.came += 1
        if self.came > COUNT:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"x", "more_body": self.came < COUNT}

    def take(self, person: str) -> Callable[[], None]:
        self.taken.append(person)
        return self.end

    def end(self) -> None:
        self.ends += 1

    async def read(self) -> None:
        while (await self.body.receive())["more_body"]:
            assert self.ends == 0


async def test_what_drips_is_given_up() -> None:
    sender = Sender(pace=1)
    with pytest.raises(Fault) as given_up:
        await sender.read()
    assert (given_up.value.code, given_up.value.status) == ("stalled", 408)
    assert sender.came == 2


async def test_what_comes_at_the_pace_arrives_though_it_takes_longer() -> None:
    sender = Sender(pace=1 / WAIT)
    await sender.read()
    assert (sender.came, sender.taken, sender.ends) == (COUNT, [""], 1)
    # A page that goes on for long listens whether its visitor is there still.
    assert (await sender.body.receive())["type"] == "http.disconnect"
    sender.body.end()
    assert (sender.taken, sender.ends) == ([""], 1)


async def test_who_is_signed_in_is_not_given_up() -> None:
    sender = Sender(pace=1)
    sender.body.person = "expert-1"
    await sender.read()
    assert (sender.came, sender.taken, sender.ends) == (COUNT, ["expert-1"], 1)


async def test_time_in_which_nobody_waits_for_it_does_not_count() -> None:
    sender = Sender(pace=1)
    await sender.body.receive()
    sender.now += 10 * WAIT
    await sender.body.receive()
    assert sender.came == 2


def test_places_are_a_networks_a_persons_and_of_all_strangers_together() -> None:
    places = Places(of_network=40)
    full = [places.take("a", "") for _ in range(40)]
    with pytest.raises(Fault, match="crowded"):
        places.take("a", "")
    # Who is signed in is not kept out by their network, and has so many of their own.
    own = [places.take("a", "expert-1") for _ in range(OF_A_PERSON)]
    with pytest.raises(Fault, match="crowded"):
        places.take("b", "expert-1")
    places.take("a", "expert-2")
    more = [places.take(f"network-{number % 20}", "") for number in range(OF_STRANGERS - 40)]
    with pytest.raises(Fault, match="crowded"):
        places.take("another", "")
    for free, network, person in ((full[0], "a", ""), (more[0], "b", ""), (own[0], "b", "expert-1")):
        free()
        places.take(network, person)
        with pytest.raises(Fault, match="crowded"):
            places.take(network, person)
