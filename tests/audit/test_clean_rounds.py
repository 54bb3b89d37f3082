"""Whatever happens in a round, an honest log raises no alarm."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from tests.bundling import bundled
from tests.chance.acting import CLIMBING
from tests.chance.rounds import RandomRound
from tests.desk import uncounted

pytestmark = pytest.mark.bulk

SEEDS = range(24)


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with uncounted():
        yield


@pytest.mark.parametrize("seed", SEEDS)
def test_an_honest_round_is_proven(tmp_path: Path, seed: int) -> None:
    # Every second round has a ladder.
    made = RandomRound(seed, **(CLIMBING if seed % 2 else {})).run()
    assert made.round.state.ended
    with Bundle(bundled(tmp_path / "round.zip", made)) as bundle:
        assert [claim for claim in outcome_claims(bundle) if claim.verdict is not Verdict.PROVEN] == []
