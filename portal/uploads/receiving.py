"""A file that somebody sends: looked at where it waits on disk, and stored in pieces."""

import asyncio
import hashlib
import unicodedata
from collections.abc import AsyncIterator
from typing import BinaryIO, NamedTuple

from starlette.datastructures import UploadFile

from portal.backend import Backend
from portal.uploads.sniffing import read_pieces, sniff
from selection.kernel.model import Ref

NAME = 100
"""Characters of a file's name that are kept [D]."""


class ReceivedFile(NamedTuple):
    """A file as it came: its name, to be shown; its type by its content, size, and SHA-256."""

    file: BinaryIO
    name: str
    media_type: str
    size: int
    digest: str


async def receive(upload: UploadFile) -> ReceivedFile:
    """Look a file through that came with a form."""
    return await look_at(upload.file, upload.filename or "")


async def look_at(file: BinaryIO, name: str) -> ReceivedFile:
    """Look a file through, a piece at a time."""
    media_type, size, digest = await asyncio.to_thread(_look_through, file)
    return ReceivedFile(file, clean_name(name), media_type, size, digest)


def clean_name(name: str, most: int = NAME) -> str:
    """Return what to call a file by: the end of a path, without what can't be seen, so many characters at most.

    Nothing is ever opened by it.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        letter for letter in last if not unicodedata.category(letter).startswith(("C", "Z")) or letter == " "
    )
    return seen.strip()[:most]


async def name_file(backend: Backend, person: str, received: ReceivedFile, log: str) -> str:
    """Return the id that a file of a person has, or would have once it is stored."""
    client = await backend.client()
    return await client.name_file(received.digest, received.media_type, person=person, log=log)


async def store(backend: Backend, person: str, received: ReceivedFile, log: str) -> Ref:
    """Store a file of a person, few at a time.

    Raises Refused for one that no content may be as large as, TooMuchStored for one beyond what may be stored uncited.
    """
    client = await backend.client()
    async with backend.storing:
        return await client.store_pieces(
            _pieces_of(received.file),
            received.digest,
            received.media_type,
            person=person,
            log=log,
        )


async def _pieces_of(file: BinaryIO) -> AsyncIterator[bytes]:
    pieces = read_pieces(file)
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece


def _look_through(file: BinaryIO) -> tuple[str, int, str]:
    digest, size = hashlib.sha256(), 0
    for piece in read_pieces(file):
        digest.update(piece)
        size += len(piece)
    return sniff(file), size, digest.hexdigest()
