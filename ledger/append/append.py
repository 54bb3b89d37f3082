"""Append to a stream once, with projections and letters in the same transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from psycopg.rows import DictRow
from pydantic_core import to_json

from ledger.append.eraser import Eraser
from ledger.append.outgoing import broadcast_letters, outbox_items, touch_messages
from ledger.database.queries import load_queries
from ledger.database.store import Connection, Store
from ledger.errors import EraserAway, RecordDiverged
from ledger.log.reading import Reading, Snapshot
from ledger.log.receipts import receipt_of
from ledger.projections.fold import Fold
from ledger.projections.rows import project_rows
from selection.application.found_conflicts.commands import FindConflicts
from selection.kernel.leaf import Leaf, Receipt, leaf_bytes, leaf_hash
from selection.kernel.stages import RoundStage
from selection.letters.writing import Broadcast, Touch, Wake
from selection.register.events import PersonErased

QUERIES = load_queries("record")
Reaching = tuple[Leaf, Broadcast | Touch]
"""What a leaf causes for people or applications of which the record alone can tell."""


@dataclass(frozen=True)
class Batch:
    """Consecutive leaves of one stream with their bytes."""

    log: str
    stream: str
    leaves: tuple[Leaf, ...]
    bodies: tuple[bytes, ...]

    @property
    def expected_version(self) -> int:
        """The version the stream must stand at before."""
        return self.leaves[0].version - 1

    @property
    def erases(self) -> bool:
        """Whether it tells that somebody was erased, which only the eraser's login may record."""
        return any(leaf.type == PersonErased.TYPE for leaf in self.leaves)

    @classmethod
    def of(cls, log: str, stream: str, leaves: Sequence[Leaf]) -> Self:
        """Check that the leaves are consecutive versions of the stream; LeafTooLarge passes through."""
        first = leaves[0].version
        if any(leaf.stream != stream or leaf.version != first + i for i, leaf in enumerate(leaves)):
            raise ValueError(f"not consecutive versions of {stream}")
        return cls(log, stream, tuple(leaves), tuple(leaf_bytes(leaf) for leaf in leaves))


@dataclass(frozen=True)
class FoldedStates:
    """The state of a stream before a batch and after each of its leaves, as whoever decided has them."""

    before: Any
    after: tuple[Any, ...]


@dataclass(frozen=True)
class Others:
    """Entries of these types in the log, on other streams than one, from `size` on: what the decision did not see."""

    size: int
    stream: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class Reads:
    """What a decision read beside its own stream, to be compared once the log's head is held.

    `register_size` counts the entries of the installation's log, None where they are the stream itself; `streams` holds
    versions, `counts` applications by stage, `marks` what `mark_of` told of a list of stages, `others` entries of types
    that must not have come since.
    """

    register_size: int | None
    streams: dict[str, int]
    counts: dict[str, int] | None = None
    marks: dict[str, str] | None = None
    others: Others | None = None

    def text(self) -> str:
        """Return them as `record_leaves` takes them."""
        document: dict[str, Any] = {"register": self.register_size, "streams": self.streams}
        if self.counts is not None:
            document["counts"] = self.counts
        if self.others is not None:
            document["others"] = vars(self.others)
        return to_json({**document, "marks": self.marks or {}}).decode()


