"""An outsider hands in a bid that binds the officers, and lets it fall."""

from pathlib import Path

import pytest

from audit.claims import Claim, Verdict
from selection.application import commands as c
from selection.application.submission import Submission
from selection.kernel.stages import Outcome
from selection.refusals.refused import Refused
from tests import factories as f
from tests.audit.support.small_round import judge_round
from tests.whole_round import WholeRound

HONEST, THROWN, THIRD = "91-honest", "91-other", "91-third"


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


def test_a_co_builder_that_was_only_named_binds_nobody(tmp_path: Path) -> None:
    """Nobody recommends it, or somebody does: whose employer it names without asking checks the honest ones."""
    made = begin_check(recommended=True, named=True)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    assert judge(tmp_path, made).verdict is Verdict.PROVEN


def test_a_co_builder_that_confirmed_binds_whom_it_employs(tmp_path: Path) -> None:
    made = begin_check(recommended=True, named=True, confirmed=True)
    with pytest.raises(Refused, match="rival-bid"):
        made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.app("0001").act(c.PassCheck(revision=1), f.actor("officer-2", f.OFFICER.role))
    assert judge(tmp_path, made).verdict is Verdict.PROVEN


def begin_check(*, recommended: bool, named: bool = False, confirmed: bool = False) -> WholeRound:
    """A round in its check with an honest bid, and one of the unit that employs an officer, or that names it."""
    people = f.people()
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=HONEST)
    people["applicant-9"] = f.person("applicant-9", "applicant", employer=THIRD)
    people["applicant-8"] = f.person("applicant-8", "applicant", employer=THROWN)
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people.values())
    made.now += f.DAY
    made.app("0001").act(f.submit(host=f.unit(HONEST)), f.APPLICANT)
    if named:
        made.app("0002").act(c.Submit(submission=name_partner()), f.actor("applicant-9"))
    else:
        made.app("0002").act(f.submit(host=f.unit(THROWN)), f.actor("applicant-3"))
    if confirmed:
        made.app("0002").act(c.ConfirmCoBuilding(co_builder=THROWN, revision=1), f.actor("applicant-8"))
    for number in ("0001", "0002") if recommended else ("0001",):
        made.recommend("bj", "recommender-1", number)
    made.wait(f.deadline("recommendation") + f.DAY)
    made.register(f.person("officer-1", "officer", employer=THROWN))
    return made


def name_partner() -> Submission:
    return f.joint(host=f.unit(THIRD), co_builders=(f.unit(THROWN, kind="university"),))


def judge(folder: Path, made: WholeRound) -> Claim:
    return judge_round(folder, made)["no-conflict-from-data"]
