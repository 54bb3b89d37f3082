"""No unit has more standing recommendations than its route has places, whatever its events say."""

from pathlib import Path

import pytest

from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    check_found,
    dropped,
    inserted,
    place,
    with_data,
)


def _over_quota(log: Log) -> Tampered:
    last = place(log, "list.recommended.v1", "bj", nth=-1)
    data = {**log[last].data, "application": "0008"}
    return inserted(log, last + 1, "list.recommended.v1", log[last].actor, data, like=last), last + 1


def _quota_raised(log: Log) -> Tampered:
    first = place(log, "list.recommended.v1", "bj")
    return with_data(log, first, quota=3), first


def _withdrawal_left_out(log: Log) -> Tampered:
    gone = place(log, "list.withdrawn.v1", "bj")
    changed = dropped(log, gone)
    return changed, place(changed, "list.recommended.v1", "bj", nth=2)


def _taken_without_a_list(log: Log) -> Tampered:
    listed = place(log, "list.recommended.v1", "sh")
    changed = dropped(log, listed)
    return changed, place(changed, "application.recommended.v1", "0004")


def _taken_by_another_unit(log: Log) -> Tampered:
    at = place(log, "application.recommended.v1", "0003")
    return with_data(log, at, unit="bj"), at


def _ranked_what_is_not_listed(log: Log) -> Tampered:
    at = place(log, "list.ranked.v1", "bj")
    return with_data(log, at, order=["0002", "0001", "0008"]), at


def _freed_after_the_check(log: Log) -> Tampered:
    closed = place(log, "list.closed.v1", "sh")
    data = {"application": "0004", "why": "edited"}
    changed = inserted(log, closed, "list.freed.v1", log[closed].actor, data, like=closed)
    return changed, place(changed, "application.recommended.v1", "0004")


def _released_and_goes_on(log: Log) -> Tampered:
    closed = place(log, "list.closed.v1", "unit-1")
    data = {"application": "0003", "reason": None}
    agent = log[place(log, "list.recommended.v1", "unit-1")].actor
    changed = inserted(log, closed, "list.withdrawn.v1", agent, data, like=closed)
    opened = place(changed, "application.check-opened.v1", "0003")
    system = changed[opened].actor
    type_, unit = "application.recommendation-released.v1", {"unit": "unit-1"}
    released = inserted(changed, opened + 1, type_, system, unit, like=opened)
    return released, place(released, "application.recommended.v1", "0003")


CHANGES = [
    _over_quota,
    _quota_raised,
    _withdrawal_left_out,
    _taken_without_a_list,
    _taken_by_another_unit,
    _ranked_what_is_not_listed,
    _freed_after_the_check,
    _released_and_goes_on,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_recommendation_beyond_the_rules_is_found(tmp_path: Path, change: Change) -> None:
    check_found(tmp_path, "quotas-kept", change)
