"""Hundreds of rounds led by chance, each another: what must hold holds, all that an auditor claims is proven."""

from collections import Counter
from pathlib import Path

import pytest

from audit.bundle.content_claims import PRESENT
from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.decisions.register_again import CODE as REGISTER
from audit.history_claims import ALL
from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.verification import Outside
from audit.rules.catalogue import outcome_claims
from tests.bundling import write_bundle
from tests.chance.lively import LivelyRound
from tests.desk import pause_counting
from tests.rounds.counts import ASKED, AT_ONCE, PROPERTY
from tests.rounds.filling_rules import MANY, Filling
from tests.rounds.properties import find_faults
from tests.run_properties import Tell
from tests.tamper.hands import KEY
from tests.tamper.judging import Judge
from tests.tamper.rounds import sign_bundle
from tests.whole_round import WholeRound

pytestmark = pytest.mark.bulk

REMINDED = 123
"""A round in which only an alternate with a rival bid is left for an empty seat when somebody is reminded of it."""
REOPENED = {
    "levels agreed to a list of nothing, and a ruling was reversed after that": 1102,
    "a unit withdrew what had failed its check, and that was reversed": 1473,
}
"""Rounds, found among thousands, in which something was decided again."""
READING = ("answers-fit-form", "mended-as-recommended", "similar-in-view", "forms-amended")
"""Claims that need contents; what of these is held is judged all the same, and a fault in it refutes them."""
UNPROVEN = (*ALL, REGISTER, PRESENT)
"""Rounds in memory have no histories, and few contents; those of real ones are proven in tests/workflows."""


@pytest.mark.parametrize("first", range(0, ASKED, AT_ONCE))
def test_what_must_hold_does_in_every_round(tmp_path: Path, first: int, record_property: Tell) -> None:
    count: Counter[str] = Counter()
    judge = Judge(tmp_path)
    for seed in range(first, min(first + AT_ONCE, ASKED)):
        with pause_counting():
            made = LivelyRound(seed).run()
        assert made.round.state.ended, seed
        assert find_faults(made) == [], seed
        proven = prove(judge, tmp_path, made, seed)
        count.update({"claims": proven, **come_through(made)})
    judge.close()
    record_property(PROPERTY, dict(count))


def test_a_reminder_seats_no_alternate_whom_data_binds(tmp_path: Path) -> None:
    with pause_counting():
        made = Filling(REMINDED, **{**MANY, "filled_from_reserve": False}).run()
    judge = Judge(tmp_path)
    assert prove(judge, tmp_path, made, REMINDED)
    judge.close()


@pytest.mark.parametrize("seed", REOPENED.values(), ids=REOPENED)
def test_a_round_in_which_something_was_decided_again_is_proven(tmp_path: Path, seed: int) -> None:
    with pause_counting():
        made = LivelyRound(seed).run()
    judge = Judge(tmp_path)
    assert prove(judge, tmp_path, made, seed)
    judge.close()


def prove(judge: Judge, folder: Path, made: WholeRound, seed: int) -> int:
    """Return how many claims are proven of a round: all of them, and where everybody signed of its whole bundle."""
    if made.signatures is None:
        with Bundle(write_bundle(folder / "round.zip", made)) as bundle:
            claims = [*outcome_claims(bundle)]
    else:
        whole = sign_bundle(folder / "round.zip", made)
        latest = OutsideCheckpoint(whole.checkpoints()[-1]["note"])
        report = judge.report(whole, Outside(key=KEY, checkpoints=[latest]))
        claims = [
            claim for claim in report.claims if claim.code not in UNPROVEN and not _lacks_contents(claim)
        ]
    assert [claim for claim in claims if claim.verdict is not Verdict.PROVEN] == [], seed
    return len(claims)


def _lacks_contents(claim: Claim) -> bool:
    return claim.code in READING and claim.finding == "content-not-held"


def come_through(made: WholeRound) -> Counter[str]:
    """Count what a round reached, each thing once."""
    reached = {f"event {leaf.type}" for leaf in made.log}
    for desk in made.desks.values():
        state = desk.aggregate.initial(desk.state.stream)
        for leaf in desk.leaves:
            reached.add(f"{desk.aggregate.kind} {getattr(state, 'stage', '')}")
            state = desk.aggregate.evolve(state, leaf)
        reached.add(f"{desk.aggregate.kind} {getattr(state, 'stage', '')}")
        reached.add(f"outcome {getattr(state, 'outcome', '')}")
    found = Counter(name for name in reached if not name.endswith(" ") and not name.startswith("recommender"))
    found.update(
        rounds=1,
        entries=len(made.log),
        signed=made.signatures is not None,
        applications=len(made.applications()),
    )
    return found
