"""The one place where errors of psycopg become errors of the record."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as pg
from psycopg_pool import PoolClosed, PoolTimeout

from ledger.errors import (
    CheckpointRefused,
    ContentTooLarge,
    LedgerError,
    NotMigrated,
    PersonErased,
    ReadsMoved,
    RecordDiverged,
    RecordHalted,
    RecordProtected,
    RecordUnavailable,
    TooMuchStored,
    UnstorableValue,
)

DIVERGENCES = {
    "entries_key": "another writer recorded this version",
    "entries_stream_continues": "the stream stands at another version",
    "entries_leaf_in_place": "a leaf names another stream or version",
    "entries_dated": "an entry is dated after the clock, or before the one that it follows",
}
REFUSED_CHECKPOINTS = {
    "checkpoints_within_log": "the log does not hold so many entries",
    "checkpoints_one_per_size": "another checkpoint stands at this size",
    "checkpoints_note": "the note does not state this size and root",
}
PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    PoolClosed,
    pg.DeadlockDetected,
    pg.SerializationFailure,
)
UNMIGRATED = (
    pg.UndefinedTable,
    pg.UndefinedColumn,
    pg.UndefinedFunction,
    pg.InvalidSchemaName,
    pg.UndefinedObject,
)


@contextmanager
def translate_errors(stream: str = "", version: int = 0) -> Iterator[None]:
    """Raise a LedgerError for every error of psycopg, with the stream at stake where it matters."""
    try:
        yield
    except psycopg.Error as error:
        raise translate(error, stream, version) from error


def translate(error: psycopg.Error, stream: str = "", version: int = 0) -> LedgerError:
    """Return the error of the record that a database error stands for, first by constraint name."""
    constraint = error.diag.constraint_name or ""
    if constraint in ("record_reads", "entries_command"):
        # The same command may have been recorded meanwhile, on another stream: decided again, that is found.
        return ReadsMoved("what was read has changed")
    if constraint == "record_halted":
        return RecordHalted("entries of this log were lost; choose with `selection reconcile`")
    if constraint in DIVERGENCES:
        return RecordDiverged(stream, version, DIVERGENCES[constraint])
    if constraint in REFUSED_CHECKPOINTS:
        return CheckpointRefused(REFUSED_CHECKPOINTS[constraint])
    if constraint == "identities_erased":
        return PersonErased("a person under this id was erased; register this person under a new id")
    if constraint == "contents_limit":
        return ContentTooLarge("the content exceeds the limit")
    if constraint == "contents_quota":
        return TooMuchStored("no more is stored until an act cites some of it")
    if isinstance(error, UNMIGRATED):
        return NotMigrated("the database lacks the schema of this version: run `selection db migrate`")
    if isinstance(error, pg.InsufficientPrivilege):
        return RecordProtected(error.diag.message_primary or "not permitted")
    if isinstance(error, PASSING):
        return RecordUnavailable(error.diag.message_primary or type(error).__name__)
    if isinstance(error, psycopg.DataError):
        return UnstorableValue(type(error).__name__)
    return LedgerError(f"{type(error).__name__} {constraint}".strip())
