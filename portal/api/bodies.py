"""What a program sends, read no further than it may be long, and told by its places where it does not fit."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from portal.api.call import Call
from portal.api.problems import Problem
from selection.refusals.unreadable import FieldNames, refuse_unreadable

M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
LARGEST_JSON = 64 * 1024
"""Bytes of a body in JSON [D]: more than twice what an act may be."""
WITHIN = 120.0
"""Seconds within which a body is here [D]: 20 MB at 1.4 Mbit a second; strangers have fewer (guard/bodies.py)."""


async def read_json(call: Call, model: type[M]) -> M:
    """Return a body in JSON as a model. Raises Problem, with the places and no value."""
    if media_of(call) != JSON:
        raise Problem(415, "media-unfit")
    body = await read_bytes(call, LARGEST_JSON)
    try:
        # Numbers, depth and lengths have the limits of the reader and of the model.
        return model.model_validate_json(body)
    except ValidationError as fault:
        raise Problem(422, "body-unfit", refuse_unreadable(fault, _names(model)).params) from None


async def read_bytes(call: Call, limit: int) -> bytearray:
    """Return a body. Raises Problem as soon as it is longer than it may be, or takes too long."""
    body = bytearray()
    async with _in_time():
        async for piece in _read(call, limit):
            body += piece
    return body


async def receive(call: Call, limit: int, file: BinaryIO) -> tuple[int, str]:
    """Write a body to a file as it comes, and return its size and SHA-256 (hex). Raises Problem as `read_bytes`."""
    size, digest = 0, hashlib.sha256()
    async with _in_time():
        async for piece in _read(call, limit):
            size += len(piece)
            digest.update(piece)
            await asyncio.to_thread(file.write, piece)
    return size, digest.hexdigest()


async def _read(call: Call, limit: int) -> AsyncIterator[bytes]:
    announced, size = int(call.request.headers["content-length"]), 0
    if announced <= limit:
        async for piece in call.request.stream():
            size += len(piece)
            if size > limit:
                break
            yield piece
    if max(announced, size) > limit:
        raise Problem(413, "too-large", {"limit": str(limit)})


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(WITHIN):
            yield
    except TimeoutError:
        raise Problem(408, "stalled") from None


def media_of(call: Call) -> str:
    """Return the media type of a body without its parameters."""
    return call.request.headers.get("content-type", "").partition(";")[0].strip().lower()


@cache
def _names(model: Any) -> FieldNames:
    return FieldNames(model)
