import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from pydantic import ValidationError

from selection.rules.faults import SENTENCES
from selection.rules.loading import (
    RoundRules,
    RulesFault,
    RulesFaults,
    diff_rules,
    faulty_places,
    rules_hash,
)
from selection.rules.sections import Days
from selection.rules.source import LIMIT
from selection.sealing import load_rules
from tests import strategies

pytestmark = pytest.mark.long

TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")
DATA = yaml.safe_load(TEXT)
RULES = load_rules(TEXT)
CANARY = "canary-7f3a"


def faults_of(text: str) -> tuple[RulesFault, ...]:
    with pytest.raises(RulesFaults) as raised:
        load_rules(text)
    return raised.value.faults


def list_faults(text: str) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in faults_of(text)]


def change_example(change: Callable[[dict[str, Any]], object]) -> str:
    """The example's text with one change to its data."""
    data = deepcopy(DATA)
    change(data)
    # JSON is YAML, and quicker to write.
    return json.dumps(data, default=str)


def put(place: str, value: object) -> str:
    """The example's text with `value` at `place`, keys and indexes apart by dots."""

    def change(data: Any) -> None:
        *way, last = (int(part) if part.isdigit() else part for part in place.split("."))
        for part in way:
            data = data[part]
        data[last] = value

    return change_example(change)


def test_the_example_is_the_second_batch() -> None:
    rules = load_rules(TEXT)
    assert [field.code for field in rules.fields] == [
        "performance-equipment",
        "artificial-intelligence",
        "smart-tourism",
        "entertainment-experience",
        "animation-games",
        "art-design",
        "low-altitude",
        "ice-snow",
    ]
    assert len(rules.regions) == 31
    assert len([unit for unit in rules.recommenders if unit.route == "province"]) == 32
    assert (rules.quota_of("sd"), rules.quota_of("affiliated-1"), rules.quota_of("ministry-1")) == (2, 1, 1)
    assert rules.quota_of("nobody") == 0
    own = load_rules(put("recommenders.0.quota", 5))
    assert (own.quota_of("bj"), own.quota_of("tj")) == (5, 2)
    assert (rules.panel.seats, rules.panel.min_valid, rules.panel.alternates, rules.places) == (7, 5, 3, 12)
    assert not rules.is_rehearsal
    assert rules.accepts_round_id("second-batch-2024")
    assert not rules.accepts_round_id("second/batch")


def test_rules_come_back_from_their_json_with_the_same_hash() -> None:
    rules = load_rules(TEXT)
    again = RoundRules.model_validate_json(rules.model_dump_json())
    assert again == rules
    assert rules_hash(again) == rules_hash(rules)


def test_equal_numbers_hash_equally_however_they_are_written() -> None:
    assert rules_hash(load_rules(put("score_step", "0.500"))) == rules_hash(load_rules(TEXT))
    assert rules_hash(load_rules(put("criteria.0.weight", "25.0"))) == rules_hash(load_rules(TEXT))
    assert rules_hash(load_rules(put("places", 11))) != rules_hash(load_rules(TEXT))


def test_a_rehearsal_is_written_in_the_same_file() -> None:
    clock = {"kind": "rehearsal", "start": datetime(2025, 1, 1, tzinfo=UTC), "seconds_per_day": "0.5"}
    rules = load_rules(put("clock", {**clock, "day_zero": "2024-07-01"}))
    assert rules.is_rehearsal
    assert list_faults(put("clock", clock)) == [("clock.day_zero", "missing")]


