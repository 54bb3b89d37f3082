"""Every kind of task that a room has climbs the ladder, but for those of which a table says why they do not."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.process.ladder import BY_LETTERS_THAT_WAIT, ENDED_BY_TIME, ORDER
from selection.process.letter import Letter
from selection.process.task import OpenTask
from selection.projections.open_tasks import tasks_of
from selection.round.state import RoundState
from selection.rules.ladder import UNDATED, Ladder
from selection.wording.code_names import TASKS
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_amended_forms import UNFIT, change, fitting
from tests.selection.application.test_co_building import joint
from tests.selection.application.test_meeting import PRESENT, with_chair, with_vote
from tests.selection.application.test_settling import over, settle, short_of
from tests.selection.recusal.test_inactive import set_active
from tests.selection.requests.test_requesting import appoint_deciders, decider, find, make_request
from tests.selection.reversing.reversals import reverse, standing
from tests.selection.reversing.test_integrity import clear_hit, reverse as reverse_integrity
from tests.selection.round.test_amending_rules import enter, in_stage
from tests.selection.round.test_calling import seal_round
from tests.selection.round.test_listing import approving, integrity
from tests.selection.round.test_lobbying import report
from tests.selection.round.test_repeating import leave_over

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0064-time-for-everyone.md"
LADDER = Ladder(after=(1,), officer=3, supervisor=7, days=10)


def after(desk: Desk, *acts: tuple[Any, Any]) -> Desk:
    for command, actor in acts:
        desk.act(command, actor)
    return desk


def at(stage: Stage, *acts: tuple[Any, Any]) -> Desk:
    return after(paths.application_in(stage), *acts)


def correcting() -> Desk:
    """A panel of which one has reviewed, under a form that changed since."""
    desk = paths.application_in(Stage.REVIEW)
    expert = f.actor(paths.experts(desk)[0])
    after(desk, (f.accept(), expert), (f.review(), expert))
    desk.act(change("review", until=None))
    return desk


def change_form() -> Desk:
    desk = fitting(paths.application_in(Stage.SUBMITTED), UNFIT)
    desk.act(change())
    return desk


def answering() -> Desk:
    """A panel of which all have answered but one."""
    desk = paths.application_in(Stage.REVIEW)
    for expert in paths.experts(desk)[1:]:
        desk.act(f.accept(), f.actor(expert))
    return desk


def reviewing() -> Desk:
    """A panel of which all have reviewed but one."""
    desk = answering()
    for expert in paths.experts(desk, "accepted")[1:]:
        desk.act(f.review(), f.actor(expert))
    for expert in paths.experts(desk, "invited"):
        after(desk, (f.accept(), f.actor(expert)), (f.review(), f.actor(expert)))
    return desk


def let_all_vote() -> Desk:
    desk = with_vote()
    for person in PRESENT:
        desk.act(f.vote(), f.actor(person))
    return desk


def uphold_request() -> Desk:
    return after(appoint_deciders(), *((find(), decider(f"examiner-{number}")) for number in (1, 2)))


def settle_by_one() -> Desk:
    return after(over(short_of(4)), (settle("fewer", 4), f.SUPERVISOR))


def let_all_agree() -> Desk:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.agree(desk)
    return desk


def make_proposal() -> Desk:
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.proposal(desk)
    return desk


def stop_chair() -> Desk:
    desk = with_chair()
    set_active(desk, desk.state.chair, False)
    return desk


WAITING: Mapping[str, Callable[[], Desk]] = {
    "check": lambda: paths.round_in(RoundStage.CHECKING),
    "mend": lambda: at(Stage.MENDING),
    "confirm-co-building": lambda: paths.lead_to(joint(), Stage.RECOMMENDED),
    "submit-anew": change_form,
    "correct-review": correcting,
    "answer-invitation": answering,
    "review": reviewing,
    "supplement-panel": lambda: short_of(4),
    "rule-on-conflict": lambda: at(Stage.REVIEW, (f.report_conflict("expert-1"), f.OFFICER)),
    "settle-panel": settle_by_one,
    "rule-on-fraud": lambda: at(Stage.SURVEY, (f.report_fraud(), f.OFFICER)),
    "reverse-decision": lambda: after(standing(Stage.APPRAISAL), (reverse("check"), f.SUPERVISOR)),
    "appoint-survey-team": lambda: at(Stage.SURVEY),
    "survey": lambda: at(Stage.SURVEY, (f.team(), f.OFFICER)),
    "appoint-chair": lambda: at(Stage.APPRAISAL),
    "replace-chair": stop_chair,
    "appraise": with_chair,
    "vote": with_vote,
    "close-appraisal": let_all_vote,
    "appoint-examiners": lambda: at(Stage.NOTICE, (f.objection(), f.actor("objector-1"))),
    "settle-objection": lambda: at(Stage.HELD),
    "appoint-deciders": make_request,
    "rule-on-request": appoint_deciders,
    "record-remedy": uphold_request,
    "open-call": seal_round,
    "rule-on-amendment": lambda: after(in_stage(RoundStage.SURVEY), (enter("places", "2", "3"), f.OFFICER)),
    "rule-on-lobbying": lambda: after(paths.round_in(RoundStage.REVIEW), (report("x"), f.actor("expert-1"))),
    "draw": lambda: paths.round_in(RoundStage.DRAWING),
    "shortlist": lambda: paths.round_in(RoundStage.SHORTLISTING),
    "propose": lambda: paths.round_in(RoundStage.PROPOSAL),
    "open-notice": make_proposal,
    "check-integrity": lambda: paths.round_in(RoundStage.APPROVAL),
    "rule-on-integrity-hit": lambda: after(approving(), (integrity(1, "0001"), f.SUPERVISOR)),
    "reverse-integrity-decision": lambda: after(clear_hit(), (reverse_integrity("0001"), f.OFFICER)),
    "approve": lambda: after(approving(), (integrity(1), f.SUPERVISOR)),
    "issue": let_all_agree,
    "left-over": leave_over,
    "recommend": lambda: paths.round_in(RoundStage.CALL),
}
"""By the kind of a task a stream in which one waits."""


def with_ladder(desk: Desk) -> Desk:
    """The desk under the same rules with a ladder."""
    state = desk.state
    if isinstance(state, RoundState):
        assert state.sealed is not None
        desk.state = state.with_(sealed=state.sealed.with_(ladder=LADDER))
    else:
        assert desk.world.terms is not None
        desk.world = desk.world.with_(terms=desk.world.terms.with_(ladder=LADDER))
        desk.known = desk.known.with_(terms=None)
    return desk


def list_rungs(kind: str) -> tuple[list[str], Role]:
    """The rungs that are taken of the first task of a kind, while nobody does anything, and the role it waits for."""
    desk = with_ladder(WAITING[kind]())
    waiting = [task.role for task in tasks_of(desk.state) if task.kind == kind]
    role = Role.OFFICER if kind == "check" else waiting[0]
    desk.wait(desk.now + 400 * f.DAY)
    told = [leaf.data for leaf in desk.leaves if leaf.type.endswith(".reminded.v1")]
    # Which units have something to recommend is found as letters are written.
    found = [
        (item["task"], item["rung"])
        for item in told
        if item["awaited"] == kind and (item.get("told") or kind == "recommend")
    ]
    return list(dict.fromkeys(rung for task, rung in found if task == found[0][0])), role


def list_expected(kind: str, role: Role) -> list[str]:
    """The rungs of a kind by what its exceptions say."""
    if kind in BY_LETTERS_THAT_WAIT:
        return ["officer", "supervisor"]
    if kind in ENDED_BY_TIME:
        return ["before", "day"]
    # Officers are told by the rungs before theirs; of what a supervisor leaves undone by the last.
    return [rung for rung in ORDER if rung != "officer" or role not in (Role.OFFICER, Role.SUPERVISOR)]


def test_each_kind_of_task_of_each_room_is_here() -> None:
    assert WAITING.keys() == TASKS.keys()


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_people_are_reminded_before_at_and_after_and_then_those_above(kind: str) -> None:
    rungs, role = list_rungs(kind)
    assert rungs == list_expected(kind, role)


@pytest.mark.parametrize("kind", sorted(BY_LETTERS_THAT_WAIT))
def test_of_what_letters_that_wait_remind_they_do_before_and_on_the_day(kind: str) -> None:
    desk = WAITING[kind]()
    waiting = {task.key for task in tasks_of(desk.state) if task.kind == kind}
    letters = [item for item in desk.sent if isinstance(item, Letter) and item.task in waiting]
    assert {item.task for item in letters} == waiting
    assert all(item.due for item in letters)


@pytest.mark.parametrize("kind", sorted(WAITING))
def test_a_kind_has_a_date_or_days_of_its_own_in_the_rules(kind: str) -> None:
    found: list[OpenTask] = [task for task in tasks_of(WAITING[kind]().state) if task.kind == kind]
    dated = kind == "check" or any(task.deadline or task.until for task in found)
    assert dated is (kind not in UNDATED)


@pytest.mark.parametrize("table", [BY_LETTERS_THAT_WAIT, ENDED_BY_TIME])
def test_each_exception_is_given_with_its_reason(table: Mapping[str, str]) -> None:
    text = " ".join(DECISION.read_text(encoding="utf-8").split())
    for kind, reason in table.items():
        assert f"`{kind}`: {reason}" in text
