from io import StringIO
from typing import Any, cast

import pytest
from rich.console import Console

from ledger.log.reading import Reading
from ledger.log.receipts import Entry
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.refusals.refused import Refused
from selection.round.state import RoundState
from starter.demo.desk import Refusal
from starter.demo.example import Scheme, load_example
from starter.demo.narrator import Narrator
from tests import factories as f


class Log:
    """A log that holds these events."""

    def __init__(self, *events: tuple[str, dict[str, Any]]) -> None:
        self._entries = [self._entry(seq, kind, data) for seq, (kind, data) in enumerate(events)]

    def _entry(self, seq: int, kind: str, data: dict[str, Any]) -> Entry:
        leaf = Leaf(
            type=kind,
            stream="round/r",
            version=seq + 1,
            actor=Actor(person="officer-1", role=Role.OFFICER),
            at=f.OPENED,
            recorded=f.OPENED,
            register_size=1,
            rules="",
            data=data,
        )
        return Entry(log="r", seq=seq, body=b"", leaf_hash=b"", leaf=leaf)

    async def entries(self, _log: str, after: int) -> list[Entry]:
        return self._entries[after + 1 :]


async def narrate(scheme: Scheme, *events: tuple[str, dict[str, Any]]) -> str:
    """What the narrator says of events of a round under the example's rules."""
    example, console = load_example(scheme), Console(file=StringIO(), width=300)
    state = RoundState(stream="round/r", sealed=example.rules)
    narrator = Narrator(console, "en", example.rehearsal.called)
    await narrator.follow(cast("Reading", cast("Any", Log(*events))), state)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "2024-08-28 24:00 Beijing time"), ("zh", "北京时间2024年8月28日 24:00")],
)
def test_a_refusal_is_told_in_the_words_of_the_client(language: str, told: str) -> None:
    console = Console(file=StringIO(), width=300)
    late = Refused("late", deadline="submission", until="2024-08-28T16:00:00+00:00")
    narrator = Narrator(console, language, load_example().rehearsal.called)
    narrator.refusal(Refusal("applicant-35", "A35", "submit", late))
    assert isinstance(console.file, StringIO)
    said = console.file.getvalue()
    assert told in said
    assert "T16:00" not in said


def make_stage_finished(stage: str, following: str) -> tuple[str, dict[str, Any]]:
    return "round.stage-finished.v1", {"finished": stage, "next": following}


COURSE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("round.submission-closed.v1", {}),
    ("round.intake-closed.v1", {}),
    ("round.shortlist-fixed.v1", {"listed": {"0001": 1}}),
    make_stage_finished("shortlisting", "survey"),
    make_stage_finished("survey", "appraisal"),
    make_stage_finished("appraisal", "proposal"),
    ("round.proposed.v1", {"proposal": 1, "items": [{}], "deviations": {}}),
    ("round.list-issued.v1", {"places": {"0001": 1, "0002": 2}}),
)


async def test_of_a_stage_that_the_rules_leave_out_nothing_is_told() -> None:
    ours, grants = await narrate("second-batch", *COURSE), await narrate("grant", *COURSE)
    stages = (
        "recommendation closed",
        "Site survey",
        "0 sites visited",
        "Overall appraisal",
        "goes to the site survey",
    )
    assert [said for said in stages if said not in ours] == []
    assert [said for said in (*stages, "urvey", "centre", "most needed") if said in grants] == []
    for said in (
        "submission closed",
        "Proposal 1: 1 project;",
        "1 application is shortlisted",
        "list of 2 projects",
    ):
        assert said in grants
    assert "list of 2 centres" in ours


UNDONE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("integrity.ruled.v1", {"application": "0016", "cleared": False}),
    ("integrity.stop-lifted.v1", {"application": "0016"}),
    ("approval.given.v1", {"proposal": 1, "level": "ministry", "passed": False}),
)


async def test_a_ruling_that_is_undone_is_told_as_it_was_and_as_it_is() -> None:
    told = await narrate("second-batch", *UNDONE)
    assert "upholds the hit, and the item is stopped" in told
    assert "two supervisors undo that" in told
    assert "cleared by a person" not in told
    assert "Level ministry: one approval\n" in told
