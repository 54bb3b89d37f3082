"""An outsider hands in a bid that binds the officers, and lets it fall."""

from pathlib import Path

import pytest

from audit.claims import Claim, Verdict
from selection.application import commands as c
from selection.kernel.stages import Outcome
from selection.refusals.refused import Refused
from tests import factories as f
from tests.audit.support.small_round import judge_round
from tests.whole_round import WholeRound

HONEST, THROWN = "91-honest", "91-other"


def test_a_bid_that_nobody_recommends_binds_no_officer(tmp_path: Path) -> None:
    made = begin_check(recommended=False)
    assert made.app("0002").state.outcome == Outcome.NOT_RECOMMENDED
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    assert judge(tmp_path, made).verdict is Verdict.PROVEN


def test_a_bid_that_fails_its_check_binds_no_officer_from_then_on(tmp_path: Path) -> None:
    made = begin_check(recommended=True)
    with pytest.raises(Refused, match="rival-bid"):
        made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    fail = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
    made.app("0002").act(fail, f.actor("officer-2", f.OFFICER.role))
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    assert judge(tmp_path, made).verdict is Verdict.PROVEN


def begin_check(*, recommended: bool) -> WholeRound:
    """A round in its check with an honest bid, and one of the unit that employs an officer."""
    people = f.people()
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=HONEST)
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people.values())
    made.now += f.DAY
    made.app("0001").act(f.submit(host=f.unit(HONEST)), f.APPLICANT)
    made.app("0002").act(f.submit(host=f.unit(THROWN)), f.actor("applicant-3"))
    for number in ("0001", "0002") if recommended else ("0001",):
        made.recommend("bj", "recommender-1", number)
    made.wait(f.deadline("recommendation") + f.DAY)
    made.register(f.person("officer-1", "officer", employer=THROWN))
    return made


def judge(folder: Path, made: WholeRound) -> Claim:
    return judge_round(folder, made)["no-conflict-from-data"]
