"""Patience with parts that are down and with busy machines: what is asked again, and for how long."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from psycopg.rows import DictRow

from ledger.database.store import Params, Store
from ledger.errors import RecordUnavailable
from ledger.people.contents import Kind
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.settings import Settings
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from starter.client.client import PATIENCE, SelectionClient
from starter.client.errors import ActMissing, Pending

T = TypeVar("T")
UNANSWERED = (Pending, ActMissing)
"""What people meet who are not told how an act ended: they send it again under its id."""
AGAIN_AFTER = 0.2
STUCK_AFTER = 900.0
"""Seconds after which a test that has not ended never will, on the busiest machine."""


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until the record answers; the test's own time limit ends what never does."""
    while True:
        try:
            return await ask()
        except RecordUnavailable:
            await asyncio.sleep(AGAIN_AFTER)


async def until_answered(act: Callable[[], Awaitable[T]]) -> T:
    """Do an act under a command id of its own until it is known how it ended."""
    while True:
        with suppress(*UNANSWERED):
            return await act()


class PatientStore(Store):
    async def rows(self, query: str, params: Params | None = None) -> list[DictRow]:
        return await patiently(lambda: super(PatientStore, self).rows(query, params))


class PatientClient(SelectionClient):
    """Acts exactly like other clients; only what it asks of Postgres itself is asked again.

    `receipts` keeps every answer, to be found in the record at the end.
    """

    receipts: list[Receipt]

    async def act(
        self,
        stream: str,
        command: Frozen,
        *,
        actor: Actor,
        command_id: str | None = None,
        second: str = "",
        patience: timedelta = PATIENCE,
    ) -> Receipt:
        receipt = await super().act(
            stream, command, actor=actor, command_id=command_id, second=second, patience=patience
        )
        self.receipts.append(receipt)
        return receipt

    async def new_application(self, round_id: str, person: str, command_id: str) -> str:
        return await patiently(
            lambda: super(PatientClient, self).new_application(round_id, person, command_id)
        )

    async def _store(self, data: bytes, kind: Kind, media_type: str, person: str, log: str) -> Ref:
        return await patiently(lambda: super(PatientClient, self)._store(data, kind, media_type, person, log))


async def patient_client(ends: Endpoints) -> PatientClient:
    """Connect to the parts of a stack."""
    ledger = await Ledger.connect(ends.database_url)
    fold = ledger.fold
    await ledger.close()
    patient = Ledger(await PatientStore.open(ends.database_url), fold)
    temporal = await connect(ends.temporal_address, ends.temporal_namespace, Settings())
    client = PatientClient(temporal, patient, ends.task_queue)
    client.receipts = []
    return client
