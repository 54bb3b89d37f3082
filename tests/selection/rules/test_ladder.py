"""Reminders before, on and after a due day, to who has not finished, then to the officers, then to the supervisors."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from selection.application import events as a
from selection.application.commands import AppointSurveyTeam, FailCheck
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Broadcast, Letter
from selection.process.task import date_tasks
from selection.projections.open_tasks import tasks_of
from selection.round import events as r
from selection.rules.checks import cross_faults
from selection.rules.faults import RulesFaults
from selection.rules.ladder import Ladder
from selection.rules.model import RoundRules
from selection.sealing import load_rules
from tests import factories as f, paths
from tests.desk import Desk

LADDER: dict[str, Any] = {"after": [1], "officer": 3, "supervisor": 7, "days": 10, "kinds": {"draw": 4}}
RULES = f.rules(ladder=LADDER)
TERMS = f.terms(ladder=LADDER)
TEAM = tuple(f"surveyor-{number}" for number in range(1, 4))
OFFICERS, SUPERVISORS = ("officer-1", "officer-2"), ("supervisor-1", "supervisor-2")
SURVEY, CHECK = f.deadline("survey"), f.deadline("check")


def days(due: datetime, *offsets: int) -> list[datetime]:
    return [due + offset * f.DAY for offset in offsets]


def list_reminders(desk: Desk, kind: type[Any]) -> list[Any]:
    """The reminders on the desk's record, each with the instant that it is dated at."""
    return [
        (leaf.at, leaf.data["rung"], tuple(leaf.data["told"]))
        for leaf in desk.leaves
        if leaf.type == kind.TYPE and leaf.data["awaited"] != "recommend"
    ]


def surveying() -> Desk:
    return paths.application_in(Stage.SURVEY, TERMS)


def with_team(desk: Desk) -> Desk:
    desk.act(AppointSurveyTeam(lead=TEAM[0], members=TEAM), f.OFFICER)
    return desk


def test_a_survey_that_is_not_reported_is_reminded_of_and_told_higher_and_higher_up() -> None:
    desk = with_team(surveying())
    desk.wait(SURVEY + 30 * f.DAY)
    lead = (TEAM[0],)
    assert list_reminders(desk, a.TaskReminded) == list(
        zip(
            days(SURVEY, -7, -2, -1, 1, 3, 7),
            ("before", "before", "day", "after", "officer", "supervisor"),
            (lead, lead, lead, lead, OFFICERS, SUPERVISORS),
            strict=True,
        )
    )
    letters = [item for item in desk.sent if isinstance(item, Letter) and item.template.startswith("task-")]
    assert [letter.to for letter in letters] == [*lead * 4, *OFFICERS, *SUPERVISORS]
    assert {letter.task for letter in letters} == {"survey"}
    assert desk.refold() == desk.state


def test_who_has_finished_is_not_reminded() -> None:
    desk = with_team(surveying())
    desk.wait(SURVEY - 7 * f.DAY)
    desk.act(f.survey(desk.now), f.actor(TEAM[0], Role.SURVEYOR))
    desk.wait(SURVEY + 30 * f.DAY)
    assert [rung for _, rung, told in list_reminders(desk, a.TaskReminded) if TEAM[0] in told] == ["before"]


def test_nothing_is_dated_before_the_act_that_it_follows() -> None:
    desk = surveying()
    desk.wait(SURVEY - f.DAY / 2)
    assert [told for *_, told in list_reminders(desk, a.TaskReminded)] == [OFFICERS] * 3
    with_team(desk)
    assert desk.wait(desk.now) == ()
    desk.wait(SURVEY + f.DAY)
    assert list_reminders(desk, a.TaskReminded)[-1] == (SURVEY + f.DAY, "after", (TEAM[0],))


def test_an_extension_moves_what_is_still_to_come() -> None:
    desk = with_team(surveying())
    desk.wait(SURVEY - 7 * f.DAY)
    later = SURVEY + 20 * f.DAY
    desk.world = desk.world.with_(deadlines={"survey": later})
    desk.wait(later)
    assert [at for at, *_ in list_reminders(desk, a.TaskReminded)] == [
        *days(SURVEY, -7),
        *days(later, -7, -2, -1),
    ]
    [task] = date_tasks(tasks_of(desk.state), {"survey": later})
    assert task.until == later


def test_who_is_to_mend_is_reminded_until_it_is_too_late() -> None:
    desk = paths.application_in(Stage.MENDING, TERMS)
    until = desk.state.until
    desk.wait(until + 30 * f.DAY)
    assert list_reminders(desk, a.TaskReminded) == [
        (until + offset * f.DAY, rung, ("applicant-1",))
        for offset, rung in ((-7, "before"), (-2, "before"), (-1, "day"))
    ]


def test_letters_that_wait_come_on_the_day_too_where_there_is_a_ladder() -> None:
    until = f.deadline("review")
    assert TERMS.reminders(until - 3 * f.DAY, until) == (until - 2 * f.DAY, until - f.DAY)
    assert f.TERMS.reminders(until - 3 * f.DAY, until) == (until - 2 * f.DAY,)


