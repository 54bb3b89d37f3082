"""Look up the decision behind an act in the engine's name."""

from typing import Any

from ledger.record import Ledger
from selection.aggregate import event_of
from selection.application.events import PanelSeated
from selection.leaf import Leaf
from selection.panel import Drawn
from selection.recommendation.events import RecommendationFreed
from selection.round.state import RoundState
from selection.streams import aggregate
from selection.warrants import deciding_stream, warranted

KEPT = 64


class Warrants:
    """Checks leaves against the streams that decided them; keeps the last states it parsed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._states: dict[tuple[str, int], Any] = {}
        self._drawn: dict[str, Drawn] = {}

    async def holds(self, leaf: Leaf) -> bool:
        """Tell whether the record holds the decision, or none is needed."""
        stream = deciding_stream(leaf)
        if stream is None:
            return True
        decided = await self._state(stream)
        if decided is None:
            # A place held for an application that does not exist is freed again.
            return isinstance(event_of(leaf), RecommendationFreed)
        return warranted(leaf, decided, await self._result(leaf, decided))

    async def _state(self, stream: str) -> Any:
        found = await self._ledger.reading.snapshot(stream)
        if found is None:
            return None
        key = (stream, found.version)
        if key not in self._states:
            while len(self._states) >= KEPT:
                self._states.pop(next(iter(self._states)))
            self._states[key] = aggregate(stream).load(found.state)
        return self._states[key]

    async def _result(self, leaf: Leaf, decided: Any) -> Drawn | None:
        event = event_of(leaf)
        if not isinstance(event, PanelSeated) or not isinstance(decided, RoundState):
            return None
        draw = decided.draws.get(event.draw)
        if draw is None or draw.result is None:
            return None
        if draw.result.id not in self._drawn:
            _, body = await self._ledger.contents.get(draw.result.id)
            self._drawn = {draw.result.id: Drawn.model_validate_json(body)}
        return self._drawn[draw.result.id]
