"""The errors of the record, one tree.

LedgerError
├── RecordUnavailable      try again: Postgres is down, busy or restarting; nothing is known to be recorded
├── RecordDiverged         never try again: the record holds something else under this key
├── ReadsMoved             decide again: what the decision read has changed since
├── RecordHalted           entries were lost in a restore; a person must choose: `selection reconcile`
├── RecordProtected        the login's role may not do this, or the record is append-only
├── EraserAway             an erasure, and no session of the eraser's login to append it by; nothing was recorded
├── LoginRefused           a login that was to be made may do more than its part needs, or stands for two
├── NotMigrated            the database lacks the schema of this version
├── EntryUnreadable        an entry that later code recorded, or code whose records are not read any more
├── MigrationWaits         another session holds a table that is to be migrated; what was applied before stays
├── NotFounded             nothing says whether acts must be signed; the cure is `selection db found`
├── CheckpointRefused      another checkpoint stands at this size, or the log does not hold so many entries
├── UnstorableValue        a text that Postgres cannot hold, such as one with a NUL character
├── CommandReused          a command id came back with another content
├── UnknownContent, ContentErased, ContentTooLarge, TooMuchStored
└── UnknownPerson, PersonErased
"""


class LedgerError(Exception):
    """Anything the record refuses or cannot do; `code` is stable, the text holds no personal data."""

    code = "ledger-error"


class RecordUnavailable(LedgerError):
    """Postgres cannot be reached or is too busy; the act may be repeated under the same key."""

    code = "record-unavailable"


class RecordDiverged(LedgerError):
    """The record holds other bytes, or another version, than the stream was about to record."""

    code = "record-diverged"

    def __init__(self, stream: str, version: int, found: str) -> None:
        super().__init__(f"{stream} version {version}: {found}")
        self.stream = stream
        self.version = version
        self.found = found


class ReadsMoved(LedgerError):
    """Nothing was recorded: what the decision read has changed since, so it is made again."""

    code = "reads-moved"


class RecordHalted(LedgerError):
    """Entries of this log were lost in a restore; nothing is recorded until a person has chosen."""

    code = "record-behind"


class RecordProtected(LedgerError):
    """A change that the database refuses to this role, or to everyone."""

    code = "record-protected"


class EraserAway(LedgerError):
    """Nothing was recorded: an erasure is appended by the eraser's login alone, which is not here or not let in."""

    code = "eraser-away"


class LoginRefused(LedgerError):
    """A user whom the environment names for a login, and who is not fit for it."""

    code = "login-refused"


class NotMigrated(LedgerError):
    """The database lacks migrations; the cure is `selection db migrate`."""

    code = "not-migrated"


class EntryUnreadable(LedgerError):
    """An entry of a kind or form that this version does not know."""

    code = "entry-unreadable"


class MigrationWaits(LedgerError):
    """A migration that another session keeps waiting; the earlier ones stay applied, the next run applies it."""

    code = "migration-waits"


class NotFounded(LedgerError):
    """The installation's log does not begin with its founding, so nothing may be decided; see `selection db found`."""

    code = "not-founded"


class CheckpointRefused(LedgerError):
    """A checkpoint that the record cannot hold beside what it holds."""

    code = "checkpoint-refused"


class UnstorableValue(LedgerError):
    """A value that Postgres cannot hold."""

    code = "unstorable-value"


class CommandReused(LedgerError):
    """The id of an earlier command, person or content was used again for something else."""

    code = "command-reused"


class UnknownContent(LedgerError):
    """No content has this id."""

    code = "unknown-content"


class ContentErased(LedgerError):
    """The content was erased; its hash remains."""

    code = "content-erased"


class ContentTooLarge(LedgerError):
    """A content beyond the limit of contents.py."""

    code = "content-too-large"


class TooMuchStored(LedgerError):
    """A content of somebody who stored too much of late that no act cites."""

    code = "too-much-stored"


class UnknownPerson(LedgerError):
    """Nobody is registered under this id."""

    code = "unknown-person"


class PersonErased(LedgerError):
    """The person under this id was erased; the id is nobody else's."""

    code = "person-erased"
