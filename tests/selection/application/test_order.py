"""No outcome depends on the order of concurrent acts: the same acts, shuffled.

One exception, on purpose: what only one can have goes to who comes first in the record's order, and the other is
refused. So it is with the last place of a quota, and with an application that two units recommend; which of them has
it does depend on order, and the tests of both say so.
"""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from selection.application import commands as c
from selection.kernel.actor import SYSTEM
from selection.kernel.stages import Stage
from selection.recommendation.commands import Recommend
from tests import factories as f, moves, paths
from tests.desk import Desk
from tests.moves import Move, play

pytestmark = pytest.mark.long

EXAMINERS = ("examiner-1", "examiner-2", "examiner-3")
fates = st.lists(st.sampled_from(["reviews", "declines", "silent", "unfinished"]), min_size=10, max_size=10)


def outcome(desk: Desk) -> dict[str, Any]:
    """What must not depend on order. Who sits in which of the equal seats may, and in what order they came."""
    state = desk.state
    return {
        "stage": state.stage,
        "outcome": state.outcome,
        "panel": sorted(seat.expert for seat in state.seats if seat.status != "empty"),
        # Found in conflict before or after being invited: out of the panel either way.
        "former": sorted({*state.former, *state.people_in_conflict}),
        "alternates": [who for who in state.alternates if who not in state.people_in_conflict],
        "reviews": sorted((item.expert, item.total) for item in state.valid_reviews),
        "score": state.score,
        "appraisal": state.appraisal,
        "reports": {key: item.upheld for key, item in state.reports.items()},
        "objections": {key: item.outcome for key, item in state.objections.items()},
    }


def panel_at_work(fates: list[str], shuffle: moves.Shuffle) -> Desk:
    """Play a panel until its score: each wave of invited people answers in its own order, then all review."""
    desk = paths.application_in(Stage.REVIEW)
    fate = {f.expert(number): found for number, found in enumerate(fates, 1)}
    while invited := paths.experts(desk, "invited"):
        answers: list[Move] = [
            (c.DeclineInvitation() if fate[who] == "declines" else f.accept(), f.actor(who))
            for who in invited
            if fate[who] != "silent"
        ]
        play(desk, shuffle(answers))
        asked = [seat for seat in desk.state.seats if seat.status == "invited"]
        if asked and all(fate[seat.expert] == "silent" for seat in asked):
            desk.wait(max(seat.respond_by for seat in asked))
    writing = [who for who in paths.experts(desk, "accepted") if fate[who] == "reviews"]
    play(desk, shuffle([(f.review(str(int(who[7:]) * 2)), f.actor(who)) for who in writing]))
    while due := desk.aggregate.due(desk.state, desk.known):
        desk.wait(due.at)
    return desk


@settings(max_examples=60)
@given(fates, moves.shuffles, moves.shuffles)
def test_a_panel_comes_to_the_same_score(fates: list[str], one: moves.Shuffle, other: moves.Shuffle) -> None:
    assert outcome(panel_at_work(fates, one)) == outcome(panel_at_work(fates, other))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 10), st.booleans()), max_size=3, unique_by=lambda item: item[0]),
    moves.shuffles,
)
def test_reports_and_reviews_at_once_come_to_the_same_score(
    reports: list[tuple[int, bool]], shuffle: moves.Shuffle
) -> None:
    def play_mixed(mix: moves.Shuffle) -> Desk:
        desk = paths.application_in(Stage.REVIEW)
        for who in paths.experts(desk):
            desk.act(f.accept(), f.actor(who))
        written: list[Move] = [
            (f.review(str(int(who[7:]))), f.actor(who)) for who in paths.experts(desk, "accepted")
        ]
        made: list[Move] = [(f.report_conflict(f.expert(who), f"r-{who}"), f.OFFICER) for who, _ in reports]
        ruled: list[Move] = [(f.rule(f"r-{who}", upheld=upheld), f.SUPERVISOR) for who, upheld in reports]
        play(desk, mix([*written, *made]))
        play(desk, mix(ruled))
        # Those whose seat was lost have been replaced; the new ones review too.
        paths.review_all(desk)
        return desk

    assert outcome(play_mixed(shuffle)) == outcome(play_mixed(lambda acts: acts))


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["upheld", "partly-upheld", "dismissed"]), min_size=3, max_size=3),
    moves.shuffles,
    moves.shuffles,
)
def test_objections_settled_at_once_come_to_the_same_end(
    ends: list[str], one: moves.Shuffle, other: moves.Shuffle
) -> None:
    def play_mixed(mix: moves.Shuffle) -> tuple[Any, Any]:
        desk = paths.application_in(Stage.NOTICE)
        keys = [f"objection-{number}" for number in (1, 2, 3)]
        play(desk, mix([(f.objection(key), f.actor(f"objector-{key[-1]}")) for key in keys]))
        appointed: list[Move] = [(f.examiners(*EXAMINERS, objection=key), f.OFFICER) for key in keys]
        play(desk, mix(appointed))
        settled = zip(keys, ends, strict=True)
        play(desk, mix([(f.settle(end, key), f.actor(f"examiner-{key[-1]}")) for key, end in settled]))
        desk.wait(f.TERMS.after(desk.now, 30))
        return desk.state.stage, desk.state.outcome

    assert play_mixed(one) == play_mixed(other)


@settings(max_examples=40)
@given(st.permutations([f"000{number}" for number in range(1, 6)]))
def test_recommendations_that_race_never_exceed_the_quota(order: list[str]) -> None:
    """Which applications take the quota's places depends on order: the first that the record took have them."""
    desk = paths.unit_list()
    answers = play(desk, [(Recommend(application=number, revision=1), f.RECOMMENDER) for number in order])
    assert [item.application for item in desk.state.listed] == order[:2]
    assert [answer.rsplit(" ", 1)[-1] for answer in answers] == ["done"] * 2 + ["quota-full"] * 3


@settings(max_examples=40)
@given(moves.shuffles)
def test_one_wins_where_two_recommend_the_same(shuffle: moves.Shuffle) -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    both = shuffle([(f.take(), SYSTEM), (f.take(unit="unit-1", agent="recommender-2"), SYSTEM)])
    answers = play(desk, both)
    assert sorted(answer.rsplit(" ", 1)[-1] for answer in answers) == ["done", "other-route"]
    assert desk.state.stage is Stage.RECOMMENDED
    first = both[0][0]
    assert isinstance(first, c.TakeRecommendation)
    assert desk.state.unit == first.unit, "the first in the record's order"


def test_a_chair_and_a_survey_team_are_appointed_in_either_order() -> None:
    ends = []
    acts: list[Move] = [
        (c.AppointChair(chair="expert-3", reason=f.ref("why")), f.OFFICER),
        (f.team(), f.OFFICER),
    ]
    for order in (acts, acts[::-1]):
        desk = paths.application_in(Stage.SURVEY)
        play(desk, [*order, (f.survey(), f.actor("surveyor-2"))])
        play(desk, f.hold_meeting(paths.experts(desk), "expert-3"))
        ends.append(outcome(desk))
    assert ends[0] == ends[1]
    assert ends[0]["stage"] is Stage.APPRAISED
