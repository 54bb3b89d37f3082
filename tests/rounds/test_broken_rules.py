"""One rule is broken on purpose, each in turn: whoever uses the hole, the claim that names the rule is refuted.

There is a hole for each claim, not for each refusal: what a refusal keeps out, the tests of its act show. A claim on a
table has one for each duty or kind of conflict in it.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import SUBJECTS, outcome_claims
from selection.decision.relations import Kind
from selection.process.duties import DUTIES
from selection.refusals.refused import Refused
from tests.bundling import write_bundle
from tests.chance.lively import LivelyRound
from tests.desk import pause_counting
from tests.needing import has_go
from tests.rounds import conflict_rules, duty_rules
from tests.rounds.holes import Hole
from tests.rounds.properties import find_faults
from tests.rounds.table import HOLES, LEFT
from tests.second_verifier import find_fault_of
from tests.whole_round import WholeRound

pytestmark = pytest.mark.bulk

SECOND = {
    *(
        "actors-active",
        "actors-entitled",
        "approvals-in-order",
        "decisions-carried-out",
        "draw-inputs-follow",
    ),
    *("draws-committed", "draws-recompute", "duties-apart", "integrity-stops-hold", "outcome-choice"),
    *(
        "outcome-list",
        "outcome-quotas",
        "outcome-ranks",
        "outcome-scores",
        "panels-as-drawn",
        "places-filled-openly",
    ),
    *("places-told", "posts-changed-by-others", "proposal-in-order", "quotas-kept", "randomness-authentic"),
    *("randomness-named", "recusals-kept", "reviews-locked", "shortlist-once", "substitutes-in-bounds"),
}
"""Claims of which the second verifier finds what is wrong as well."""
UNSEEN = {"that whoever may sit is not passed over"}
"""Holes in these claims that it cannot see: whom data binds it does not know."""
TRIES = 32
"""Rounds in which chance has time to use a hole."""


@pytest.mark.parametrize("name", HOLES)
def test_a_rule_that_is_off_is_named_by_its_claim(tmp_path: Path, name: str) -> None:
    hole = HOLES[name]
    for seed in range(1, 1 + TRIES):
        made = run(hole, seed)
        found = list_refuted(tmp_path, made)
        broken = hole.property and any(fault.startswith(hole.property) for fault in find_faults(made))
        assert not broken or hole.claim in found, seed
        if hole.claim in found and (broken or not hole.property):
            if hole.claim in SECOND and name not in UNSEEN and (has_go or "CI" in os.environ):
                assert find_fault_of(tmp_path, made) != "", "the second verifier takes it"
            return
    pytest.fail(f"nobody used it, or nothing shows: {name}")


@pytest.mark.parametrize(
    "rounds", sorted({hole.rounds for hole in HOLES.values()}, key=str), ids=lambda kind: kind.__name__
)
def test_whoever_cheats_comes_to_nothing_while_all_rules_are_on(
    tmp_path: Path, rounds: type[LivelyRound]
) -> None:
    made = run(Hole("", lambda patch: None, rounds), 1)
    assert list_refuted(tmp_path, made) == set()
    assert [fault for fault in find_faults(made) if made.round.state.ended] == []


def test_each_claim_is_that_of_a_rule_or_told_why_not() -> None:
    claims = {code for subject in SUBJECTS for code in getattr(subject, "CLAIMS", {})}
    named = {hole.claim for hole in HOLES.values()} | {*LEFT}
    assert sorted(claims - named) == [], (
        "HOLES in the file of its rules in tests/rounds, or LEFT in tests/rounds/table.py"
    )
    assert sorted(named - claims) == [], "no claim is called so: HOLES in tests/rounds"


def test_duties_and_conflicts_have_a_hole_for_each_row_and_each_kind() -> None:
    met = {duty for name in duty_rules.HOLES for duty in name.split(" and ")}
    assert met == set(DUTIES)
    kinds = {kind for part in get_args(Kind) for kind in (get_args(part) or (part,))}
    assert {name.removeprefix("conflict by ") for name in conflict_rules.HOLES} == kinds


def run(hole: Hole, seed: int) -> WholeRound:
    """Run a round while the rule is off, as far as it comes; the rule is on again before anybody verifies it."""
    with pause_counting(), pytest.MonkeyPatch.context() as patch:
        hole.open(patch)
        sections: dict[str, Any] = dict(hole.sections or {})
        started = hole.rounds(seed, **sections)
        # Some of what was done leads no further.
        with suppress(Refused, AssertionError, KeyError):
            started.run()
    return started.made


def list_refuted(folder: Path, made: WholeRound) -> set[str]:
    """Return the claims that are refuted of a round."""
    with Bundle(write_bundle(folder / "round.zip", made)) as bundle:
        claims: list[Claim] = list(outcome_claims(bundle))
    return {claim.code for claim in claims if claim.verdict is Verdict.REFUTED}
