"""Who is deactivated does nothing from the next act on, in any role or room; the audit finds where they did."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.decision.aggregate import Context
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.recommendation import commands as n
from selection.recommendation.state import ListState
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f, paths
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import claim_of
from tests.desk import Desk
from tests.whole_round import WholeRound

CODE = "actors-active"


def _expert(desk: Desk) -> Actor:
    return f.actor(paths.experts(desk)[0])


def _chair(desk: Desk) -> Actor:
    desk.act(c.AppointChair(chair=paths.experts(desk)[0], reason=f.ref("why")), f.OFFICER)
    return f.actor(desk.state.chair, Role.CHAIR)


def _surveyor(desk: Desk) -> Actor:
    desk.act(f.team(), f.OFFICER)
    return f.actor("surveyor-1", Role.SURVEYOR)


def _examiner(desk: Desk) -> Actor:
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    return f.actor("examiner-1", Role.EXAMINER)


ACTS: dict[str, tuple[Stage, Callable[[Desk], Actor], Callable[[Desk], Frozen]]] = {
    "applicant": (Stage.SUBMITTED, lambda desk: f.APPLICANT, lambda desk: c.Withdraw()),
    "officer": (Stage.CHECKING, lambda desk: f.OFFICER, lambda desk: c.PassCheck(revision=1)),
    "expert": (Stage.REVIEW, _expert, lambda desk: f.accept()),
    "surveyor": (Stage.SURVEY, _surveyor, lambda desk: f.survey()),
    "chair": (
        Stage.APPRAISAL,
        _chair,
        lambda desk: f.meeting(tuple(paths.experts(desk, "submitted"))),
    ),
    "objector": (Stage.NOTICE, lambda desk: f.actor("objector-1"), lambda desk: f.objection()),
    "examiner": (
        Stage.NOTICE,
        _examiner,
        lambda desk: f.settle(),
    ),
}


def deactivate(desk: Desk, person: str) -> None:
    gone = desk.world.people[person].with_(active=False)
    desk.world = desk.world.with_(people={**desk.world.people, person: gone})


@pytest.mark.parametrize("who", ACTS)
def test_who_is_deactivated_does_nothing_in_an_application(who: str) -> None:
    stage, actor_of, command_of = ACTS[who]
    desk = paths.application_in(stage)
    actor, command = actor_of(desk), command_of(desk)
    before = desk.world
    deactivate(desk, actor.person)
    assert desk.refuse(command, actor) == "not-entitled"
    desk.world = before
    desk.act(command, actor)


def test_nor_in_a_list_or_as_anybody_of_a_round() -> None:
    listed = paths.unit_list()
    deactivate(listed, "recommender-1")
    act = n.Recommend(application="0001", revision=1)
    assert isinstance(listed.state, ListState)
    assert listed.refuse(act, f.RECOMMENDER) == "not-entitled"
    for stage, command, actor in (
        ("call", r.CancelRound(reason=f.ref()), f.actor("admin-1")),
        ("approval", r.RecordIntegrityCheck(proposal=1, text=f.ref()), f.SUPERVISOR),
        ("approval", r.Approve(proposal=1, level="department"), f.actor("approver-1")),
    ):
        desk = paths.round_in(RoundStage(stage))
        deactivate(desk, actor.person)
        assert desk.refuse(command, actor) == "not-entitled", command


def _deactivate_officer(monkeypatch: pytest.MonkeyPatch, *, broken: bool) -> WholeRound:
    """A round with an application in the check, whose officer was deactivated before the check was passed."""
    made = before_the_draw(10)
    made.register(f.person("officer-1", "officer", active=False))
    if broken:
        monkeypatch.setattr(Context, "is_active", True)
    return made


def test_an_officer_who_was_deactivated_commits_no_draw_and_the_audit_finds_one_who_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _deactivate_officer(monkeypatch, broken=False)
    with pytest.raises(Refused, match="not-entitled"):
        made.draw("main")
    assert judge_round(tmp_path, made)[CODE].verdict is Verdict.PROVEN
    made = _deactivate_officer(monkeypatch, broken=True)
    made.draw("main")
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "deactivated-before")


def test_a_round_in_which_all_stayed_active_is_proven(tmp_path: Path) -> None:
    assert claim_of(tmp_path, CODE).verdict is Verdict.PROVEN
