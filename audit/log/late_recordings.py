"""Entries that were recorded long after their act, as in an outage of the record: listed, for a person to judge."""

from collections.abc import Iterator
from datetime import timedelta

from audit.claims import Remark
from audit.log.entries import DEADLINE
from selection.kernel.leaf import Leaf
from selection.streams import log_of

LONG = timedelta(minutes=15)
"""[D] What an act may wait for the record before it is listed."""
AFTER_GRACE = 2 * LONG
"""[D] The same for what a deadline brought: it is dated at the deadline, and settled when the grace is over."""


class Spans:
    """Collects, on the way through a log, what was recorded late."""

    def __init__(self) -> None:
        self._acts: list[tuple[str, int]] = []
        self._deadlines = 0

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Look at an entry's two instants."""
        waited = leaf.recorded - leaf.at
        if str(leaf.data["command_id"]).startswith(DEADLINE):
            self._deadlines += waited > AFTER_GRACE
        elif waited > LONG:
            self._acts.append((f"{log_of(leaf.stream)}#{seq}", int(waited / timedelta(minutes=1))))

    def list_late(self, round_id: str) -> Iterator[Remark]:
        """Give every such act by itself, with its minutes, and how many deadlines were settled late."""
        for point, minutes in self._acts:
            yield Remark(code="recorded-late", subject=point, counted=minutes)
        if self._deadlines:
            yield Remark(code="deadlines-settled-late", subject=round_id, counted=self._deadlines)
