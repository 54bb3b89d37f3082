"""Texts and files of programs: stored first, then cited by acts; and fetched where they show."""

from http import HTTPStatus
from tempfile import TemporaryFile

from starlette.responses import Response

from portal.api.bodies import media_of, read_bytes, receive
from portal.api.call import Call
from portal.api.operations import Operation, give
from portal.api.problems import Problem
from portal.api.shapes import ContentKept
from portal.shown.downloads import BYTES, TYPES, attach
from portal.uploads.receiving import ReceivedFile, store as store_file
from reading.errors import Hidden
from selection.kernel.model import Frozen, Ref
from selection.streams import application_stream

AREA = "contents"
TEXTS = ("text/plain", "application/json")
"""What is stored as a text; answers to a form are JSON."""
LARGEST_TEXT = 4_000_000
LARGEST_FILE = 20 * 1024 * 1024
RECEIVED_AT_ONCE = 8
"""Contents that are received at the same time [D]: files on disk, texts in memory."""


class StoredFor(Frozen):
    """The round whose acts will cite the content."""

    round: str


async def store(call: Call) -> Response:
    """Store a text or a file of the person; the same is stored once."""
    round_id = call.query(StoredFor).round
    await call.reads.rounds.get_standings(call.subject, round_id)
    storing, person = call.portal.backend.storing_for, call.subject.person
    if person in storing:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "storing")
    if len(storing) >= RECEIVED_AT_ONCE:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "receiving")
    storing.add(person)
    try:
        ref = await _store(call, round_id)
    finally:
        storing.discard(person)
    card = await call.reads.contents.get_own_card(call.subject, ref.id)
    body = ContentKept.model_validate(card.model_dump(include={"id", "sha256", "kind", "media_type", "size"}))
    return give(body, HTTPStatus.CREATED)


async def _store(call: Call, round_id: str) -> Ref:
    backend, person, media = call.portal.backend, call.subject.person, media_of(call)
    if media in TEXTS:
        client = await backend.client()
        text = _read_text(await read_bytes(call, LARGEST_TEXT))
        return await client.store_text(text, person=person, log=round_id)
    with TemporaryFile() as file:
        size, digest = await receive(call, LARGEST_FILE, file)
        if not size:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "body-unfit")
        received = ReceivedFile(file, "", media if media in TYPES else BYTES, size, digest)
        return await store_file(backend, person, received, round_id)


async def fetch_own(call: Call) -> Response:
    """Send a content of the person's own."""
    return await _send(call, None)


async def fetch(call: Call) -> Response:
    """Send a content that an entry of an application shows to the person."""
    return await _send(call, application_stream(call.get_part("round"), call.get_part("number")))


async def _send(call: Call, stream: str | None) -> Response:
    content = call.get_part("content")
    if not content.isascii() or not content.isprintable():
        raise Hidden
    found = await call.reads.contents.get(call.subject, content, of=stream)
    media_type = "text/plain" if found.kind == "text" else found.media_type
    return attach(found.body, content[:60], media_type)


def _read_text(body: bytearray) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\0" in text:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "text-unfit")
    return text


KEPT = ("text/plain", BYTES)
OPERATIONS = (
    Operation(
        "POST",
        "/contents",
        store,
        "Store a text, or a file of at most 20 MB, to be cited by an act",
        AREA,
        {201: ContentKept},
        takes=("text/plain", "application/json", BYTES, *(kind for kind in TYPES if kind != "text/plain")),
        query=StoredFor,
        problems=(400, 404, 413, 422, 429),
    ),
    Operation(
        "GET",
        "/contents/{content}",
        fetch_own,
        "Fetch a content of the person's own",
        AREA,
        {200: KEPT},
        problems=(404, 410),
    ),
    Operation(
        "GET",
        "/applications/{round}/{number}/contents/{content}",
        fetch,
        "Fetch a content that an entry of the application shows",
        AREA,
        {200: KEPT},
        problems=(404, 410),
    ),
)
