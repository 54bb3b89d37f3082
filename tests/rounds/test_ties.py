"""Who is declared a relative, adviser or colleague of whoever applies judges nothing of theirs: read by hand.

Ties are told by either side at any time, and end; which of them bind at an entry is read off the register's log.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.decision.relations import Kind
from tests.audit.support.tied_round import TiedRound
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.rounds.conflict_rules import ignoring
from tests.rounds.properties import find_faults

SEEDS = range(24)
AUDITED = 6
KINDS: tuple[Kind, ...] = ("relative", "adviser", "project")
WHERE = {
    "the draw": "panel.seated.v1",
    "an invitation's answer": "panel.invitation-accepted.v1",
    "a review": "review.submitted.v1",
    "a chair": "panel.chair-appointed.v1",
    "a team": "survey.team-appointed.v1",
    "a survey": "survey.reported.v1",
    "a meeting": "appraisal.opened.v1",
    "a vote": "appraisal.voted.v1",
    "an appraisal": "appraisal.recorded.v1",
    "a check": "application.check-passed.v1",
    "a ruling": "conflict.ruled.v1",
    "a shortlist": "round.shortlist-fixed.v1",
    "a proposal": "round.proposed.v1",
    "a check of integrity": "integrity.checked.v1",
    "an approval": "approval.given.v1",
}


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with pause_counting():
        yield


@pytest.mark.bulk
def test_whoever_is_tied_by_either_side_at_any_time_judges_nothing(tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    for seed in SEEDS:
        made = TiedRound(seed).run()
        assert find_faults(made) == [], seed
        refused = (leaf.data["code"] for leaf in made.log if leaf.type == "act.refused.v1")
        met.update(code for code in refused if code.endswith("-declared"))
        if seed < AUDITED:
            with Bundle(write_bundle(tmp_path / f"{seed}.zip", made)) as bundle:
                unproven = [claim for claim in outcome_claims(bundle) if claim.verdict is not Verdict.PROVEN]
            assert unproven == [], seed
    # They were tied where it mattered.
    assert met.keys() == {f"{kind}-declared" for kind in KINDS}


@pytest.mark.bulk
def test_where_ties_are_left_out_of_account_it_shows_at_each_act(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the property would say of a core that forgot them: at each place where somebody judges."""
    for kind in KINDS:
        ignoring(kind)(monkeypatch)
    found = set()
    for seed in SEEDS:
        for fault in find_faults(TiedRound(seed, judges=True).run()):
            assert fault.startswith("recusal: "), fault
            found.add(fault.rpartition("(entry ")[2].split(", ")[1])
    assert {where for where, type_ in WHERE.items() if type_ not in found} == set()
