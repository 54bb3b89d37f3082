"""Nobody gets stuck: rounds are driven into corners on purpose, and whoever is left leads them to their end."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from tests.audit.support.stuck_round import StuckRound
from tests.bundling import write_bundle
from tests.desk import pause_counting

pytestmark = pytest.mark.bulk

SEEDS = range(20)
AUDITED = 6


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with pause_counting():
        yield


def test_from_every_corner_people_who_exist_lead_on_without_cancelling(tmp_path: Path) -> None:
    ends: Counter[str] = Counter()
    for seed in SEEDS:
        made = StuckRound(seed).run()
        ends.update(state.outcome for state in made.applications())
        ends.update(leaf.type for leaf in made.log if leaf.type == "panel.lowered.v1")
        ends["empty"] += not made.round.state.places
        if seed < AUDITED:
            with Bundle(write_bundle(tmp_path / f"{seed}.zip", made)) as bundle:
                told = [claim for claim in outcome_claims(bundle) if claim.verdict is not Verdict.PROVEN]
            assert told == []
    # The corners were reached, and not by one way alone.
    wanted = {"not-reviewed", "ineligible", "removed", "listed", "empty", "panel.lowered.v1"}
    assert {name for name in wanted if not ends[name]} == set()
    assert not ends["cancelled"]


def test_without_the_two_who_settle_panels_rounds_are_stuck() -> None:
    """As it was before: what the test above would say of a state without an exit."""
    stuck = set()
    for seed in range(6):
        try:
            StuckRound(seed, exits=False).run()
        except AssertionError as found:
            stuck.add(str(found).partition(":")[0].rpartition(" ")[2])
    assert {"drawing", "appraisal"} <= stuck
