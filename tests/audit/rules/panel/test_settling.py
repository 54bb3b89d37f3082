"""Fewer scores, or none, without two people of two roles who agreed on the same panel: found at its entry."""

from functools import cache
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim
from audit.rules.catalogue import outcome_claims
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.stuck_round import StuckRound
from tests.audit.support.tampering import Change, Log, Tampered, change_actor, drop, place, point, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

pytestmark = pytest.mark.long

LOWERED, ENTERED = "panel.lowered.v1", "panel.settlement-entered.v1"
ENDED = "application.not-reviewed.v1"


@cache
def make_stuck_round() -> WholeRound:
    """A round in which two people lowered a panel whose score was fixed, and gave up another."""
    wanted = {LOWERED, ENDED, "application.scored.v1"}
    with pause_counting():
        for seed in range(40):
            found: WholeRound = StuckRound(seed).run()
            if wanted <= {leaf.type for leaf in found.log}:
                return found
    raise AssertionError("no seed leads there")


def claim_of(folder: Path, log: Log) -> Claim:
    with Bundle(write_bundle(folder / "round.zip", make_stuck_round(), log)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == "panels-settled")


def _before(log: Log, type_: str) -> tuple[int, int]:
    """The entry of what the second person entered, and the one that followed from it."""
    at = place(log, type_)
    return at - 1, at


def _one_officer(log: Log) -> Tampered:
    second, at = _before(log, LOWERED)
    first = place(log[:second], ENTERED, log[at].stream.rpartition("/")[2], nth=-1)
    changed = drop(log, first)
    return changed, place(changed, LOWERED)


def _two_officers(log: Log) -> Tampered:
    second, at = _before(log, ENDED)
    first = place(log[:second], ENTERED, log[at].stream.rpartition("/")[2], nth=-1)
    return change_actor(log, first, f.actor("officer-1", Role.OFFICER)), at


def _another_number(log: Log) -> Tampered:
    at = place(log, LOWERED)
    return with_data(log, at, scores=log[at].data["scores"] + 1), at


def _of_another_panel(log: Log) -> Tampered:
    second, at = _before(log, ENDED)
    return with_data(log, second, basis="as it was long before"), at


def _under_three(log: Log) -> Tampered:
    second, at = _before(log, LOWERED)
    first = place(log[:second], ENTERED, log[at].stream.rpartition("/")[2], nth=-1)
    for index in (first, second, at):
        log = with_data(log, index, scores=2)
    return log, at


def _end_where_fewer_agreed(log: Log) -> Tampered:
    second, at = _before(log, ENDED)
    first = place(log[:second], ENTERED, log[at].stream.rpartition("/")[2], nth=-1)
    for index in (first, second):
        log = with_data(log, index, way="fewer", scores=3)
    return log, at


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_one_officer, "settled-by-one"),
        (_two_officers, "settled-by-one"),
        (_of_another_panel, "settled-by-one"),
        (_another_number, "settled-otherwise"),
        (_end_where_fewer_agreed, "settled-otherwise"),
        (_under_three, "settled-too-low"),
    ],
)
def test_a_panel_settled_by_fewer_than_two_is_found(tmp_path: Path, change: Change, finding: str) -> None:
    log, at = change(make_stuck_round().log)
    claim = claim_of(tmp_path, log)
    assert (claim.finding, claim.point) == (finding, point(at))


def test_scores_below_the_minimum_that_nobody_lowered_are_found(tmp_path: Path) -> None:
    """The entries that lowered the panel are gone, as an officer alone would have it."""
    number = _find_scored_after_lowering(make_stuck_round().log)
    log = list(make_stuck_round().log)
    while [leaf for leaf in log if leaf.type in (LOWERED, ENTERED) and leaf.stream.endswith(number)]:
        at = next(
            index
            for index, leaf in enumerate(log)
            if leaf.type in (LOWERED, ENTERED) and leaf.stream.endswith(number)
        )
        log = drop(log, at)
    assert claim_of(tmp_path, log).finding == "below-minimum"


def _find_scored_after_lowering(log: Log) -> str:
    lowered = {leaf.stream for leaf in log if leaf.type == LOWERED}
    return next(
        leaf.stream for leaf in log if leaf.type == "application.scored.v1" and leaf.stream in lowered
    )


def test_a_panel_that_was_not_short_is_found(tmp_path: Path) -> None:
    """The draw that found no panel names another application."""
    log = make_stuck_round().log
    second = place(log, LOWERED) - 1
    number = log[second].stream.rpartition("/")[2]
    entered = place(log, ENTERED, number)
    drawn = max(index for index, leaf in enumerate(log[:entered]) if leaf.type == "draw.drawn.v1")
    assert claim_of(tmp_path, with_data(log, drawn, clashing=["load"])).finding == "panel-not-short"
