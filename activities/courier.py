"""Send what the record queued: letters by SMTP, messages and wakes to workflows."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.beating import beat_while
from activities.mail import Mailer, MailRefused
from activities.messages import DELIVER, Delivered
from activities.revive import revive
from activities.send_act import CARRY
from ledger.letters.outbox import ClaimedRow
from ledger.letters.round_words import LetterWords
from ledger.record import Ledger
from selection.streams import round_stream

TURN = timedelta(minutes=55)
LEASE = timedelta(seconds=30)
# A letter is given up before its lease ends, so that no other courier sends it meanwhile.
SEND_LIMIT = timedelta(seconds=25)
CLAIM_AT_MOST = 20
WAIT_AT_MOST = timedelta(seconds=1)
SLOW = timedelta(seconds=1)
"""Once a letter takes longer than this, one row is claimed at a time, what is urgent first, until one is faster."""
RETRY_FIRST = timedelta(seconds=1)
RETRY_AT_MOST = timedelta(minutes=10)

log = structlog.get_logger(__name__)


class CourierActivities:
    """Deliver rows of the outbox. The row is the progress; any number of couriers may run."""

    def __init__(self, ledger: Ledger, client: Client, mailer: Mailer) -> None:
        self._ledger = ledger
        self._client = client
        self._mailer = mailer
        self._words = LetterWords(ledger.reading)

    @activity.defn(name=DELIVER)
    async def deliver(self) -> Delivered:
        """Send what is due until the worker shuts down or the turn is over, and return the counts."""
        ends = datetime.now(UTC) + TURN
        sent = {"letter": 0, "message": 0, "wake": 0, "refused": 0}
        at_once = CLAIM_AT_MOST
        while datetime.now(UTC) < ends and not activity.is_worker_shutdown():
            activity.heartbeat()
            claimed = await self._ledger.outbox.claim(at_once, LEASE)
            if not claimed:
                await self._ledger.outbox.wait_for_work(WAIT_AT_MOST)
                continue
            # Wakes and messages carry the process on, and go before the letters of a claim.
            urgent = [item for item in claimed if item.kind != "letter"]
            letters = [item for item in claimed if item.kind == "letter"]
            for kind in await asyncio.gather(*(self._send(item) for item in urgent)):
                sent[kind] += 1
            for place, item in enumerate(letters, 1):
                began = time.monotonic()
                # Those before it may have waited for a slow server: another courier may have this one by now.
                if await self._ledger.outbox.renew(item, LEASE):
                    sent[await beat_while(self._send(item))] += 1
                slow = time.monotonic() - began > SLOW.total_seconds()
                # What is urgent may have come meanwhile, and waits for no more than one letter. Each claim counts as an
                # attempt, by which a letter waits after a failure: so none is claimed and given back again and again.
                at_once = 1 if slow else CLAIM_AT_MOST
                if slow:
                    await self._give_back(letters[place:])
                    break
        return Delivered(
            letters=sent["letter"], messages=sent["message"] + sent["wake"], refused=sent["refused"]
        )

    async def _give_back(self, letters: Sequence[ClaimedRow]) -> None:
        """Let letters be claimed again at once, as if they had not been."""
        for item in letters:
            await self._ledger.outbox.renew(item, timedelta(0))

    async def _send(self, item: ClaimedRow) -> str:
        outbox = self._ledger.outbox
        try:
            await self._hand_over(item)
        except MailRefused as refused:
            await outbox.mark_refused(item, refused.reason)
            return "refused"
        except Exception as exc:  # noqa: BLE001  whatever fails is tried again later, the row stays
            pause = min(RETRY_FIRST * 2 ** min(item.attempt, 10), RETRY_AT_MOST)
            log.warning("delivery failed", kind=item.kind, row=item.id, error=type(exc).__name__)
            await outbox.mark_failed(item, type(exc).__name__, pause)
            return item.kind
        await outbox.mark_sent(item)
        return item.kind

    async def _hand_over(self, item: ClaimedRow) -> None:
        if item.kind == "letter":
            async with asyncio.timeout(SEND_LIMIT.total_seconds()):
                await self._mailer.send(item, await self._words.get(item.log))
            return
        if item.kind == "wake":
            await self._signal(round_stream(item.log), "look", [])
        else:
            # A list that has ended holds no place that could be freed.
            await self._signal(str(item.body["workflow_id"]), CARRY, [item.body["decision"]])

    async def _signal(self, stream: str, signal: str, arguments: list[Any]) -> None:
        handle = self._client.get_workflow_handle(stream)
        try:
            await handle.signal(signal, args=arguments)
        except RPCError as exc:
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise
            if await revive(self._client, self._ledger, activity.info().task_queue, stream):
                await handle.signal(signal, args=arguments)
