"""An upheld objection whose ruling was reversed: an honest round is proven, what was tampered with is refuted."""

from functools import cache
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.stages import Stage
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    drop,
    insert,
    place,
    point,
    with_data,
)
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.rounds.reversal_rules import ReturningItem
from tests.selection.reversing.reversals import SECOND
from tests.whole_round import WholeRound

REVERSED, LEFT, ENTERED = "objection.reopened.v1", "round.items-left.v1", "decision.reversal-entered.v1"
SEED = 1
"""Of a round in which officer and supervisor reverse that an objection was upheld."""


@cache
def back() -> WholeRound:
    """Read only."""
    with pause_counting():
        return ReturningItem(SEED).run()


def _by_one(log: Log) -> Tampered:
    changed = drop(log, place(log, ENTERED))
    return changed, place(changed, REVERSED)


def _by_its_examiner(log: Log) -> Tampered:
    at = place(log, ENTERED, nth=1)
    examiner = log[place(log, "application.removed.v1")].actor.person
    return change_actor(log, at, SECOND.with_(person=examiner)), at


def _as_dismissed(log: Log) -> Tampered:
    at = place(log, ENTERED)
    return with_data(log, at, was="dismissed"), at


def _nothing_falls(log: Log) -> Tampered:
    at = place(log, ENTERED)
    return with_data(log, at, void=[]), at


def _after_the_list(log: Log) -> Tampered:
    at, entered = len(log), place(log, ENTERED)
    return insert(log, at, ENTERED, SECOND, log[entered].data, like=entered), at


def _before_levels_decide(log: Log) -> Tampered:
    at, entered = place(log, "application.removed.v1") + 1, place(log, ENTERED)
    return insert(log, at, ENTERED, SECOND, log[entered].data, like=entered), at


def _hold_nothing(log: Log) -> Tampered:
    at = place(log, LEFT)
    return with_data(log, at, held=[]), at


def _appoint_the_same(log: Log) -> Tampered:
    first, again = (log[place(log, "objection.examiners-appointed.v1", nth=nth)] for nth in (0, -1))
    at = log.index(again)
    return with_data(log, at, examiners=first.data["examiners"]), at


CASES: list[tuple[str, str, Change]] = [
    ("decisions-reversed", "reversed-by-one", _by_one),
    ("decisions-reversed", "reversed-own", _by_its_examiner),
    ("decisions-reversed", "none-to-reverse", _as_dismissed),
    ("decisions-reversed", "falls-otherwise", _nothing_falls),
    ("decisions-reversed", "none-to-reverse", _after_the_list),
    ("decisions-reversed", "reversed-beside-notice", _before_levels_decide),
    ("approvals-in-order", "held-otherwise", _hold_nothing),
    ("reversals-founded", "examined-again", _appoint_the_same),
]


def test_an_honest_round_is_proven_in_which_what_was_removed_is_listed(tmp_path: Path) -> None:
    made = back()
    ends = [leaf.stream for leaf in made.log if leaf.type == "application.removed.v1"]
    (number,) = (stream.rsplit("/", 1)[-1] for stream in ends)
    assert (made.app(number).state.stage, made.round.state.places[number]) == (Stage.ENDED, 1)
    with Bundle(write_bundle(tmp_path / "round.zip", made, made.log)) as bundle:
        assert not [claim for claim in outcome_claims(bundle) if claim.verdict is Verdict.REFUTED]


@pytest.mark.parametrize(("code", "finding", "change"), CASES, ids=[change.__name__ for *_, change in CASES])
def test_what_was_tampered_with_is_found(code: str, finding: str, change: Change, tmp_path: Path) -> None:
    log, at = change(back().log)
    with Bundle(write_bundle(tmp_path / "round.zip", back(), log)) as bundle:
        claim = next(claim for claim in outcome_claims(bundle) if claim.code == code)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
