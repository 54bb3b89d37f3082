"""Approvals of whom data binds since: the honest round is proven, one issued on such an approval is refuted."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.round import commands as r
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted
from tests.audit.rules.undoing.test_approved_anew import approve, make_proposal, notice
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "approvals-in-order"
VOIDED = "approval.voided.v1"
SPARE = "approver-4"


@cache
def _agree() -> WholeRound:
    with pause_counting():
        made = make_proposal()
        made.register(f.person(SPARE, "approver"))
        notice(made)
        approve(made, "department", "approver-1")
        approve(made, "ministry", "approver-2", "approver-3")
    return made


def bind() -> WholeRound:
    """A round whose list every level approved, after which one who did moved to the host of both items."""
    made = deepcopy(_agree())
    made.register(f.person("approver-2", "approver", employer=f.HOST))
    return made


def replace_approval() -> WholeRound:
    """The same round after it looked, and another came to the level and approved."""
    made = bind()
    with pause_counting():
        made.look()
        added = r.ChangePost(post="approvers", level="ministry", add=(SPARE,), reason=f.ref("moved"))
        made.round.act(added, f.SUPERVISOR)
        approve(made, "ministry", SPARE)
        made.issue()
    return made


def test_voided_and_given_by_another_it_is_proven(tmp_path: Path) -> None:
    made = replace_approval()
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN
    assert findings(decide_again(tmp_path, made)) == []
    assert made.log[place(made.log, VOIDED)].data["person"] == "approver-2"


def test_a_list_issued_on_an_approval_of_whom_data_binds_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bind()
    with pause_counting():
        assert made.round.refuse(r.IssueList(proposal=1), f.OFFICER) == "approval-bound"
    monkeypatch.setattr("selection.round.lists.list_void", lambda state, facts, at: ())
    with pause_counting():
        made.issue()
    assert list_refuted(tmp_path, made) == {CODE: "approval-of-bound"}


@pytest.mark.parametrize(
    "changes",
    [{"person": "approver-3"}, {"items": []}, {"items": ["0001"], "person": "approver-1"}],
)
def test_an_approval_voided_though_nothing_binds_its_giver_is_found(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    made = replace_approval()
    made.log = with_data(made.log, place(made.log, VOIDED), **changes)
    assert list_refuted(tmp_path, made)[CODE] == "approval-not-bound"
