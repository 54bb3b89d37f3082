"""Acts by the command line on a stack that runs, each a process of its own."""

import time
from collections.abc import Callable
from typing import Any

from tests.starter.stack import Up, application_file, rules_file

# Six seconds a day: three times what comes before a deadline takes on an idle machine; later ones are far.
CALENDAR = {"submission": "2024-07-18", "recommendation": "2024-07-20"}
DAYS = {"invitation": 60}


def refused(up: Up, *words: str, person: str) -> str:
    """Return the code with which an act is refused."""
    code, _, err = up(*words, person=person)
    assert code == 2, err
    return err.partition(":")[0]


def seats(up: Up, application: str, state: str) -> list[str]:
    """Return who holds the seats in a state."""
    shown = up.json("show", application, person="officer-1")["seats"]
    return [seat["expert"] for seat in shown if seat["state"] == state]


def until(true: Callable[[], Any], every: float = 2) -> None:
    """Wait until something holds, which is asked for every so many seconds."""
    given_up = time.monotonic() + 150
    while not true():
        assert time.monotonic() < given_up
        time.sleep(every)


def opened(up: Up, name: str, supervisor: str = "sup-1", **changes: dict[str, Any]) -> None:
    """Open a round on the rehearsal clock."""
    sections: dict[str, dict[str, Any]] = {
        "calendar": CALENDAR,
        "days": DAYS,
        "staff": {"supervisors": [supervisor]},
        **changes,
    }
    rules = rules_file(up.data, "6", **sections)
    up.json("round", "open", name, str(rules), person="officer-1")


def submitted(up: Up, name: str, host: str) -> str:
    """Submit an application and return ROUND/NUMBER."""
    file = application_file(up.data, host, "form")
    receipt = up.json("apply", "submit", name, str(file), person=host)["receipt"]
    return str(receipt["stream"]).removeprefix("application/")
