"""Nothing fails open: what the core does not know is a fault, never nothing to do and never nothing to see."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import to_json

from selection.decision.aggregate import Context, Due
from selection.decision.command import kind_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Settle, answer_from, decide
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.process.room import ask_nothing
from selection.projections.open_tasks import tasks_of
from selection.projections.rows import ApplicationRow, RoundRow, candidate_of, row_of
from selection.projections.standing import measure_standing
from selection.recommendation import commands as listed
from selection.round import commands as c, decide as round_decisions
from selection.round.state import Draw
from selection.streams import aggregate
from selection.visibility.reading import _scopes
from selection.visibility.viewer import Viewer, relation
from tests import factories as f, paths
from tests.desk import Desk


class Elsewhere(Frozen):
    """A view, a task, a command and a stream that nobody knows."""

    view: str = "elsewhere"


STRANGE: Any = StreamState(stream=f"elsewhere/{f.ROUND}")
DESKS = {
    "application": paths.application_in(Stage.CHECKING),
    "round": paths.round_in(RoundStage.CALL),
    "recommender": paths.unit_list(),
}


def unknown_view() -> FactsRequest:
    return FactsRequest.model_construct(view=Elsewhere())  # type: ignore[arg-type]


@pytest.mark.parametrize("view", ["counts", {"view": "elsewhere"}, {"view": "untold"}, {"view": "quota"}])
def test_a_view_is_one_of_those_that_are_answered(view: Any) -> None:
    with pytest.raises(ValidationError):
        FactsRequest(view=view)


@pytest.mark.parametrize("desk", DESKS.values(), ids=DESKS)
def test_a_desk_answers_no_view_that_it_does_not_know(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="elsewhere"):
        desk.learn(unknown_view())


@pytest.mark.parametrize("desk", DESKS.values(), ids=DESKS)
def test_a_task_of_no_kind_is_not_decided(desk: Desk) -> None:
    task: Any = Elsewhere()
    with pytest.raises(AssertionError, match="elsewhere"):
        answer_from(decide(desk.aggregate, desk.state, task, desk.now), desk.learn)


@pytest.mark.parametrize("desk", DESKS.values(), ids=DESKS)
def test_no_stream_is_decided_folded_or_shown_by_the_rules_of_another(desk: Desk) -> None:
    core = desk.aggregate
    for other in (STRANGE, *(item.state for item in DESKS.values() if item is not desk)):
        with pytest.raises(TypeError):
            answer_from(decide(core, other, Settle(), desk.now), desk.learn)
        with pytest.raises(TypeError):
            core.evolve(other, paths.application_in(Stage.SUBMITTED).leaves[0])
        with pytest.raises(TypeError):
            core.dump(other)
        with pytest.raises(TypeError):
            measure_standing(core, other, Facts())


def test_a_state_of_no_stream_has_no_row_no_tasks_and_shows_to_nobody() -> None:
    for read in (row_of, tasks_of, lambda state: relation(state, "officer-1", None, f.RULES)):
        with pytest.raises(TypeError):
            read(STRANGE)


@pytest.mark.parametrize(
    ("desk", "name"),
    [
        (DESKS["recommender"], "mend"),
        (DESKS["recommender"], "submission"),
        (DESKS["round"], "notice"),
        (DESKS["application"], "elsewhere"),
    ],
)
def test_a_deadline_that_a_stream_does_not_wait_for_settles_nothing(desk: Desk, name: Any) -> None:
    at = desk.now + timedelta(days=400)
    with pytest.raises((ValueError, KeyError)):
        desk.aggregate.settle(desk.state, Due(name, at, at), f.facts())


def test_a_round_knows_of_every_act_what_it_rests_on() -> None:
    desk, less = (
        paths.round_in(RoundStage.CALL),
        {"path": "routes.province.quota", "before": "2", "after": "1"},
    )
    desk.act(c.AmendRules(**less, reason=f.ref()), f.OFFICER)
    waiting = Draw(
        commitment=f.COMMITMENT,
        deposit=f.ref("deposit"),
        inputs=f.ref(),
        by="officer-1",
        post=Role.OFFICER,
        source="",
        issue="",
        public=f.OPENED,
        until=f.OPENED,
    )
    state = desk.state.with_(draws={"main": waiting})
    kinds: list[Any] = list(round_decisions.DECIDES)
    for command in kinds:
        given = command.model_construct(
            add={},
            remove={},
            rules={},
            form_name="review",
            substitute="officer-3",
            application="0001",
            draw="main",
            deposit=f.ref("deposit"),
            commitment=f.COMMITMENT,
            **less,
        )
        asked = round_decisions.needs(state, f.OFFICER, given, f.OPENED, Facts())
        assert (round_decisions.NEEDS[command] is ask_nothing) is asked.empty
    with pytest.raises(AssertionError):
        round_decisions.needs(state, f.OFFICER, Elsewhere(), f.OPENED, Facts())


def test_nobody_is_found_unentangled_for_want_of_what_was_asked() -> None:
    """Who must not approve an application has acted on it, which only its row tells."""
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk, {}, "0001", "0002", stage="cleared", hands={"examiner": ("approver-1", "supervisor-1")})
    checked = c.RecordIntegrityCheck(proposal=1, text=f.ref("integrity"))
    assert desk.refuse(checked, f.SUPERVISOR) == "same-hands"


def test_a_quota_that_was_not_answered_is_no_quota_and_no_refusal() -> None:
    desk = paths.unit_list()
    facts = desk.world.with_(quota=None)
    command = listed.Recommend(application="0001", revision=1)
    with pytest.raises(AssertionError):
        desk.aggregate.decide(desk.state, command, Context(f.RECOMMENDER, desk.now, "id-1", facts))


def test_what_is_no_command_has_no_name() -> None:
    assert kind_of(c.RepeatBatch()) == "repeat-batch"
    with pytest.raises(TypeError):
        kind_of(Elsewhere())


def test_the_stages_of_rows_are_members_and_their_text_is_as_before() -> None:
    application = paths.application_in(Stage.APPRAISED).state
    row, candidate = row_of(application), candidate_of(application)
    assert isinstance(row, ApplicationRow)
    assert row.stage is candidate.stage is Stage.APPRAISED
    assert b'"stage":"appraised"' in to_json(row)
    around = row_of(DESKS["round"].state)
    assert isinstance(around, RoundRow)
    assert around.stage is RoundStage.CALL
    assert b'"stage":"call"' in to_json(around)
    with pytest.raises(ValidationError):
        ApplicationRow.model_validate({**row.model_dump(), "stage": "by-rank"})
    with pytest.raises(ValidationError):
        f.candidate("0001", stage="by-rank")


def test_only_an_application_has_a_current_version() -> None:
    viewer = Viewer(person="applicant-1")
    desk = DESKS["round"]
    assert not _scopes(desk.leaves[0], viewer, desk.state)["current"]
    application = DESKS["application"]
    assert _scopes(application.leaves[0], viewer, application.state)["current"]


@pytest.mark.parametrize("stage", Stage)
def test_of_every_stage_it_is_said_who_is_awaited(stage: Stage) -> None:
    desk = paths.application_in(stage)
    awaited = {task.role for task in tasks_of(desk.state)}
    assert awaited <= set(Role)
    unknown = desk.state.with_(stage="elsewhere", since=desk.now)
    with pytest.raises(ValueError, match="elsewhere"):
        tasks_of(unknown)


def test_every_kind_of_stream_is_known_by_name() -> None:
    with pytest.raises(KeyError):
        aggregate("elsewhere/r")