def test_of_a_seat_that_is_lost_officers_are_told_and_without_alternates_supervisors() -> None:
    """Reviewers have letters that wait for the days before and the day; after it they can do nothing."""
    desk = paths.application_in(Stage.REVIEW, TERMS)
    desk.wait(f.deadline("review_last") + 30 * f.DAY)
    lost = [seat.number for seat in desk.state.seats if seat.status == "empty"]
    assert lost
    told = [item.to for item in desk.sent if isinstance(item, Letter) and item.template == "seat-lost"]
    assert (set(told), len(told) >= 2 * len(lost)) == (set(OFFICERS), True)
    assert [(rung, people) for _, rung, people in list_reminders(desk, a.TaskReminded)][-2:] == [
        ("after", OFFICERS),
        ("supervisor", SUPERVISORS),
    ]


def test_of_a_request_for_review_people_are_told_as_of_any_other_task() -> None:
    desk = paths.application_in(Stage.CHECKING, TERMS)
    desk.act(FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    desk.act(f.request_review(), f.APPLICANT)
    [task] = tasks_of(desk.state)
    assert task.kind == "appoint-deciders"
    desk.wait(desk.now + 60 * f.DAY)
    assert [(rung, people) for _, rung, people in list_reminders(desk, a.TaskReminded)][-2:] == [
        ("after", OFFICERS),
        ("supervisor", SUPERVISORS),
    ]


def test_without_a_ladder_in_the_rules_nobody_is_told() -> None:
    desk = with_team(paths.application_in(Stage.SURVEY))
    assert desk.wait(SURVEY + 30 * f.DAY) == ()


def test_the_round_reminds_once_of_all_checks_together() -> None:
    desk = paths.round_desk()
    desk.act(f.open_round(RULES), f.OFFICER)
    desk.wait(CHECK + 30 * f.DAY)
    assert desk.state.stage is RoundStage.CHECKING
    # Officers are told by the rungs before that of the officers.
    assert list_reminders(desk, r.RoundReminded) == list(
        zip(
            days(CHECK, -7, -2, -1, 1, 7),
            ("before", "before", "day", "after", "supervisor"),
            (OFFICERS,) * 4 + (SUPERVISORS,),
            strict=True,
        )
    )
    assert desk.refold() == desk.state


def test_units_are_reminded_once_together_of_what_they_may_recommend_until_their_deadline() -> None:
    desk = paths.round_desk()
    desk.act(f.open_round(RULES), f.OFFICER)
    due = f.deadline("recommendation")
    desk.wait(due + 30 * f.DAY)
    found = [
        (leaf.at, leaf.data["task"], leaf.data["rung"], leaf.data.get("told"))
        for leaf in desk.leaves
        if leaf.data.get("awaited") == "recommend"
    ]
    assert found == [
        (at, "recommend", rung, None)
        for at, rung in zip(days(due, -7, -2, -1), ("before", "before", "day"), strict=True)
    ]
    letters = [item for item in desk.sent if isinstance(item, Broadcast)]
    assert [(item.template, item.task) for item in letters] == [("round-task-due", "recommend")] * 3


def test_what_has_no_date_is_due_so_many_days_after_it_began() -> None:
    desk = paths.round_desk()
    desk.act(f.open_round(RULES), f.OFFICER)
    desk.wait(CHECK - 12 * f.DAY)
    desk.look()
    assert desk.state.stage is RoundStage.DRAWING
    [task] = tasks_of(desk.state)
    assert task.kind == "draw"
    assert task.until is not None
    assert timedelta(days=4) < task.until - task.since <= timedelta(days=5)
    desk.wait(task.until + 30 * f.DAY)
    assert [(at, rung) for at, rung, _ in list_reminders(desk, r.RoundReminded)][-4:] == list(
        zip(days(task.until, -2, -1, 1, 7), ("before", "day", "after", "supervisor"), strict=True)
    )


@pytest.mark.parametrize(
    ("ladder", "code"),
    [
        ({"after": [3, 1]}, "not_ascending"),
        ({"officer": 8}, "before_the_officer"),
    ],
)
def test_a_ladder_must_climb(ladder: dict[str, Any], code: str) -> None:
    assert [fault.code for fault in cross_faults({"ladder": Ladder(**ladder)})] == [code]


def test_a_file_gives_no_days_to_what_a_date_ends_and_what_was_sealed_before_is_read() -> None:
    """Seen before: a kind that had got a date since kept rounds from being read whose rules had named it."""
    told = {**LADDER, "kinds": {"settle-objection": 3}}
    rules = f.rules(ladder=told)
    assert RoundRules.model_validate_json(rules.model_dump_json()) == rules
    with pytest.raises(RulesFaults) as faulty:
        load_rules(json.dumps({**f.RULES_DATA, "ladder": told}))
    (fault,) = faulty.value.faults
    assert (fault.path, fault.code) == ("ladder.kinds.settle-objection", "dated_kind")
    # Deciding again what was sealed then comes to the same.
    assert paths.round_desk().act(f.open_round(rules), f.OFFICER)
