"""A file that comes in pieces over several requests, and goes on where it broke off."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from portal.faults import Fault
from portal.uploads.receiving import ReceivedFile, look_at
from portal.visit import Visit
from reading.access.uploads import PIECE, KeptUpload


async def keep_pieces(visit: Visit, begun: KeptUpload, coming: AsyncIterable[bytes]) -> bool:
    """Keep what comes behind what is there, each piece as soon as it is whole; what is left of one is not kept.

    False once something else was put behind it meanwhile, or it is not there any more.
    """
    part, waiting = begun.received // PIECE, bytearray()
    left = begun.size - begun.received
    async for some in coming:
        waiting += some
        while left and len(waiting) >= min(PIECE, left):
            piece = bytes(waiting[: min(PIECE, left)])
            del waiting[: len(piece)]
            if not await visit.reach.uploads.add(visit.signed_in, begun.id, part, piece):
                return False
            part, left = part + 1, left - len(piece)
    return True


@asynccontextmanager
async def assemble(visit: Visit, begun: KeptUpload) -> AsyncIterator[ReceivedFile]:
    """Lend a file of which all pieces are there, as if it had been sent at once. Raises Fault for what is gone."""
    with TemporaryFile() as file:
        for part in range(-(-begun.size // PIECE)):
            await _append(visit, begun, part, file)
        yield await look_at(file, begun.name)


async def _append(visit: Visit, begun: KeptUpload, part: int, file: BinaryIO) -> None:
    piece = await visit.reach.uploads.read(visit.signed_in, begun.id, part)
    if piece is None:
        raise Fault("hidden", 404)
    await asyncio.to_thread(file.write, piece)
