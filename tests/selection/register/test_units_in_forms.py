"""Units that answers and rules name, against the register."""

from typing import Any

import pytest

from selection.decision.register_views import UnitFact
from selection.forms.form import Form
from selection.register.units_in_forms import (
    asks_the_register,
    find_renamed,
    find_unregistered,
    judge_recommenders,
    list_recommending_units,
)
from tests import factories as f
from tests.selection.forms.strategies import LABEL

A, B = "99SYNTHA", "99SYNTHB"
KNOWN = {
    A: UnitFact(code=A, name_zh="甲", name_en="A", version=3),
    B: UnitFact(code=B, active=False, version=4),
}


def form(**changes: Any) -> Form:
    field = {**LABEL, "code": "host", "kind": "unit", "schemes": ["any"], **changes}
    return Form.model_validate(
        {"version": "v1", **LABEL, "sections": [{"code": "s", **LABEL, "fields": [field]}]}
    )


@pytest.mark.parametrize(
    ("code", "taken"), [(A, True), ("99syntha ", True), (B, False), ("99SYNTHC", False), ("", False)]
)
def test_a_form_takes_units_in_force_alone_where_it_says_so(code: str, taken: bool) -> None:
    for many in (False, True):
        unit: Any = {"code": code}
        answers = {"host": [unit] if many else unit}
        found = find_unregistered(form(registered=True, many=many), answers, KNOWN)
        assert [item.code for item in found] == ([] if taken else ["unit-unregistered"])
    assert find_unregistered(form(), {"host": {"code": code}}, KNOWN) == ()
    assert asks_the_register(form(registered=True))
    assert not asks_the_register(form())


@pytest.mark.parametrize(
    "answers", [None, [], {}, {"host": None}, {"host": "x"}, {"host": {"code": 1}}, {"host": [3]}]
)
def test_what_is_no_answer_is_another_faults_matter(answers: Any) -> None:
    assert find_unregistered(form(registered=True), answers, KNOWN) == ()
    assert find_renamed(form(), answers, KNOWN) == ()


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ({"name_zh": "甲", "name_en": "A"}, []),
        ({"name_zh": "甲 "}, []),
        ({"name_zh": "乙", "name_en": "B"}, ["host.name_zh", "host.name_en"]),
        ({"name_zh": 3}, []),
        ({}, []),
    ],
)
def test_another_name_than_the_registered_one_is_to_be_looked_at(typed: Any, places: list[str]) -> None:
    found = find_renamed(form(), {"host": {"code": "９９syntha", **typed}}, KNOWN)
    assert [item.path for item in found] == places
    assert all("甲" in item.sentence("zh") or "A" in item.sentence("zh") for item in found)


def test_recommending_units_are_looked_at_where_their_codes_are_codes_of_units() -> None:
    route = {"route": "affiliated"}
    units = [
        {"code": "99syntha", "en": "A", "zh": "乙", **route},
        {"code": B, "en": "b", "zh": "b", **route},
    ]
    rules = f.rules(recommenders=[*f.RULES_DATA["recommenders"], *units])
    assert list(list_recommending_units(rules)) == [A, B]
    assert [(code, item.code) for code, item in judge_recommenders(rules, KNOWN)] == [
        ("99syntha", "unit-renamed"),
        (B, "unit-unregistered"),
    ]
