"""Rulings on objections that were reversed once the notice had passed: an honest round is proven, others are not."""

from functools import cache
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from tests.audit.support.tampering import Change, Log, Tampered, drop, place, point, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.rounds.reversal_rules import ReopenedRulings
from tests.whole_round import WholeRound

REVERSED, LEFT, ENTERED = "objection.reopened.v1", "round.items-left.v1", "decision.reversal-entered.v1"
SETTLED = "round.held-settled.v1"
SEED = 1
"""Of a round in which officer and supervisor reverse what an objection came to."""


@cache
def make_reopened_round() -> WholeRound:
    """Read only."""
    with pause_counting():
        return ReopenedRulings(SEED).run()


def _by_one(log: Log) -> Tampered:
    """What the officer entered is gone."""
    changed = drop(log, place(log, ENTERED))
    return changed, place(changed, REVERSED)


def _of_others(log: Log) -> Tampered:
    at = place(log, REVERSED)
    return with_data(log, at, examiners=["examiner-1"]), at


def _less_falls(log: Log) -> Tampered:
    at = place(log, ENTERED)
    return with_data(log, at, void=["passing"]), at


def _hold_nothing(log: Log) -> Tampered:
    at = place(log, LEFT)
    return with_data(log, at, held=[]), at


def _count_otherwise(log: Log) -> Tampered:
    """As if more rulings had been reversed, so that the next that is holds nothing."""
    at = place(log, SETTLED)
    return with_data(log, at, reopened=dict.fromkeys(log[at].data["released"], 5)), at


CASES: list[tuple[str, str, Change]] = [
    ("decisions-reversed", "reversed-by-one", _by_one),
    ("decisions-reversed", "not-whose-it-was", _of_others),
    ("decisions-reversed", "falls-otherwise", _less_falls),
    ("approvals-in-order", "held-otherwise", _hold_nothing),
    ("approvals-in-order", "reopened-otherwise", _count_otherwise),
]


def test_an_honest_round_is_proven_in_which_rulings_were_reversed_after_their_notice(tmp_path: Path) -> None:
    made = make_reopened_round()
    [left] = [leaf for leaf in made.log if leaf.type == LEFT and "held" in leaf.data]
    assert left.data["held"]
    # Two rulings of each were reversed, and none holds it again once both are made anew.
    [settled] = [leaf for leaf in made.log if leaf.type == SETTLED]
    assert settled.data["reopened"] == dict.fromkeys(settled.data["released"], 2)
    assert made.round.state.ended
    with Bundle(write_bundle(tmp_path / "round.zip", made, made.log)) as bundle:
        assert not [claim for claim in outcome_claims(bundle) if claim.verdict is Verdict.REFUTED]


@pytest.mark.parametrize(("code", "finding", "change"), CASES, ids=[change.__name__ for *_, change in CASES])
def test_what_was_tampered_with_is_found(code: str, finding: str, change: Change, tmp_path: Path) -> None:
    log, at = change(make_reopened_round().log)
    with Bundle(write_bundle(tmp_path / "round.zip", make_reopened_round(), log)) as bundle:
        claim = next(claim for claim in outcome_claims(bundle) if claim.code == code)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
