import pytest

from selection.forms.handed_in import AnsweredForm, Fitting
from selection.kernel.actor import Role
from selection.recommendation import commands as c, events as e
from tests import factories as f, paths
from tests.desk import Desk

UNTIL = f.deadline("recommendation")


def recommend(number: str = "0001", revision: int = 1) -> c.Recommend:
    return c.Recommend(application=number, revision=revision)


def make_application_recommended(number: str = "0001", revision: int = 1) -> e.ApplicationRecommended:
    return e.ApplicationRecommended(
        round=f.ROUND,
        rules_hash=f.TERMS.rules_hash,
        unit="bj",
        quota=2,
        application=number,
        revision=revision,
        agent="recommender-1",
    )


def holding(*numbers: str) -> Desk:
    desk = paths.unit_list()
    for number in numbers:
        desk.act(recommend(number), f.RECOMMENDER)
    return desk


def list_applications(desk: Desk) -> list[str]:
    return [item.application for item in desk.state.listed]


def free(number: str = "0001", revision: int = 1) -> c.FreeRecommendation:
    return c.FreeRecommendation(application=number, revision=revision, why="edited")


def test_a_unit_recommends_within_its_quota() -> None:
    desk = paths.unit_list()
    assert desk.act(recommend(), f.RECOMMENDER) == (make_application_recommended(),)
    assert desk.act(recommend("0002"), f.RECOMMENDER) == (make_application_recommended("0002"),)
    assert desk.refuse(recommend("0003"), f.RECOMMENDER) == "quota-full"


OPINION = AnsweredForm(version="o-1", answers=f.ref("opinion"))


def test_a_recommendation_carries_the_opinion_that_the_rules_ask_for() -> None:
    desk = paths.unit_list(terms=f.TERMS.with_(asks=("opinion",)))
    command = recommend().with_(form=OPINION)
    assert desk.refuse(recommend(), f.RECOMMENDER) == "missing"
    desk.world = desk.world.with_(fitting=Fitting(count=1, told=("note missing",)))
    assert desk.refuse(command, f.RECOMMENDER) == "answers-unfit"
    assert list_applications(desk) == []
    desk.world = desk.world.with_(fitting=None)
    assert desk.act(command, f.RECOMMENDER) == (make_application_recommended().with_(form=OPINION),)


def test_no_opinion_is_taken_where_the_rules_ask_for_none() -> None:
    assert paths.unit_list().refuse(recommend().with_(form=OPINION), f.RECOMMENDER) == "unknown-value"


def test_a_unit_that_is_none_of_the_rounds_has_no_place() -> None:
    assert paths.unit_list(quota=0).refuse(recommend(), f.RECOMMENDER) == "quota-full"


def test_a_list_of_a_round_that_does_not_exist_has_ended() -> None:
    """The workflow brings the end when it finds no round; see tests/workflows/process/test_recommending.py."""
    desk = paths.unit_list(terms=None)
    assert desk.refuse(recommend(), f.RECOMMENDER) == "unknown-round"
    desk.record((e.ListNeverOpened(),), f.RECOMMENDER, desk.now, "c-1")
    assert desk.state.ended
    assert desk.aggregate.due(desk.state, f.facts()) is None


def test_one_application_is_listed_once() -> None:
    desk = holding("0001")
    assert desk.refuse(recommend(), f.RECOMMENDER) == "already-done"
    assert desk.refuse(recommend(revision=2), f.RECOMMENDER) == "already-listed"
    assert list_applications(desk) == ["0001"]


def test_a_withdrawn_recommendation_frees_its_place() -> None:
    desk = holding("0001", "0002")
    withdraw = c.WithdrawRecommendation(application="0001", reason=f.ref())
    withdrawn = e.RecommendationWithdrawn(application="0001", reason=f.ref())
    assert desk.act(withdraw, f.RECOMMENDER) == (withdrawn,)
    assert desk.refuse(withdraw, f.RECOMMENDER) == "not-listed"
    assert desk.act(recommend("0003"), f.RECOMMENDER) == (make_application_recommended("0003"),)


