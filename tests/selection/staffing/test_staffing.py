"""How many people a round needs is worked out of its rules."""

import json
from collections import Counter
from importlib.resources import files
from typing import Any, get_args

import pytest
from hypothesis import given

from selection.process.duties import CLASHES
from selection.rules.loading import RulesFaults
from selection.rules.model import RoundRules
from selection.sealing import load_rules
from selection.staffing import DUTIES_OF_STAFF, Case, Staffing, StaffPost, count_staff
from selection.wording.staffing_words import CASES, IN_ALL, JUDGES, REASONS, explain_need
from tests import factories as f
from tests.strategies import scheme_sizes

CASES_OF_ALL: tuple[Case, ...] = get_args(Case)


def read_rules(name: str) -> RoundRules:
    return load_rules((files("examples") / name / "rules.yaml").read_text(encoding="utf-8"))


def show(staffing: Staffing) -> dict[str, int]:
    """What is needed, by post, level and case; what every round needs by the post alone."""
    names = ((item, "/".join(filter(None, (item.post, item.level, item.case)))) for item in staffing.needs)
    return {name.removesuffix("/always"): item.least for item, name in names}


def test_the_second_batch_takes_17_people_for_its_12_places() -> None:
    staffing = count_staff(read_rules("second_batch"))
    assert show(staffing) == {
        "officers": 2,
        "supervisors": 2,
        "approvers/department": 1,
        "approvers/ministry": 2,
        "admins": 1,
        "admins/erasure": 2,
        "auditors/bundle": 1,
        "experts": 10,
        "surveyors": 3,
        "examiners/objection": 2,
        "deciders/request": 2,
    }
    # One of an approver's people registers, the panel's people survey.
    assert (staffing.applications, staffing.in_office, staffing.in_all()) == (12, 7, 17)
    assert [staffing.in_all(case) for case in CASES_OF_ALL] == [17, 19, 19, 17, 18]
    assert staffing.in_all(*CASES_OF_ALL) == 22


def test_more_applications_take_more_experts_and_who_is_not_drawn_may_examine() -> None:
    rules = read_rules("second_batch")
    counts = [count_staff(rules, number) for number in (1, 12, 13, 36)]
    assert [show(item)["experts"] for item in counts] == [10, 10, 11, 30]
    assert [item.in_all() for item in counts] == [17, 17, 18, 37]
    assert [item.in_all("objection") for item in counts] == [19, 19, 19, 37]
    assert [item.in_all("request") for item in counts] == [19, 19, 20, 39]


def test_what_a_scheme_leaves_out_takes_nobody() -> None:
    least = show(count_staff(read_rules("grant")))
    assert not {"surveyors", "examiners/objection"} & least.keys()
    assert least["experts"] == 4


def test_a_team_that_is_larger_than_the_pool_takes_others() -> None:
    staffing = count_staff(f.rules(survey={"min_team": 12}))
    assert (show(staffing)["surveyors"], staffing.in_all()) == (12, staffing.in_office + 12)


def test_nobody_is_counted_once_for_two_duties_that_meet_in_one_application() -> None:
    for need in count_staff(f.RULES).needs:
        for other in need.also:
            assert DUTIES_OF_STAFF[other] not in CLASHES[DUTIES_OF_STAFF[need.post]]
    posts = {need.post for need in count_staff(f.RULES).needs}
    assert posts == {*get_args(StaffPost)} == {*DUTIES_OF_STAFF}


def test_it_says_where_rules_name_too_few() -> None:
    staff = {**f.RULES_DATA["staff"], "auditors": []}
    (short,) = (item for item in count_staff(f.rules(staff=staff)).needs if item.is_short)
    assert (short.post, short.case, short.holders, short.least) == ("auditors", "bundle", 0, 1)
    assert not any(item.is_short for item in count_staff(f.RULES).needs)


