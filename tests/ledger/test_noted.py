"""A decision that asks twice is told the same twice, or made again."""

from collections.abc import Callable

import pytest

from ledger.decision.reads import ReadNotes
from ledger.errors import ReadsMoved

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
