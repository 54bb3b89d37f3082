"""Grounds that the sealed rules do not list, or not for that use, are found, and so is a warning passed over."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from tests import factories as f
from tests.bundling import write_bundle
from tests.chance.rounds import RandomRound
from tests.whole_round import WholeRound

CODE = "grounds-as-sealed"
DIRECT = frozenset({"recommendation"})
GROUNDS = [
    {"code": "late", "en": "too late", "zh": "过迟", "mend": False},
    {"code": "seals-missing", "en": "no stamp", "zh": "无印章", "rule": False},
]


def _claim(path: Path, made: WholeRound, code: str = CODE) -> Claim:
    with Bundle(write_bundle(path, made)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == code)


def _check_round(check: dict[str, Any] | None = None) -> WholeRound:
    """A round in which one application is sent back and passes, and another fails."""
    played = RandomRound(0, applications=2, check=check or {"grounds": GROUNDS}, without=DIRECT)
    made = played.made
    for number in played.numbers:
        command = f.submit(host=f.unit(f"91-{number}"), fund_yuan="7")
        made.app(number).act(command, f.actor(f"host-{number}", "applicant"))
    made.wait(made.round.state.deadlines["submission"] + f.DAY)
    first, second = made.app("0001"), made.app("0002")
    assert first.state.stage is Stage.CHECKING
    first.act(c.SendBack(faults=("seals-missing",), text=f.ref()), f.OFFICER)
    first.act(c.Mend(submission=first.state.submission), f.actor("host-0001", "applicant"))
    first.act(c.PassCheck(revision=2, rulings=("agreement-missing",), text=f.ref()), f.OFFICER)
    second.act(c.FailCheck(revision=1, grounds=("late",), text=f.ref()), f.OFFICER)
    return made


def _alter(made: WholeRound, kind: str, **data: Any) -> str:
    place = next(place for place, leaf in enumerate(made.log) if leaf.type == kind)
    made.log[place] = made.log[place].with_(data={**made.log[place].data, **data})
    return f"{f.ROUND}#{place}"


def test_grounds_by_the_rules_are_proven(tmp_path: Path) -> None:
    found = _claim(tmp_path / "round.zip", _check_round())
    assert (found.verdict, found.counted) == (Verdict.PROVEN, 3)


@pytest.mark.parametrize(
    ("kind", "data", "finding"),
    [
        ("application.sent-back.v1", {"faults": ["evidence-unclear"]}, "ground-not-to-be-mended"),
        ("application.sent-back.v1", {"faults": ["seals-missing", "late"]}, "ground-not-to-be-mended"),
        ("application.check-passed.v1", {"rulings": ["evidence-unclear"]}, "ground-not-to-be-ruled"),
        ("application.check-passed.v1", {"rulings": ["seals-missing"]}, "ground-not-to-be-ruled"),
        ("application.check-passed.v1", {"text": None}, "ruled-without-reason"),
        ("application.check-failed.v1", {"grounds": ["outside-field"]}, "ground-not-sealed"),
        ("application.check-failed.v1", {"grounds": []}, "ground-not-sealed"),
    ],
)
def test_other_grounds_are_found(tmp_path: Path, kind: str, data: dict[str, Any], finding: str) -> None:
    made = _check_round()
    point = _alter(made, kind, **data)
    found = _claim(tmp_path / "round.zip", made)
    assert (found.verdict, found.finding, found.point) == (Verdict.REFUTED, finding, point)


@pytest.mark.parametrize(
    "changes",
    [
        *({"name_en": "Another"}, {"region": "CN-SH"}, {"priority": "frontier"}, {"field": "tourism"}),
        *({"team": ["expert-3"]}, {"avoid": ["expert-4"]}),
    ],
)
def test_a_version_that_was_mended_into_another_bid_is_found(tmp_path: Path, changes: dict[str, Any]) -> None:
    made = _check_round()
    mended = next(leaf for leaf in made.log if leaf.type == "application.mended.v1")
    point = _alter(made, "application.mended.v1", submission={**mended.data["submission"], **changes})
    found = _claim(tmp_path / "round.zip", made, "mended-as-recommended")
    assert (found.verdict, found.finding, found.point) == (Verdict.REFUTED, "mended-into-another", point)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"seals": None}, "seals-missing"),
        ({"staff": 3}, "staff-below-minimum"),
        ({"fund_yuan": "5.50"}, "fund-below-minimum"),
        ({"co_builders": [{"code": "91-p", "kind": "university", "region": "CN-BJ"}]}, "agreement-missing"),
        ({"co_builders": [{"code": "91-p", "kind": "enterprise", "region": "CN-BJ"}]}, "same-kind-bid"),
    ],
)
def test_a_warning_that_was_passed_over_is_found(
    tmp_path: Path, changes: dict[str, Any], ground: str
) -> None:
    made = _check_round({"grounds": GROUNDS, "min_staff": 10, "min_fund": "6"})
    _alter(made, "application.check-passed.v1", rulings=["agreement-missing"] * (ground == "same-kind-bid"))
    mended = next(leaf for leaf in made.log if leaf.type == "application.mended.v1")
    submission = {**mended.data["submission"], **changes}
    if "co_builders" in changes:
        submission["co_builders"] = [{**submission["host"], **unit} for unit in changes["co_builders"]]
    _alter(made, "application.mended.v1", submission=submission)
    found = _claim(tmp_path / "round.zip", made)
    assert (found.finding, found.params.get("ground")) == ("warning-passed-over", ground)


def test_rules_sealed_without_what_the_engine_finds_are_not_sound(tmp_path: Path) -> None:
    made = _check_round()

    def strip(leaf: Leaf) -> Leaf:
        rules = leaf.data["rules"]
        grounds = [item for item in rules["check"]["grounds"] if item["code"] != "seals-missing"]
        return leaf.with_(
            data={**leaf.data, "rules": {**rules, "check": {**rules["check"], "grounds": grounds}}}
        )

    made.log[0] = strip(made.log[0])
    with Bundle(write_bundle(tmp_path / "round.zip", made)) as bundle:
        found = {claim.code: claim.finding for claim in outcome_claims(bundle)}
    assert found["rules-sound"] == "rules-hash-differs"
