"""Nobody meets themselves in one application, and who must stand aside does."""

from pathlib import Path

import pytest

from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    check_found,
    insert,
    place,
    with_data,
)

pytestmark = pytest.mark.long


def _panel(person: str, number: str = "0001") -> Change:
    """Someone else takes the first seat of an application's panel, employer and all."""

    def change(log: Log) -> Tampered:
        at = place(log, "panel.seated.v1", number)
        data = log[at].data
        seats = {**data["seats"], "1": person}
        employers = {**data["employers"], person: f"91-{person}"}
        return with_data(log, at, seats=seats, employers=employers), at

    return change


def _of_the_host(log: Log) -> Tampered:
    at = place(log, "panel.seated.v1", "0001")
    data = log[at].data
    return with_data(log, at, employers={**data["employers"], data["seats"]["1"]: "91-host-0001"}), at


def _of_the_host_spelt_otherwise(code: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, "panel.seated.v1", "0001")
        data = log[at].data
        return with_data(log, at, employers={**data["employers"], data["seats"]["1"]: code}), at

    return change


def _seat_twice(log: Log) -> Tampered:
    at = place(log, "panel.seated.v1", "0001")
    seats = log[at].data["seats"]
    return with_data(log, at, seats={**seats, "1": seats["2"]}), at


def _back_in_the_panel(log: Log) -> Tampered:
    at = place(log, "panel.seated.v1", "0003", draw="second")
    left = log[place(log, "panel.seat-vacated.v1", "0003")].data["expert"]
    number = min(log[at].data["seats"])
    seats = {**log[at].data["seats"], number: left}
    return with_data(log, at, seats=seats), at


def _replace_by_conflicted(log: Log) -> Tampered:
    at = place(log, "panel.seat-filled.v1", "0002")
    found = log[place(log, "panel.seat-vacated.v1", "0002")].data["expert"]
    return with_data(log, at, expert=found), at


def _surveyor_of_the_host(log: Log) -> Tampered:
    at = place(log, "survey.team-appointed.v1", "0001")
    return with_data(log, at, members=["host-0001", "surveyor-1", "surveyor-2"]), at


def _surveyor_unknown(log: Log) -> Tampered:
    at = place(log, "survey.team-appointed.v1", "0001")
    return with_data(log, at, members=["nobody-1", "surveyor-1", "surveyor-2"]), at


def _surveyors_too_few(log: Log) -> Tampered:
    at = place(log, "survey.team-appointed.v1", "0001")
    return with_data(log, at, members=["surveyor-1", "surveyor-2"]), at


def _surveyors_of_who_registered_them(log: Log) -> Tampered:
    at = place(log, "survey.team-appointed.v1", "0001")
    return change_actor(log, at, f.actor("admin-1", Role.OFFICER)), at


def _judge_in_own_case(log: Log) -> Tampered:
    at = place(log, "conflict.ruled.v1", "0002")
    reported = place(log, "conflict.reported.v1", "0002")
    return change_actor(log, reported, f.SUPERVISOR), at


RECUSALS = [
    _panel("expert-1"),
    _of_the_host,
    *map(
        _of_the_host_spelt_otherwise, ("91-host-0001 ", "91-HOST-0001", "９１-host-0001", "uscc:91-host-0001")
    ),
    _seat_twice,
    _back_in_the_panel,
    _replace_by_conflicted,
    _surveyor_of_the_host,
    _surveyor_unknown,
    _surveyors_too_few,
    _surveyors_of_who_registered_them,
    _judge_in_own_case,
]


def _examine_by_reviewer(log: Log) -> Tampered:
    at = place(log, "objection.examiners-appointed.v1", "0001")
    reviewer = log[place(log, "panel.seated.v1", "0001")].data["seats"]["2"]
    return with_data(log, at, examiners=[reviewer]), at


def _reviewer_objects(log: Log) -> Tampered:
    at = place(log, "objection.raised.v1", "0001")
    reviewer = log[place(log, "panel.seated.v1", "0001")].data["seats"]["2"]
    return with_data(log, at, objector=reviewer), at


def _reviewer_surveys_nothing_but_examines(log: Log) -> Tampered:
    at = place(log, "objection.examiners-appointed.v1", "0001")
    return with_data(log, at, examiners=["surveyor-1"]), at


def _approver_reviewed(log: Log) -> Tampered:
    seated = place(log, "panel.seated.v1", "0001")
    seats = {**log[seated].data["seats"], "1": "approver-1"}
    return with_data(log, seated, seats=seats), seated


def _recommender_approves(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="department")
    return change_actor(log, at, f.actor("agent-bj", Role.APPROVER)), at


def _reviewer_fixes_the_shortlist(log: Log) -> Tampered:
    at = place(log, "round.shortlist-fixed.v1")
    reviewer = log[place(log, "panel.seated.v1", "0001")].data["seats"]["2"]
    return change_actor(log, at, f.actor(reviewer, Role.OFFICER)), at


def _surveyor_lifts_a_stop(log: Log) -> Tampered:
    at = place(log, "integrity.ruled.v1") + 1
    told = {"application": "0001", "text": log[at - 1].data["text"]}
    lifting = f.actor("surveyor-1", Role.SUPERVISOR)
    return insert(log, at, "integrity.stop-lifted.v1", lifting, told, like=at - 1), at


def _object_as(person: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, "objection.raised.v1", "0001")
        return with_data(log, at, objector=person), at

    return change


def _survey_as(person: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, "survey.team-appointed.v1", "0001")
        return with_data(log, at, members=[person, "surveyor-1", "surveyor-2"]), at

    return change


OUTSIDE = ("host-0002", "approver-1", "auditor-1", "admin-1")
"""A rival, and those whom the round's rules name."""

DUTIES = [
    *map(_object_as, OUTSIDE),
    *map(_survey_as, OUTSIDE),
    *map(_panel, OUTSIDE[1:]),
    _panel("host-0001"),
    _panel("agent-bj"),
    _panel("officer-2"),
    _panel("supervisor-2"),
    _examine_by_reviewer,
    _reviewer_objects,
    _reviewer_surveys_nothing_but_examines,
    _approver_reviewed,
    _recommender_approves,
    _reviewer_fixes_the_shortlist,
    _surveyor_lifts_a_stop,
]

CHANGES = (
    *(("recusals-kept", change) for change in RECUSALS),
    *(("duties-apart", change) for change in DUTIES),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_who_must_not_meet_is_found_at_the_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)
