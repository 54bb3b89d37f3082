"""Entries decided again: what was asked, when, and with which facts leaves no other entry."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.asked import Asked, Sent
from selection.leaf import Leaf
from tests import factories as f
from tests.audit.deciding import decided_again, findings
from tests.random_round import RandomRound
from tests.round_story import told

ROUND = f"round/{f.ROUND}"


def test_every_entry_of_a_round_follows(tmp_path: Path) -> None:
    made = told()
    again = decided_again(tmp_path, made)
    assert findings(again) == []
    assert (again.counted, again.again) == (len(made.log), set())


@pytest.mark.parametrize("seed", range(12))
def test_every_entry_of_a_round_led_by_chance_follows(tmp_path: Path, seed: int) -> None:
    made = RandomRound(seed).run()
    assert findings(decided_again(tmp_path, made)) == []
