"""A draw names public numbers before anybody knows them, and two people read these alike: every way round it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from selection.decision.aggregate import Frame
from selection.decision.envelope import Envelope
from selection.decision.facts import DrawBasis
from selection.decision.machine import Act, answer_from, decide
from selection.kernel.day_clock import CalendarClock, RehearsalClock
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from selection.round import commands as c, events as e
from selection.rules.faults import RulesFaults
from selection.rules.public_numbers import SSQ, Balls, Draws, Lottery
from selection.sealing import load_rules
from tests import factories as f, paths
from tests.desk import Desk, reach
from tests.draws import NUMBERS, commit_draw, enter_numbers, open_draw

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
THIRD = f.actor("officer-3")


def drawing() -> Desk:
    """A round whose rules name three officers, in which panels are to be drawn."""
    desk = paths.round_desk()
    staff = {**f.RULES_DATA["staff"], "officers": ["officer-1", "officer-2", "officer-3"]}
    desk.act(f.open_round(f.rules(staff=staff)), f.OFFICER)
    desk.wait(f.deadline("recommendation"))
    paths.look(desk)
    assert desk.state.stage is RoundStage.DRAWING
    basis = DrawBasis(inputs=f.ref("inputs"), applications=3, experts=24)
    desk.world = desk.world.model_copy(update={"draw": basis})
    return desk


def waiting() -> Desk:
    """The numbers of its draw are public, and nobody entered them yet."""
    desk = drawing()
    paths.commit(desk)
    desk.wait(desk.state.draws["main"].public)
    return desk


def issue(instant: datetime) -> str:
    """The issue of the test's hourly lottery at an instant, in the round's zone."""
    return f"{instant + 8 * HOUR:%Y-%m-%dT%H:%M}"


def commit(desk: Desk, instant: datetime, draw: str = "main", **changes: Any) -> c.CommitDraw:
    found = commit_draw(draw, desk.now)
    return found.with_(**{"issue": issue(instant), **changes})


def test_numbers_that_are_public_or_nearly_open_no_draw_that_is_committed_now() -> None:
    desk = drawing()
    paths.commit(desk)
    desk.act(c.VoidDraw(draw="main", reason=f.ref()), f.SUPERVISOR)
    desk.wait(desk.now.replace(minute=0, second=0) + timedelta(days=1))
    for known in (desk.now - f.DAY, desk.now - HOUR, desk.now, desk.now + HOUR - HOUR / 60):
        late = commit(desk, known.replace(minute=0), "again")
        assert desk.refuse(late, f.SUPERVISOR) == "randomness-too-early"
    assert desk.act(commit(desk, desk.now + HOUR, "again"), f.SUPERVISOR)


def test_an_act_that_was_long_on_its_way_is_committed_when_it_is_recorded() -> None:
    """Else an officer could have it held back until the numbers are public, and say when they sent it."""
    desk = drawing()
    act = Envelope(
        stream=desk.state.stream,
        command_id="c-1",
        actor=f.OFFICER,
        command=commit(desk, (desk.now + 3 * HOUR).replace(minute=0)).model_dump(mode="json"),
    )
    late = Frame(recorded=desk.now + 4 * HOUR)
    outcome = answer_from(decide(desk.aggregate, desk.state, Act(act), desk.now, late), desk.learn)
    assert reach(outcome).refused is not None
    assert outcome.refused.code == "randomness-too-early"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "ssq"},
        {"issue": "2024-08-20"},
        {"issue": "2024-08-20T21:15"},
        {"issue": "2024-02-30T21:00"},
        {"issue": "2024-08-20T21:00:00"},
    ],
)
def test_only_a_source_of_the_rules_and_an_issue_that_it_has_open_a_draw(changes: dict[str, Any]) -> None:
    desk = drawing()
    assert desk.refuse(commit(desk, desk.now, **changes), f.OFFICER) == "randomness-unknown"


@pytest.mark.parametrize(
    ("balls", "ways"),
    [
        ({"count": 1, "least": 5, "most": 5}, "1"),
        ({"count": 5, "least": 0, "most": 9, "as_drawn": True}, "100000"),
        ({"count": 6, "most": 5}, "0"),
    ],
)
def test_whoever_seals_the_rules_names_no_lottery_whose_numbers_they_know(
    balls: dict[str, Any], ways: str
) -> None:
    told = {"place": "draws.sources[0].balls", "count": ways, "limit": "1000000"}
    with pytest.raises(Refused) as refused:
        paths.round_desk().act(f.open_round(f.rules(draws=f.lottery(**balls))), f.OFFICER)
    assert (refused.value.code, refused.value.params) == ("lottery-foreseeable", told)
    written = {**f.RULES_DATA, "draws": f.lottery(**balls)}
    with pytest.raises(RulesFaults) as faulty:
        load_rules(json.dumps(written))
    (fault,) = faulty.value.faults
    assert (fault.path, fault.code) == ("draws.sources[0].balls", "too_few_outcomes")


def test_numbers_of_a_far_day_would_hold_the_round_up() -> None:
    desk = drawing()
    start = (desk.now + 14 * f.DAY).replace(minute=0)
    assert desk.refuse(commit(desk, start + HOUR), f.OFFICER) == "randomness-too-late"
    assert desk.act(commit(desk, start), f.OFFICER)


def test_the_next_draw_needs_later_numbers_also_after_one_that_was_voided() -> None:
    """Else a draw could be voided once its result is known to be disliked, and its numbers used with another secret."""
    desk = drawing()
    first = (desk.now + 2 * f.DAY).replace(minute=0)
    desk.act(commit(desk, first), f.OFFICER)
    desk.act(c.VoidDraw(draw="main", reason=f.ref()), f.SUPERVISOR)
    for instant in (first - HOUR, first):
        assert desk.refuse(commit(desk, instant, "again"), f.SUPERVISOR) == "randomness-not-later"
    assert desk.act(commit(desk, first + HOUR, "again"), f.SUPERVISOR)


def test_nothing_is_entered_or_opened_before_the_numbers_are_public() -> None:
    desk = drawing()
    paths.commit(desk)
    public = desk.state.draws["main"].public
    desk.wait(public - MOMENT)
    assert desk.refuse(enter_numbers(), f.OFFICER) == "numbers-not-public"
    assert desk.refuse(open_draw(), f.OPENER) == "numbers-not-public"
    desk.wait(public)
    assert desk.act(enter_numbers(), f.OFFICER) == (e.DrawNumbersEntered(draw="main", numbers=NUMBERS),)
    assert desk.act(open_draw(), f.OPENER)


def test_a_draw_is_opened_by_another_than_who_committed_it() -> None:
    desk = waiting()
    desk.act(enter_numbers(), f.OPENER)
    assert desk.refuse(open_draw(), f.OFFICER) == "draw-own"
    desk.act(enter_numbers(), THIRD)
    assert desk.act(open_draw(), f.OPENER)


def test_two_people_enter_the_numbers_and_each_of_them_says_the_same() -> None:
    desk = waiting()
    assert desk.refuse(open_draw(), f.OPENER) == "numbers-entered-once"
    desk.act(enter_numbers(), f.OPENER)
    assert desk.refuse(open_draw(), f.OPENER) == "numbers-entered-once"
    desk.act(enter_numbers(published="07 12 32"), f.OFFICER)
    assert desk.refuse(open_draw(), f.OPENER) == "numbers-differ"
    # Of two that others entered, whoever opens can't take the one that they like better.
    desk.act(enter_numbers(), f.SUPERVISOR)
    for numbers in ("07 12 32", "07 12 33"):
        assert desk.refuse(open_draw(published=numbers), f.OPENER) == "numbers-differ"
    desk.act(enter_numbers(), f.OFFICER)
    assert desk.act(open_draw(), f.OPENER)
    entered = [(leaf.actor.person, leaf.data["numbers"]) for leaf in desk.leaves if "numbers" in leaf.data]
    assert entered == [
        ("officer-2", "07 12 33"),
        ("officer-1", "07 12 32"),
        ("supervisor-1", "07 12 33"),
        ("officer-1", "07 12 33"),
    ]


@pytest.mark.parametrize("typed", ["7 12 33", "07,12,33", " 07  12 + 33", "07，12、33", "007 012 033"])
def test_one_result_has_one_spelling_however_it_is_typed(typed: str) -> None:
    """Else of all spellings of the same numbers that one could be opened which seats whom somebody likes."""
    desk = waiting()
    desk.act(enter_numbers(published=typed), f.OFFICER)
    assert desk.state.draws["main"].entries == {"officer-1": "07 12 33"}


@pytest.mark.parametrize(
    "typed",
    [
        "12 07 33",
        "07 07 33",
        "07 12",
        "07 12 33 34",
        "07 12 34",
        "00 07 12",
        "-7 12 33",
        "07 12 33.",
        "٠٧ 12 33",
        "x",
    ],
)
def test_what_is_no_result_of_the_source_opens_nothing(typed: str) -> None:
    desk = waiting()
    ascending = f.rules(draws=f.lottery(count=3, most=33))
    desk.state = desk.state.with_(sealed=ascending)
    assert desk.refuse(enter_numbers(published=typed), f.OFFICER) == "numbers-unfit"


def test_a_draw_that_was_not_opened_in_time_is_voided_and_never_opened() -> None:
    desk = waiting()
    desk.act(enter_numbers(), f.OFFICER)
    until = desk.state.draws["main"].until
    assert until == datetime(2024, 8, 19, 16, tzinfo=UTC)
    desk.wait(until)
    assert desk.refuse(open_draw(), f.OPENER) == "draw-expired"
    assert desk.refuse(enter_numbers(), f.OPENER) == "draw-expired"
    assert desk.refuse(commit_draw("next", desk.now), f.OFFICER) == "draw-waiting"
    void = c.VoidDraw(draw="main", reason=f.ref("late"))
    assert desk.act(void, f.SUPERVISOR) == (e.DrawVoided(draw="main", reason=f.ref("late"), expired=True),)
    paths.commit(desk, "next", f.SUPERVISOR)
    assert desk.state.draws["main"].voided


def test_the_double_colour_ball_is_drawn_on_three_evenings_of_the_week() -> None:
    beijing = CalendarClock()
    monday = datetime(2025, 11, 24, 1, tzinfo=UTC)
    assert SSQ.next_issue(beijing, monday) == "2025-11-25T21:15"
    assert SSQ.find_instant(beijing, "2025-11-25T21:15") == datetime(2025, 11, 25, 13, 15, tzinfo=UTC)
    assert SSQ.find_instant(beijing, "2025-11-26T21:15") is None
    assert SSQ.read("2025-11-25T21:15", "1 7 12 19 23 33 16") == "01 07 12 19 23 33 + 16"
    assert SSQ.read("2025-11-25T21:15", "1 7 12 19 23 33 17") is None


def test_on_a_rehearsal_the_hours_of_a_day_pass_with_it() -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    clock = RehearsalClock(start=start, day_zero=datetime(2024, 7, 2).date(), seconds_per_day="24")
    assert SSQ.find_instant(clock, "2024-07-02T21:15") == start + timedelta(seconds=21.25)
    assert SSQ.next_issue(clock, start) == "2024-07-02T21:15"


def test_where_the_order_counts_numbers_are_given_as_drawn() -> None:
    digits = Lottery(
        code="p5",
        en="five",
        zh="五",
        times=("21:30",),
        balls=(Balls(count=5, least=0, most=9, as_drawn=True),),
    )
    assert digits.read("2025-11-25T21:30", "3 0 0 9 1") == "3 0 0 9 1"
    with pytest.raises(ValueError, match="stands twice"):
        Draws(sources=(digits, digits))
