"""A refusal tells no more of an application than the visibility table shows to who asked."""

import pytest

from selection.application import commands as c
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, paths

pytestmark = pytest.mark.long

SETTLED = [stage for stage in Stage if stage is not Stage.NEW]
STRANGERS: list[tuple[Frozen, Actor]] = [
    (c.Withdraw(), f.actor("applicant-2", "applicant")),
    (f.review(), f.actor("expert-19", "expert")),
    (f.survey(), f.actor("surveyor-9", "surveyor")),
    (f.settle(), f.actor("examiner-9", "examiner")),
    (c.PassCheck(revision=1), f.actor("officer-9", "officer")),
]


def read_refusal(stage: Stage, command: Frozen, actor: Actor) -> Refused:
    with pytest.raises(Refused) as refused:
        paths.application_in(stage).act(command, actor)
    return refused.value


@pytest.mark.parametrize("stage", SETTLED)
def test_to_strangers_it_is_the_same_in_every_stage(stage: Stage) -> None:
    for command, actor in STRANGERS:
        refused = read_refusal(stage, command, actor)
        assert refused.code == "not-entitled"
        assert set(refused.params) == {"roles"}


@pytest.mark.parametrize("stage", [stage for stage in SETTLED if stage is not Stage.NOTICE])
def test_who_may_object_learns_only_that_there_is_no_notice(stage: Stage) -> None:
    refused = read_refusal(stage, f.objection("objection-9"), f.actor("objector-1", "objector"))
    assert (refused.code, refused.params) == ("no-notice", {})


@pytest.mark.parametrize(
    ("stage", "shown"),
    [("scored", "review"), ("proposed", "appraised"), ("reserve", "appraised"), ("held", "notice")],
)
def test_what_is_decided_and_not_yet_public_is_told_to_those_who_oversee_only(stage: str, shown: str) -> None:
    assert read_refusal(Stage(stage), c.Withdraw(), f.APPLICANT).params["stage"] == shown
    assert read_refusal(Stage(stage), c.PassCheck(revision=1), f.OFFICER).params["stage"] == stage


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f.accept(), "already-done"),
        (c.DeclineInvitation(), "score-locked"),
        (f.review(), "score-locked"),
        (c.DeclareConflict(text=f.ref()), "to-be-reported"),
    ],
)
def test_an_expert_is_not_told_that_the_score_is_fixed(command: Frozen, code: str) -> None:
    scored = paths.application_in(Stage.SCORED)
    [member, *_] = [seat.expert for seat in scored.state.seats if seat.status == "submitted"]
    assert read_refusal(Stage.SCORED, command, f.actor(member, "expert")).code == code
    if code != "to-be-reported":
        reviewing = paths.application_in(Stage.REVIEW)
        reviewing.act(f.accept(), f.actor(member, "expert"))
        reviewing.act(f.review(), f.actor(member, "expert"))
        assert reviewing.refuse(command, f.actor(member, "expert")) == code


def test_nobody_is_told_how_it_ended() -> None:
    for command, actor in ((f.review(), f.actor("expert-1", "expert")), (c.Withdraw(), f.APPLICANT)):
        refused = read_refusal(Stage.ENDED, command, actor)
        assert (refused.code, refused.params) == ("ended", {})
