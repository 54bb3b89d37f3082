"""Where the debugger may be told to stop. What it does there is shown over real histories, in tests/workflows."""

import bdb
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
import workflows.loop

from audit.debugging import BreakUnknown, Stepper, Stop, is_watched


@pytest.fixture(autouse=True)
def _breakpoints_end_with_the_test() -> Iterator[None]:
    """Python keeps breakpoints for all debuggers of a process."""
    yield
    bdb.Breakpoint.clearBreakpoints()


def told(stop: Stop) -> str:
    return ""


def lines(stepper: Stepper) -> dict[str, list[int]]:
    return {name.rpartition("/")[2]: found for name, found in stepper.get_all_breaks().items()}


def test_it_stops_before_each_act_unless_told_otherwise() -> None:
    take = workflows.loop.StreamLoop.take.__code__.co_firstlineno
    assert lines(Stepper(told)) == {"loop.py": [take]}


def test_a_place_is_a_line_of_a_file_or_a_function() -> None:
    settle = workflows.loop.StreamLoop.settle.__code__.co_firstlineno
    places = ["workflows/loop.py:100", "workflows.loop.StreamLoop.settle"]
    assert lines(Stepper(told, places)) == {"loop.py": [100, settle]}


@pytest.mark.parametrize(
    "place",
    ["nowhere.py:1", "workflows/loop.py:99999", "workflows/loop.py:x", "workflows.loop.nothing", "no", ""],
)
def test_what_is_no_place_is_refused(place: str) -> None:
    with pytest.raises(BreakUnknown):
        Stepper(told, [place])


def test_the_debugger_of_an_editor_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_watched()
    monkeypatch.setitem(sys.modules, "pydevd", ModuleType("pydevd"))
    assert is_watched()