ONE_FAULT = [
    ("schema_version", 2, "schema_version", "choice"),
    ("round_pattern", "(", "round_pattern", "bad_pattern"),
    ("clock.kind", "lunar", "clock.kind", "choice"),
    ("clock", {}, "clock.kind", "missing"),
    ("clock", 7, "clock", "not_a_mapping"),
    ("calendar.review", "2024-10-01", "calendar.review", "dates_out_of_order"),
    ("calendar.submission", "2024-07-15", "calendar.submission", "dates_out_of_order"),
    ("calendar.review_last", "2024-12-09", "calendar.review_last", "dates_out_of_order"),
    ("calendar.call", 1704067200, "calendar.call", "not_a_date"),
    ("calendar.call", "soon", "calendar.call", "not_a_date"),
    ("calendar.call", "1999-12-31", "calendar.call", "out_of_range"),
    ("days.notice", 0, "days.notice", "out_of_range"),
    ("days.notice", "7", "days.notice", "not_a_whole_number"),
    ("days.notice", True, "days.notice", "not_a_whole_number"),
    ("days.reminders", [2, 7], "days.reminders", "not_descending"),
    ("days.reminders", 7, "days.reminders", "not_a_list"),
    ("fields", [], "fields", "too_short"),
    ("fields.0.code", "ice-snow", "fields[7].code", "duplicate_code"),
    ("reversals", {"agree": ["officer", "officer"]}, "reversals.agree[1]", "duplicate_code"),
    ("fields.0.code", "ice snow", "fields[0].code", "malformed"),
    ("fields.0.zh", 7, "fields[0].zh", "not_a_text"),
    ("fields.0.en", "e" * 201, "fields[0].en", "too_long"),
    ("fields.0", {"code": "a", "en": "a"}, "fields[0].zh", "missing"),
    ("routes.0.quota", 0, "routes[0].quota", "out_of_range"),
    ("routes.0.regional", "yes", "routes[0].regional", "not_true_or_false"),
    ("recommenders.0.route", "back-door", "recommenders[0].route", "unknown_code"),
    ("recommenders.0.region", "CN-XX", "recommenders[0].region", "unknown_code"),
    ("recommenders.0.region", None, "recommenders[0].region", "no_region"),
    ("recommenders.39.region", "CN-BJ", "recommenders[39].region", "region_on_unregional"),
    ("criteria.0.weight", 24, "criteria", "weights_off"),
    ("criteria.0.weight", 25.0, "criteria[0].weight", "float_refused"),
    ("criteria.0.weight", "a lot", "criteria[0].weight", "not_a_number"),
    ("criteria.0.weight", "NaN", "criteria[0].weight", "not_a_number"),
    ("criteria.0.weight", "1e999999999", "criteria[0].weight", "too_precise"),
    ("criteria.0.weight", "25.0000001", "criteria[0].weight", "too_precise"),
    ("score_step", 0.5, "score_step", "float_refused"),
    ("tie_break", "charm", "tie_break", "unknown_code"),
    ("panel.min_valid", 8, "panel.min_valid", "valid_above_seats"),
    ("panel.min_valid", 2, "panel.min_valid", "out_of_range"),
    ("panel.seats", 2, "panel.seats", "out_of_range"),
    ("criteria.0.scale", "5.2", "criteria[0].scale", "step_does_not_divide"),
    ("full_marks", 99, "criteria", "weights_off"),
    ("recommenders.0.quota", 0, "recommenders[0].quota", "out_of_range"),
    ("panel.max_per_institution", 3, "panel.max_per_institution", "out_of_range"),
    ("trim.drop", 3, "trim.drop", "trim_leaves_nothing"),
    ("approval", None, "approval", "not_a_list"),
    ("approval.1.needed", 4, "approval[1].needed", "needed_above_approvers"),
    ("approval.1.approvers.0", "approver-3", "approval[1].approvers[1]", "duplicate_person"),
    ("staff.officers", ["o", "o"], "staff.officers[1]", "duplicate_person"),
    ("staff.admins.0", "auditor-1", "staff.admins[0]", "clashing_roles"),
    ("staff.chairs", [], "staff.chairs", "unknown_key"),
]


@pytest.mark.parametrize(("place", "value", "path", "code"), ONE_FAULT)
def test_one_wrong_value_is_one_fault(place: str, value: object, path: str, code: str) -> None:
    assert list_faults(put(place, value)) == [(path, code)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("staff.officers.0", "staff.supervisors.0"),
        ("staff.officers.0", "staff.auditors.0"),
        ("staff.officers.0", "approval.0.approvers.0"),
        ("staff.supervisors.0", "approval.1.approvers.2"),
        ("approval.0.approvers.0", "approval.1.approvers.0"),
    ],
)
def test_one_person_in_two_posts_is_named_at_both(first: str, second: str) -> None:
    def change(data: Any) -> None:
        for place in (first, second):
            section, *way, last = place.split(".")
            target = data[section]
            for part in way:
                target = target[int(part) if part.isdigit() else part]
            target[int(last)] = "same-person"

    codes = [code for _, code in list_faults(change_example(change))]
    assert codes == ["clashing_roles", "clashing_roles"]


