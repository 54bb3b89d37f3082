"""A whole round's claims are proven, and a log that can't be folded proves nothing."""

from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Verdict
from audit.log.verification import LogPass, Outside
from audit.rules.catalogue import Outcomes, outcome_claims
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.audit.support.tampering import Log, claim_of, claims_of, drop, place, point, with_data
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long


def test_a_whole_round_is_proven(tmp_path: Path) -> None:
    claims = claims_of(tmp_path)
    assert {claim.code: claim.verdict for claim in claims.values()} == dict.fromkeys(claims, Verdict.PROVEN)
    # Nobody stands in for anybody, the rules have no ladder, no place is filled and no panel fresh: tests of their
    # own tell of those.
    assert [code for code, claim in claims.items() if not claim.counted] == [
        "substitutes-in-bounds",
        "reminders-climb",
        "places-filled-openly",
        "fresh-panels-kept",
    ], claims
    assert claims["record-folds"].counted == len(tell_round().log)


def _unknown_type(log: Log) -> tuple[Log, str]:
    return [
        leaf.model_copy(update={"type": "no.such.v1"}) if leaf == log[9] else leaf for leaf in log
    ], "event-unfit"


def _unread_value(log: Log) -> tuple[Log, str]:
    return with_data(log, 9, surplus=1), "event-unfit"


def _gap(log: Log) -> tuple[Log, str]:
    return [*log[:9], log[9].model_copy(update={"version": 7}), *log[10:]], "version-gap"


def _foreign(log: Log) -> tuple[Log, str]:
    other = log[9].model_copy(update={"stream": "application/other/0001", "version": 1})
    return [*log[:9], other, *log[10:]], "foreign-stream"


@pytest.mark.parametrize("change", [_unknown_type, _unread_value, _gap, _foreign])
def test_an_entry_that_does_not_fold_is_named_and_leaves_the_rest_unproven(
    tmp_path: Path, change: object
) -> None:
    assert callable(change)
    log, finding = change(tell_round().log)
    claims = claims_of(tmp_path, log)
    folds = claims.pop("record-folds")
    assert (folds.verdict, folds.point, folds.finding) == (Verdict.REFUTED, point(9), finding)
    for claim in claims.values():
        assert (claim.verdict, claim.finding, claim.point) == (Verdict.NOT_PROVABLE, "fold-broken", point(9))


def test_an_entry_left_out_is_a_gap(tmp_path: Path) -> None:
    log = tell_round().log
    index = place(log, "review.submitted.v1", "0001")
    following = next(i for i in range(index + 1, len(log)) if log[i].stream == log[index].stream)
    claims = claims_of(tmp_path, [*log[:index], *log[index + 1 :]])
    assert claims["record-folds"].point == point(following - 1)
    assert claim_of(tmp_path, "record-folds", drop(log, index)).verdict is Verdict.PROVEN


def _change_nothing(log: Log) -> tuple[Log, str]:
    return log, ""


def _other_score(log: Log) -> tuple[Log, str]:
    return with_data(log, place(log, "application.scored.v1"), mean="1/1"), ""


def _nobody_registered(log: Log) -> tuple[Log, str]:
    return log, "unregistered"


@pytest.mark.parametrize(
    "change",
    [_change_nothing, _other_score, _nobody_registered, _unknown_type, _unread_value, _gap, _foreign],
)
def test_judging_on_the_way_says_what_reading_the_log_again_says(tmp_path: Path, change: object) -> None:
    assert callable(change)
    log, how = change(tell_round().log)
    path = write_bundle(tmp_path / "round.zip", tell_round(), log, registered=how != "unregistered")
    with Bundle(path) as bundle:
        outcomes = Outcomes(bundle, read_register(bundle))
        reading = LogPass(bundle, bundle.round, Outside(), (outcomes.see,))
        list(reading.claims())
        assert list(outcomes.claims(whole=reading.whole)) == list(outcome_claims(bundle))


def _never_opened() -> Leaf:
    return Leaf(
        type="list.never-opened.v1",
        stream=f"recommender/{f.ROUND}/unit-9",
        version=1,
        actor=f.RECOMMENDER,
        at=f.OPENED - f.DAY,
        recorded=f.OPENED - f.DAY,
        register_size=0,
        rules="",
        data={"command_id": "stray-1"},
    )


def test_a_list_may_have_ended_before_its_round_was_opened_and_not_after(tmp_path: Path) -> None:
    log = tell_round().log
    before = claims_of(tmp_path, [_never_opened(), *log])
    assert {claim.verdict for claim in before.values()} == {Verdict.PROVEN}
    after = claims_of(tmp_path, [log[0], _never_opened(), *log[1:]])
    found = after.pop("acts-in-stage")
    assert (found.verdict, found.finding, found.point) == (Verdict.REFUTED, "not-in-this-stage", point(1))
