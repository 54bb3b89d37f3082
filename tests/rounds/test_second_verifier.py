"""Rounds as chance leads them, before the verifier that was written in Go from the documents alone."""

from pathlib import Path

import pytest

from tests.chance.lively import LivelyRound
from tests.desk import pause_counting
from tests.needing import needs_go
from tests.rounds.test_broken_rules import list_refuted
from tests.second_verifier import find_fault
from tests.tamper.hands import KEY
from tests.tamper.rounds import sign_bundle

pytestmark = [pytest.mark.bulk, needs_go]

ROUNDS = range(1000, 1040)


def test_the_second_verifier_finds_nothing_in_rounds_of_which_every_claim_holds(tmp_path: Path) -> None:
    bundle = tmp_path / "round.zip"
    for seed in ROUNDS:
        with pause_counting():
            made = LivelyRound(seed).run()
        assert list_refuted(tmp_path, made) == set(), seed
        sign_bundle(bundle, made).write(bundle)
        assert find_fault(bundle, KEY.vkey) == "", seed