def test_a_step_must_divide_every_weight() -> None:
    assert list_faults(put("score_step", 10)) == [
        (f"criteria[{n}].weight", "step_does_not_divide") for n in range(4)
    ]


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    text = (
        TEXT.replace("kind: calendar", "kind: lunar")
        .replace("call: 2024-07-15", "call: 2024-13-40")
        .replace("weight: 25}", "weight: 20}", 1)
        .replace("seats: 7 ", "seats: seven ")
        .replace("min_team: 3", "min_teem: 3")
        .replace("auditors: [auditor-1]", "auditors: [officer-1]")
    )
    assert list_faults(text) == [
        ("clock.kind", "choice"),
        ("calendar.call", "not_a_date"),
        ("criteria", "weights_off"),
        ("panel.seats", "not_a_whole_number"),
        ("survey.min_teem", "unknown_key"),
        ("staff.officers[0]", "clashing_roles"),
        ("staff.auditors[0]", "clashing_roles"),
    ]
    lines = text.splitlines()
    for fault in faults_of(text):
        last = fault.path.split(".")[-1].split("[")[0]
        assert fault.line is not None
        assert last in lines[fault.line - 1]


def test_broken_yaml_is_one_fault_with_its_line() -> None:
    assert faults_of("title: {en: a\nplaces: 3\n") == (RulesFault("(file)", "syntax", line=2),)
    assert faults_of("a: \x00") == (RulesFault("(file)", "syntax"),)


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("", "(file)", "not_a_mapping"),
        ("- 1", "(file)", "not_a_mapping"),
        ("a: &x 1\nb: *x", "(file)", "yaml_alias"),
        ("a: !!python/object/apply:os.system [ls]", "(file)", "yaml_alias"),
        ("[" * 3_000 + "]" * 3_000, "(file)", "syntax"),
        ("#" * (LIMIT + 1), "(file)", "too_large"),
        ("---\na: 1\n---\nb: 2\n", "(file)", "syntax"),
    ],
)
def test_texts_that_are_no_rules(text: str, path: str, code: str) -> None:
    assert [(fault.path, fault.code) for fault in faults_of(text)] == [(path, code)]


def test_a_key_written_twice_and_an_impossible_date_are_faults_beside_others() -> None:
    text = TEXT.replace("places: 12", "places: 12\nplaces: 13").replace("2024-08-28", "2024-02-30")
    assert list_faults(text) == [("calendar.submission", "not_a_date"), ("places", "duplicate_key")]
    assert ("calendar.call", "not_a_number") in list_faults(TEXT.replace("2024-07-15", "9" * 5000))


def test_a_key_that_is_no_plain_word_is_not_shown() -> None:
    assert list_faults(put("staff.张三 13800000000", [])) == [("staff.?", "unknown_key")]


def test_the_last_day_of_review_may_be_the_day_of_review() -> None:
    assert load_rules(put("calendar.review_last", "2024-12-10")).calendar.review_last == RULES.calendar.review


def test_a_missing_section_is_named() -> None:
    assert list_faults(change_example(lambda data: data.pop("staff"))) == [("staff", "missing")]


def test_optional_sections_have_the_defaults_of_the_process() -> None:
    optional = (
        "days",
        "content_grace_minutes",
        "score_step",
        "panel",
        "trim",
        "shortlist",
        "survey",
    )

    def change(data: dict[str, Any]) -> None:
        for name in (*optional, "places", "round_pattern", "per_field_max", "per_region_max"):
            del data[name]

    assert load_rules(change_example(change)) == load_rules(TEXT)


