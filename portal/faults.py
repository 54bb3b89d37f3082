"""Why a page is not shown, by a stable code: told in words that repeat nothing of what was sent."""

from http import HTTPStatus

from starlette.exceptions import HTTPException

from ledger.errors import (
    ContentErased,
    LedgerError,
    NotFounded,
    NotMigrated,
    RecordUnavailable,
    TooMuchStored,
    UnknownContent,
    UnstorableValue,
)
from reading.errors import Hidden, ReadFailed
from runtime.errors import StackError
from selection.refusals.refused import Refused
from starter.client.errors import ActMissing, ClientError, Pending
from starter.papers.not_yet import PaperNotYet


class Fault(Exception):
    """A page is not shown, or what was sent is not taken; `code` has its sentence in portal/wording/faults.py."""

    def __init__(self, code: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(code)
        self.code = code
        self.status = int(status)


def fault_of(error: Exception) -> Fault:
    """Return what is told of an error; of one that nobody foresaw, that something broke.

    A refusal of the core is told by the page that met it, in the core's sentence; here it has its code alone.
    """
    match error:
        case Fault():
            return error
        case HTTPException():
            # Starlette cannot read what was sent: too many fields, or parts that are none.
            return Fault("form-unfit", error.status_code)
        case Refused():
            return Fault(error.code, HTTPStatus.CONFLICT)
        case ReadFailed(code="not-yet-signed"):
            return Fault("not-yet-signed", HTTPStatus.NOT_FOUND)
        case ContentErased():
            return Fault("erased", HTTPStatus.GONE)
        case PaperNotYet():
            return Fault("paper-not-yet", HTTPStatus.NOT_FOUND)
        case UnstorableValue():
            # Something that no text of the record holds, such as a NUL, in an address or a field.
            return Fault("form-unfit", HTTPStatus.BAD_REQUEST)
        case Hidden() | ReadFailed() | UnknownContent():
            return Fault("hidden", HTTPStatus.NOT_FOUND)
        case RecordUnavailable() | NotFounded() | NotMigrated() | StackError():
            return Fault("away", HTTPStatus.SERVICE_UNAVAILABLE)
        case Pending() | ActMissing() | TooMuchStored():
            much = isinstance(error, TooMuchStored)
            return Fault(error.code, 413 if much else HTTPStatus.SERVICE_UNAVAILABLE)
        case LedgerError() | ClientError():
            return Fault("broken", HTTPStatus.INTERNAL_SERVER_ERROR)
    return Fault("broken", HTTPStatus.INTERNAL_SERVER_ERROR)