class Record:
    """Appends what the ledger decided, erasures by the eraser. Nothing outside the ledger hands it leaves."""

    def __init__(self, store: Store, fold: Fold, reading: Reading, eraser: Eraser | None = None) -> None:
        self.store = store
        self.fold = fold
        self.reading = reading
        self._eraser = eraser

    async def append(self, log: str, stream: str, leaves: Sequence[Leaf]) -> list[Receipt]:
        """Record consecutive leaves of a stream, all or none, and return their receipts.

        Entries, projections, letters and wakes are one transaction. Repeated with the same bytes it changes
        nothing and returns the stored receipts. Raises RecordDiverged when other bytes stand under a key or
        the stream stands at another version, RecordUnavailable when it is not known what was recorded.
        """
        if not leaves:
            return []
        batch = Batch.of(log, stream, leaves)
        while True:
            snapshot = await self.reading.snapshot(stream)
            if _version(snapshot) == batch.expected_version:
                first = await self.write(batch, snapshot)
                if first is not None:
                    return new_receipts(batch, first)
            stored, version = await self._what_stands(batch)
            if stored:
                return _match_receipts(batch, stored)
            if version != batch.expected_version:
                raise RecordDiverged(
                    stream, batch.expected_version + 1, f"the stream stands at version {version}"
                )

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        """Write the batch and all that follows from it; return the first entry's sequence.

        Folds the batch unless that was done. None if the stream no longer stands at the snapshot. Raises
        ReadsMoved when anything that was read has changed, and EraserAway; nothing is written then.
        """
        async with self._lend_session(batch) as connection:
            return await self._write_entries(connection, batch, snapshot, reads, folded)

    async def bring_back(self, batch: Batch, snapshot: Snapshot | None, reads: Reads) -> int | None:
        """Do the same in a log that is halted because it lost these entries."""
        async with self._lend_session(batch) as connection, connection.transaction():
            await connection.execute(QUERIES["begin_repair"], {"log": batch.log})
            return await self._write_entries(connection, batch, snapshot, reads)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Let nobody else append until the end: what is read and written meanwhile is one transaction."""
        async with self.store.one_transaction() as connection:
            await connection.execute(QUERIES["exclude_appends"])
            yield

    @asynccontextmanager
    async def _lend_session(self, batch: Batch) -> AsyncIterator[Connection]:
        """Lend a session that may append the batch. Raises EraserAway where it erases and nobody here may."""
        place = batch.stream, batch.leaves[0].version
        if not batch.erases:
            async with self.store.connection(*place) as connection:
                yield connection
        elif self._eraser is None:
            raise EraserAway(
                "nothing was recorded: to erase needs the eraser's login, SELECTION_ERASER_DATABASE_URL"
            )
        else:
            async with self._eraser.connection(*place) as connection:
                yield connection

    async def _write_entries(
        self,
        connection: Connection,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        states = folded or self._fold(batch, snapshot)
        own, reaching = self._list_causes(batch, states)
        if not await _reach_many(connection, reaching):
            return await self._record(connection, batch, snapshot, states, own, reads)
        async with connection.transaction():
            # Whom an act under way concerns is in no row yet: it is waited for, and none begins before the commit.
            await connection.execute(QUERIES["exclude_appends"])
            items = own + await _list_reached(connection, batch.log, reaching)
            return await self._record(connection, batch, snapshot, states, items, reads)

    async def _record(
        self,
        connection: Connection,
        batch: Batch,
        snapshot: Snapshot | None,
        states: FoldedStates,
        items: list[dict[str, Any]],
        reads: Reads | None,
    ) -> int | None:
        params = {
            **self._consequences(batch, snapshot, states),
            "items": to_json(items).decode() if items else None,
            "reads": reads.text() if reads else None,
        }
        query = QUERIES["record_erasure" if batch.erases else "record_leaves"]
        found = await (await connection.execute(query, params)).fetchone()
        assert found is not None
        return None if found["seq"] is None else int(found["seq"])

    async def _what_stands(self, batch: Batch) -> tuple[list[DictRow], int]:
        """Return what is stored under the batch's keys, and the version that the stream had before that was read."""
        place = {"stream": batch.stream}
        keys = {**place, "first": batch.leaves[0].version, "last": batch.leaves[-1].version}
        snapshot = await self.store.row(QUERIES["read_snapshot_version"], place)
        return await self.store.rows(QUERIES["read_stored"], keys), snapshot["version"] if snapshot else 0

    def _fold(self, batch: Batch, snapshot: Snapshot | None) -> FoldedStates:
        folding = self.fold.aggregate(batch.stream)
        before = folding.load(snapshot.state) if snapshot else folding.initial(batch.stream)
        states = [before]
        for leaf in batch.leaves:
            states.append(folding.evolve(states[-1], leaf))
        return FoldedStates(before, tuple(states[1:]))

    def _consequences(self, batch: Batch, snapshot: Snapshot | None, folded: FoldedStates) -> dict[str, Any]:
        """Return what `record_leaves` writes beside letters: entries, projections, and the stage that was left."""
        last, known = batch.leaves[-1].version, folded.before if snapshot else None
        after, stands = folded.after[-1], snapshot is not None and snapshot.projected
        return {
            **project_rows(self.fold, batch.log, batch.stream, last, after, known, stands=stands),
            "expected": batch.expected_version,
            "bodies": list(batch.bodies),
        }

    def _list_causes(self, batch: Batch, folded: FoldedStates) -> tuple[list[dict[str, Any]], list[Reaching]]:
        """Return the rows of the outbox that the leaves cause by themselves, and what else only the record can tell."""
        state, items, reaching = folded.before, list[dict[str, Any]](), list[Reaching]()
        for leaf, after in zip(batch.leaves, folded.after, strict=True):
            causes = self.fold.list_outgoing(state, leaf, after)
            items += outbox_items(leaf, causes)
            reaching += [(leaf, cause) for cause in causes if isinstance(cause, Broadcast | Touch)]
            state = after
        return items, reaching


