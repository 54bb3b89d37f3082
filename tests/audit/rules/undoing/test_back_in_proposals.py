"""Whoever failed a late check and came back is decided on as others are, also where another had their place."""

from datetime import timedelta
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.round import commands as r
from tests import factories as f
from tests.audit.rules.undoing.test_late_failures import (
    FIRST,
    SECOND_BEST,
    bring_back,
    fail_late,
    reach_approval,
)
from tests.audit.support.small_round import judge_round
from tests.selection.reversing.reversals import OTHER, reverse
from tests.whole_round import WholeRound

FILLED = pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])


def come_back(*, filled: bool) -> WholeRound:
    """The first failed, another had its place or nobody, and it came back."""
    made = reach_approval()
    fail_late(made)
    made.look()
    if filled:
        made.fill(SECOND_BEST)
    bring_back(made)
    return made


def end_notice(made: WholeRound) -> None:
    made.wait(made.now + timedelta(days=9))
    made.look()
    assert made.round.state.stage is RoundStage.APPROVAL


@FILLED
def test_whom_data_binds_to_it_neither_proposes_nor_checks_nor_approves(filled: bool) -> None:
    """Seen before: with its place filled meanwhile, it counted as gone, and nobody was asked."""
    made = come_back(filled=filled)
    for person in ("officer-2", "supervisor-1", "approver-1"):
        made.register(f.person(person, person.partition("-")[0], employer=f.HOST))
    assert made.round.refuse(f.propose(FIRST), OTHER) == "same-employer"
    made.propose(FIRST)
    made.open_notice()
    end_notice(made)
    number = made.round.state.proposal
    check = r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity"))
    assert made.round.refuse(check, f.SUPERVISOR) == "same-employer"
    made.judge(check, "supervisor-2")
    approve = r.Approve(proposal=number, level="department")
    assert made.round.refuse(approve, f.actor("approver-1", Role.APPROVER)) == "same-employer"


@FILLED
@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_it_is_held_once_where_a_ruling_on_it_is_reversed(filled: bool, outcome: str, tmp_path: Path) -> None:
    made = come_back(filled=filled)
    made.propose(FIRST)
    made.open_notice()
    for name in ("examiner-1", "examiner-2"):
        made.register(f.person(name, "supervisor"))
    made.register(f.person("objector-9", "objector"))
    desk = made.app(FIRST)
    for command, actor in (
        (f.objection(), f.actor("objector-9")),
        (f.examiners("examiner-1", "examiner-2"), f.OFFICER),
        (f.settle(outcome), f.actor("examiner-1", Role.EXAMINER)),
    ):
        desk.act(command, actor)
    end_notice(made)
    for actor in (f.OFFICER, f.SUPERVISOR):
        desk.act(reverse("objection", objection="objection-1"), actor)
    made.look()
    state = made.round.state
    assert [item.application for item in state.held] == [FIRST]
    assert (state.gone, state.free_places) == ((), 0)
    claims = judge_round(tmp_path, made).values()
    assert [claim.code for claim in claims if claim.verdict is Verdict.REFUTED] == []


@FILLED
def test_one_officer_alone_does_not_leave_out_what_stood_in_a_notice(filled: bool) -> None:
    """Seen before: what had failed late and came back was left out as if it had never been proposed."""
    made = come_back(filled=filled)
    assert made.round.refuse(f.propose(SECOND_BEST), f.OFFICER) == "proposal-deviates"
