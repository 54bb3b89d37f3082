import pytest

from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.round import commands as c, events as e
from tests import factories as f, paths

WAITING = {
    RoundStage.CHECKING: ("submitted", "withdrawn", "recommended", "checking", "mending"),
    RoundStage.DRAWING: ("eligible",),
    RoundStage.REVIEW: ("eligible", "review"),
    RoundStage.SHORTLISTING: ("review", "scored"),
    RoundStage.SURVEY: ("survey",),
    RoundStage.APPRAISAL: ("appraisal",),
    RoundStage.NOTICE: ("proposed", "notice"),
}


@pytest.mark.parametrize(
    ("stage", "waiting"), [(stage, name) for stage, names in WAITING.items() for name in names]
)
def test_a_stage_lasts_while_an_application_is_in_it(stage: RoundStage, waiting: str) -> None:
    desk = paths.round_in(stage)
    paths.know(desk, {waiting: 1})
    assert desk.look() == ()


def test_a_stage_that_nobody_is_in_is_over() -> None:
    desk = paths.round_in(RoundStage.SURVEY)
    paths.know(desk, {"appraisal": 2, "ended": 5, "survey": 0})
    finished = e.StageFinished(finished="survey", next="appraisal", counts={"appraisal": 2, "ended": 5})
    assert desk.look() == (finished,)


@pytest.mark.parametrize("stage", [RoundStage.CALL, RoundStage.PROPOSAL, RoundStage.APPROVAL])
def test_stages_that_people_or_deadlines_end_do_not_end_by_a_look(stage: RoundStage) -> None:
    assert paths.round_in(stage).look() == ()


@pytest.mark.parametrize("stage", [RoundStage.DRAWING, RoundStage.SHORTLISTING])
def test_what_people_decide_does_not_end_before_they_have(stage: RoundStage) -> None:
    desk = paths.round_in(stage)
    paths.know(desk, {"eligible": 1, "scored": 1})
    assert desk.look() == ()


def test_nothing_is_over_while_a_decision_is_carried_out() -> None:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.know(desk, {}, "0001", by_rank=True)
    desk.act(c.FixShortlist(), f.OFFICER)
    assert desk.look() == ()
    assert desk.refuse(c.ReportBatch(batch="another", touched=1)) == "nothing-to-do"
    report = c.ReportBatch(batch=desk.state.batch, touched=1, left_over=("0002",))
    done = e.BatchFinished(batch=report.batch, touched=1, left_over=("0002",))
    assert desk.act(report) == (done,)
    assert desk.look()


def test_only_the_engine_reports() -> None:
    desk = paths.round_in(RoundStage.CALL)
    report = c.ReportBatch(batch="x", touched=1)
    assert desk.refuse(report, f.OFFICER) == "not-entitled"
    assert desk.refuse(report, f.actor("officer-1", Role.SYSTEM)) == "not-entitled"


BEFORE_THE_END = [
    stage for stage in RoundStage if stage not in (RoundStage.NEW, RoundStage.ISSUED, RoundStage.CANCELLED)
]


@pytest.mark.parametrize("stage", BEFORE_THE_END)
def test_a_round_can_be_cancelled_until_its_list_is_issued(stage: RoundStage) -> None:
    desk = paths.round_in(stage)
    cancelled = e.RoundCancelled(reason=f.ref())
    assert desk.act(c.CancelRound(reason=f.ref()), f.actor("admin-1")) == (cancelled,)
    assert not desk.state.ended
    paths.carry_out(desk)
    assert desk.state.ended
    assert desk.refuse(c.CancelRound(reason=f.ref()), f.OFFICER) == "ended"


def test_an_issued_list_stands() -> None:
    desk = paths.round_in(RoundStage.ISSUED)
    assert desk.refuse(c.CancelRound(reason=f.ref()), f.OFFICER) == "wrong-stage"


@pytest.mark.parametrize("kind", ["open", None, ["open-round"]])
def test_an_unknown_act_is_refused(kind: object) -> None:
    assert paths.round_desk().refuse({"kind": kind}, f.OFFICER) == "unknown-command"


def test_an_act_that_cannot_be_read_is_refused() -> None:
    desk = paths.round_in(RoundStage.CALL)
    body = {"kind": "extend-deadline", "name": "canary", "until": "soon"}
    assert desk.refuse(body, f.OFFICER) == "unreadable"
    assert "canary" not in str(desk.leaves[-1].data)
