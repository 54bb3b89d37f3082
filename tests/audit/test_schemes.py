"""Other schemes: without stages, with settings of their own. They are proven, and no stage is slipped in."""

import json
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.rules.faults import RulesFaults
from selection.rules.model import RoundRules, rules_hash
from selection.rules.sections import Stages
from selection.sealing import load_rules
from tests import factories as f
from tests.bundling import write_bundle
from tests.chance.acting import scheme_without
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.whole_round import WholeRound

OPTIONAL = tuple(Stages.model_fields)
SCHEMES = [frozenset(left) for count in range(1, 5) for left in combinations(OPTIONAL, count)]
OF_STAGE = {
    "recommendation": ("application.recommended.v1",),
    "survey": ("survey.team-appointed.v1", "survey.reported.v1"),
    "appraisal": ("appraisal.recorded.v1",),
    "notice": ("round.notice-opened.v1", "notice.opened.v1", "notice.passed.v1"),
}


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with pause_counting():
        yield


def claims_of(path: Path, made: WholeRound) -> dict[str, str]:
    with Bundle(write_bundle(path, made)) as bundle:
        found = [claim for claim in outcome_claims(bundle) if claim.verdict is not Verdict.PROVEN]
    return {claim.code: claim.finding for claim in found}


@pytest.mark.bulk
@pytest.mark.parametrize("without", SCHEMES, ids=lambda left: "-".join(sorted(left)))
def test_a_scheme_without_stages_comes_to_its_end_and_is_proven(
    tmp_path: Path, without: frozenset[str]
) -> None:
    for seed in range(12):
        made = RandomRound(seed, without=without).run()
        types = {leaf.type for leaf in made.log}
        assert types.isdisjoint(kind for name in without for kind in OF_STAGE[name])
        assert claims_of(tmp_path / f"{seed}.zip", made) == {}
        if made.round.state.stage is RoundStage.ISSUED:
            return
    pytest.fail("no round came to its list")


ZONES = ("America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca")
GROUNDS = [
    {"code": "mood", "en": "a mood", "zh": "情绪", "mend": False},
    {"code": "seals-missing", "en": "no stamp", "zh": "无印章", "rule": False},
    {"code": "late", "en": "late", "zh": "过迟", "mend": False, "rule": False},
]


def _scheme(chance: Random) -> dict[str, Any]:
    """Return sections of rules by chance: a zone, grounds of its own, and one language or both in any order."""
    grounds = chance.sample(GROUNDS, chance.randrange(len(GROUNDS) + 1))
    zone = f.make_zone(chance.choice(ZONES))
    languages = chance.choice([["zh"], ["en"], ["zh", "en"], ["en", "zh"]])
    clock = {"kind": "calendar", **zone.model_dump()}
    return {"clock": clock, "check": {"grounds": grounds}, "languages": languages}


@pytest.mark.bulk
@pytest.mark.parametrize("seed", range(12))
def test_a_scheme_with_settings_of_its_own_is_proven(tmp_path: Path, seed: int) -> None:
    sections = _scheme(Random(f"scheme {seed}"))
    made = RandomRound(seed, **sections).run()
    assert claims_of(tmp_path / "round.zip", made) == {}
    sealed = made.log[0].data["deadlines"]
    assert sealed.keys() == f.TERMS.deadlines.keys()
    assert all(sealed[name] != until.isoformat() for name, until in f.TERMS.deadlines.items())


