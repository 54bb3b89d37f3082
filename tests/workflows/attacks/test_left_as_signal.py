"""An act that no worker accepts is left with Temporal as a signal, also when that is away for a moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from runtime.endpoints import connect
from runtime.settings import Settings
from runtime.temporal.address import find_socket, shorten
from selection.kernel.leaf import Receipt
from starter.client.client import SelectionClient
from starter.client.errors import ActMissing, Pending
from tests import factories as f
from tests.workflows.support.citing_client import CitingClient
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import ROUND, Installation, application

STREAM = application(1)
AWAY = 12.0
"""Seconds; longer than the ten for which the SDK itself sends again."""


class Line:
    """The network between a client and Temporal, which can be cut."""

    def __init__(self, address: str) -> None:
        self._address = address
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

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if path := find_socket(self._address):
            return await asyncio.open_unix_connection(shorten(path))
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host, int(port))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await self._reach()
        self._ends |= {writer, back}
        with suppress(OSError):
            await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        to.write(data)
        await to.drain()
    to.close()


async def send_outage(client: SelectionClient, place: Installation, patience: float) -> Receipt:
    until = place.deadline("submission")
    outage = f.outage(until - timedelta(hours=1), until)
    waits = timedelta(seconds=patience)
    return await client.act(ROUND, outage, actor=f.OFFICER, command_id="outage-1", patience=waits)


@asynccontextmanager
async def over_a_line(place: Installation) -> AsyncIterator[tuple[Line, SelectionClient]]:
    """A client that reaches Temporal over a line of its own; afterwards nothing of it is left."""
    line = Line(place.ends.temporal_address)
    await line.mend()
    temporal = await connect(f"127.0.0.1:{line.port}", place.temporal.namespace, Settings())
    try:
        yield line, CitingClient(temporal, place.ledger, place.ends.task_queue)
    finally:
        line.cut()


async def test_what_no_worker_accepts_is_held_as_a_signal_and_taken_first(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
        await place.client.act(STREAM, f.submit(), actor=f.APPLICANT)
    edit = f.submit(staff=31)
    with pytest.raises(Pending):
        await place.client.act(
            STREAM, edit, actor=f.APPLICANT, command_id="edit-1", patience=timedelta(seconds=4)
        )
    later = asyncio.create_task(
        place.client.act(STREAM, f.submit(staff=32), actor=f.APPLICANT, command_id="edit-2")
    )
    await asyncio.sleep(0.5)
    async with place.worker():
        assert (await later).version == 3
        # Left twice, by an update that Temporal dropped and by a signal, it is one act.
        again = await place.client.act(STREAM, edit, actor=f.APPLICANT, command_id="edit-1")
        assert (again.version, again.command_id) == (2, "edit-1")
        assert await place.types(STREAM) == ["application.submitted"] * 3
        await compare_with_record(place, STREAM)


async def test_a_first_act_is_left_with_the_start_of_its_stream(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
    with pytest.raises(Pending):
        await place.client.act(STREAM, f.submit(), actor=f.APPLICANT, patience=timedelta(seconds=4))
    async with place.worker():
        await place.until_version(STREAM, 1)
        await compare_with_record(place, STREAM)


async def test_it_is_sent_again_until_temporal_is_back_and_held_by_nothing_if_that_takes_too_long(
    place: Installation,
) -> None:
    async with place.worker():
        await place.open_round()
    async with over_a_line(place) as (line, client):
        line.cut()
        with pytest.raises(ActMissing):
            await send_outage(client, place, patience=1)
        again = asyncio.create_task(send_outage(client, place, patience=AWAY + 8))
        await asyncio.sleep(AWAY)
        await line.mend()
        # Taken by Temporal, answered by nobody as no worker runs.
        with pytest.raises(Pending):
            await again
    async with place.worker():
        await place.until_version(ROUND, 2)
        assert await place.types(ROUND) == ["round.opened", "act.refused"]
