"""A decision that asks twice is told the same twice, or made again."""

from collections.abc import Callable
from typing import Any

import pytest

from ledger.decision.facts import FactsReader
from ledger.decision.reads import ReadNotes
from ledger.errors import ReadsMoved
from ledger.log.reading import Snapshot
from selection.decision.facts import FactsRequest
from selection.decision.views import OthersThatLeft
from selection.projections.rows import row_of
from selection.streams import ROUND, application_stream, round_stream
from tests import factories as f
from tests.round_story import tell_round

NOTES: dict[str, tuple[Callable[[ReadNotes], None], Callable[[ReadNotes], None]]] = {
    "a stream": (lambda noted: noted.of_stream("round/r", 3), lambda noted: noted.of_stream("round/r", 4)),
    # Found by an audit of the demo: a stage ended on counts, the next look counted again, and only those were compared.
    "counts": (lambda noted: noted.of_stages({"review": 1}), lambda noted: noted.of_stages({"review": 2})),
    "a mark": (lambda noted: noted.of_mark("scored", "1/7"), lambda noted: noted.of_mark("scored", "1/8")),
}


@pytest.mark.parametrize("what", NOTES)
def test_what_reads_otherwise_the_second_time_moved(what: str) -> None:
    first, other = NOTES[what]
    noted = ReadNotes("r", "application/r/1")
    first(noted)
    first(noted)
    with pytest.raises(ReadsMoved):
        other(noted)


def test_the_first_reading_is_what_is_compared() -> None:
    noted = ReadNotes("r", "application/r/1", register_size=5)
    noted.of_stages({"review": 1})
    noted.of_stream("round/r", 3)
    assert noted.reads().counts == {"review": 1}
    assert noted.reads().streams == {"round/r": 3}


class _Reading:
    """The told round with two that left, as its snapshots have it."""

    renewal: Any = None

    async def snapshot(self, stream: str) -> Snapshot:
        state = tell_round().desk(stream).state
        if stream == round_stream(f.ROUND):
            state = state.with_(removed=("0001",), gone=tell_round().round.state.items[:1])
        return Snapshot(version=state.version, state=ROUND.dump(state) if "round/" in stream else "")

    async def application(self, stream: str) -> dict[str, Any]:
        return row_of(tell_round().desk(stream).state).model_dump(mode="json")


async def test_of_what_its_own_entries_change_nothing_is_compared() -> None:
    """An application that comes back would else be decided on for ever: its stage and stream move by that."""
    other = tell_round().round.state.items[0].application
    reading: Any = _Reading()
    nothing: Any = None
    noted = ReadNotes(f.ROUND, application_stream(f.ROUND, "0001"))
    facts = await FactsReader(reading, nothing, nothing, nothing).read(
        FactsRequest(view=OthersThatLeft(number="0001")), noted
    )
    assert [item.stream for item in facts.candidates] == [application_stream(f.ROUND, other)]
    assert set(noted.streams) == {round_stream(f.ROUND), application_stream(f.ROUND, other)}
    assert noted.counts is None
