"""Checkpoints, cosignatures and time stamps: what was signed of the log, and the hashes that it was signed over."""

from collections.abc import AsyncIterator

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.transparency.continuity import NextLeaf, SignedRoot
from selection.transparency.note import Note

QUERIES = load_queries("checkpoints")
PAGE = 5_000
"""Entries of which one statement reads the hashes: far below the time that a statement may take."""
EVERY = 1_000_000


class StoredCheckpoint(Frozen):
    """A checkpoint as it is kept: the signer's note, lines of witnesses, and who stamped it."""

    log: str
    size: int
    root: bytes
    note: str
    at: Instant
    cosignatures: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def cosigned_note(self) -> Note:
        """The note with every witness's line; raises NoteInvalid when the record holds no note there."""
        note = Note.parse(self.note)
        for line in self.cosignatures:
            note = note.with_line(line)
        return note


class Stamp(Frozen):
    """An RFC 3161 response of a service, as it came."""

    service: str
    token: bytes


class UnstampedCheckpoint(Frozen):
    """The latest checkpoint of a log, which a service has not stamped."""

    log: str
    size: int
    note: str


class UnsignedLog(Frozen):
    """How many entries of a log no checkpoint covers, and when the first of them was recorded."""

    log: str
    count: int
    since: Instant


class Checkpoints:
    """Reads in every role; `append` needs the signer's role, `cosign` the application's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def list_signed(self, log: str) -> list[SignedRoot]:
        """Return every size of a log that was signed, with its root."""
        rows = await self._store.rows(QUERIES["read_signed"], {"log": log})
        return [SignedRoot(size=row["size"], root=bytes(row["root"])) for row in rows]

    async def leaves(self, log: str, first: int, end: int) -> AsyncIterator[list[NextLeaf]]:
        """Yield pages of the entries from sequence `first` to before `end`, hashes made anew from the bytes."""
        for start in range(first, end, PAGE):
            asked = {"log": log, "first": start, "end": min(start + PAGE, end)}
            rows = await self._store.rows(QUERIES["read_unhashed"], asked)
            yield [NextLeaf(**row) for row in rows]

    async def leaf_hashes(self, log: str, size: int) -> list[bytes]:
        """Return the leaf hashes of a log up to a size."""
        hashes: list[bytes] = []
        for start in range(0, size, PAGE):
            asked = {"log": log, "first": start, "end": min(start + PAGE, size)}
            rows = await self._store.rows(QUERIES["read_leaf_hashes"], asked)
            hashes += [bytes(row["hash"]) for row in rows]
        return hashes

    async def append(self, log: str, signed: SignedRoot, note: str) -> bool:
        """Keep a checkpoint; False when it is kept already. Raises CheckpointRefused for another at that size."""
        asked = {"log": log, "size": signed.size, "root": signed.root, "note": note}
        row = await self._store.row(QUERIES["append_checkpoint"], asked)
        return bool(row and row["added"])

    async def cosign(self, log: str, size: int, line: str) -> bool:
        """Keep a witness's line, which the caller checked; False when it is kept already."""
        asked = {"log": log, "size": size, "line": line}
        row = await self._store.row(QUERIES["append_cosignature"], asked)
        return bool(row and row["added"])

    async def stamp(self, log: str, size: int, stamp: Stamp) -> bool:
        """Keep a time stamp, which the caller checked; False when the service's is kept already."""
        asked = {"log": log, "size": size, "service": stamp.service, "token": stamp.token}
        row = await self._store.row(QUERIES["append_timestamp"], asked)
        return bool(row and row["added"])

    async def list_stored(
        self, log: str | None = None, *, from_size: int = 0, to_size: int | None = None, limit: int = EVERY
    ) -> list[StoredCheckpoint]:
        """Return checkpoints of a log, or of all, by size."""
        asked = {"log": log, "from_size": from_size, "to_size": to_size, "limit": limit}
        rows = await self._store.rows(QUERIES["read_checkpoints"], asked)
        return [StoredCheckpoint(**row) for row in rows]

    async def find_latest(self, log: str) -> StoredCheckpoint | None:
        """Return the largest checkpoint of a log."""
        row = await self._store.row(QUERIES["read_latest"], {"log": log})
        if row is None or row["size"] is None:
            return None
        found = await self.list_stored(log, from_size=row["size"], limit=1)
        return found[0] if found else None

    async def find_covering(self, log: str, seq: int) -> StoredCheckpoint | None:
        """Return the first checkpoint that the entry stands under, or None while there is none."""
        found = await self.list_stored(log, from_size=seq + 1, limit=1)
        return found[0] if found else None

    async def read_stamps(self, log: str, size: int) -> list[Stamp]:
        """Return the time stamps of a checkpoint."""
        rows = await self._store.rows(QUERIES["read_timestamps"], {"log": log, "size": size})
        return [Stamp(service=row["service"], token=bytes(row["token"])) for row in rows]

    async def list_unstamped(self, service: str) -> list[UnstampedCheckpoint]:
        """Return the latest checkpoint of every log where the service has not stamped it."""
        rows = await self._store.rows(QUERIES["read_unstamped"], {"service": service})
        return [UnstampedCheckpoint(**row) for row in rows]

    async def list_unsigned(self) -> list[UnsignedLog]:
        """Return the logs that hold entries which no checkpoint covers."""
        return [UnsignedLog(**row) for row in await self._store.rows(QUERIES["read_unsigned"])]
