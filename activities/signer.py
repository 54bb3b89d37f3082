"""The signer's long activity: looks at every log each second, and makes checkpoints where they are due."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.key_files import KeyFileFault, read_key
from activities.messages import SIGN, SignedTurn, SignTurn
from activities.sign import Signing
from activities.signer_state import SignerState, StateFault
from activities.time_stamps import Stamper
from ledger.database.store import Store
from ledger.decision.halts import Halts
from ledger.errors import RecordUnavailable
from ledger.log.checkpoints import Checkpoints
from ledger.log.reading import Reading

TURN = timedelta(minutes=55)
TURN_WHILE_REFUSED = timedelta(seconds=60)
"""A log that is not signed is read again from its first entry so often, in case it was mended."""
LOOK_EVERY = timedelta(seconds=1)

log = structlog.get_logger(__name__)


class SignerActivities:
    """Signs with the key of one file. `store` is opened in the signer's role; `time_stamps` is a service's URL."""

    def __init__(self, key_file: Path, store: Store, time_stamps: str | None = None) -> None:
        self._key_file = key_file
        self._time_stamps = time_stamps
        self._checkpoints = Checkpoints(store)
        self._halts = Halts(store)
        self._reading = Reading(store)

    @activity.defn(name=SIGN)
    async def sign(self, turn: SignTurn) -> SignedTurn:
        """Sign what is due until the worker shuts down, the turn is over, or other logs are refused than before.

        A key file that is missing, or held by a signer that still ends, fails and is tried again.
        """
        try:
            key = read_key(self._key_file)
            with SignerState.hold(self._key_file, key.verifier.vkey) as state:
                return await self._take_turn(turn, Signing(key, state, self._checkpoints, self._halts))
        except KeyFileFault as fault:
            raise ApplicationError(str(fault), type=fault.code) from None
        except StateFault as fault:
            raise ApplicationError(str(fault), type="signer-state") from None

    async def _take_turn(self, turn: SignTurn, signing: Signing) -> SignedTurn:
        stamper = Stamper(self._time_stamps, self._checkpoints) if self._time_stamps else None
        try:
            await self._look_on(turn, signing, stamper)
        finally:
            if stamper:
                await stamper.stop()
        return SignedTurn(signed=signing.signed, refused=signing.refused)

    async def _look_on(self, turn: SignTurn, signing: Signing, stamper: Stamper | None) -> None:
        begun = datetime.now(UTC)
        while not activity.is_worker_shutdown():
            activity.heartbeat()
            now = datetime.now(UTC)
            try:
                await signing.look(await self._reading.logs(), now, activity.heartbeat)
                limit = TURN_WHILE_REFUSED if signing.refused else TURN
                if now - begun >= limit or signing.refused != turn.refused:
                    break
            except RecordUnavailable:
                log.warning("signer waits for PostgreSQL")
            if stamper:
                stamper.nudge(now)
            await asyncio.sleep(LOOK_EVERY.total_seconds())