def test_an_edit_frees_the_place_of_the_version_it_replaced() -> None:
    desk = holding("0001")
    assert desk.refuse(free(revision=2)) == "not-listed"
    assert desk.act(free()) == (e.RecommendationFreed(application="0001", why="edited"),)
    assert desk.refuse(free()) == "not-listed"
    assert desk.act(recommend(revision=2), f.RECOMMENDER) == (make_application_recommended(revision=2),)


def test_a_unit_ranks_each_of_its_applications_once() -> None:
    desk = holding("0001", "0002")
    order = ("0002", "0001")
    ranked = desk.act(c.RankRecommendations(order=order), f.RECOMMENDER)
    assert ranked == (e.RecommendationsRanked(order=order),)
    assert list_applications(desk) == ["0002", "0001"]
    for wrong in (("0001",), ("0001", "0001"), ("0001", "0002", "0003")):
        assert desk.refuse(c.RankRecommendations(order=wrong), f.RECOMMENDER) == "rank-unclear"


@pytest.mark.parametrize("who", ["recommender-2", "recommender-9", "officer-1"])
def test_only_the_units_own_people_recommend(who: str) -> None:
    assert paths.unit_list().refuse(recommend(), f.actor(who, Role.RECOMMENDER)) == "not-entitled"


def test_only_the_engine_frees_a_place() -> None:
    desk = holding("0001")
    assert desk.refuse(free(), f.RECOMMENDER) == "not-entitled"
    assert desk.refuse(free(), f.actor("recommender-1", Role.SYSTEM)) == "not-entitled"
    assert desk.refuse(recommend("0002")) == "not-entitled"


def test_the_list_closes_at_the_deadline_in_force() -> None:
    desk = holding("0001")
    later = UNTIL + f.DAY
    paths.extend(desk, "recommendation", later)
    assert desk.act(recommend("0002"), f.RECOMMENDER, UNTIL) == (make_application_recommended("0002"),)
    withdraw = c.WithdrawRecommendation(application="0001")
    assert desk.refuse(withdraw, f.RECOMMENDER, later) == "late"
    assert not desk.state.closed
    assert desk.refuse(withdraw, f.RECOMMENDER, later + f.TERMS.grace) == "late"
    assert desk.leaves[-2].type == "list.closed.v1"
    assert desk.leaves[-2].at == later
    assert desk.refuse(c.RankRecommendations(order=()), f.RECOMMENDER) == "late"


def test_an_extension_recorded_just_after_the_old_deadline_finds_the_list_open() -> None:
    desk = holding("0001")
    assert desk.refuse(recommend("0002"), f.RECOMMENDER, UNTIL) == "late"
    paths.extend(desk, "recommendation", UNTIL + f.DAY)
    assert desk.act(recommend("0002"), f.RECOMMENDER, UNTIL + f.TERMS.grace) == (
        make_application_recommended("0002"),
    )


def test_a_closed_list_stays_as_it_is() -> None:
    desk = holding("0001")
    assert desk.wait(UNTIL + f.TERMS.grace) == (e.ListClosed(deadline=UNTIL),)
    assert desk.refuse(free()) == "late"
    assert list_applications(desk) == ["0001"]


def test_without_sealed_rules_nothing_is_recommended() -> None:
    desk = paths.unit_list()
    desk.world = desk.world.model_copy(update={"terms": None})
    assert desk.refuse(recommend(), f.RECOMMENDER) == "unknown-round"


@pytest.mark.parametrize("revision", [-1, 10**20, "one"])
def test_a_version_that_is_none_is_unreadable(revision: object) -> None:
    body = {"kind": "recommend", "application": "0001", "revision": revision}
    assert paths.unit_list().refuse(body, f.RECOMMENDER) == "unreadable"


def test_an_unknown_act_is_refused() -> None:
    assert paths.unit_list().refuse({"kind": ["recommend"]}, f.RECOMMENDER) == "unknown-command"
