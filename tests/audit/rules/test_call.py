"""A call that opens before its day, or takes applications before it, is found; an honest one is proven."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.kernel.day_clock import start_of_day
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import drop, later, place, with_data
from tests.chance.acting import CLIMBING
from tests.whole_round import WholeRound

CODE, OPENED = "call-opened-in-time", "round.call-opened.v1"
DAY = start_of_day(f.RULES.clock, f.RULES.calendar.call)


def open_call_late(monkeypatch: pytest.MonkeyPatch) -> WholeRound:
    """A round that was sealed a month before its call, opened late after reminders, with one application."""
    monkeypatch.setattr(f, "OPENED", DAY - 30 * f.DAY)
    made = WholeRound(f.rules(**CLIMBING), list(f.people().values()))
    made.wait(DAY + 5 * f.DAY)
    made.round.act(r.OpenCall(), f.OFFICER)
    made.now += timedelta(hours=1)
    made.app("0001").act(f.submit(), f.APPLICANT)
    return made


def test_an_honest_call_is_proven_and_its_officer_was_reminded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_call_late(monkeypatch)
    reminded = [leaf for leaf in made.log if leaf.type == "round.reminded.v1"]
    assert {leaf.data["awaited"] for leaf in reminded} == {"open-call"}
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].counted == 3
    assert findings(decide_again(tmp_path, made)) == []


def test_a_call_that_is_opened_early_or_never_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_call_late(monkeypatch)
    log, at = list(made.log), place(made.log, OPENED)
    cheats: list[tuple[list[Any], str]] = [
        (later(log, at, -20 * f.DAY), "call-opened-early"),
        (drop(log, at), "before-the-call"),
        (with_data(log, 0, awaits_call=None), "call-differs"),
    ]
    for changed, finding in cheats:
        made.log = changed
        claim = judge_round(tmp_path, made)[CODE]
        assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)