PLACES = [place for place, *_ in ONE_FAULT if place not in ("round_pattern", "clock")]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from([CANARY, [CANARY], {CANARY: CANARY}, f"张 {CANARY} !"]))
def test_no_fault_repeats_a_value(place: str, value: object) -> None:
    try:
        load_rules(put(place, value))
    except RulesFaults as raised:
        shown = str(raised) + repr(raised.list_faults("zh"))
        # A key that nobody knows is the place of its fault and must be shown; every value must not.
        assert CANARY not in shown.replace(f".{CANARY}", "")


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=9,
        ).map(yaml.safe_dump),
    )
)
def test_any_text_is_rules_or_faults(text: str) -> None:
    assert faults_of(text)


def test_rules_made_in_code_are_held_to_the_same_checks() -> None:
    data = load_rules(TEXT).model_dump()
    data["trim"]["drop"] = 3
    with pytest.raises(ValidationError, match=r"trim\.drop"):
        RoundRules.model_validate(data)


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    for english, chinese in SENTENCES.values():
        assert english.isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_a_difference_names_the_place_before_and_after() -> None:
    before = load_rules(TEXT)

    def change(data: dict[str, Any]) -> None:
        data["places"] = 11
        data["check"]["min_fund"] = "5000000"
        data["fields"].insert(0, {"code": "new", "en": "new", "zh": "新"})
        data["priorities"].reverse()
        data["criteria"][0]["weight"], data["criteria"][1]["weight"] = 20, 30
        data["panel"]["seats"] = 9
        data["days"]["reminders"] = [5]
        del data["excluded"][0]

    after = load_rules(change_example(change))
    codes = [item.code for item in before.priorities]
    assert diff_rules(before, after) == [
        ("days.reminders", [7, 2], [5]),
        ("fields[new]", None, {"code": "new", "en": "new", "zh": "新"}),
        (
            "excluded[museums-relics]",
            {"code": "museums-relics", "en": "museums and relics", "zh": "文博"},
            None,
        ),
        ("priorities", codes, codes[::-1]),
        ("check.min_fund", None, "5000000"),
        ("criteria[positioning].weight", "25", "20"),
        ("criteria[mechanism].weight", "25", "30"),
        ("panel.seats", 7, 9),
        ("places", 12, 11),
    ]
    assert diff_rules(before, before) == []


def test_rules_sealed_before_outages_could_be_recorded_keep_their_hash() -> None:
    """The days after an outage are sealed when they are not the default, and always shown."""
    before, other = load_rules(change_example(lambda data: data["days"].pop("outage"))), put("days.outage", 2)
    assert before.model_dump(mode="json")["days"].keys() == {*Days.model_fields} - {
        "amend",
        "outage",
        "paper",
    }
    assert rules_hash(before) == rules_hash(load_rules(TEXT)) != rules_hash(load_rules(other))
    assert RoundRules.model_validate(load_rules(other).model_dump(mode="json")).days.outage == 2
    assert diff_rules(before, load_rules(other)) == [("days.outage", 1, 2)]


@settings(max_examples=40, deadline=None)
@given(strategies.clocks, st.integers(1, 3), st.permutations(range(8)))
def test_no_difference_means_the_same_hash(clock: Any, places: int, order: list[int]) -> None:
    rules = RULES
    other = rules.model_copy(
        update={"clock": clock, "places": places + 10, "fields": tuple(rules.fields[n] for n in order)}
    )
    assert (diff_rules(rules, other) == []) == (rules_hash(rules) == rules_hash(other))


def test_decimals_stay_exact() -> None:
    rules = load_rules(put("shortlist.factor", "1.1"))
    assert rules.shortlist.factor == Decimal("1.1")


def test_a_record_names_the_places_of_faults_but_no_key_that_was_made_up() -> None:
    with pytest.raises(RulesFaults) as raised:
        load_rules("places: many\nLi_Si: 1\nstaff: {officers: [1, x y], Zhang_San: a}\n")
    listed = dict(raised.value.list_faults())
    assert {"places", "Li_Si", "staff.officers[0]", "staff.Zhang_San"} <= set(listed)
    told = faulty_places(raised.value).split(", ")
    assert {"places", "(unknown)", "staff.officers[0]", "staff.(unknown)"} <= set(told)
    assert [place for place in told if "Si" in place or "San" in place] == []
    with pytest.raises(RulesFaults) as raised:
        load_rules("[")
    assert faulty_places(raised.value) == "(file)"
