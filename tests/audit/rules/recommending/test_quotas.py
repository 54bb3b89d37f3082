"""No unit has more standing recommendations than its route has places, whatever its events say."""

from pathlib import Path

import pytest

from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    check_found,
    drop,
    insert,
    place,
    with_data,
)


def _over_quota(log: Log) -> Tampered:
    last = place(log, "list.recommended.v1", "bj", nth=-1)
    data = {**log[last].data, "application": "0008"}
    return insert(log, last + 1, "list.recommended.v1", log[last].actor, data, like=last), last + 1


def _quota_raised(log: Log) -> Tampered:
    first = place(log, "list.recommended.v1", "bj")
    return with_data(log, first, quota=3), first


def _withdrawal_left_out(log: Log) -> Tampered:
    gone = place(log, "list.withdrawn.v1", "bj")
    changed = drop(log, gone)
    return changed, place(changed, "list.recommended.v1", "bj", nth=2)


def _take_without_list(log: Log) -> Tampered:
    listed = place(log, "list.recommended.v1", "sh")
    changed = drop(log, listed)
    return changed, place(changed, "application.recommended.v1", "0004")


def _take_by_another_unit(log: Log) -> Tampered:
    at = place(log, "application.recommended.v1", "0003")
    return with_data(log, at, unit="bj"), at


def _rank_unlisted(log: Log) -> Tampered:
    at = place(log, "list.ranked.v1", "bj")
    return with_data(log, at, order=["0002", "0001", "0008"]), at


def _free_after_check(log: Log) -> Tampered:
    closed = place(log, "list.closed.v1", "sh")
    data = {"application": "0004", "why": "edited"}
    changed = insert(log, closed, "list.freed.v1", log[closed].actor, data, like=closed)
    return changed, place(changed, "application.recommended.v1", "0004")


def _release_and_go_on(log: Log) -> Tampered:
    closed = place(log, "list.closed.v1", "unit-1")
    data = {"application": "0003", "reason": None}
    agent = log[place(log, "list.recommended.v1", "unit-1")].actor
    changed = insert(log, closed, "list.withdrawn.v1", agent, data, like=closed)
    opened = place(changed, "application.check-opened.v1", "0003")
    system = changed[opened].actor
    type_, unit = "application.recommendation-released.v1", {"unit": "unit-1"}
    released = insert(changed, opened + 1, type_, system, unit, like=opened)
    return released, place(released, "application.recommended.v1", "0003")


CHANGES = [
    _over_quota,
    _quota_raised,
    _withdrawal_left_out,
    _take_without_list,
    _take_by_another_unit,
    _rank_unlisted,
    _free_after_check,
    _release_and_go_on,
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_recommendation_beyond_the_rules_is_found(tmp_path: Path, change: Change) -> None:
    check_found(tmp_path, "quotas-kept", change)
