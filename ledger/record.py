"""The record: append to a stream once, with projections and letters in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from psycopg.rows import DictRow

from ledger.checkpoints import Checkpoints
from ledger.contents import Contents
from ledger.erasure import Erasure
from ledger.errors import NotMigrated, RecordDiverged
from ledger.fold import Fold, core_fold
from ledger.histories import Histories
from ledger.migrate import pending
from ledger.numbers import Numbers
from ledger.outbox import Outbox
from ledger.outgoing import outbox_items, queue
from ledger.people import People
from ledger.projections import Statement, kind_of, project, stage_of
from ledger.queries import load_queries
from ledger.reading import Reading
from ledger.receipts import receipt_of
from ledger.refusals import Refusals
from ledger.restorations import Restorations
from ledger.store import APP_ROLE, Connection, Store
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
        self.checkpoints = Checkpoints(store)
        self.histories = Histories(store)

    @classmethod
    async def connect(
        cls, url: str, *, fold: Fold | None = None, role: str = APP_ROLE, size: int = 8
    ) -> "Ledger":
        """Open the record in a role. Raises RecordUnavailable, or NotMigrated when migrations are missing."""
        missing = await pending(url)
        if missing:
            raise NotMigrated(f"missing: {', '.join(missing)}; run `selection db migrate`")
        return cls(await Store.open(url, role=role, size=size), fold or core_fold())

    async def close(self) -> None:
        """Give all connections back."""
        await self.outbox.close()
        await self.store.close()

    async def append(self, log: str, stream: str, leaves: Sequence[Leaf]) -> list[Receipt]:
        """Record consecutive leaves of a stream, all or none, and return their receipts.

        Entries, projections, letters and wakes are one transaction. Repeated with the same bytes it changes
        nothing and returns the stored receipts. Raises RecordDiverged when other bytes stand under a key or
        the stream stands at another version, RecordUnavailable when it is not known what was recorded.
        """
        if not leaves:
            return []
        batch = Batch.of(log, stream, leaves)
        async with self.store.transaction(stream, batch.leaves[0].version) as connection:
            stored, snapshot = await _open_stream(connection, batch)
            if stored:
                return _stored_receipts(batch, stored)
            version = snapshot["version"] if snapshot else 0
            if version != batch.expected:
                raise RecordDiverged(stream, batch.expected + 1, f"the stream stands at version {version}")
            statements, left = self._consequences(batch, snapshot)
            for statement in statements:
                await connection.execute(statement.query, statement.params)
            # The head is locked last and held until the commit: every append of the log waits for it.
            appended = await connection.execute(QUERIES["append_entries"], _append_params(batch))
            if left is not None:
                await connection.execute(QUERIES["queue_wake"], {"log": log, "stage": left})
        found = await appended.fetchone()
        assert found is not None
        return _new_receipts(batch, found["seq"])

    def _consequences(self, batch: Batch, snapshot: DictRow | None) -> tuple[list[Statement], str | None]:
        """Return what the batch writes beside its entries, and the stage that an application left."""
        folding = self.fold.aggregate(batch.stream)
        before = folding.load(snapshot["state"]) if snapshot else folding.initial(batch.stream)
        state, items = before, list[dict[str, Any]]()
        for leaf in batch.leaves:
            after = folding.evolve(state, leaf)
            items += outbox_items(leaf, self.fold.outgoing(state, leaf, after))
            state = after
        statements = project(self.fold, batch.log, batch.stream, batch.leaves[-1].version, state)
        if items:
            statements.append(queue(batch.log, batch.stream, items))
        if snapshot is None or kind_of(batch.stream) != "application":
            return statements, None
        left = stage_of(self.fold, before)
        return statements, None if left == stage_of(self.fold, state) else left


async def _open_stream(connection: Connection, batch: Batch) -> tuple[list[DictRow], DictRow | None]:
    place = {"stream": batch.stream}
    await connection.execute(QUERIES["lock_stream"], place)
    keys = {**place, "first": batch.leaves[0].version, "last": batch.leaves[-1].version}
    stored = await connection.execute(QUERIES["read_stored"], keys)
    snapshot = await connection.execute(QUERIES["read_snapshot"], place)
    return await stored.fetchall(), await snapshot.fetchone()


def _append_params(batch: Batch) -> dict[str, Any]:
    return {
        "log": batch.log,
        "stream": batch.stream,
        "expected": batch.expected,
        "bodies": list(batch.bodies),
    }


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
