"""How many tamperings are asked for, and the count of those that were done: told at the end of every run.

`TAMPERINGS` asks for so many in all (`make test` and `make tamper` say how many). Where it is set and the run was
not narrowed, fewer than asked for fail the run.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import pytest

from tests.run_properties import Tell, read_properties
from tests.tamper.hands import HISTORY_CASES, INSIDER_CASES, RECORD_CASES, Case

ASKED = int(os.environ.get("TAMPERINGS") or 2000)
IN_HISTORIES = ASKED * 5 // 100 // len(HISTORY_CASES)
"""Of each case on a bundle with histories; 5 of 100 in all, since a replay takes its time."""
BY_INSIDERS = ASKED * 6 // 100 // len(INSIDER_CASES)
"""Of each case by who holds the servers' keys; 6 of 100 in all, since each is found by a whole proof alone."""
IN_RECORDS = -(
    -(ASKED - IN_HISTORIES * len(HISTORY_CASES) - BY_INSIDERS * len(INSIDER_CASES))
    // (len(RECORD_CASES) - len(INSIDER_CASES))
)
"""Of each other case; rounded up."""
ROOM = 20
"""For each that is asked for, so many may give no room, before a case is taken for one that has none."""
PROPERTY = "tampering"


def count_asked(case: Case) -> int:
    """Return how many tamperings are asked of a case."""
    if case.histories:
        return IN_HISTORIES
    return BY_INSIDERS if case in INSIDER_CASES else IN_RECORDS


@dataclass
class Count:
    """What a case came to. `alone` were found by the record's own story, without a checkpoint from outside."""

    kind: str
    hand: str
    histories: bool
    asked: int
    done: int = 0
    found: int = 0
    alone: int = 0
    no_room: int = 0

    @classmethod
    def of(cls, case: Case) -> "Count":
        """Nothing yet of a case."""
        return cls(case.id, case.hand, case.histories, count_asked(case))

    def tell(self, tell: Tell) -> None:
        """Hand the count to the end of the run, also from another process."""
        tell(PROPERTY, asdict(self))


def counts(config: pytest.Config) -> list[Count]:
    """The counts that this run's tests told."""
    found = [Count(**item) for item in read_properties(config, PROPERTY)]
    return sorted(found, key=lambda item: (item.histories, item.kind, item.hand))


def table(found: Iterable[Count]) -> Iterator[str]:
    """Give the lines that tell what was done."""
    tampered = [*found]
    yield f"{'kind':<50}{'':<18}{'done':>6}{'found':>7}{'no room':>9}{'also without a checkpoint outside':>35}"
    for item in tampered:
        kind = f"{item.kind}{' (histories)' if item.histories else ''}"
        yield f"{kind:<50}{item.hand:<18}{item.done:>6}{item.found:>7}{item.no_room:>9}{item.alone:>35}"
    done, missed = sum(item.done for item in tampered), sum(item.done - item.found for item in tampered)
    deep = sum(item.done for item in tampered if item.histories)
    yield f"{done} tamperings, {deep} of them in histories; {done - missed} found, {missed} missed"


def short_of(config: pytest.Config) -> str:
    """Say in how far a whole run did less than was asked for; nothing if it did not, or was not asked."""
    found = counts(config)
    narrowed = config.option.keyword or config.option.collectonly
    if not os.environ.get("TAMPERINGS") or narrowed or not (found or _is_everything(config)):
        return ""
    done = sum(item.done for item in found)
    return "" if done >= ASKED else f"asked for {ASKED} tamperings"


def _is_everything(config: pytest.Config) -> bool:
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS
