from datetime import timedelta
from decimal import Decimal

import pytest

from selection.application import commands as c, events as e
from selection.kernel.day_clock import RehearsalClock
from selection.kernel.stages import Stage
from selection.process.letter import Letter
from selection.projections.rows import candidate_of
from tests import factories as f, paths

SURVEYOR = f.actor("surveyor-1")


def test_the_shortlist_takes_in_or_leaves_off() -> None:
    listed = paths.application_in(Stage.SCORED)
    place = c.PlaceOnShortlist(rank=3, listed=True, reason=f.ref())
    assert listed.act(place) == (e.PlacedOnShortlist(rank=3, reason=f.ref()),)
    left = paths.application_in(Stage.SCORED)
    assert left.act(c.PlaceOnShortlist(rank=9, listed=False)) == (e.LeftOffShortlist(rank=9),)
    assert left.state.outcome == "not-shortlisted"


@pytest.mark.parametrize("listed", [True, False])
def test_an_open_report_keeps_an_application_where_it_can_be_ruled_on(listed: bool) -> None:
    desk = paths.application_in(Stage.SCORED)
    desk.act(f.report_conflict("expert-1"), f.OFFICER)
    place = c.PlaceOnShortlist(rank=1, listed=listed)
    assert desk.refuse(place) == "still-open"
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    assert desk.act(place)


def test_a_survey_team_is_appointed_and_changed() -> None:
    desk = paths.application_in(Stage.SURVEY)
    members = ("surveyor-1", "surveyor-2", "surveyor-3")
    named = f.team("surveyor-3", "surveyor-1", "surveyor-2", "surveyor-2")
    assert desk.act(named, f.OFFICER) == (e.SurveyTeamAppointed(lead="surveyor-1", members=members),)
    assert desk.refuse(f.team(), f.OFFICER) == "already-done"
    # Nobody is put in somebody's place without a word, not to lead either.
    assert desk.refuse(f.team(*members, lead="surveyor-2"), f.OFFICER) == "replaced-unexplained"
    others, why = ("surveyor-2", "surveyor-3", "surveyor-4"), f.ref("why")
    desk.act(f.team(*members, lead="surveyor-2", reason=why), f.OFFICER)
    replaced = desk.act(f.team(*others, lead="surveyor-2", reason=why), f.OFFICER)
    (appointed,) = replaced
    assert isinstance(appointed, e.SurveyTeamAppointed)
    assert (appointed.members, appointed.left, appointed.reason) == (others, ("surveyor-1",), why)
    letters = [item for item in desk.sent if isinstance(item, Letter)][-4:]
    told = {letter.to: letter.template for letter in letters}
    assert told == {**dict.fromkeys(others, "survey-team"), "surveyor-1": "survey-team-no-more"}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f.team("surveyor-1", "surveyor-2"), "too-few"),
        (f.team(lead="surveyor-4"), "missing"),
        (f.team("surveyor-1", "surveyor-2", "stranger-1"), "unknown-person"),
        (f.team("surveyor-1", "surveyor-2", "retired-1"), "unknown-person"),
        (f.team("surveyor-1", "surveyor-2", "insider-1"), "same-employer"),
        (f.team("surveyor-1", "surveyor-2", "recommender-1"), "same-hands"),
        (f.team("surveyor-1", "surveyor-2", "officer-2"), "same-hands"),
    ],
)
def test_a_team_that_may_not_go_is_refused(command: c.AppointSurveyTeam, code: str) -> None:
    assert paths.application_in(Stage.SURVEY).refuse(command, f.OFFICER) == code


def test_who_is_registered_without_an_employer_does_not_go() -> None:
    desk = paths.application_in(Stage.SURVEY)
    unknown = f.person("surveyor-3", "expert").with_(employer="")
    desk.world = desk.world.with_(people={**desk.world.people, "surveyor-3": unknown})
    assert desk.refuse(f.team(), f.OFFICER) == "employer-unknown"


def test_a_member_reports_the_survey() -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    assert desk.refuse(f.survey(findings={"technical": f.ref()}), SURVEYOR) == "missing"
    assert desk.refuse(f.survey(), f.actor("surveyor-4")) == "not-entitled"
    findings = {code: f.ref(f"finding-{code}") for code in sorted(f.CRITERIA)}
    assert desk.act(f.survey(photos=(f.ref("photo"),)), SURVEYOR) == (
        e.SurveyReported(day="2024-08-17", findings=findings, photos=(f.ref("photo"),), verdict="confirmed"),
    )


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "20241102", "2024-11-2", "2024-W44-6"])
def test_the_day_of_a_survey_is_a_day(day: str) -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    assert desk.refuse(f.survey(day=day), SURVEYOR) == "no-day"


