"""A co-builder's confirmation is its own, in time, and for what stands there; what is missing was ruled on."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
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
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long

CONFIRMED = "application.co-building-confirmed.v1"
SUBMITTED, MENDED = "application.submitted.v1", "application.mended.v1"
SENT_BACK, PASSED = "application.sent-back.v1", "application.check-passed.v1"


def _by(person: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, CONFIRMED, "0002")
        return change_actor(log, at, f.actor(person, Role.APPLICANT)), at

    return change


def _change_entry(number: str = "0002", type_: str = CONFIRMED, **data: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        return with_data(log, at, **data), at

    return change


def _late(number: str, by: timedelta) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, CONFIRMED, number)
        return later(log, at, by), at

    return change


def _twice(log: Log) -> Tampered:
    at = place(log, CONFIRMED, "0002")
    return insert(log, at + 1, CONFIRMED, f.actor("partner-0002", "applicant"), log[at].data, like=at), at + 1


def _for_what_was_mended_since(log: Log) -> Tampered:
    """The confirmation comes before the version that it is said to be of."""
    at, mended = place(log, CONFIRMED, "0006"), place(log, MENDED, "0006")
    data = {**log[at].data, "revision": 1}
    without = drop(log, at)
    changed = insert(without, mended, CONFIRMED, log[at].actor, data, like=mended)
    return changed, place(changed, CONFIRMED, "0006")


def _drop_rulings(log: Log) -> Tampered:
    at = place(log, PASSED, "0003")
    return with_data(log, at, rulings=[]), at


def _confirmation_left_out(log: Log) -> Tampered:
    changed = drop(log, place(log, CONFIRMED, "0002"))
    return changed, place(changed, PASSED, "0002")


def _ask_others(type_: str, number: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        asked = {**log[at].data["asked"], "people": {f"91-partner-{number}": ["host-0001"]}}
        return with_data(log, at, asked=asked), at

    return change


def _ask_until_later(log: Log) -> Tampered:
    at = place(log, SENT_BACK, "0006")
    asked = {**log[at].data["asked"], "until": "2030-01-01T16:00:00Z"}
    return with_data(log, at, asked=asked), at


@pytest.mark.parametrize(
    "change",
    [
        # Of another unit, of the host, nobody's.
        _by("partner-0003"),
        _by("host-0002"),
        _by("nobody-1"),
        _change_entry(co_builder="91-partner-0003"),
        _change_entry(co_builder="91-host-0002"),
        _change_entry(revision=2),
        _twice,
        _late("0002", timedelta(days=90)),
        _late("0006", timedelta(days=30)),
        _drop_rulings,
        _confirmation_left_out,
        _ask_others(SUBMITTED, "0002"),
        _ask_others(SENT_BACK, "0006"),
        _ask_others(MENDED, "0006"),
        _change_entry("0002", SUBMITTED, asked=None),
        _ask_until_later,
        # Who is of the team of a unit that takes part is by the register, not by the engine.
        _change_entry("0002", SUBMITTED, team_units={"expert-1": "91-HOST-0002"}),
    ],
)
def test_a_confirmation_that_is_none_is_found(tmp_path: Path, change: Change) -> None:
    check_found(tmp_path, "co-builders-confirmed", change)


def test_a_confirmation_of_an_earlier_version_counts_for_none_that_changed(tmp_path: Path) -> None:
    """It is one of the earlier version, so that the later one lacks it: to pass, somebody would have to rule on it."""
    log, _ = _for_what_was_mended_since(tell_round().log)
    failed = place(log, "application.check-failed.v1", "0006")
    passed: dict[str, Any] = {"rulings": [], "text": None}
    changed = drop(insert(log, failed, PASSED, log[failed].actor, passed, like=failed), failed + 1)
    claim = claim_of(tmp_path, "co-builders-confirmed", changed)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "unconfirmed-passed")


def test_every_confirmation_asked_for_or_given_was_looked_at(tmp_path: Path) -> None:
    claim = claim_of(tmp_path, "co-builders-confirmed")
    # Asked: three at submission, one when sent back, one when mended; given: two.
    assert (claim.verdict, claim.counted) == (Verdict.PROVEN, 7)
