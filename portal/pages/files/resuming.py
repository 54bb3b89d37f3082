"""Uploads that go on where they broke off, for the script of a field's page: the tus protocol 1.0.

Of its extensions there are `creation` and `termination`. Beside them `Upload-Seen` tells what is there, as the SHA-256
over those of its pieces, so that the script goes on with the file that was begun alone.
"""

import asyncio
import base64
import binascii
from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from portal.faults import Fault
from portal.pages.applying import BASES
from portal.pages.files.uploads import find_fault, open_field
from portal.routing import WITHIN_WITH_FILES, serve
from portal.uploads.receiving import clean_name
from portal.uploads.resuming import keep_pieces
from portal.visit import Visit
from reading.access.uploads import KeptUpload

TUS = {"Tus-Resumable": "1.0.0"}
KIND = "application/offset+octet-stream"
LARGEST_NUMBER = 12
"""Digits of a number of bytes."""


async def begin(visit: Visit) -> Response:
    """Begin the upload of a file for a field, in the place of one that was begun before; what can't be is refused."""
    if not _is_spoken(visit):
        return _name_version()
    upload = await open_field(visit)
    size = _read_number(visit, "upload-length")
    if fault := find_fault(visit, upload, size):
        large = size > upload.largest
        return _refuse(fault, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else 422)
    made = await visit.reach.uploads.begin(visit.signed_in, upload.here, _read_name(visit), size)
    if made is None:
        return _refuse(visit.say("applying.uploads-full"), HTTPStatus.TOO_MANY_REQUESTS)
    return Response(status_code=HTTPStatus.CREATED, headers={**TUS, "Location": f"/uploads/{made}"})


async def answer_upload(visit: Visit) -> Response:
    """Tell how far an upload is, take more of it, or end it: to its own person alone."""
    if not _is_spoken(visit):
        return _name_version()
    begun = await visit.reach.uploads.find(visit.signed_in, visit.request.path_params["upload"])
    if begun is None:
        raise Fault("hidden", 404)
    match visit.request.method:
        case "HEAD":
            return _tell(begun, HTTPStatus.OK)
        case "DELETE":
            await visit.reach.uploads.drop(visit.signed_in, begun.id)
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=TUS)
    return await _take_more(visit, begun)


async def _take_more(visit: Visit, begun: KeptUpload) -> Response:
    request = visit.request
    if request.headers.get("content-type") != KIND:
        raise Fault("form-unfit", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if _read_number(visit, "upload-offset") != begun.received:
        return _tell(begun, HTTPStatus.CONFLICT)
    if begun.received + _read_number(visit, "content-length") > begun.size:
        raise Fault("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    late = False
    try:
        async with asyncio.timeout(WITHIN_WITH_FILES):
            kept = await keep_pieces(visit, begun, request.stream())
    except ClientDisconnect:
        # Who went away reads no answer; what came is kept.
        kept = True
    except TimeoutError:
        kept, late = True, True
    now = await visit.reach.uploads.find(visit.signed_in, begun.id)
    if now is None:
        raise Fault("hidden", 404)
    if late:
        return _tell(now, HTTPStatus.REQUEST_TIMEOUT)
    return _tell(now, HTTPStatus.NO_CONTENT if kept else HTTPStatus.CONFLICT)


def _tell(begun: KeptUpload, status: HTTPStatus) -> Response:
    headers = {
        "Upload-Offset": str(begun.received),
        "Upload-Length": str(begun.size),
        "Upload-Seen": begun.seen.hex(),
    }
    return Response(status_code=status, headers={**TUS, **headers})


def _refuse(sentence: str, status: int) -> Response:
    return JSONResponse({"sentence": sentence}, status_code=status, headers=TUS)


def _is_spoken(visit: Visit) -> bool:
    return visit.request.headers.get("tus-resumable") == TUS["Tus-Resumable"]


def _name_version() -> Response:
    return Response(
        status_code=HTTPStatus.PRECONDITION_FAILED, headers={**TUS, "Tus-Version": TUS["Tus-Resumable"]}
    )


def _read_number(visit: Visit, header: str) -> int:
    given = visit.request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) <= LARGEST_NUMBER):
        raise Fault("form-unfit")
    return int(given)


def _read_name(visit: Visit) -> str:
    """Return what the file is called: of `Upload-Metadata`, pairs of a key and its value in base64, the `filename`."""
    pairs = (pair.split() for pair in visit.request.headers.get("upload-metadata", "").split(","))
    given = next((pair[1] for pair in pairs if len(pair) == 2 and pair[0] == "filename"), "")
    try:
        return clean_name(base64.b64decode(given, validate=True).decode())
    except (binascii.Error, ValueError):
        raise Fault("form-unfit") from None


ROUTES = (
    *(serve(base + "/{section}/{name}/uploads", begin, "POST") for base in BASES),
    serve("/uploads/{upload}", answer_upload, "HEAD", "PATCH", "DELETE"),
)
