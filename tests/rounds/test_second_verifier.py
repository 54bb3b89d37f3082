"""Rounds as chance leads them, before the verifier in Go."""

from pathlib import Path

import pytest

from tests.chance.lively import LivelyRound
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
