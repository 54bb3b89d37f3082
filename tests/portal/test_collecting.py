"""What the portal's process keeps is not looked at again and again."""

import gc
from collections.abc import Iterator
from socket import socket

import pytest
import uvicorn

from portal.collecting import ASKED_EVERY, MANY, WHOLE_EVERY, YOUNG, Collecting
from portal.serving import serve
from runtime.embedded.ports import free_port
from runtime.settings import Settings


class Loop:
    """Something that refers to itself, so that it goes only when it is looked for."""

    living = 0

    def __init__(self) -> None:
        self.itself = self
        Loop.living += 1

    def __del__(self) -> None:
        Loop.living -= 1


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leaves the collector of this process as it was."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


async def test_what_has_come_to_stay_is_put_aside_once_it_is_much() -> None:
    collecting = Collecting(clock=lambda: 0.0)
    assert gc.get_threshold()[0] == YOUNG
    await collecting.put_aside()
    first = gc.get_freeze_count()
    assert first > 0
    await collecting.put_aside()
    assert gc.get_freeze_count() <= first
    kept = [[number] for number in range(2 * MANY)]
    gc.collect(1)
    await collecting.put_aside()
    assert gc.get_freeze_count() > first + MANY
    assert len(gc.get_objects()) < MANY
    assert len(kept) == 2 * MANY


async def test_what_refers_to_itself_goes_when_it_is_not_kept_and_within_the_hour_when_it_was() -> None:
    now = 0.0
    collecting = Collecting(clock=lambda: now)
    await collecting.put_aside()
    was_kept, kept = Loop(), [[number] for number in range(2 * MANY)]
    gc.collect(1)
    Loop()
    await collecting.put_aside()
    assert Loop.living == 1
    del was_kept
    gc.collect()
    assert Loop.living == 1
    now = WHOLE_EVERY
    await collecting.put_aside()
    assert Loop.living == 0
    assert kept


def test_a_served_portal_is_asked_again_and_again_what_to_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[uvicorn.Config] = []

    def note(server: uvicorn.Server, sockets: list[socket]) -> None:
        served.append(server.config)
        for each in sockets:
            each.close()

    monkeypatch.setattr(uvicorn.Server, "run", note)
    serve(Settings(portal_port=free_port()))
    (config,) = served
    assert isinstance(getattr(config.callback_notify, "__self__", None), Collecting)
    assert config.timeout_notify == ASKED_EVERY
