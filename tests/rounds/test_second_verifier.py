"""Rounds as chance leads them, before the verifier in Go."""

from pathlib import Path

import pytest

from tests.chance.lively import LivelyRound
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.needing import needs_go
from tests.rounds.test_broken_rules import list_refuted
from tests.second_verifier import find_fault_of

pytestmark = [pytest.mark.bulk, needs_go]

ROUNDS = range(1010, 1050)


def test_the_second_verifier_finds_nothing_in_rounds_of_which_every_claim_holds(tmp_path: Path) -> None:
    for seed in ROUNDS:
        with pause_counting():
            made = LivelyRound(seed).run()
        assert list_refuted(tmp_path, made) == set(), seed
        assert find_fault_of(tmp_path, made) == "", seed


@pytest.mark.parametrize("stage", ["recommendation", "survey", "appraisal", "notice"])
def test_nor_in_rounds_of_a_scheme_that_leaves_a_stage_out(tmp_path: Path, stage: str) -> None:
    """Seen before: without recommendations the call closes with submission, and it awaited a deadline of its own."""
    for seed in range(6):
        with pause_counting():
            played = RandomRound(seed, without=frozenset({stage})).run()
        assert list_refuted(tmp_path, played) == set(), seed
        assert find_fault_of(tmp_path, played) == "", seed
