"""A list frees a place only for what its application's stream holds, whoever says that it did not keep it."""

import pytest

from selection.application import commands as c
from selection.decision.facts import Facts
from selection.decision.reference import CitedDecision, Decision
from selection.recommendation import commands as listed
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.desk import Desk

APPLICATION = f"application/{f.ROUND}/0001"
NOT_ENTITLED = "not-entitled"


def recommending(revision: int = 1) -> Desk:
    desk = paths.unit_list()
    desk.act(listed.Recommend(application="0001", revision=revision), f.RECOMMENDER)
    return desk


def submit(times: int = 1) -> Desk:
    desk = paths.application()
    for time in range(times):
        desk.act(f.submit(staff=30 + time), f.APPLICANT)
    return desk


def tell(desk: Desk, by: Desk) -> int:
    """Have an application carry out what a list last recorded; return the version of its answer."""
    cited = paths.cite(by, by.state.version)
    desk.world = desk.world.with_(cited=cited)
    try:
        desk.carry(cited.decision)
    except Refused:
        assert desk.leaves[-1].data["command_id"] == cited.decision.command_id
    return int(desk.state.version)


def ask(desk: Desk, cited: CitedDecision | None) -> str:
    """Why a cited entry frees the place of which version, or the code of a refusal."""
    try:
        command = desk.aggregate.command_for(desk.state, Facts(cited=cited))
        assert isinstance(command, listed.FreeRecommendation)
        return describe_freed(command.why, command.revision)
    except Refused as refused:
        return refused.code


def free(why: str, revision: int = 1) -> listed.FreeRecommendation:
    return listed.FreeRecommendation(application="0001", revision=revision, why=why)


def describe_freed(why: str, revision: int = 1) -> str:
    return f"{why} of version {revision}"


def all_asked(desk: Desk, application: Desk) -> dict[int, str]:
    """What each entry of the application asks of the list, and versions that it does not have."""
    return {
        version: ask(desk, paths.cite(application, version) if version else cite_none(desk, application))
        for version in range(application.state.version + 2)
    }


def cite_none(desk: Desk, application: Desk | None = None, *, answers: int | None = None) -> CitedDecision:
    """What a list cites that got no entry of an application in answer to the one that it told, its last one."""
    entry = desk.state.entry("0001")
    told = answers if answers is not None else entry.decided if entry is not None else 0
    state = application.state if application is not None else None
    return CitedDecision(decision=Decision(stream=APPLICATION, version=0, answers=told), state=state)


def test_the_refusal_of_a_recommendation_frees_its_place() -> None:
    desk, application = recommending(), submit(2)
    refused = tell(application, desk)
    found = all_asked(desk, application)
    assert found.pop(refused) == describe_freed("version-changed")
    # Edited since: that the version is no longer the one that was recommended is told by the edit as well.
    assert found.pop(2) == describe_freed("edited")
    assert set(found.values()) == {NOT_ENTITLED}


def test_an_application_that_keeps_its_recommendation_frees_nothing() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    assert set(all_asked(desk, application).values()) == {NOT_ENTITLED}


def test_an_application_that_has_not_heard_of_it_yet_frees_nothing() -> None:
    desk, application = recommending(), submit()
    with pytest.raises(Refused):
        application.act(c.PassCheck(revision=1), f.OFFICER)
    assert set(all_asked(desk, application).values()) == {NOT_ENTITLED}


def test_an_edit_frees_the_place_of_the_version_before() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    application.act(f.submit(staff=31), f.APPLICANT)
    found = all_asked(desk, application)
    assert found.pop(application.state.version) == describe_freed("edited")
    assert set(found.values()) == {NOT_ENTITLED}


def test_a_withdrawal_frees_the_place() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    application.act(c.Withdraw(), f.APPLICANT)
    found = all_asked(desk, application)
    assert found.pop(application.state.version) == describe_freed("withdrawn")
    assert set(found.values()) == {NOT_ENTITLED}


def test_a_withdrawal_frees_the_place_also_when_a_new_version_followed() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    application.act(c.Withdraw(), f.APPLICANT)
    withdrawn = application.state.version
    application.act(f.submit(staff=31), f.APPLICANT)
    found = all_asked(desk, application)
    assert found.pop(withdrawn) == describe_freed("withdrawn")
    assert found.pop(application.state.version) == describe_freed("edited")
    assert set(found.values()) == {NOT_ENTITLED}


def test_an_application_that_refuses_what_it_has_already_keeps_it() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    # The application never hears of this withdrawal, so it still holds what is recommended anew.
    desk.act(listed.WithdrawRecommendation(application="0001"), f.RECOMMENDER)
    desk.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    refused = tell(application, desk)
    assert application.leaves[-1].data["code"] == "already-done"
    assert ask(desk, paths.cite(application, refused)) == NOT_ENTITLED