def _seal(made: WholeRound, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Put other rules into the first entry, and into what is compared with it."""
    data = made.log[0].data
    rules = RoundRules.model_validate(change(data["rules"]))
    made.rules = rules
    sealed = {"rules": rules.model_dump(mode="json"), "rules_hash": rules_hash(rules)}
    made.log[0] = made.log[0].with_(data={**data, **sealed}, rules=rules_hash(rules))


@pytest.mark.parametrize("hours", [-2, 1, 12])
def test_offsets_that_are_not_the_zones_are_found(tmp_path: Path, hours: int) -> None:
    made = RandomRound(1, applications=1, **_scheme(Random(2))).run()

    def shift(rules: dict[str, Any]) -> dict[str, Any]:
        moved = [{**item, "offset": item["offset"] + 3600 * hours} for item in rules["clock"]["shifts"]]
        clock = {**rules["clock"], "offset": rules["clock"]["offset"] + 3600 * hours, "shifts": moved}
        return {**rules, "clock": clock}

    _seal(made, shift)
    assert claims_of(tmp_path / "round.zip", made)["rules-sound"] == "zone-offset-differs"


def test_a_zone_that_changed_after_the_seal_refutes_nothing(tmp_path: Path) -> None:
    """As if a government gave summer time up once the round was sealed: the round keeps the offsets that it has."""
    chance = Random(4)
    zone = f.make_zone("Europe/Berlin")
    kept = tuple(shift for shift in zone.shifts if shift.at < f.OPENED)
    other = zone.with_(shifts=kept)
    assert other != zone
    made = RandomRound(chance.randrange(9), clock={"kind": "calendar", **other.model_dump()}).run()
    assert claims_of(tmp_path / "round.zip", made) == {}


@pytest.mark.parametrize(
    ("done", "forged"),
    [("survey.reported.v1", "survey.left-out.v1"), ("appraisal.recorded.v1", "appraisal.left-out.v1")],
)
def test_a_stage_that_the_rules_have_cannot_be_passed_over(tmp_path: Path, done: str, forged: str) -> None:
    made = next(made for seed in range(12) if (made := RandomRound(seed).run()).round.state.issued)
    place = next(place for place, leaf in enumerate(made.log) if leaf.type == done)
    leaf = made.log[place]
    data = {name: leaf.data[name] for name in ("command_id", "command_hash") if name in leaf.data}
    made.log[place] = leaf.with_(type=forged, data=data)
    assert claims_of(tmp_path / "round.zip", made)["stages-as-sealed"] == "stage-passed-over"


@pytest.mark.parametrize("name", ["recommendation", "survey", "appraisal"])
def test_a_deadline_of_a_stage_that_is_left_out_is_none(name: str) -> None:
    made = WholeRound(
        f.rules(**scheme_without(frozenset({name}), f.RULES_DATA["recommenders"])), f.people().values()
    )
    extend = r.ExtendDeadline(
        cause="organiser", name=name, until=f.RULES.calendar.review_last, reason=f.ref()
    )
    assert name not in made.round.state.deadlines
    with pytest.raises(Refused, match="unknown-value place=name"):
        made.round.act(extend, f.OFFICER)


def test_who_applies_directly_is_checked_at_the_end_of_submission() -> None:
    made = RandomRound(0, without=frozenset({"recommendation"})).made
    made.app("0001").act(f.submit(host=f.unit("91-0001")), f.actor("host-0001", "applicant"))
    assert made.round.state.deadlines.keys().isdisjoint({"recommendation"})
    made.wait(made.round.state.deadlines["submission"] + f.TERMS.grace)
    assert made.app("0001").state.stage is Stage.CHECKING
    assert made.round.state.stage is RoundStage.CHECKING


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"stages": {"survey": False}}, [("calendar.survey", "left_out")]),
        ({"calendar": {"survey": None}}, [("calendar.survey", "missing")]),
        ({"stages": {"notice": False}}, []),
        (
            {"stages": {"recommendation": False}, "calendar": {"recommendation": None}},
            [("routes", "left_out"), ("recommenders", "left_out")],
        ),
        ({"routes": [], "recommenders": []}, [("routes", "too_short"), ("recommenders", "too_short")]),
    ],
)
def test_rules_name_dates_and_units_of_the_stages_that_there_are(
    change: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    data = {**f.RULES_DATA, **change, "calendar": {**f.RULES_DATA["calendar"], **change.get("calendar", {})}}
    found: list[tuple[str, str]] = []
    try:
        load_rules(json.dumps(data, default=str))
    except RulesFaults as refused:
        found = [(fault.path, fault.code) for fault in refused.faults]
    assert sorted(found) == sorted(faults)
