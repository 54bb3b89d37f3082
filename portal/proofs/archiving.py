"""Histories that are kept at somebody's request: one round at a time, whoever looks or leaves, in this process.

The work itself is Temporal's and goes on without us; what is kept here says how far it is, and what came of it.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from portal.faults import Fault
from portal.proofs.keeping import Work
from starter.archive.archive import ArchiveResult

Tell = Callable[[int], None]
Keep = Callable[[Tell], Awaitable[ArchiveResult]]


class Archiving:
    """What was asked for a round: by whom and when, how far it is, and what was found."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.at = datetime.now(UTC)
        self.work = Work()
        self.found: ArchiveResult | None = None

    def begin(self, streams: int, keep: Keep) -> None:
        """Have it done by itself; of so many streams each is looked at."""

        def tell(looked: int) -> None:
            self.work.tell("histories", looked, max(streams, looked))

        async def doing() -> None:
            self.found = await keep(tell)

        self.work.begin(doing)


class Archivings:
    """The latest of each round."""

    def __init__(self) -> None:
        self._of: dict[str, Archiving] = {}

    def find(self, round_id: str) -> Archiving | None:
        """Return what was asked last for a round since this process began."""
        return self._of.get(round_id)

    def begin(self, round_id: str, person: str, streams: int, keep: Keep) -> None:
        """Begin it. Raises Fault while the same round's is going on."""
        going_on = self._of.get(round_id)
        if going_on is not None and going_on.work.running:
            raise Fault("proof-busy", 429)
        made = self._of[round_id] = Archiving(person)
        made.begin(streams, keep)

    async def close(self) -> None:
        """Wait for none of them any more."""
        for one in self._of.values():
            await one.work.stop()
