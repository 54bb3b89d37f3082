"""Whoever asks strictly learns by the exit code that a target was missed; else it is said alone."""

import argparse

import pytest

from benchmarks import __main__ as command
from benchmarks.figures import Figure, Report

MET = Figure("draw", "met", 2.0, "s", target=3.0, at_least=False)
MISSED = Figure("draw", "missed", 4.0, "s", target=3.0, at_least=False, cause="slow")
TOLD = Figure("draw", "told", 4.0, "s")


@pytest.mark.parametrize(
    ("words", "figures", "code"),
    [
        (["--strict"], (MET, TOLD), 0),
        (["--strict"], (MET, MISSED), 1),
        ([], (MET, MISSED), 0),
        (["--strict", "--json"], (MISSED,), 1),
    ],
)
def test_a_missed_target_is_an_error_where_that_is_asked(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    figures: tuple[Figure, ...],
    code: int,
) -> None:
    async def measure(_options: argparse.Namespace, _console: object) -> Report:
        return Report([*figures])

    monkeypatch.setattr(command, "_measure", measure)
    monkeypatch.setattr(command, "configure_logging", lambda **_told: None)
    assert command.main([*words, "--part", "draw"]) == code
    shown = capsys.readouterr()
    assert ("slow" in shown.out + shown.err) == (MISSED in figures)
