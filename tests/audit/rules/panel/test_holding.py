"""A panel that stands still for a report that holds nothing is found, and whoever has too many reports open."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application.review import decide as reviewing
from selection.application.state import ApplicationState
from tests import factories as f, paths
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.whole_round import WholeRound

pytestmark = pytest.mark.long

CODE = "reports-bounded"


def review_with(*people: str) -> WholeRound:
    """A round whose panel has reviewed, after an officer reported conflicts of these people."""
    made = before_the_draw(12)
    made.draw("main")
    desk = made.app("0001")
    for number, person in enumerate(people):
        desk.act(f.report_conflict(person, f"report-{number}"), f.OFFICER)
    paths.review_all(desk)
    return made


def test_a_panel_that_stands_still_for_somebody_without_a_part_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(ApplicationState, "holding_reports", property(lambda self: self.open_reports))
        made = review_with("nobody-1")
        assert made.app("0001").state.score is None
        made.app("0001").act(f.rule("report-0", upheld=False), f.SUPERVISOR)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "held-without-part")


def test_whoever_has_more_reports_open_than_the_rules_let_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(reviewing, "count_open", lambda *_: 0)
        made = review_with("nobody-1", "nobody-2", "nobody-3", "nobody-4")
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "too-many-reports")


def test_a_score_that_is_fixed_over_a_report_that_holds_it_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(ApplicationState, "holding_reports", {})
        made = review_with("officer-1")
    judged = judge_round(tmp_path, made)
    assert (judged[CODE].verdict, judged["scores-founded"].finding) == (Verdict.PROVEN, "report-open")


def test_a_panel_that_waits_for_the_ruling_on_one_of_its_own_is_in_order(tmp_path: Path) -> None:
    made = review_with("officer-1", "nobody-2")
    assert made.app("0001").state.score is None
    made.app("0001").act(f.rule("report-0", upheld=False), f.SUPERVISOR)
    assert made.app("0001").state.score is not None
    judged = judge_round(tmp_path, made)
    assert {judged[code].verdict for code in (CODE, "scores-founded")} == {Verdict.PROVEN}
