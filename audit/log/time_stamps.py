"""RFC 3161 time stamps over checkpoints, held against the certificates that came from outside."""

import base64
import binascii
from collections.abc import Iterator, Sequence

from cryptography.x509 import Certificate
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from audit.bundle.layout import KeptCheckpoint, TimeStamp, checkpoints_of
from audit.bundle.reader import Bundle
from audit.claims import Claim, Difference, not_provable, prove, refute
from selection.transparency.note import Note, NoteInvalid

CODE = "time-stamped"


def stamp_claims(bundle: Bundle, log: str, roots: Sequence[Certificate]) -> Iterator[Claim]:
    """Claim that every time stamp of a log was given by a service that the root certificates stand for."""
    counted, last, size = 0, "", 0
    try:
        for kept in bundle.checkpoints(log):
            for stamp in kept.timestamps:
                response = _check_response(log, kept, stamp, roots)
                counted, last, size = counted + 1, response.tst_info.gen_time.isoformat(), kept.size
    except Difference as difference:
        yield refute(CODE, log, difference)
        return
    if counted:
        yield prove(CODE, log, counted, at=last, size=str(size))
    else:
        yield not_provable(CODE, log, "no-time-stamp", checkpoints_of(log))


def _check_response(
    log: str, kept: KeptCheckpoint, stamp: TimeStamp, roots: Sequence[Certificate]
) -> TimeStampResponse:
    point = checkpoints_of(log)
    try:
        text = Note.parse(kept.note).text
        response = decode_timestamp_response(base64.b64decode(stamp.token, validate=True))
        VerifierBuilder(roots=list(roots)).build().verify_message(response, text.encode())
    except (VerificationError, NoteInvalid, binascii.Error, ValueError):
        raise Difference(point, "time-stamp-invalid", size=str(kept.size)) from None
    return response
