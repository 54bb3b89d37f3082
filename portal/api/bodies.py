"""What a program sends, read no further than it may be long, and told by its places where it does not fit."""

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from portal.api.call import Call
from portal.api.problems import Problem
from selection.refusals.unreadable import FieldNames, refuse_unreadable

M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
LARGEST_JSON = 64 * 1024
"""Bytes of a body in JSON [D]: more than twice what an act may be."""


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


async def read_bytes(call: Call, limit: int) -> bytes:
    """Return a body, piece by piece as it comes. Raises Problem as soon as it is longer than it may be."""
    told = int(call.request.headers["content-length"])
    body = bytearray()
    async for piece in call.request.stream():
        body += piece
        if max(told, len(body)) > limit:
            break
    if max(told, len(body)) > limit:
        raise Problem(413, "too-large", {"limit": str(limit)})
    return bytes(body)


def media_of(call: Call) -> str:
    """Return the media type of a body without its parameters."""
    return call.request.headers.get("content-type", "").partition(";")[0].strip().lower()


@cache
def _names(model: Any) -> FieldNames:
    return FieldNames(model)
