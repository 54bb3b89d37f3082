"""Write the record and read it: the activities that every act passes through."""

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError

from activities.facts import FactsReader
from activities.messages import (
    READ_FACTS,
    READ_RECEIPT,
    RECORD,
    FactsQuery,
    ReceiptQuery,
    Recorded,
    RecordRequest,
)
from activities.round_first import let_round_go_first
from activities.warrants import Warrants
from ledger.errors import DeadlinesMoved, RecordDiverged, UnstorableValue
from ledger.record import Ledger
from selection.facts import Facts
from selection.leaf import LEAF_LIMIT, LeafTooLarge, Receipt


class RecordActivities:
    """Append, facts and receipts, on one ledger; without a client, rounds are not let go first."""

    def __init__(self, ledger: Ledger, client: Client | None = None) -> None:
        self._ledger = ledger
        self._client = client
        self._facts = FactsReader(ledger)
        self._warrants = Warrants(ledger)

    @activity.defn(name=RECORD)
    async def record(self, request: RecordRequest) -> Recorded:
        """Record leaves once; what can never be recorded fails for good, all else is tried again.

        Never are a key that holds other bytes and a value that Postgres cannot hold; a database that is not
        migrated, or that ends a session, gets well.
        An act in the engine's name that no recorded decision stands behind, and one whose event is larger than a
        leaf may be, are not recorded but refused; what rests on deadlines that were moved is not recorded either.
        """
        if request.deadlines is not None and self._client is not None:
            await let_round_go_first(self._client, request.log)
        try:
            if not await self._warrants.holds(request.leaves[0]):
                return Recorded(
                    refused="not-entitled", params={"roles": "the engine, on a recorded decision"}
                )
            receipts = await self._ledger.append(
                request.log, request.stream, request.leaves, resting_on=request.deadlines
            )
        except DeadlinesMoved as moved:
            return Recorded(moved=moved.in_force)
        except LeafTooLarge:
            return Recorded(refused="message-too-large", params={"limit": str(LEAF_LIMIT)})
        except (RecordDiverged, UnstorableValue) as exc:
            raise ApplicationError(str(exc), type=exc.code, non_retryable=True) from exc
        return Recorded(seq=receipts[-1].seq, leaf_hash=receipts[-1].leaf_hash)

    @activity.defn(name=READ_FACTS)
    async def read_facts(self, query: FactsQuery) -> Facts:
        """Return what the record says; changes nothing."""
        return await self._facts.read(query)

    @activity.defn(name=READ_RECEIPT)
    async def read_receipt(self, query: ReceiptQuery) -> Receipt:
        """Return the receipt of a recorded version; an unknown one fails for good."""
        entries = await self._ledger.reading.stream_entries(query.stream, query.version - 1)
        if not entries:
            raise ApplicationError(f"{query.stream} has no version {query.version}", non_retryable=True)
        entry = entries[0]
        return Receipt(
            log=entry.log,
            seq=entry.seq,
            stream=query.stream,
            version=query.version,
            leaf_hash=entry.leaf_hash.hex(),
            command_id=str(entry.leaf.data["command_id"]),
            at=entry.leaf.at,
        )
