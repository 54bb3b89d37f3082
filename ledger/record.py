"""The record: append to a stream once, with projections and letters in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from psycopg.rows import DictRow
from pydantic_core import to_json

from ledger.checkpoints import Checkpoints
from ledger.contents import Contents
from ledger.erasure import Erasure
from ledger.errors import DeadlinesMoved, NotMigrated, RecordDiverged
from ledger.fold import Fold, core_fold
from ledger.histories import Histories
from ledger.migrate import pending
from ledger.numbers import Numbers
from ledger.outbox import Outbox
from ledger.outgoing import outbox_items
from ledger.people import People
from ledger.projections import kind_of, projected, stage_of
from ledger.queries import load_queries
from ledger.reading import QUERIES as READING
from ledger.reading import Reading, Snapshot
from ledger.receipts import receipt_of
from ledger.refusals import Refusals
from ledger.restorations import Restorations
from ledger.store import APP_ROLE, Connection, Store
from ledger.undelivered import Undelivered
from selection.leaf import Leaf, Receipt, leaf_bytes, leaf_hash

QUERIES = load_queries("record")


@dataclass(frozen=True)
class Batch:
    """Consecutive leaves of one stream with their bytes."""

    log: str
    stream: str
    leaves: tuple[Leaf, ...]
    bodies: tuple[bytes, ...]

    @property
    def expected(self) -> int:
        """The version the stream must stand at before."""
        return self.leaves[0].version - 1

    @classmethod
    def of(cls, log: str, stream: str, leaves: Sequence[Leaf]) -> Self:
        """Check that the leaves are consecutive versions of the stream; LeafTooLarge passes through."""
        first = leaves[0].version
        if any(leaf.stream != stream or leaf.version != first + i for i, leaf in enumerate(leaves)):
            raise ValueError(f"not consecutive versions of {stream}")
        return cls(log, stream, tuple(leaves), tuple(leaf_bytes(leaf) for leaf in leaves))


class Ledger:
    """The record of one installation, and everything that is read from it."""

    def __init__(self, store: Store, fold: Fold) -> None:
        self.store = store
        self.fold = fold
        self.reading = Reading(store)
        self.people = People(store)
        self.contents = Contents(store)
        self.numbers = Numbers(store)
        self.erasure = Erasure(store)
        self.refusals = Refusals(store)
        self.restorations = Restorations(store)
        self.outbox = Outbox(store)
        self.undelivered = Undelivered(store)
        self.checkpoints = Checkpoints(store)
        self.histories = Histories(store)

    @classmethod
    async def connect(
        cls, url: str, *, fold: Fold | None = None, role: str = APP_ROLE, size: int = 8
    ) -> "Ledger":
        """Open the record in a role. Raises RecordUnavailable, or NotMigrated when migrations are missing.

        Those of the phase `post` may be: they come after the last worker of the former version has stopped.
        """
        missing = await pending(url, "pre")
        if missing:
            raise NotMigrated(f"missing: {', '.join(missing)}; run `selection db migrate`")
        return cls(await Store.open(url, role=role, size=size), fold or core_fold())

    async def close(self) -> None:
        """Give all connections back."""
        await self.outbox.close()
        await self.store.close()

    async def append(
        self,
        log: str,
        stream: str,
        leaves: Sequence[Leaf],
        *,
        resting_on: dict[str, datetime] | None = None,
    ) -> list[Receipt]:
        """Record consecutive leaves of a stream, all or none, and return their receipts.

        Entries, projections, letters and wakes are one transaction. Repeated with the same bytes it changes
        nothing and returns the stored receipts. Raises RecordDiverged when other bytes stand under a key or
        the stream stands at another version, RecordUnavailable when it is not known what was recorded, and
        DeadlinesMoved for what is not recorded and rests on other deadlines of the round than those in force.
        """
        if not leaves:
            return []
        batch = Batch.of(log, stream, leaves)
        while True:
            snapshot = await self.reading.snapshot(stream)
            if _version(snapshot) == batch.expected:
                first = await self._record(batch, snapshot, resting_on)
                if first is not None:
                    return _new_receipts(batch, first)
            stored, version = await self._what_stands(batch)
            if stored:
                return _stored_receipts(batch, stored)
            if version != batch.expected:
                raise RecordDiverged(stream, batch.expected + 1, f"the stream stands at version {version}")

    async def _record(
        self, batch: Batch, snapshot: Snapshot | None, resting_on: dict[str, datetime] | None
    ) -> int | None:
        """Write the batch and all that follows from it; None if the stream no longer stands at the snapshot."""
        params = self._consequences(batch, snapshot)
        async with self.store.connection(batch.stream, batch.leaves[0].version) as connection:
            if resting_on is None:
                return await _recorded(connection, params)
            async with connection.transaction():
                first = await _recorded(connection, params)
                # Every append of the log waits for this one from here on, so no deadline moves in between.
                rows = await connection.execute(READING["read_deadlines"], {"round": batch.log})
                in_force = {row["name"]: row["until"] for row in await rows.fetchall()}
                if first is not None and in_force != resting_on:
                    raise DeadlinesMoved(in_force)
        return first

    async def _what_stands(self, batch: Batch) -> tuple[list[DictRow], int]:
        """Return what is stored under the batch's keys, and the stream's version, once no other append is under way."""
        place = {"stream": batch.stream}
        keys = {**place, "first": batch.leaves[0].version, "last": batch.leaves[-1].version}
        async with self.store.transaction(batch.stream, batch.leaves[0].version) as connection:
            await connection.execute(QUERIES["lock_stream"], place)
            stored = await (await connection.execute(QUERIES["read_stored"], keys)).fetchall()
            snapshot = await (await connection.execute(QUERIES["read_snapshot_version"], place)).fetchone()
        return stored, snapshot["version"] if snapshot else 0

    def _consequences(self, batch: Batch, snapshot: Snapshot | None) -> dict[str, Any]:
        """Return what `record_leaves` writes: entries, projections, letters, and the stage that was left."""
        folding = self.fold.aggregate(batch.stream)
        before = folding.load(snapshot.state) if snapshot else folding.initial(batch.stream)
        state, items = before, list[dict[str, Any]]()
        for leaf in batch.leaves:
            after = folding.evolve(state, leaf)
            items += outbox_items(leaf, self.fold.outgoing(state, leaf, after))
            state = after
        last, known = batch.leaves[-1].version, before if snapshot else None
        return {
            **projected(self.fold, batch.log, batch.stream, last, state, known),
            "expected": batch.expected,
            "bodies": list(batch.bodies),
            "items": to_json(items).decode() if items else None,
            "left": self._stage_left(before, state) if snapshot else None,
        }

    def _stage_left(self, before: Any, after: Any) -> str | None:
        """Return the stage that an application left, if it did."""
        if kind_of(after.stream) != "application":
            return None
        left = stage_of(self.fold, before)
        return None if left == stage_of(self.fold, after) else left


async def _recorded(connection: Connection, params: dict[str, Any]) -> int | None:
    found = await (await connection.execute(QUERIES["record_leaves"], params)).fetchone()
    assert found is not None
    return None if found["seq"] is None else int(found["seq"])


def _version(snapshot: Snapshot | None) -> int:
    return snapshot.version if snapshot else 0


def _stored_receipts(batch: Batch, stored: Sequence[DictRow]) -> list[Receipt]:
    same = [row["body"] for row in stored] == list(batch.bodies)
    if not same or any(row["log"] != batch.log for row in stored):
        raise RecordDiverged(batch.stream, batch.leaves[0].version, "the record holds other bytes")
    return [receipt_of(row) for row in stored]


def _new_receipts(batch: Batch, first: int) -> list[Receipt]:
    return [
        Receipt(
            log=batch.log,
            seq=first + i,
            stream=batch.stream,
            version=leaf.version,
            leaf_hash=leaf_hash(body).hex(),
            command_id=str(leaf.data["command_id"]),
            at=leaf.at,
        )
        for i, (leaf, body) in enumerate(zip(batch.leaves, batch.bodies, strict=True))
    ]
