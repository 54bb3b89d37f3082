"""The record for one request that changes nothing: what was read once is not asked for again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from ledger.log.receipts import Entry
from ledger.read_log import Read
from ledger.record import Ledger
from reading.access.memory import Memory
from reading.access.source import Source
from reading.access.subject import Subject
from selection.round.state import RoundState


class OneRequest(Source):
    """Remembers streams and who was let in, for as long as one page is made: all of it shows one moment.

    `admitted` is whom the entrance let in for this very request, `at` the record's own time at which it did. What is
    confidential is noted by `settle`.
    """

    def __init__(
        self,
        ledger: Ledger,
        admitted: Subject | None,
        memory: Memory | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(ledger, memory)
        self._admitted = admitted
        self._states: dict[str, Any] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._reads: list[Read] | None = []
        self._at = at

    async def check(self, subject: Subject) -> None:
        """See that a subject still is who they are; not again of whom it is known. Raises Refused."""
        if subject != self._admitted:
            await super().check(subject)
            self._admitted = subject

    async def state(self, stream: str) -> Any | None:
        """Return the folded state of a stream, or None before its first entry."""
        if stream not in self._states:
            self._states[stream] = await super().state(stream)
        return self._states[stream]

    async def have(self, streams: Collection[str]) -> None:
        """Read streams that will be looked at, all at once."""
        missing = [stream for stream in streams if stream not in self._states]
        if missing:
            found = await self.memory.states(missing)
            self._states |= {stream: found.get(stream) for stream in missing}

    async def read_clock(self) -> datetime:
        """Return the record's own time when the person was let in, or where nobody was, when it is first needed."""
        if self._at is None:
            self._at = await super().read_clock()
        return self._at

    async def show_rounds(self, states: Mapping[str, RoundState]) -> dict[str, RoundState]:
        """Return rounds as whoever stands in for a post sees them too; what was read before, as it was then."""
        return await super().show_rounds(
            {stream: self._states.get(stream) or state for stream, state in states.items()}
        )

    def keep(self, states: Mapping[str, Any]) -> None:
        """Take streams as they are now for read: what is looked at later is as it was then."""
        self._states |= states

    async def entries(self, stream: str) -> list[Entry]:
        """Return everything that happened in a stream."""
        if stream not in self._entries:
            self._entries[stream] = await super().entries(stream)
        return self._entries[stream]

    async def _put(self, read: Read) -> None:
        """Have a read noted with all others of the request, before the page goes out; later ones at once."""
        if self._reads is None:
            await super()._put(read)
        elif read not in self._reads:
            self._reads.append(read)

    async def settle(self) -> None:
        """Note what was read. Raises what the record raises, and then nothing may be shown."""
        reads, self._reads = self._reads, None
        if reads:
            await self.ledger.read_log.note(reads)
