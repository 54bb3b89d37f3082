"""Rules in a time zone of their own: offsets are filled in when the file is read, and are no one's to choose."""

import json
import zoneinfo
from datetime import UTC, datetime
from typing import Any

import pytest

from selection.rules.faults import RulesFaults
from selection.rules.model import RoundRules, rules_hash
from selection.rules.terms import get_sealed_deadlines
from selection.rules.zones import AFTER, BEFORE, YEARS, list_offsets, read_zone
from selection.sealing import load_rules
from tests import factories as f


def read(**clock: Any) -> RoundRules:
    return load_rules(json.dumps({**f.RULES_DATA, "clock": {"kind": "calendar", **clock}}, default=str))


def faults_of(**clock: Any) -> list[tuple[str, str]]:
    with pytest.raises(RulesFaults) as raised:
        read(**clock)
    return [(fault.path, fault.code) for fault in raised.value.faults]


def test_days_end_at_midnight_in_the_zone_that_the_rules_name() -> None:
    deadlines = get_sealed_deadlines(read(zone="Europe/Berlin"))
    assert deadlines["submission"] == datetime(2024, 7, 31, 22, tzinfo=UTC)
    assert deadlines["appraisal"] == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert (
        get_sealed_deadlines(read()) == get_sealed_deadlines(read(zone="Asia/Shanghai")) == f.TERMS.deadlines
    )


def test_what_is_sealed_holds_every_offset_of_the_rounds_years() -> None:
    clock = read(zone="Europe/Berlin").clock
    assert (clock.offset, len(clock.shifts)) == (3600, 2 * 14)
    assert (clock.shifts[0].at.year, clock.shifts[-1].at.year) == (2023, 2036)


def test_sealed_rules_are_read_as_they_were_sealed() -> None:
    rules = read(zone="America/New_York")
    again = load_rules(json.dumps(rules.model_dump(mode="json")))
    assert rules_hash(again) == rules_hash(rules)
    assert rules_hash(RoundRules.model_validate(rules.model_dump(mode="json"))) == rules_hash(rules)


def test_the_machines_zone_files_decide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here = rules_hash(read(zone="Europe/Berlin"))
    for cached in (read_zone, list_offsets):
        cached.cache_clear()
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    try:
        assert rules_hash(read(zone="Europe/Berlin")) == here
    finally:
        zoneinfo.reset_tzpath(to=before)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "UTC/../Europe/Berlin", "berlin", ""])
def test_a_zone_that_there_is_not_is_refused(zone: str) -> None:
    assert faults_of(zone=zone) == [("clock.zone", "unknown_zone")]


def test_a_zone_is_a_text() -> None:
    assert faults_of(zone=7) == [("clock.zone", "not_a_text")]


@pytest.mark.parametrize(
    "stated",
    [
        {"offset": 0},
        {"shifts": []},
        {"shifts": [{"at": "2024-07-31T00:00:00Z", "offset": -43_200}]},
    ],
)
def test_nobody_makes_offsets_of_their_own(stated: dict[str, Any]) -> None:
    assert faults_of(zone="Europe/Berlin", **stated) == [("clock.zone", "other_offsets")]
    assert faults_of(**{"offset": 0} | stated) == [("clock.zone", "other_offsets")]


@pytest.mark.parametrize(
    "call", ["9999-01-01", "0000-01-01", "²²²²-01-01", 7, None, {"a": 1}, "", "2199-12-31"]
)
def test_a_day_that_is_none_is_told_and_stops_no_zone(call: object) -> None:
    calendar = {**f.RULES_DATA["calendar"], "call": call}
    data = {**f.RULES_DATA, "clock": {"kind": "calendar", "zone": "Europe/Berlin"}, "calendar": calendar}
    with pytest.raises(RulesFaults) as raised:
        load_rules(json.dumps(data))
    assert {fault.path.partition(".")[0] for fault in raised.value.faults} == {"calendar"}


def test_the_longest_round_there_can_be_has_its_offsets() -> None:
    found = list_offsets("America/New_York", YEARS[0] - BEFORE, YEARS[1] + AFTER)
    assert found is not None
    assert len(found.shifts) < 1000
