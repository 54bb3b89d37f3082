"""Sign the logs: follow each from its first entry, and sign only what continues what was signed before."""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from activities.signer_state import SignerState
from ledger.decision.halts import Halts
from ledger.log.checkpoints import Checkpoints
from selection.register.state import INSTALLATION
from selection.transparency.checkpoint import Checkpoint, signer_of
from selection.transparency.continuity import GrowingLog, NotContinuous, SignedRoot
from selection.transparency.note import NoteSigner
from selection.transparency.private_key import PrivateKey

log = structlog.get_logger(__name__)


class Signing:
    """One turn of the signer over all logs; a new one reads every log again from its first entry."""

    def __init__(self, key: PrivateKey, state: SignerState, checkpoints: Checkpoints, halts: Halts) -> None:
        self._key = key
        self._state = state
        self._checkpoints = checkpoints
        self._halts = halts
        self._logs: dict[str, GrowingLog] = {}
        self.refused: dict[str, str] = {}
        """Log -> the code of why it is not signed."""
        self.signed = 0
        """Checkpoints made in this turn."""

    async def look(self, sizes: Mapping[str, int], now: datetime, alive: Callable[[], None]) -> None:
        """Follow every log to its size and sign those that are due. `alive` is called between pages.

        The installation's log is signed with any other, as far as it went: their entries say how much of it they saw.
        Errors of the record pass through; the next look goes on from there.
        """
        signed = self.signed
        known = {**dict.fromkeys(self._state.names, 0), **sizes}
        for name in sorted(known, key=lambda name: name == INSTALLATION):
            size = known[name]
            if name in self.refused:
                continue
            try:
                growing = await self._follow(name, size, now, alive)
                beside = name == INSTALLATION and self.signed > signed and growing.unsigned.count > 0
                if beside or growing.unsigned.is_due(now):
                    await self._sign(growing, growing.require_next_signed(size))
            except NotContinuous as fault:
                self.refused[name] = fault.code
                # What was signed is gone or altered: nothing more is decided on it until a person has chosen.
                await self._halts.halt(name, f"{fault.code} at {fault.size}")
                log.error(
                    "nothing signed: the record does not continue what was signed",
                    log=name,
                    code=fault.code,
                    size=fault.size,
                    found=fault.found,
                )

    async def _follow(self, name: str, size: int, now: datetime, alive: Callable[[], None]) -> GrowingLog:
        growing = self._logs.get(name) or await self._begin(name)
        growing.require_signed_prefix(size)
        async for page in self._checkpoints.leaves(name, growing.size, size):
            alive()
            for leaf in page:
                growing.take(leaf, now)
        if name not in self._logs:
            await self._make_up(growing)
            self._logs[name] = growing
        return growing

    async def _begin(self, name: str) -> GrowingLog:
        kept = self._state.last(name)
        return GrowingLog(name, [*await self._checkpoints.list_signed(name), *([kept] if kept else [])])

    async def _make_up(self, growing: GrowingLog) -> None:
        """Do what a crash left undone, now that the entries lead to every root that was signed."""
        last, kept = growing.last, self._state.last(growing.log)
        if kept is None or kept.size < last.size:
            if last.size:
                log.warning("signer's state taken from the record", log=growing.log, size=last.size)
                self._state.remember(growing.log, last)
        elif last not in await self._checkpoints.list_signed(growing.log):
            await self._keep(growing.log, last)

    async def _sign(self, growing: GrowingLog, signed: SignedRoot) -> None:
        # First what must never be forgotten: a crash from here on finds this root, and signs it again.
        self._state.remember(growing.log, signed)
        await self._keep(growing.log, signed)
        growing.note_signed(signed)
        self.signed += 1
        log.info("checkpoint signed", log=growing.log, size=signed.size, root=signed.root.hex())

    async def _keep(self, name: str, signed: SignedRoot) -> None:
        signer = self._signer(name)
        text = Checkpoint(origin=signer.verifier.name, size=signed.size, root=signed.root).text
        await self._checkpoints.append(name, signed, signer.sign(text).encoded)

    def _signer(self, name: str) -> NoteSigner:
        return signer_of(self._key.name, self._key.seed, name)
