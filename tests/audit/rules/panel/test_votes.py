"""Votes that somebody else wrote down, or that the record of a meeting tells otherwise."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.reversed_round import make_reversed_round
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
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long

OPENED, VOTED, RECORDED = "appraisal.opened.v1", "appraisal.voted.v1", "appraisal.recorded.v1"
DAYS = timedelta(days=f.RULES.days.invitation + 1)
"""From the day of an invitation's beginning until its last has ended."""


def _chair_for_another(log: Log) -> Tampered:
    at = place(log, VOTED, "0001", nth=1)
    chair = log[place(log, OPENED, "0001")].actor
    return change_actor(log, at, chair), at


def _as_chair(log: Log) -> Tampered:
    at = place(log, VOTED, "0001")
    return change_actor(log, at, f.actor(log[at].data["expert"], Role.CHAIR)), at


def _of_a_stranger(log: Log) -> Tampered:
    at = place(log, VOTED, "0001")
    changed = with_data(log, at, expert="expert-99")
    return change_actor(changed, at, f.actor("expert-99")), at


def _twice(log: Log) -> Tampered:
    at = place(log, VOTED, "0001")
    return insert(log, at + 1, VOTED, log[at].actor, log[at].data, like=at), at + 1


def _lacking(log: Log) -> Tampered:
    changed = drop(log, place(log, VOTED, "0001"))
    return changed, place(changed, RECORDED, "0001")


def _count_otherwise(log: Log) -> Tampered:
    at = place(log, RECORDED, "0001")
    return with_data(log, at, votes_for=log[at].data["votes_for"] - 1, votes_against=1), at


def _another_score(log: Log) -> Tampered:
    at = place(log, RECORDED, "0001")
    return with_data(log, at, score="99"), at


def _dissent_left_out(log: Log) -> Tampered:
    voted, at = place(log, VOTED, "0001"), place(log, RECORDED, "0001")
    return with_data(log, voted, dissent=log[at].data["text"]), at


def _far_without_reason(log: Log) -> Tampered:
    at = place(log, RECORDED, "0001")
    return with_data(log, at, score="1", reason=None), at


def _open_by_another(log: Log) -> Tampered:
    at = place(log, OPENED, "0001")
    other = next(name for name in log[at].data["present"] if name != log[at].actor.person)
    return change_actor(log, at, f.actor(other, Role.CHAIR)), at


def _misnumber(log: Log) -> Tampered:
    at = place(log, OPENED, "0001")
    return with_data(log, at, meeting=2), at


def _open_anew(log: Log, **data: Any) -> Tampered:
    at, opened = place(log, RECORDED, "0001"), place(log, OPENED, "0001")
    anew = {**log[opened].data, "meeting": 2, **data}
    return insert(log, at, OPENED, log[at].actor, anew, like=at - 1), at


def _anew_without_reason(log: Log) -> Tampered:
    return _open_anew(log, reason=None)


def _without_who_voted(log: Log) -> Tampered:
    return _open_anew(log, present=log[place(log, OPENED, "0001")].data["present"][:-1])


def _without_who_was_asked(log: Log) -> Tampered:
    """Nobody has voted yet, and the one who is against it is left out."""
    opened = place(log, OPENED, "0001")
    anew = {**log[opened].data, "meeting": 2, "present": log[opened].data["present"][:-1]}
    return insert(log, opened + 1, OPENED, log[opened].actor, anew, like=opened), opened + 1


def _put_aside(log: Log) -> Tampered:
    return _open_anew(log, aside=log[place(log, OPENED, "0001")].data["present"][-1:])


CHANGES = (
    *(_chair_for_another, _as_chair, _of_a_stranger, _twice, _lacking, _count_otherwise),
    *(_dissent_left_out, _far_without_reason, _open_by_another, _misnumber),
    *(_anew_without_reason, _without_who_voted, _without_who_was_asked, _put_aside),
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_vote_that_is_not_its_members_is_found_at_its_entry(tmp_path: Path, change: Change) -> None:
    check_found(tmp_path, "votes-in-person", change)


def test_a_score_that_is_not_what_the_members_come_to_is_found_by_code_that_asks_no_core(
    tmp_path: Path,
) -> None:
    check_found(tmp_path, "outcome-scores", _another_score)


def test_who_has_not_voted_for_days_may_be_left_out(tmp_path: Path) -> None:
    log, at = _without_who_was_asked(tell_round().log)
    for by, finding in ((DAYS - timedelta(days=1), "voter-left-out"), (DAYS, "vote-without-right")):
        # The next to vote does so in the meeting that is over.
        claim = claim_of(tmp_path, "votes-in-person", later(log, at, by))
        assert claim.finding == finding, claim


def test_who_voted_is_not_left_out_after_the_record_was_reversed(tmp_path: Path) -> None:
    made = make_reversed_round()
    log = list(made.log)
    again = place(log, OPENED, "0001", nth=1)
    log = with_data(log, again, present=log[again].data["present"][:-1])
    with Bundle(write_bundle(tmp_path / "reversed.zip", made, log)) as bundle:
        claim = next(found for found in outcome_claims(bundle) if found.code == "votes-in-person")
    assert (claim.finding, claim.point) == ("voter-left-out", point(again))


def test_votes_as_they_were_cast_are_proven(tmp_path: Path) -> None:
    assert claim_of(tmp_path, "votes-in-person").verdict is Verdict.PROVEN
