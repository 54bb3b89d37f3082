"""A key file, a record, and one signer after the other; a checkpoint may be the last thing a signer does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from activities.sign import Signing
from activities.signer_state import SignerState
from ledger.database.store import Store
from ledger.decision.halts import Halts
from ledger.log.checkpoints import Checkpoints
from ledger.record import Ledger
from selection.transparency.continuity import SignedRoot
from selection.transparency.private_key import PrivateKey
from tests.ledger.support.stand_in import AT, leaf

STREAM = "application/r/1"
KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))
LATER = AT + timedelta(minutes=2)


class Crash(Exception):
    """Stands for the end of the process."""


class CrashingCheckpoints(Checkpoints):
    """Ends before or after it keeps a checkpoint."""

    before = after = False

    async def append(self, log: str, signed: SignedRoot, note: str) -> bool:
        if self.before:
            raise Crash
        kept = await super().append(log, signed, note)
        if self.after:
            raise Crash
        return kept


class Bench:
    """A key file, a record, and one signer after the other."""

    def __init__(self, ledger: Ledger, store: Store, key_file: Path) -> None:
        self.ledger = ledger
        self.checkpoints = CrashingCheckpoints(store)
        self.halts = Halts(store)
        self.key_file = key_file

    async def grow(self, upto: int, word: str = "") -> None:
        at = await self.ledger.reading.head("r")
        for version in range(at + 1, upto + 1):
            await self.ledger.record.append("r", STREAM, [leaf(STREAM, version, note=word)])

    @contextmanager
    def signer(self, key: PrivateKey = KEY) -> Iterator[Signing]:
        with SignerState.hold(self.key_file, key.verifier.vkey) as state:
            yield Signing(key, state, self.checkpoints, self.halts)

    async def look(self, signing: Signing, now: datetime = LATER) -> dict[str, str]:
        await signing.look(await self.ledger.reading.logs(), now, lambda: None)
        return signing.refused

    async def turn(self, now: datetime = LATER, key: PrivateKey = KEY) -> dict[str, str]:
        with self.signer(key) as signing:
            return await self.look(signing, now)

    async def sizes(self) -> list[int]:
        return [one.size for one in await self.ledger.checkpoints.list_stored("r")]

    async def tamper(self, url: str, *statements: str) -> None:
        """Change the record as a superuser, past every trigger."""
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(b"SET search_path = selection")
            for table in ("entries", "head", "checkpoints"):
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
            for statement in statements:
                await connection.execute(statement.encode())
