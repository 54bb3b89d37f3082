"""What is read from the record. Nothing here asks who reads: that is the visibility table's, above."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ledger.database.store import Store
from ledger.log.receipts import Entry, entry_of, receipt_of
from ledger.log.task_reading import QUERIES, TaskReading
from ledger.projections.fold import Fold, core_fold
from ledger.projections.renewal import Renewal, read_on
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.model import Frozen
from selection.streams import KINDS, aggregate

Row = dict[str, Any]
STATES_PAGE = 500
PAGE = 1000


class Snapshot(Frozen):
    """The folded state of a stream as the core writes it; `projected` unless other code did, and so its projections."""

    version: int
    state: str
    projected: bool = True


class ChangedRows(NamedTuple):
    """The rows of applications by stream that changed; all of them unless the log `goes_on` from the one known."""

    size: int
    mark: bytes
    goes_on: bool
    rows: dict[str, str]


class Reading(TaskReading):
    """Queries on the log and its projections, states and rows of applications as this code folds them."""

    def __init__(self, store: Store, fold: Fold | None = None) -> None:
        super().__init__(store)
        self._fold = fold or core_fold()
        self.renewal = Renewal(store.rows, self._fold)

    async def read_caused(self, command_id: str) -> list[tuple[Receipt, Leaf]]:
        """Return every entry that the command caused, in order, each with its receipt."""
        rows = await self._store.rows(QUERIES["read_caused"], {"command_id": command_id})
        return [(receipt_of(row), entry_of(row).leaf) for row in rows]

    async def read_caused_by(self, command_ids: Sequence[str]) -> list[tuple[Receipt, Leaf]]:
        """Return every entry that any of these commands caused, in order, each with its receipt."""
        rows = await self._store.rows(QUERIES["read_caused_by"], {"command_ids": list(command_ids)})
        return [(receipt_of(row), entry_of(row).leaf) for row in rows]

    async def count_carried(self, command_id: str) -> int:
        """Return on how many streams a decision was carried out, by the name under which each has its entries."""
        row = await self._store.row(QUERIES["count_carried"], {"command_id": command_id})
        assert row is not None
        return int(row["n"])

    async def answer(self, stream: str, person: str, command_id: str) -> tuple[Receipt, Leaf] | None:
        """Return the entry that answers a person's command on a stream: the last under its id, None if none is."""
        mine = [
            (receipt, leaf)
            for receipt, leaf in await self.read_caused(command_id)
            if receipt.stream == stream and leaf.actor.person == person
        ]
        return mine[-1] if mine else None

    async def receipts(self, command_id: str) -> list[Receipt]:
        """Return the receipts of every entry that the command caused."""
        rows = await self._store.rows(QUERIES["read_receipts"], {"command_id": command_id})
        return [receipt_of(row) for row in rows]

    async def acts(self, person: str, limit: int) -> list[tuple[Receipt, str]]:
        """Return the latest acts of a person, each with the receipt and the type of its first entry."""
        rows = await self._store.rows(QUERIES["read_acts"], {"person": person, "limit": limit})
        return [(receipt_of(row), row["type"]) for row in rows]

    async def entries(self, log: str, after: int = -1, limit: int = 1000) -> list[Entry]:
        """Return at most `limit` entries of a log that follow the sequence number `after`."""
        asked = {"log": log, "after": after, "limit": limit}
        return [entry_of(row) for row in await self._store.rows(QUERIES["read_entries"], asked)]

    async def all_entries(self, log: str, after: int = -1) -> AsyncIterator[Entry]:
        """Yield a whole log page by page, as far as it goes when the last page is read."""
        while page := await self.entries(log, after):
            for entry in page:
                yield entry
            after = page[-1].seq

    async def bodies(self, log: str, end: int) -> AsyncIterator[bytes]:
        """Yield the bytes of a log's first `end` leaves as they were recorded, page by page."""
        for start in range(0, end, PAGE):
            asked = {"log": log, "first": start, "end": min(start + PAGE, end)}
            for row in await self._store.rows(QUERIES["read_bodies"], asked):
                yield bytes(row["body"])

    async def stream_entries(self, stream: str, after: int = 0) -> list[Entry]:
        """Return everything that happened in a stream after a version."""
        rows = await self._store.rows(QUERIES["read_stream_entries"], {"stream": stream, "after": after})
        return [entry_of(row) for row in rows]

    async def streams(self, round_: str | None = None) -> list[str]:
        """Return the streams that a workflow owns, of a round or of all."""
        rows = await self._store.rows(QUERIES["read_streams"], {"round": round_, "kinds": list(KINDS)})
        return [row["stream"] for row in rows]

    async def open_streams(self, round_: str | None = None) -> AsyncIterator[tuple[str, int]]:
        """Yield every stream that has not ended and is to have a workflow, with its version, page by page."""
        after = ""
        while True:
            asked = {"round": round_, "kinds": list(KINDS), "after": after, "limit": STATES_PAGE}
            rows = await self.renewal.renew_states(await self._store.rows(QUERIES["read_snapshots"], asked))
            for row in rows:
                if not aggregate(row["stream"]).load(row["state"]).over:
                    yield row["stream"], int(row["version"])
            if not rows:
                return
            after = rows[-1]["stream"]

    async def hashes(self, stream: str) -> list[str]:
        """Return a stream's leaf hashes (hex), in the order of their versions."""
        rows = await self._store.rows(QUERIES["read_hashes"], {"stream": stream})
        return [bytes(row["leaf_hash"]).hex() for row in rows]

    async def head(self, log: str) -> int:
        """Return how many entries a log holds."""
        row = await self._store.row(QUERIES["read_head"], {"log": log})
        return int(row["size"]) if row else 0

    async def logs(self) -> dict[str, int]:
        """Return the size of every log by name."""
        return {row["log"]: int(row["size"]) for row in await self._store.rows(QUERIES["read_logs"])}

    async def snapshot(self, stream: str) -> Snapshot | None:
        """Return the folded state of a stream and its version, or None before its first entry."""
        row = await self._store.row(QUERIES["read_state"], {"stream": stream})
        if row is None:
            return None
        (found,) = await self.renewal.renew_states([row])
        projected = not self.renewal.is_foreign(row["fold"])
        return Snapshot(version=found["version"], state=found["state"], projected=projected)

    async def read_changed_states(
        self, known: Mapping[str, bytes | None]
    ) -> dict[str, tuple[bytes, str | None]]:
        """Return the folded states of streams, each with the hash of its text; None for a text whose hash is known.

        `known` has each stream with the hash that is known of it, if any. Those that hold nothing are left out.
        """
        asked = {"streams": list(known), "marks": list(known.values())}
        rows = await self.renewal.renew_states(await self._store.rows(QUERIES["read_changed_states"], asked))
        return {row["stream"]: (bytes(row["mark"]), row["state"]) for row in rows}

    async def read_changed_applications(self, log: str, size: int, mark: bytes) -> ChangedRows | None:
        """Return the rows of a round's applications that changed since its log had `size` entries, the last of `mark`.

        None for a log that there is not. What is read is of one moment.
        """
        asked = {"log": log, "size": size, "mark": mark}
        rows = await self._store.rows(QUERIES["read_changed_applications"], asked)
        if not rows:
            return None
        changed = {row["stream"]: row["row"] for row in rows if row["stream"] is not None}
        return ChangedRows(rows[0]["size"], bytes(rows[0]["mark"]), rows[0]["goes_on"], changed)

    async def version(self, stream: str) -> int:
        """Return how many entries a stream holds, 0 before its first."""
        row = await self._store.row(QUERIES["read_version"], {"stream": stream})
        return 0 if row is None else int(row["version"])

    async def counts(self, round_: str) -> dict[str, int]:
        """Return how many applications of a round stand in each stage."""
        rows = await self._store.rows(QUERIES["count_stages"], {"round": round_})
        return {row["stage"]: int(row["n"]) for row in rows}

    async def applications(self, round_: str, stage: str | None = None) -> list[Row]:
        """Return the rows of a round's applications, all or those in one stage, by stream."""
        rows = await self._store.rows(QUERIES["read_applications"], {"round": round_, "stage": stage})
        return await self.renewal.renew_rows(rows)

    async def application(self, stream: str) -> Row | None:
        """Return the row of one application."""
        rows = await self._store.rows(QUERIES["read_application"], {"stream": stream})
        return next(iter(await self.renewal.renew_rows(rows)), None)

    async def outcomes(self, round_: str) -> dict[str, int]:
        """Return how many applications of a round ended in each way."""
        rows = await self._store.rows(QUERIES["count_outcomes"], {"round": round_})
        return {row["outcome"]: int(row["n"]) for row in rows}

    async def states(self, round_: str, stage: str) -> AsyncIterator[str]:
        """Yield the folded states of a round's applications in one stage, by stream, as of one instant.

        They are read page by page: ten thousand of them are more than one statement may take time for.
        """
        async with (
            self._store.connection() as connection,
            connection.transaction(),
            connection.cursor("states") as cursor,
        ):
            renewal = Renewal(read_on(connection), self._fold)
            await cursor.execute(QUERIES["read_states"], {"round": round_, "stage": stage})
            while page := await cursor.fetchmany(STATES_PAGE):
                for row in await renewal.renew_states(page):
                    yield row["state"]

    async def fresh_panels(self, round_: str) -> list[str]:
        """Return the folded states of the applications that a fresh panel reviews after their end, by stream."""
        rows = await self._store.rows(QUERIES["read_fresh_panels"], {"round": round_})
        return [row["state"] for row in await self.renewal.renew_states(rows)]

    async def round_row(self, round_: str) -> Row | None:
        """Return the row of a round."""
        row = await self._store.row(QUERIES["read_round"], {"round": round_})
        return None if row is None else row["row"]

    async def rounds(self) -> list[Row]:
        """Return the rows of all rounds."""
        return [row["row"] for row in await self._store.rows(QUERIES["read_rounds"])]

    async def read_changed_rounds(
        self, known: Mapping[str, bytes | None]
    ) -> dict[str, tuple[bytes, str | None]]:
        """Return the same of all rounds, by stream in order, whatever of them is known."""
        asked = {"streams": list(known), "marks": list(known.values())}
        rows = await self.renewal.renew_states(await self._store.rows(QUERIES["read_changed_rounds"], asked))
        return {row["stream"]: (bytes(row["mark"]), row["state"]) for row in rows}

    async def lists(self, round_: str) -> list[Row]:
        """Return the rows of a round's recommendation lists."""
        rows = await self._store.rows(QUERIES["read_lists"], {"round": round_})
        return [row["row"] for row in rows]

    async def list_versions(self, round_: str) -> dict[str, int]:
        """Return how many entries each recommendation list of a round holds, by stream."""
        rows = await self._store.rows(QUERIES["read_list_versions"], {"round": round_})
        return {row["stream"]: int(row["version"]) for row in rows}

    async def entries_of(self, log: str, types: Sequence[str]) -> list[Entry]:
        """Return the entries of these types of a log, of which there are few."""
        rows = await self._store.rows(QUERIES["read_entries_of"], {"log": log, "types": list(types)})
        return [entry_of(row) for row in rows]

    async def count_types(self, log: str, types: Sequence[str]) -> int:
        """Return how many entries of these types a log holds."""
        row = await self._store.row(QUERIES["count_types"], {"log": log, "types": list(types)})
        return int(row["n"]) if row else 0

    async def deadline(self, round_: str, name: str) -> datetime | None:
        """Return a deadline in force (extensions included), the exclusive end of its window."""
        row = await self._store.row(QUERIES["read_deadline"], {"round": round_, "name": name})
        return None if row is None else row["until"]

    async def deadlines(self, round_: str) -> dict[str, datetime]:
        """Return all deadlines in force of a round."""
        rows = await self._store.rows(QUERIES["read_deadlines"], {"round": round_})
        return {row["name"]: row["until"] for row in rows}