async def _reach_many(connection: Connection, reaching: Sequence[Reaching]) -> bool:
    """Tell whether whom this reaches depends on what others append.

    The register is as it was decided on: its stream's version is compared when this is recorded.
    """
    touches = [cause for _, cause in reaching if isinstance(cause, Touch)]
    return len(touches) < len(reaching) or bool(touches and await _list_moved(connection, touches))


async def _list_reached(
    connection: Connection, log: str, reaching: Sequence[Reaching]
) -> list[dict[str, Any]]:
    """Return the rows of the outbox for whom all this reaches, while nobody else appends."""
    items, touches = list[dict[str, Any]](), list[Touch]()
    for leaf, cause in reaching:
        if isinstance(cause, Broadcast):
            people = await _list_concerned(connection, log, cause)
            items += outbox_items(leaf, broadcast_letters(cause, people))
        else:
            touches.append(cause)
    if touches:
        # Each looks at all who judge it, so that the last entry stands for those that came with it.
        leaf = reaching[-1][0]
        streams, wakes = await _list_touched(connection, touches)
        items += outbox_items(leaf, [*touch_messages(leaf, streams), *wakes])
    return items


async def _list_concerned(connection: Connection, log: str, cause: Broadcast) -> dict[str, str]:
    """Return to whom a broadcast goes, as the record has it now, each with the unit whose task it tells of, if one."""
    asked = {"log": log, "kind": cause.task, "names": list(cause.deadlines), "units": list(cause.units)}
    query = QUERIES["list_recommending" if cause.task else "list_concerned"]
    found = await connection.execute(query, asked)
    return {row["person"]: row.get("unit") or "" for row in await found.fetchall()}


async def _list_touched(connection: Connection, touches: Sequence[Touch]) -> tuple[list[str], list[Wake]]:
    """Return the running applications that a change of the register may bind or stop somebody in, and who is woken.

    That is each round that approves its list: it looks at what binds those who did.
    """
    moved = await _list_moved(connection, touches)
    if not moved:
        return [], []
    asked = {
        "people": [row["person"] for row in moved if row["person"]],
        "units": [row["unit"] for row in moved if row["unit"]],
        "stages": sorted(FindConflicts.ACT.stages),
    }
    found = await (await connection.execute(QUERIES["list_touched"], asked)).fetchall()
    stage = RoundStage.APPROVAL.value
    rounds = await (await connection.execute(QUERIES["list_approving"], {"stage": stage})).fetchall()
    return [row["stream"] for row in found], [Wake(round=row["log"], stage=stage) for row in rounds]


async def _list_moved(connection: Connection, touches: Sequence[Touch]) -> list[DictRow]:
    return await (await connection.execute(QUERIES["list_moved"], _ask_moved(touches))).fetchall()


def _ask_moved(touches: Sequence[Touch]) -> dict[str, list[str] | list[bool]]:
    people = [touch for touch in touches if touch.person]
    units = [touch for touch in touches if touch.unit]
    return {
        "people": [touch.person for touch in people],
        "employers": [touch.employer for touch in people],
        "tied": [touch.tied for touch in people],
        "active": [touch.active for touch in people],
        "units": [touch.unit for touch in units],
        "parents": [to_json(touch.parents).decode() for touch in units],
    }


def _version(snapshot: Snapshot | None) -> int:
    return snapshot.version if snapshot else 0


def _match_receipts(batch: Batch, stored: Sequence[DictRow]) -> list[Receipt]:
    same = [row["body"] for row in stored] == list(batch.bodies)
    if not same or any(row["log"] != batch.log for row in stored):
        raise RecordDiverged(batch.stream, batch.leaves[0].version, "the record holds other bytes")
    return [receipt_of(row) for row in stored]


def new_receipts(batch: Batch, first: int) -> list[Receipt]:
    """Return the receipts of a batch whose first entry has this sequence."""
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
