"""Chairs whom nobody may put in another's place, or not without a word, are found at the entry."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Verdict
from audit.rules.catalogue import rules
from audit.rules.fold import fold
from audit.rules.rule_runner import judge
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.audit.support.tampering import Log, claim_of, insert, place, point
from tests.bundling import write_bundle
from tests.round_story import tell_round, tell_signed_round

pytestmark = pytest.mark.long

CODE = "chairs-kept"
WHY = {"id": f.ref("why").id, "sha256": f.ref("why").sha256}
APPOINTED, REPLACED = "panel.chair-appointed.v1", "panel.chair-replaced.v1"


def _remove_chair(log: Log) -> tuple[Log, int]:
    """Two supervisors remove the chair, and nobody chairs the panel."""
    at = place(log, APPOINTED, "0001")
    data = {"former": log[at].data["chair"], "reason": WHY}
    return insert(log, at + 1, REPLACED, f.SUPERVISOR, data, like=at), at


@pytest.mark.parametrize(
    ("change", "finding"),
    [("reason", "chair-unexplained"), ("actor", "chair-by-one"), ("second", "chair-by-one"), ("", "")],
)
def test_the_first_chair_is_two_officers_word_for_a_reason(tmp_path: Path, change: str, finding: str) -> None:
    made = tell_signed_round()
    log = list(made.log)
    at = place(log, APPOINTED, "0001")
    log[at] = _change(log[at], change)
    with Bundle(write_bundle(tmp_path / "round.zip", made, log)) as bundle:
        alone = [rule for rule in rules(bundle) if rule.code == CODE]
        judged = judge(bundle.round, fold(bundle, read_register(bundle)), alone)
        claim = {claim.code: claim for claim in judged}[CODE]
    refuted = (Verdict.REFUTED, finding, point(at))
    assert (claim.verdict, claim.finding, claim.point) == (refuted if finding else (Verdict.PROVEN, "", ""))


def _change(leaf: Leaf, change: str) -> Leaf:
    """The entry without its reason, by somebody of another post, or without a second signature."""
    signed = leaf.signed
    assert signed is not None
    assert signed.second is not None
    data = {name: value for name, value in leaf.data.items() if name != "reason"}
    changes: dict[str, dict[str, Any]] = {
        "reason": {"data": data},
        "actor": {"actor": f.SUPERVISOR},
        "second": {"signed": signed.with_(second=None)},
    }
    return leaf.model_copy(update=changes.get(change, {}))


@pytest.mark.parametrize(
    ("again", "reason", "finding"),
    [(True, True, "chair-put-back"), (False, False, "chair-unexplained"), (False, True, "")],
)
def test_who_comes_after_a_chair_that_two_removed_is_another_and_for_a_reason(
    tmp_path: Path, again: bool, reason: bool, finding: str
) -> None:
    log, at = _remove_chair(tell_round().log)
    former = log[at].data["chair"]
    others = (seat for seat in log[place(log, "panel.seated.v1", "0001")].data["seats"].values())
    person = former if again else next(other for other in others if other != former)
    data = {"chair": person, **({"reason": WHY} if reason else {})}
    log = insert(log, at + 2, APPOINTED, f.OFFICER, data, like=at)
    claim = claim_of(tmp_path, CODE, log)
    refuted = (Verdict.REFUTED, finding, point(at + 2))
    assert (claim.verdict, claim.finding, claim.point) == (refuted if finding else (Verdict.PROVEN, "", ""))
