"""Approvals of whom data binds since: the honest round is proven, one issued on such an approval is refuted."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application.commands import ReferConflict, ReplaceAgent
from selection.decision.relations import Tie
from selection.letters.writing import Wake
from selection.round import commands as r
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted
from tests.audit.rules.people.test_recusal import away_from_the_host
from tests.audit.rules.undoing.test_approved_anew import BOTH, approve, make_proposal, notice
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import place, with_data
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, reverse
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


def replace_agent(made: WholeRound) -> None:
    """Have an officer put a close relative of who approved in the agent's place, long after the register said so."""
    made.app("0001").act(ReplaceAgent(agent="applicant-2", reason=f.ref("left")), f.OFFICER)


def rule_on_project(made: WholeRound) -> None:
    made.app("0001").act(f.rule("project-1", upheld=True), f.SUPERVISOR)


def reverse_dismissal(made: WholeRound) -> None:
    for actor in (OTHER, SECOND):
        made.app("0001").act(reverse("conflict", "referred"), actor)


def prepare(made: WholeRound, how: Callable[[WholeRound], None]) -> None:
    """Enter what is known of who is to approve, and binds them to nothing that is proposed before `how` is done."""
    if how is replace_agent:
        made.register(f.person("approver-2", "approver"), Tie(kind="relative", other="applicant-2"))
    elif how is rule_on_project:
        told = f.report_conflict("approver-2", "project-1")
        made.app("0001").act(told, f.OFFICER)
    else:
        away_from_the_host(made, "approver-2", "approver")
        for number in BOTH:
            made.app(number).act(ReferConflict(report="referred", expert="approver-2"), f.OFFICER)
            made.app(number).act(f.rule("referred", upheld=False), f.SUPERVISOR)


@pytest.mark.parametrize("how", [replace_agent, rule_on_project, reverse_dismissal])
def test_what_binds_who_approved_by_another_way_than_the_register_wakes_the_round(
    tmp_path: Path, how: Callable[[WholeRound], None]
) -> None:
    with pause_counting():
        made = make_proposal()
        made.register(f.person(SPARE, "approver"))
        prepare(made, how)
        notice(made)
        approve(made, "department", "approver-1")
        approve(made, "ministry", "approver-2", "approver-3")
        how(made)
        assert made.round.refuse(r.IssueList(proposal=1), f.OFFICER) in ("approval-bound", "report-open")
        assert Wake(round=f.ROUND, stage="cleared") in made.app("0001").sent[-4:]
        made.look()
        assert made.log[-1].type == VOIDED
        added = r.ChangePost(post="approvers", level="ministry", add=(SPARE,), reason=f.ref("moved"))
        made.round.act(added, f.SUPERVISOR)
        approve(made, "ministry", SPARE)
    assert list_refuted(tmp_path, made).keys() <= {"list-equals-outcomes"}
    assert findings(decide_again(tmp_path, made)) == []
