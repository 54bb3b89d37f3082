"""A correction that was not the reviewer's own, out of its place, or not counted, is found at its entry."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    claim_of,
    drop,
    insert,
    later,
    move,
    place,
    point,
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long

CORRECTED, SUBMITTED, SCORED = "review.corrected.v1", "review.submitted.v1", "application.scored.v1"


def _by(person: str, role: Role) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, CORRECTED)
        return change_actor(log, at, f.actor(person, role)), at

    return change


def _in_the_name_of_the_chair(log: Log) -> Tampered:
    at = place(log, CORRECTED)
    return change_actor(log, at, f.actor(log[at].data["expert"], Role.CHAIR)), at


def _with(**data: object) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, CORRECTED)
        return with_data(log, at, **data), at

    return change


def _off_the_scale(log: Log) -> Tampered:
    at = place(log, CORRECTED)
    return with_data(log, at, scores={**log[at].data["scores"], "technical": "25.5"}), at


def _leave_out_content(log: Log) -> Tampered:
    at = place(log, CORRECTED)
    less = {name: score for name, score in log[at].data["scores"].items() if name != "technical"}
    return with_data(log, at, scores=less), at


def _after_the_score(log: Log) -> Tampered:
    """One more, that the score no longer counted."""
    at, scored = place(log, CORRECTED), place(log, SCORED, "0004")
    data = {**log[at].data, "number": 2, "former_total": log[at].data["total"]}
    return insert(log, scored + 1, CORRECTED, log[at].actor, data, like=scored), scored + 1


def _move_behind_score(log: Log) -> Tampered:
    scored = place(log, SCORED, "0004")
    return move(log, place(log, CORRECTED), scored), scored - 1


def _before_the_review(log: Log) -> Tampered:
    first = place(log, SUBMITTED, "0004")
    return move(log, place(log, CORRECTED), first), first


def _of_another_application(log: Log) -> Tampered:
    at, other = place(log, CORRECTED), place(log, SUBMITTED, "0005", -1)
    return insert(log, other, CORRECTED, log[at].actor, log[at].data, like=other), other


def _replay(log: Log) -> Tampered:
    at = place(log, CORRECTED)
    return insert(log, at + 1, CORRECTED, log[at].actor, log[at].data, like=at), at + 1


def _leave_out(log: Log) -> Tampered:
    """The score counted the correction; without its entry it no longer follows."""
    changed = drop(log, place(log, CORRECTED))
    return changed, place(changed, SCORED, "0004")


def _score_as_before(log: Log) -> Tampered:
    """The score that there would be had nobody corrected: by 0.1 of a point more."""
    at = place(log, SCORED, "0004")
    return with_data(log, at, untrimmed="169/2"), at


CASES: list[tuple[str, Change]] = [
    ("corrected-by-another", _by("officer-1", Role.OFFICER)),
    ("corrected-by-another", _by("expert-24", Role.EXPERT)),
    ("corrected-by-another", _in_the_name_of_the_chair),
    ("nothing-to-correct", _with(expert="stranger")),
    ("nothing-to-correct", _with(seat=9)),
    ("nothing-to-correct", _before_the_review),
    ("nothing-to-correct", _of_another_application),
    ("corrected-after-score", _after_the_score),
    ("correction-out-of-turn", _with(number=2)),
    ("correction-out-of-turn", _with(number=0)),
    ("correction-out-of-turn", _replay),
    ("former-total-differs", _with(former_total="99")),
]


@pytest.mark.parametrize(("finding", "change"), CASES)
def test_what_is_wrong_with_a_correction_is_named(tmp_path: Path, finding: str, change: Change) -> None:
    log, at = change(tell_round().log)
    claim = claim_of(tmp_path, "corrections-kept", log)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at)), claim


FIGURES: list[tuple[str, Change]] = [
    ("outcome-score-unfit", _off_the_scale),
    ("outcome-score-unfit", _leave_out_content),
    ("figure-differs", _with(total="99")),
    ("figure-differs", _leave_out),
    ("figure-differs", _move_behind_score),
    ("figure-differs", _score_as_before),
]


@pytest.mark.parametrize(("finding", "change"), FIGURES)
def test_what_a_correction_does_not_come_to_is_named(tmp_path: Path, finding: str, change: Change) -> None:
    log, at = change(tell_round().log)
    claim = claim_of(tmp_path, "outcome-scores", log)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at)), claim


def test_more_corrections_than_the_rules_allow_are_found(tmp_path: Path) -> None:
    log = tell_round().log
    rules = log[0].data["rules"]
    bounded = with_data(log, 0, rules={**rules, "panel": {**rules["panel"], "corrections_max": 0}})
    claim = claim_of(tmp_path, "corrections-kept", bounded)
    at = place(log, CORRECTED)
    assert (claim.finding, claim.point, claim.params["count"]) == ("corrected-too-often", point(at), "1")


def test_a_correction_after_the_deadline_is_late_even_within_the_grace(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, CORRECTED)
    due = datetime.fromisoformat(log[place(log, "panel.seated.v1", "0004")].data["review_by"])
    late = later(log, at, due + timedelta(minutes=1) - log[at].at)
    stored = with_data(late, at, stored_before=(due - timedelta(minutes=3)).isoformat())
    claim = claim_of(tmp_path, "acts-in-time", stored)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, "act-late", point(at))
