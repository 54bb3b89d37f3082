"""Acts by the command line on a stack that runs."""

import math
import time
from collections.abc import Callable
from typing import Any

from tests.running.waiting import STUCK_AFTER
from tests.starter.support.stack import Up, application_file, rules_file

SECONDS_PER_DAY = 3
"""Where a command takes next to nothing; a multiple of it where this machine is slower, or busy."""
CALENDAR = {"submission": "2024-07-17", "recommendation": "2024-07-18"}
"""After three and four days; later ones are far."""
COMMANDS = 20
"""A rehearsed day is as long as so many take: fewer come before submissions close after three."""
DAYS = {"invitation": 60}


def read_refusal(up: Up, *words: str, person: str) -> str:
    """Return the code with which an act is refused."""
    code, _, err = up(*words, person=person)
    assert code == 2, err
    return err.partition(":")[0]


def stage_of(up: Up, name: str) -> str:
    """Return the stage of a round."""
    return str(up.json("round", "status", name, person="officer-1")["round"]["stage"])


def list_events(up: Up, application: str) -> list[str]:
    """Return the types of what the timeline of an application shows to the officer."""
    return [item["event"] for item in up.json("timeline", application, person="officer-1")["timeline"]]


def foretold(up: Up, *words: str, steps: tuple[str, ...] = ("",)) -> Any:
    """Return what the officer's act would bring by its dry run, once it is seen that this recorded nothing.

    `steps` end the ids of the acts of a command that does several.
    """
    name = words[2]
    before = up.json("status", name, person="officer-1")["entries"]
    said = up.json(*words, "--dry-run", "--command-id", f"dry-{before}", person="officer-1")
    assert "receipt" not in said
    assert up.json("status", name, person="officer-1")["entries"] == before
    for step in steps:
        assert up("receipt", f"dry-{before}{step}", person="officer-1")[0] == 4
    return said


def draw_in_time(up: Up, round_id: str) -> None:
    """Commit a draw, and open it once its numbers are public."""
    up.json("round", "draw", round_id, person="officer-1")
    until(lambda: up("round", "draw", round_id, "--enter", "07 11 23", person="officer-1")[0] == 0)
    up.json("round", "draw", round_id, "--open", "7 11 23", person="officer-2")


def seats(up: Up, application: str, state: str) -> list[str]:
    """Return who holds the seats in a state."""
    shown = up.json("show", application, person="officer-1")["seats"]
    return [seat["expert"] for seat in shown if seat["state"] == state]


def until(true: Callable[[], Any], every: float = 0.5) -> None:
    """Wait until something holds, which is asked for every so many seconds."""
    given_up = time.monotonic() + STUCK_AFTER
    while not true():
        assert time.monotonic() < given_up
        time.sleep(every)


def open_round(up: Up, name: str, supervisor: str = "sup-1", **changes: dict[str, Any]) -> None:
    """Open a round on the rehearsal clock."""
    sections: dict[str, dict[str, Any]] = {
        "calendar": CALENDAR,
        "days": DAYS,
        "staff": {"supervisors": [supervisor, "supervisor-2"]},
        **changes,
    }
    rules = rules_file(up.data, str(_pace(up)), **sections)
    up.json("round", "open", name, str(rules), person="officer-1")


def _pace(up: Up) -> int:
    """Return the seconds of a rehearsed day, of which submissions have three, at the present speed of a command."""
    began = time.monotonic()
    up.json("person", "list", person="admin-1")
    each = time.monotonic() - began
    return SECONDS_PER_DAY * max(1, math.ceil(each * COMMANDS / SECONDS_PER_DAY))


def submit(up: Up, name: str, host: str, form: Any = "form", **more: Any) -> str:
    """Submit an application, with more contents if any are given, and return ROUND/NUMBER."""
    file = application_file(up.data, host, form, **more)
    receipt = up.json("apply", "submit", name, str(file), person=host)["receipt"]
    return str(receipt["stream"]).removeprefix("application/")