def test_a_survey_was_on_a_day_since_who_reports_it_joined_the_team() -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER, desk.now + 2 * f.DAY)
    # At 23:59 in Beijing the day is not over, and in UTC another.
    desk.now += f.DAY - timedelta(minutes=1)
    for day in ("1900-01-01", "2024-08-18", "2024-08-20", "2099-12-31"):
        assert desk.refuse(f.survey(day=day), SURVEYOR) == "day-outside", day
    assert desk.act(f.survey(day="2024-08-19"), SURVEYOR)


def test_who_was_on_the_team_that_day_reports_it_whoever_joined_or_left_since() -> None:
    desk, why = paths.application_in(Stage.SURVEY), f.ref("one-more")
    appointed, others = desk.now, ("surveyor-3", "surveyor-4")
    for members in (("surveyor-2", "surveyor-3"), ("surveyor-2", *others), (*others, "surveyor-5")):
        desk.act(f.team("surveyor-1", *members, reason=why if desk.state.team else None), f.OFFICER)
        desk.now += f.DAY
    for person, joined in (("surveyor-4", appointed + f.DAY), ("surveyor-5", appointed + 2 * f.DAY)):
        assert desk.refuse(f.survey(joined - f.DAY), f.actor(person)) == "day-outside", person
    assert desk.refuse(f.survey(appointed), f.actor("surveyor-2")) == "not-entitled"
    assert desk.act(f.survey(appointed), SURVEYOR)


def test_who_left_the_team_and_came_back_was_not_there_in_between() -> None:
    desk, why = paths.application_in(Stage.SURVEY), f.ref("ill")
    for lead in ("surveyor-1", "surveyor-2", "surveyor-1"):
        members = (lead, "surveyor-3", "surveyor-4")
        desk.act(f.team(*members, lead=lead, reason=why if desk.state.team else None), f.OFFICER)
        desk.now += f.DAY
    assert desk.refuse(f.survey(desk.now - 2 * f.DAY), SURVEYOR) == "day-outside"
    assert desk.act(f.survey(desk.now - f.DAY), SURVEYOR)


def test_in_a_rehearsal_a_survey_was_on_any_day() -> None:
    in_seconds = RehearsalClock(start=f.OPENED, day_zero=f.OPENED.date(), seconds_per_day=Decimal(1))
    desk = paths.application_in(Stage.SURVEY)
    desk.world = desk.world.with_(terms=f.TERMS.with_(clock=in_seconds))
    desk.act(f.team(), f.OFFICER)
    assert desk.act(f.survey(day="1900-01-01"), SURVEYOR)


def test_the_proposal_names_an_application_with_a_reason_or_holds_it_in_reserve() -> None:
    desk = paths.application_in(Stage.APPRAISED)
    assert desk.refuse(c.PlaceInProposal(proposal=1, rank=1)) == "reason-missing"
    assert desk.act(c.PlaceInProposal(proposal=1, rank=0)) == (e.PlacedInReserve(proposal=1),)
    named = c.PlaceInProposal(proposal=2, rank=1, reason=f.ref())
    assert desk.act(named) == (e.PlacedInProposal(proposal=2, rank=1, reason=f.ref()),)
    assert desk.refuse(named) == "already-done"
    assert desk.refuse(c.PlaceInProposal(proposal=1, rank=1, reason=f.ref())) == "proposal-changed"


def test_no_proposal_changes_the_standing_that_the_next_one_is_measured_by() -> None:
    """Seen before: the second proposal kept an order that deviated, and needed no reason for it any more."""
    desk = paths.application_in(Stage.APPRAISED)
    standing = desk.state.rank
    desk.act(c.PlaceInProposal(proposal=1, rank=7, reason=f.ref()))
    assert (desk.state.rank, candidate_of(desk.state).rank) == (standing, standing)


def test_an_item_whose_notice_passed_stays_cleared_unless_it_was_sent_back() -> None:
    desk = paths.application_in(Stage.CLEARED)
    again = c.PlaceInProposal(proposal=2, rank=1, reason=f.ref())
    assert desk.refuse(again) == "already-done"
    assert desk.act(again.model_copy(update={"again": True}))
    assert desk.state.stage is Stage.PROPOSED
