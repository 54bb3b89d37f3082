"""An act that must not wait for a worker is left with Temporal also when that is away for a moment."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from runtime.endpoints import connect
from runtime.settings import Settings
from starter.client import SelectionClient
from starter.errors import Broken, Pending
from tests import factories as f
from tests.workflows.installation import ROUND, Installation

AWAY = 12.0
"""Seconds; longer than the ten for which the SDK itself sends again."""


class Line:
    """The network between a client and Temporal, which can be cut."""

    def __init__(self, address: str) -> None:
        self._host, _, self._port = address.rpartition(":")
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._host, int(self._port))
        self._ends |= {writer, back}
        with suppress(OSError):
            await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        to.write(data)
        await to.drain()
    to.close()


async def sent(client: SelectionClient, place: Installation, patience: float) -> None:
    until = place.deadline("submission")
    outage = f.outage(until - timedelta(hours=1), until)
    waits = timedelta(seconds=patience)
    await client.act_when_up(ROUND, outage, actor=f.OFFICER, command_id="outage-1", patience=waits)


async def test_it_is_sent_again_until_temporal_is_back_and_broken_if_that_takes_too_long(
    place: Installation,
) -> None:
    async with place.worker():
        await place.open_round()
    line = Line(place.ends.temporal_address)
    await line.mend()
    temporal = await connect(f"127.0.0.1:{line.port}", place.temporal.namespace, Settings())
    client = SelectionClient(temporal, place.ledger, place.ends.task_queue)
    line.cut()
    with pytest.raises(Broken, match="does not answer"):
        await sent(client, place, patience=1)
    again = asyncio.create_task(sent(client, place, patience=AWAY + 8))
    await asyncio.sleep(AWAY)
    await line.mend()
    # Taken by Temporal, answered by nobody as no worker runs.
    with pytest.raises(Pending):
        await again
    line.cut()
    async with place.worker():
        await place.until_version(ROUND, 2)
        assert await place.types(ROUND) == ["round.opened", "act.refused"]
