"""Windows into years whose working days nobody knows: what people began so is found, and a guess that is not told."""

from datetime import date
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c, events as e
from selection.refusals.refused import Refused
from selection.round import commands as r, events as re
from selection.rules.working_days import WorkingDays
from tests import factories as f
from tests.audit.support.tampering import Log, place, point, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

UNKNOWN = WorkingDays(
    windows=("mend", "invitation", "review_after_invitation", "notice"), source="test", years=(2023,)
)
SEND_BACK = c.SendBack(faults=("evidence-unclear",), text=f.ref())
LATER = r.ExtendDeadline(cause="organiser", name="appraisal", until=date(2025, 2, 1), reason=f.ref())


def make_round() -> WholeRound:
    """A round at its check, whose rules know no working days of its year."""
    made = WholeRound(f.rules(working_days=UNKNOWN, panel=f.SMALL_PANEL), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.wait(f.deadline("recommendation") + f.DAY)
    return made


def seat_panel() -> WholeRound:
    with pause_counting():
        made = make_round()
        made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
        made.look()
        made.draw("main")
        return made


def claim_of(folder: Path, made: WholeRound, code: str, log: Log | None = None) -> Claim:
    with Bundle(write_bundle(folder / "round.zip", made, log or made.log)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == code)


def test_an_invitation_that_says_which_years_it_guessed_is_proven(tmp_path: Path) -> None:
    made = seat_panel()
    assert made.log[place(made.log, e.PanelSeated.TYPE)].data["guessed"] == [2024]
    assert claim_of(tmp_path, made, "windows-measured").verdict is Verdict.PROVEN


def test_one_that_does_not_is_found(tmp_path: Path) -> None:
    made = seat_panel()
    at = place(made.log, e.PanelSeated.TYPE)
    found = claim_of(tmp_path, made, "windows-measured", with_data(made.log, at, guessed=[]))
    assert (found.finding, found.point) == ("guess-differs", point(at))


def test_what_an_officer_sent_back_into_such_a_year_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pause_counting():
        made = make_round()
        with pytest.raises(Refused, match="calendar-unsealed"):
            made.app("0001").act(SEND_BACK, f.OFFICER)
        monkeypatch.setattr("selection.application.check.decide.refuse_unknown_years", lambda _years: None)
        made.app("0001").act(SEND_BACK, f.OFFICER)
    found = claim_of(tmp_path, made, "windows-measured")
    assert (found.finding, found.point) == (
        "year-unsealed",
        point(place(made.log, e.SentBack.TYPE)),
    )


def test_so_is_a_deadline_that_was_moved_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pause_counting():
        made = make_round()
        monkeypatch.setattr("selection.round.moving.refuse_unknown_years", lambda _years: None)
        made.round.act(LATER, f.OFFICER)
    found = claim_of(tmp_path, made, "acts-in-time")
    moved = place(made.log, re.DeadlineExtended.TYPE)
    assert (found.finding, found.point) == ("year-unsealed", point(moved))


def test_once_the_rules_were_amended_all_of_it_is_proven(tmp_path: Path) -> None:
    with pause_counting():
        made = make_round()
        change = {"path": "working_days.unpublished", "before": "none", "after": "weekends"}
        made.round.act(r.AmendRules.model_validate({**change, "reason": f.ref("why")}), f.OFFICER)
        ruling = {"number": 1, "ruling": "agreed", "reason": f.ref("consent")}
        made.round.act(r.RuleOnAmendment.model_validate(ruling), f.actor("approver-1"))
        made.round.act(LATER, f.OFFICER)
        made.app("0001").act(SEND_BACK, f.OFFICER)
    for code in ("windows-measured", "acts-in-time", "rules-amended-openly"):
        assert claim_of(tmp_path, made, code).verdict is Verdict.PROVEN
