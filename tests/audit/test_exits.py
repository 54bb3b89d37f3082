"""Nobody gets stuck: rounds are driven into corners on purpose, and whoever is left leads them to their end."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.stages import RoundStage
from tests.audit.support.staff_round import ACROSS, HOWS, POSTS, StaffRound
from tests.audit.support.stuck_round import StuckRound
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

pytestmark = pytest.mark.bulk

SEEDS = range(20)
AUDITED = 6
SIGNED = 5
"""In one of so many rounds everybody signs."""
STAFF_LOST = {(role.value, how) for role in POSTS for how in HOWS} | {("anybody", "substitute")}


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
            assert _list_unproven(tmp_path / f"{seed}.zip", made) == []
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


def test_whoever_of_the_staff_is_bound_deactivated_or_absent_others_lead_on(tmp_path: Path) -> None:
    """An approver of a level, an officer, a supervisor, or all of a post: by `change-post` or `delegate`."""
    reached: Counter[tuple[str, str]] = Counter()
    for seed in range(30):
        driven = StaffRound(seed, signed=seed % SIGNED == 0)
        made = driven.run()
        assert made.round.state.stage is not RoundStage.CANCELLED
        reached.update(driven.count_reached())
        if seed < AUDITED:
            assert _list_unproven(tmp_path / f"{seed}.zip", made) == []
    assert {lost: count for lost, count in reached.items() if count >= 2}.keys() == STAFF_LOST


@pytest.mark.parametrize(
    ("seed", "stage"),
    [(3, "approval"), (6, "approval"), (1, "approval"), (23, "appraisal"), (26, "checking")],
    ids=["approvers-bound", "an-approver-deactivated", "supervisors", "officers", "officers-early"],
)
def test_without_a_change_of_posts_rounds_that_lost_their_staff_are_stuck(seed: int, stage: str) -> None:
    with pytest.raises(AssertionError, match=f"nobody leads on from {stage}"):
        StaffRound(seed, changes=False, delegates=False).run()


def test_where_no_two_of_one_post_are_left_two_posts_lead_on_together(tmp_path: Path) -> None:
    """Everybody signs, and officers and supervisors are down to one or none each."""
    for seed in range(6):
        made = StaffRound(seed, signed=True, across=True, delegates=False).run()
        assert made.round.state.stage is not RoundStage.CANCELLED
        assert [leaf for leaf in made.log if leaf.data.get("entry")]
        if seed < len(ACROSS):
            assert _list_unproven(tmp_path / f"{seed}.zip", made) == []


@pytest.mark.parametrize("seed", range(len(ACROSS)))
def test_without_an_agreement_of_two_posts_such_rounds_are_stuck(seed: int) -> None:
    with pytest.raises(AssertionError, match="nobody leads on from"):
        StaffRound(seed, signed=True, across=True, delegates=False, agrees=False).run()


ALONE = ("officer-1", "supervisor-2", "approver-3", "")
"""Who is left alone of all officers, supervisors and approvers; nobody at last."""


@pytest.mark.parametrize("alone", ALONE)
def test_where_one_is_left_of_all_or_nobody_an_auditor_has_others_come(tmp_path: Path, alone: str) -> None:
    for seed in range(2):
        made = StaffRound(seed, signed=True, alone=alone, delegates=False).run()
        assert made.round.state.stage is not RoundStage.CANCELLED
        entered = [leaf for leaf in made.log if leaf.type == "round.post-change-entered.v1"]
        assert [leaf for leaf in made.log if leaf.data.get("entry")]
        assert entered
        assert _list_unproven(tmp_path / f"{seed}.zip", made) == []


@pytest.mark.parametrize("alone", ALONE)
def test_without_an_auditor_a_round_that_lost_all_but_one_is_stuck(alone: str) -> None:
    with pytest.raises(AssertionError, match="nobody leads on from"):
        StaffRound(0, signed=True, alone=alone, delegates=False, audits=False).run()


def test_without_a_substitute_a_round_is_stuck_that_ends_with_one() -> None:
    assert StaffRound(28, changes=False).run().round.state.ended
    with pytest.raises(AssertionError, match="nobody leads on from"):
        StaffRound(28, changes=False, delegates=False).run()


def _list_unproven(path: Path, made: WholeRound) -> list[str]:
    with Bundle(write_bundle(path, made)) as bundle:
        return [claim.code for claim in outcome_claims(bundle) if claim.verdict is not Verdict.PROVEN]
