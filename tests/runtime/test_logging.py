import json
import logging

import pytest
import structlog

from runtime.logging import configure_logging

pytestmark = pytest.mark.usefixtures("logs")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_structlog_and_the_standard_library_give_the_same_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    structlog.contextvars.bind_contextvars(round="2024-2")
    structlog.get_logger("ours").info("recorded", seq=7)
    logging.getLogger("theirs").warning("sent %s", "it", extra={"temporal_workflow": {"workflow_id": "w"}})
    ours, theirs = lines(capsys)
    assert ours.pop("timestamp")
    assert ours == {"event": "recorded", "level": "info", "logger": "ours", "round": "2024-2", "seq": 7}
    assert theirs.pop("timestamp")
    assert theirs == {
        "event": "sent it",
        "level": "warning",
        "logger": "theirs",
        "round": "2024-2",
        "temporal_workflow": {"workflow_id": "w"},
    }


def test_the_level_holds_for_both(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True, level="WARNING")
    structlog.get_logger("ours").info("quiet")
    logging.getLogger("theirs").info("quiet")
    assert lines(capsys) == []


@pytest.mark.parametrize("as_json", [False, True])
def test_what_a_library_says_is_one_line_and_steers_no_terminal(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    configure_logging(json=as_json)
    logging.getLogger("theirs").warning("before \x1b[2J\r\u202e after\nanother line")
    [said] = capsys.readouterr().err.splitlines()
    assert "before [U+001B][2J[U+000D][U+202E] after" in said
