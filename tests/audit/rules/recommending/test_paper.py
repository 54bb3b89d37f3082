"""What came on paper and does not follow the rules is found; what does is proven."""

from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.application import commands as c, decide as application
from selection.kernel.stages import Outcome
from selection.round.drawing import decide as draws
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import later, place, with_data
from tests.desk import last_of
from tests.selection.recommendation.test_paper import (
    LAST,
    day,
    enter,
    make_withdrawn_round,
    on_paper,
    the_list,
    waiting,
    withdraw,
)
from tests.whole_round import WholeRound

CODE, LISTED = "paper-in-time", "list.recommended.v1"


def enter_paper() -> WholeRound:
    made = waiting("0002")
    the_list(made).act(on_paper(), f.OFFICER)
    made.app("0001").carry(last_of(the_list(made)))
    made.app("0001").wait(made.now)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.wait(made.now + 5 * f.DAY)
    made.look()
    return made


def test_an_honest_entry_is_proven_and_follows(tmp_path: Path) -> None:
    made = enter_paper()
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].counted == 1
    assert made.app("0002").state.outcome == Outcome.NOT_RECOMMENDED.value
    assert findings(decide_again(tmp_path, made)) == []


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        ({"sent": str(LAST.replace(day=LAST.day + 1) if LAST else "")}, "sent-late"),
        ({"evidence": []}, "paper-unproven"),
        ({"agent": "recommender-2"}, "paper-of-a-stranger"),
        ({"sent": None}, "paper-unmarked"),
    ],
)
def test_an_entry_that_the_rules_forbid_is_found(tmp_path: Path, data: dict[str, Any], finding: str) -> None:
    made = enter_paper()
    made.log = with_data(made.log, place(made.log, LISTED), **data)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


def test_an_entry_after_the_rules_waited_is_found(tmp_path: Path) -> None:
    made = enter_paper()
    made.log = later(made.log, place(made.log, LISTED), 4 * f.DAY)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "paper-not-awaited")


def test_a_paper_that_is_older_than_what_it_recommends_is_found(tmp_path: Path) -> None:
    made = enter_paper()
    made.log = with_data(made.log, place(made.log, LISTED), sent=str(day(made, -1)))
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "paper-before-version")


def test_a_paper_against_the_unit_s_later_word_is_found(tmp_path: Path) -> None:
    made = make_withdrawn_round()
    enter(made, sent=day(made, 1))
    assert judge_round(tmp_path, made)[CODE].verdict is Verdict.PROVEN
    made.log = with_data(made.log, place(made.log, LISTED, nth=1), sent=str(day(made)))
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "paper-withdrawn")


def test_a_unit_that_takes_off_what_was_entered_for_it_is_in_time(tmp_path: Path) -> None:
    made = waiting()
    enter(made)
    made.wait(made.now + f.DAY)
    withdraw(made)
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    # Its own recommendation it takes off by the deadline alone.
    made.log = with_data(made.log, place(made.log, LISTED), sent=None)
    assert judge_round(tmp_path, made)["acts-in-time"].finding == "act-late"


def test_a_draw_before_units_had_their_say_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = waiting()
    enter(made)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.look()
    monkeypatch.setattr(draws, "_refuse_paper_awaited", lambda state, context: None)
    made.commit("main")
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "draw-before-paper")


def test_who_is_bound_and_enters_a_paper_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = waiting()
    made.register(made.people["officer-1"].with_(employer=f.HOST))
    monkeypatch.setattr(application, "refuse_recused", lambda state, command, context: None)
    enter(made)
    claim = judge_round(tmp_path, made)["no-conflict-from-data"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-employer")
