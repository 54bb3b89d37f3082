"""Reviews, scores and appraisals are recomputed; what was changed in them is found at its entry."""

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


def _score(log: Log) -> Tampered:
    at = place(log, "application.scored.v1", "0001")
    return with_data(log, at, mean="90/1", shown="90.00"), at


def _show_other_score(log: Log) -> Tampered:
    at = place(log, "application.scored.v1", "0002")
    return with_data(log, at, shown="99.99"), at


def _review_in_the_record_only(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    changed = with_data(log, at, scores={**log[at].data["scores"], "technical": "0"}, total="66")
    return changed, place(log, "application.scored.v1", "0001")


def _score_too_early(log: Log) -> Tampered:
    scored = place(log, "application.scored.v1", "0001")
    at = place(log, "review.submitted.v1", "0001", nth=2)
    return insert(log, at, "application.scored.v1", log[at].actor, log[scored].data, like=at), at


def _lot(log: Log) -> Tampered:
    at = place(log, "application.scored.v1", "0001")
    return with_data(log, at, lot="00" * 16), at


FIGURES = [_score, _show_other_score, _review_in_the_record_only, _lot]
SCORES = [_score_too_early]


def _total(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    return with_data(log, at, total="100"), at


def _above_the_scale(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    return with_data(log, at, scores={**log[at].data["scores"], "technical": "25.5"}, total="91.5"), at


def _second_review(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    return insert(log, at + 1, "review.submitted.v1", log[at].actor, log[at].data, like=at), at + 1


def _review_by_another(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    return change_actor(log, at, f.actor("expert-1", Role.EXPERT)), at


def _reviewer_without_seat(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    return with_data(log, at, expert="stranger"), at


def _void_at_will(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    data = {"seat": log[at].data["seat"], "expert": log[at].data["expert"], "report": "none"}
    return insert(log, at + 1, "review.voided.v1", f.SUPERVISOR, data, like=at), at + 1


TOTALS = [_total, _above_the_scale]
REVIEWS = [
    _second_review,
    _review_by_another,
    _reviewer_without_seat,
    _void_at_will,
]


def _votes(log: Log) -> Tampered:
    at = place(log, "appraisal.recorded.v1", "0001")
    return with_data(log, at, votes_for=9), at


def _present(log: Log) -> Tampered:
    at = place(log, "appraisal.recorded.v1", "0001")
    return with_data(log, at, present=[*log[at].data["present"][1:], "stranger"]), at


CHANGES = (
    *(("outcome-scores", change) for change in (*FIGURES, *TOTALS)),
    *(("scores-founded", change) for change in SCORES),
    *(("reviews-locked", change) for change in REVIEWS),
    *(("appraisals-add-up", change) for change in (_votes, _present)),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_a_changed_score_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)
