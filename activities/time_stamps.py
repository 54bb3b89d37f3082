"""Time stamps of an outside service (RFC 3161) over checkpoints; a service that is away holds nothing up."""

import asyncio
import hashlib
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from http.client import HTTPException

import structlog
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

from ledger.errors import LedgerError
from ledger.log.checkpoints import Checkpoints, Stamp
from selection.transparency.note import Note, NoteInvalid

ANSWER_WITHIN = timedelta(seconds=10)
LOOK_EVERY = timedelta(seconds=5)
"""Of several checkpoints made between two looks the last one is stamped: it covers the others."""
AGAIN_AFTER = timedelta(seconds=60)
ANSWER_LIMIT = 65_535
SHA256 = "2.16.840.1.101.3.4.2.1"

log = structlog.get_logger(__name__)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves an answer that leads elsewhere the error that it is: what to ask is the operator's word alone."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class StampRefused(Exception):
    """The service did not answer, or its answer is no time stamp over what it was asked for."""


class Stamper:
    """Stamps the latest checkpoint of every log beside the signer's own work."""

    def __init__(self, service: str, checkpoints: Checkpoints) -> None:
        self._service = service
        self._checkpoints = checkpoints
        self._not_before: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def nudge(self, now: datetime) -> None:
        """Begin to stamp what is not stamped, unless that goes on or was tried a moment ago. Returns at once."""
        waits = self._not_before is not None and now < self._not_before
        if waits or (self._task is not None and not self._task.done()):
            return
        self._not_before = now + LOOK_EVERY
        self._task = asyncio.create_task(self._stamp_all(now))

    async def stop(self) -> None:
        """Let go of a request under way; it is made again another time."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _stamp_all(self, now: datetime) -> None:
        try:
            for item in await self._checkpoints.list_unstamped(self._service):
                text = Note.parse(item.note).text
                token = await asyncio.to_thread(ask_stamp, self._service, text.encode())
                await self._checkpoints.stamp(item.log, item.size, Stamp(service=self._service, token=token))
                log.info("checkpoint stamped", log=item.log, size=item.size)
        except (StampRefused, LedgerError, NoteInvalid) as fault:
            self._not_before = now + AGAIN_AFTER
            log.warning("no time stamp", error=str(fault))


def ask_stamp(service: str, data: bytes, within: timedelta = ANSWER_WITHIN) -> bytes:
    """Ask a service for a time stamp over the SHA-256 of the data, and return its response (DER).

    What is checked is that the response is granted and answers this request. Who signed it is for those to check
    who trust the service (docs/operating.md): no root is configured here. Raises StampRefused.
    """
    asked = (
        TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).build()
    )
    request = urllib.request.Request(  # noqa: S310  http or https only, by the settings
        service, asked.as_bytes(), {"Content-Type": "application/timestamp-query"}
    )
    try:
        with _OPENER.open(request, timeout=within.total_seconds()) as answer:
            encoded: bytes = answer.read(ANSWER_LIMIT + 1)
    except (OSError, HTTPException) as fault:
        raise StampRefused(f"the service does not answer ({type(fault).__name__})") from None
    if len(encoded) > ANSWER_LIMIT:
        raise StampRefused("the service's answer is too long")
    try:
        response = decode_timestamp_response(encoded)
        if response.status != 0:
            raise StampRefused(f"the service refused with status {response.status}")
        info = response.tst_info
        imprint = info.message_imprint
        answers = (imprint.hash_algorithm.dotted_string, imprint.message, info.nonce)
    except ValueError:
        raise StampRefused("the service's answer is no time stamp") from None
    if answers != (SHA256, hashlib.sha256(data).digest(), asked.nonce):
        raise StampRefused("the service's answer is over something else")
    return encoded