@pytest.mark.parametrize(
    ("written", "people", "least"),
    [
        ({"approve": "signed-by-two"}, ["a"], 2),
        ({"approve": "signed-by-two"}, ["a", "b"], None),
        ({"send-back-proposal": "signed-by-two"}, ["a"], 2),
        ({"send-back-proposal": "signed-by-two"}, ["a", "b"], None),
    ],
)
def test_a_level_that_signs_by_two_has_somebody_to_sign_as_the_second(
    written: dict[str, str], people: list[str], least: int | None
) -> None:
    """Nobody else signs beside an approver, and whoever agreed before does not either."""
    levels = [{"code": "council", "en": "c", "zh": "c", "needed": 1, "approvers": people}]
    text = json.dumps({**f.RULES_DATA, "approval": levels, "assurance": written})
    if least is None:
        assert count_staff(load_rules(text)).in_office == 6
        return
    with pytest.raises(RulesFaults) as raised:
        load_rules(text)
    (fault,) = raised.value.faults
    (kind,) = written
    assert (fault.path, fault.code) == ("approval[0].approvers", "too_few_to_approve")
    assert fault.params == {"least": str(least), "acts": kind}


def size(sizes: dict[str, int]) -> Staffing:
    """Count for a scheme of these numbers."""
    people = [f"approver-{number}" for number in range(9)]
    sections: dict[str, Any] = {
        "panel": {
            "seats": sizes["seats"],
            "alternates": sizes["alternates"],
            "min_valid": 3,
            "max_load": sizes["load"],
        },
        "survey": {"min_team": sizes["team"]},
        "objections": {"min_examiners": sizes["examiners"]},
        "requests": {"min_deciders": sizes["deciders"]},
        "stages": {"survey": bool(sizes["survey"]), "notice": bool(sizes["notice"])},
        "approval": [{"code": "l", "en": "l", "zh": "l", "needed": sizes["needed"], "approvers": people}],
        "assurance": f.levels(**({"approve": "signed-by-two"} if sizes["by_two"] else {})),
        "calendar": {**f.RULES_DATA["calendar"], **({} if sizes["survey"] else {"survey": None})},
    }
    return count_staff(f.rules(**sections), sizes["applications"])


@given(scheme_sizes())
def test_more_of_anything_never_takes_fewer_people(sizes: tuple[dict[str, int], dict[str, int]]) -> None:
    small, large = map(size, sizes)
    least = show(large)
    assert all(least[name] >= count for name, count in show(small).items())
    assert large.in_office >= small.in_office
    for cases in ((), *((case,) for case in CASES_OF_ALL), CASES_OF_ALL):
        assert large.in_all(*cases) >= small.in_all(*cases)
        assert small.in_all(*cases) >= small.in_all() >= small.in_office


@given(scheme_sizes())
def test_all_of_them_together_are_no_more_than_one_by_one(
    sizes: tuple[dict[str, int], dict[str, int]],
) -> None:
    staffing = size(sizes[0])
    most: Counter[str] = Counter()
    for item in staffing.needs:
        most[f"{item.post}/{item.level}"] = max(most[f"{item.post}/{item.level}"], item.least)
        assert 0 <= item.shared <= item.least
        assert bool(item.shared) <= bool(item.also)
    assert staffing.in_all(*CASES_OF_ALL) <= most.total()


def test_every_post_case_and_reason_has_its_words() -> None:
    by_two = f.rules(assurance=f.levels(approve="signed-by-two"))
    needs = [
        need for rules in (f.RULES, by_two) for number in (1, 99) for need in count_staff(rules, number).needs
    ]
    assert {need.reason for need in needs} == set(REASONS)
    assert {need.case for need in needs} == set(CASES) == set(CASES_OF_ALL)
    assert {need.post for need in needs} - f.RULES_DATA["staff"].keys() - {"approvers"} == set(JUDGES)
    for need in needs:
        for lang in ("en", "zh"):
            assert "{" not in explain_need(need, lang)
    assert set(IN_ALL) == {"all", "short"}