def test_a_withdrawal_before_the_recommended_version_frees_nothing() -> None:
    application = submit()
    application.act(c.Withdraw(), f.APPLICANT)
    application.act(f.submit(staff=31), f.APPLICANT)
    assert set(all_asked(recommending(revision=2), application).values()) == {NOT_ENTITLED}


def test_the_refusal_of_an_earlier_recommendation_frees_nothing_of_the_present_one() -> None:
    desk, application = recommending(revision=2), submit()
    refused = tell(application, desk)
    assert ask(desk, paths.cite(application, refused)) == describe_freed("version-changed", revision=2)
    desk.act(free("version-changed", revision=2))
    desk.act(listed.Recommend(application="0001", revision=2), f.RECOMMENDER)
    assert set(all_asked(desk, application).values()) == {NOT_ENTITLED}


def test_the_refusal_of_another_lists_recommendation_frees_nothing() -> None:
    desk, application = recommending(revision=2), submit()
    other = paths.unit_list("sh")
    sh = f.person("recommender-1", "recommender", unit="sh")
    other.world = other.world.with_(people={**f.people(), "recommender-1": sh})
    other.act(listed.Recommend(application="0001", revision=2), f.RECOMMENDER)
    tell(application, other)
    assert set(all_asked(desk, application).values()) == {NOT_ENTITLED}


def test_an_application_that_ended_frees_its_place_by_its_withdrawal_or_by_none() -> None:
    desk, application = recommending(), submit()
    application.act(c.Withdraw(), f.APPLICANT)
    application.wait(f.deadline("submission") + f.TERMS.grace)
    assert application.state.ended
    never, withdrawn = describe_freed("ended"), describe_freed("withdrawn")
    asked = list(all_asked(desk, application).values())
    assert asked == [never, NOT_ENTITLED, withdrawn, NOT_ENTITLED, NOT_ENTITLED]


def test_an_application_that_refused_and_then_ended_frees_its_place_for_what_it_refused() -> None:
    desk, application = recommending(revision=2), submit()
    refused = tell(application, desk)
    application.act(c.Withdraw(), f.APPLICANT)
    application.wait(f.deadline("submission") + f.TERMS.grace)
    found = all_asked(desk, application)
    assert found.pop(refused) == describe_freed("version-changed", revision=2)
    never, withdrawn = describe_freed("ended", revision=2), describe_freed("withdrawn", revision=2)
    assert list(found.values()) == [never, NOT_ENTITLED, withdrawn, NOT_ENTITLED, NOT_ENTITLED]


def test_an_application_that_does_not_exist_frees_its_place() -> None:
    desk = recommending()
    assert ask(desk, cite_none(desk)) == describe_freed("unknown-application")


def test_that_an_application_does_not_exist_answers_the_recommendation_that_asked_alone() -> None:
    """Else what freed the place of the first one is the answer to the second one too, and frees nothing."""
    desk = recommending()
    first = cite_none(desk).decision
    desk.act(free("unknown-application"))
    desk.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    second = cite_none(desk)
    assert ask(desk, cite_none(desk, answers=first.answers)) == NOT_ENTITLED
    assert ask(desk, cite_none(desk, answers=0)) == NOT_ENTITLED
    assert ask(desk, second) == describe_freed("unknown-application")
    assert first.command_id != second.decision.command_id
    assert [Decision.parse(name.command_id) for name in (first, second.decision)] == [first, second.decision]


@pytest.mark.parametrize("name", ["a#1/2", "a#-1", "a#", "#1", "a#1/", "a#0/x", "a#9999999999", "x"])
def test_what_names_no_decision_is_none(name: str) -> None:
    assert Decision.parse(name) is None


@pytest.mark.parametrize(
    "stream",
    [
        f"application/{f.ROUND}/0002",
        "application/another/0001",
        f"recommender/{f.ROUND}/0001",
        f"application/{f.ROUND}/x/0001",
        f"application/{f.ROUND}",
        "0001",
    ],
)
def test_a_stream_that_the_list_does_not_hold_frees_nothing(stream: str) -> None:
    assert ask(recommending(), CitedDecision(decision=Decision(stream=stream, version=0))) == NOT_ENTITLED
    assert ask(recommending(), None) == NOT_ENTITLED


def test_what_a_list_does_not_hold_any_more_is_not_freed_again() -> None:
    desk, application = recommending(), submit()
    tell(application, desk)
    application.act(c.Withdraw(), f.APPLICANT)
    desk.act(free("withdrawn"))
    assert set(all_asked(desk, application).values()) == {NOT_ENTITLED}
