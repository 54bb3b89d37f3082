"""Acts out of time, and deadlines' events that are not dated at the deadline in force, are found."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    check_found,
    claim_of,
    drop,
    insert,
    later,
    place,
    point,
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def _at(log: Log, index: int, name: str) -> Any:
    return datetime.fromisoformat(log[index].data[name])


def _late(type_: str, number: str, **data: Any) -> Change:
    """An act is dated a year later."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number, **data)
        return later(log, at, 365 * DAY), at

    return change


def _without_stored_content(type_: str, number: str) -> Change:
    """An act within the grace loses what saved it."""

    def change(log: Log) -> Tampered:
        at = next(i for i in range(len(log)) if log[i].type == type_ and log[i].data.get("stored_before"))
        assert log[at].stream.endswith(number)
        return with_data(log, at, stored_before=None), at

    return change


def _beyond_the_grace(log: Log) -> Tampered:
    at = next(i for i in range(len(log)) if log[i].data.get("stored_before"))
    return later(log, at, timedelta(minutes=10)), at


def _extension_left_out(log: Log) -> Tampered:
    at = place(log, "round.deadline-extended.v1")
    last = next(i for i in range(at, len(log)) if log[i].type == "list.closed.v1")
    changed = [later([leaf], 0, 20 * DAY)[0] if at < i < last else leaf for i, leaf in enumerate(log)]
    return drop(changed, at), at


def _refuse_in_time(log: Log) -> Tampered:
    at = place(log, "act.refused.v1", "bj")
    until = (log[at].at + DAY).isoformat()
    return with_data(log, at, code="late", params={"deadline": "recommendation", "until": until}), at


def _decline_after_date(log: Log) -> Tampered:
    at = place(log, "panel.seat-vacated.v1", "0003", why="declined")
    return later(log, at, 10 * DAY), at


IN_TIME = [
    _late("application.submitted.v1", "0002"),
    _late("application.withdrawn.v1", "0007"),
    _late("list.recommended.v1", "sh"),
    _late("application.mended.v1", "0006"),
    _late("panel.seated.v1", "0001"),
    _late("panel.seat-filled.v1", "0003"),
    _late("panel.invitation-accepted.v1", "0001"),
    _late("review.submitted.v1", "0001"),
    _late("objection.raised.v1", "0001"),
    _late("round.deadline-extended.v1", ""),
    _without_stored_content("application.submitted.v1", "0001"),
    _without_stored_content("review.submitted.v1", "0003"),
    _beyond_the_grace,
    _refuse_in_time,
    _decline_after_date,
]


def _other_value(type_: str, number: str, name: str, by: timedelta) -> Change:
    """A date within an event is moved."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        return with_data(log, at, **{name: (_at(log, at, name) + by).isoformat()}), at

    return change


def _notices_moved_before(log: Log) -> Tampered:
    """Notices were moved before the round's began, and it ends by its days alone."""
    at = place(log, "round.notice-opened.v1")
    extended = log[place(log, "round.deadline-extended.v1")]
    until = (_at(log, at, "until") + 30 * DAY).isoformat()
    data = {**extended.data, "name": "notice", "old": None, "until": until}
    return insert(log, at, extended.type, extended.actor, data, like=at), at + 1


MEASURED = [
    _notices_moved_before,
    _other_value("notice.opened.v1", "0001", "until", -DAY),
    _other_value("round.notice-opened.v1", "", "until", -DAY),
    _other_value("application.sent-back.v1", "0006", "until", DAY),
    _other_value("panel.seated.v1", "0001", "respond_by", -DAY),
    _other_value("panel.seated.v1", "0001", "review_by", DAY),
    _other_value("panel.seat-filled.v1", "0003", "review_by", -DAY),
]


def _lose_before_date(log: Log) -> Tampered:
    accepted = place(log, "panel.invitation-accepted.v1", "0001")
    actor = log[place(log, "list.closed.v1", "bj")].actor
    seat = {"seat": log[accepted].data["seat"], "expert": log[accepted].data["expert"]}
    data = {**seat, "why": "no-review", "deadline": log[accepted].at.isoformat()}
    return insert(log, accepted + 1, "panel.seat-vacated.v1", actor, data, like=accepted), accepted + 1


DATED = [
    _other_value("application.check-opened.v1", "0001", "deadline", -DAY),
    _other_value("application.lapsed.v1", "0007", "deadline", -DAY),
    _other_value("application.lapsed.v1", "0008", "deadline", -DAY),
    _other_value("list.closed.v1", "bj", "deadline", -DAY),
    _other_value("round.intake-closed.v1", "", "deadline", -DAY),
    _other_value("notice.passed.v1", "0001", "deadline", -DAY),
    _other_value("round.deadline-extended.v1", "", "old", -DAY),
    _other_value("round.deadline-extended.v1", "", "until", -30 * DAY),
    _other_value("round.deadline-extended.v1", "", "until", MINUTE),
    _other_value("round.outage-recorded.v1", "", "until", DAY),
    _other_value("round.outage-recorded.v1", "", "ended", DAY),
    _other_value("round.outage-recorded.v1", "", "began", DAY),
    _late("round.outage-recorded.v1", ""),
    _late("application.check-opened.v1", "0001"),
    _late("list.closed.v1", "sh"),
    _late("round.submission-closed.v1", ""),
    _lose_before_date,
]

CHANGES = (
    *(("acts-in-time", change) for change in IN_TIME),
    *(("windows-measured", change) for change in MEASURED),
    *(("deadlines-dated", change) for change in DATED),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_what_is_out_of_time_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)


def _with_one_more_surveyor(reporter: str) -> Tampered:
    """The day after its team was appointed, and went there, one more joins it; then one of them reports."""
    log = tell_round().log
    first, at = place(log, "survey.team-appointed.v1", "0001"), place(log, "survey.reported.v1", "0001")
    more = {**log[first].data, "members": [*log[first].data["members"], "surveyor-4"], "reason": None}
    log = later(insert(log, at, "survey.team-appointed.v1", log[first].actor, more, like=first), at, DAY)
    log = later(change_actor(log, at + 1, f.actor(reporter, Role.SURVEYOR)), at + 1, DAY)
    return log, at + 1


def test_a_visit_before_one_more_joined_its_team_is_reported_by_who_was_there(tmp_path: Path) -> None:
    log, at = _with_one_more_surveyor("surveyor-1")
    assert point(at) != claim_of(tmp_path, "windows-measured", log).point
    check_found(tmp_path, "windows-measured", lambda _: _with_one_more_surveyor("surveyor-4"))


def test_what_only_an_extension_allowed_is_late_without_it(tmp_path: Path) -> None:
    check_found(tmp_path, "acts-in-time", _extension_left_out)
