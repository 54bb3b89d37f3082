"""What others wrote can not steer the terminal of who reads it."""

from pathlib import Path

import pytest

from starter.cli.output import Output
from tests.starter.support.commands import Cli

FORGED = "nice\x1b[2K\x1b[1;32mPROVEN\x9b1A\r\u202egone"
SHOWN = "nice[U+001B][2K[U+001B][1;32mPROVEN[U+009B]1A[U+000D][U+202E]gone"


@pytest.mark.parametrize("name", ["rows", "fields", "say", "text"])
def test_no_way_of_showing_lets_a_control_character_through(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    out = Output("en")
    match name:
        case "rows":
            out.rows("events", ("why",), [{"why": FORGED}], title=FORGED)
        case "fields":
            out.fields("event", {"why": [FORGED]}, title=FORGED)
        case "say":
            out.say(FORGED, FORGED)
        case _:
            out.text("body", FORGED)
    said = capsys.readouterr().out
    assert SHOWN in said
    assert not set("\x1b\x9b\r\u202e") & set(said)


def test_a_failure_is_said_without_steering_either(cli: Cli, tmp_path: Path) -> None:
    answer = cli("audit", "replay", str(tmp_path / "a\x1b[2K.zip"), "0003")
    assert answer.err.startswith("file-missing: ")
    assert "a[U+001B][2K.zip" in answer.err
    assert "\x1b" not in answer.err
