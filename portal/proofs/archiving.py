"""Histories that are kept at somebody's request: of each round once at a time, whoever looks or leaves.

The work itself is Temporal's and goes on without this process; what is kept here says how far it is, and what came
of it. After a restart whoever asks again has it done after what is still going on.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from portal.proofs.work import Work
from selection.refusals.refused import Refused
from starter.archive.archive import ArchiveResult

Tell = Callable[[int], None]
Keep = Callable[[Tell], Awaitable[ArchiveResult]]


class Archiving:
    """What was asked for a round: by whom and when, how far it is, and what was found."""

    def __init__(self, person: str, command_id: str) -> None:
        self.person = person
        self.command_id = command_id
        self.at = datetime.now(UTC)
        self.work = Work()
        self.found: ArchiveResult | None = None
        self.refused: Refused | None = None

    def begin(self, streams: int, keep: Keep) -> None:
        """Have it done by itself; of so many streams each is looked at."""

        def tell(looked: int) -> None:
            self.work.tell("histories", looked, max(streams, looked))

        async def archive() -> None:
            try:
                self.found = await keep(tell)
            except Refused as refused:
                self.refused = refused

        self.work.begin(archive)


class Archivings:
    """The latest of each round."""

    def __init__(self) -> None:
        self._of: dict[str, Archiving] = {}

    def find(self, round_id: str) -> Archiving | None:
        """Return what was asked last for a round since this process began."""
        return self._of.get(round_id)

    def begin(self, round_id: str, asked: Archiving, streams: int, keep: Keep) -> None:
        """Begin it, unless the same round's is going on: then that is what there is to wait for."""
        going_on = self._of.get(round_id)
        if going_on is None or not going_on.work.running:
            self._of[round_id] = asked
            asked.begin(streams, keep)

    async def close(self) -> None:
        """Wait for none of them any more."""
        for one in self._of.values():
            await one.work.stop()
