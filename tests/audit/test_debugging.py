"""Where the debugger may be told to stop. What it does there is shown over real histories, in tests/workflows."""

import bdb
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

import selection.application.decide
from audit.decisions.debugger import BreakUnknown, Stepper, Stop, is_watched


@pytest.fixture(autouse=True)
def _breakpoints_end_with_the_test() -> Iterator[None]:
    """Python keeps breakpoints for all debuggers of a process."""
    yield
    bdb.Breakpoint.clearBreakpoints()


def tell(stop: Stop) -> str:
    return ""


def lines(stepper: Stepper) -> dict[str, list[int]]:
    return {name.rpartition("/")[2]: found for name, found in stepper.get_all_breaks().items()}


STREAM = "application/r/0001"


def test_it_stops_in_the_cores_decision_unless_told_otherwise() -> None:
    line = selection.application.decide.decide.__code__.co_firstlineno
    assert lines(Stepper(STREAM, tell)) == {"decide.py": [line]}


def test_a_place_is_a_line_of_a_file_or_a_function() -> None:
    settle = selection.application.decide.settle.__code__.co_firstlineno
    places = ["selection/decision/machine.py:120", "selection.application.decide.settle"]
    assert lines(Stepper(STREAM, tell, places)) == {"machine.py": [120], "decide.py": [settle]}


@pytest.mark.parametrize(
    "place",
    [
        "nowhere.py:1",
        "selection/decision/machine.py:99999",
        "selection/decision/machine.py:x",
        "selection.decision.machine.no",
        "no",
        "",
    ],
)
def test_what_is_no_place_is_refused(place: str) -> None:
    with pytest.raises(BreakUnknown):
        Stepper(STREAM, tell, [place])


def test_the_debugger_of_an_editor_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_watched()
    monkeypatch.setitem(sys.modules, "pydevd", ModuleType("pydevd"))
    assert is_watched()
