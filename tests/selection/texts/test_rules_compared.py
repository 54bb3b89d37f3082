"""What differs between two rules is told in words: no path, no code, in both languages."""

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from selection.rules.model import RoundRules
from selection.wording.rules_compared import WHOLE, compare_rules, name_field
from selection.wording.rules_words import LISTS, PARTS, PLACES
from tests.selection.story import RULES


def change_rules(**sections: Any) -> RoundRules:
    plain = RULES.model_dump(mode="json")
    for name, value in sections.items():
        plain[name] = {**plain[name], **value} if isinstance(value, dict) else value
    return RoundRules.model_validate(plain)


def compare(rules: RoundRules, language: int = 0) -> list[tuple[str, str, str]]:
    return [
        (change.field[language], change.before.words[language], change.after.words[language])
        for change in compare_rules(RULES, rules)
    ]


def test_the_same_rules_differ_in_nothing() -> None:
    assert compare_rules(RULES, change_rules()) == ()


def test_numbers_days_and_switches_are_told_before_and_after() -> None:
    other = change_rules(
        places=13,
        per_field_max=2,
        levels="side-by-side",
        calendar={"review": "2024-12-11"},
        panel={"seats": 9},
    )
    assert compare(other) == [
        ("last day: paper review", "2024-12-10", "2024-12-11"),
        ("seats of a panel", "7", "9"),
        ("places", "12", "13"),
        ("most in one field", "–", "2"),
        ("order of the levels", "one after the other", "side by side"),
    ]
    assert compare(other, 1)[1:3] == [("专家组席位", "7", "9"), ("建设名额", "12", "13")]
    assert compare(other, 1)[-1] == ("各层级审批次序", "依次", "并行")


def test_what_has_a_code_is_told_by_its_name() -> None:
    plain = RULES.model_dump(mode="json")
    fields, regions, recommenders = plain["fields"], plain["regions"], plain["recommenders"]
    first = fields[0]["en"]
    told_now = compare(
        change_rules(
            fields=[{**fields[0], "zh": "演艺"}, *reversed(fields[1:])],
            regions=[*regions, {"code": "CN-XX", "en": "Xanadu", "zh": "上都"}],
            recommenders=[{**recommenders[0], "quota": 3}, *recommenders[1:]],
            tie_break="positioning",
        )
    )
    assert (f"field “{first}”: Chinese name", fields[0]["zh"], "演艺") in told_now
    assert ("region “Xanadu”", "–", "Xanadu") in told_now
    assert (f"recommending unit “{recommenders[0]['en']}”: places", "–", "3") in told_now
    assert next(row for row in told_now if row[0] == "order: field")[1].startswith(first)
    names = {item["code"]: item["en"] for item in plain["criteria"]}
    assert ("criterion that parts ties", names["technical"], names["positioning"]) in told_now


def test_people_forms_and_signatures_are_told_as_such() -> None:
    plain = RULES.model_dump(mode="json")
    level = {**plain["approval"][0], "approvers": ["approver-1", "approver-9"]}
    other = change_rules(
        approval=[level, *plain["approval"][1:]],
        staff={"officers": ["officer-1", "officer-9"]},
        forms={"review": {**plain["forms"]["review"], "version": "another-review"}},
        assurance={"pass-check": "signed-by-two"},
    )
    people = [change.after.people for change in compare_rules(RULES, other) if change.after.people]
    assert people == [("approver-1", "approver-9"), ("officer-1", "officer-9")]
    rows = compare(other)
    before = plain["forms"]["review"]["version"]
    assert ("form: review", f"version {before}", "version another-review") in rows
    assert ("how it is signed: Pass the legality check", "by one", "by two") in rows


def test_every_field_of_rules_has_a_name_of_its_own() -> None:
    """A field that is added to rules needs one in selection/wording/rules_words.py."""
    found = {path for path in list_paths(RoundRules, "") if not WHOLE.match(path)} - {"assurance", "forms"}
    missing = {path for path in found if path not in PLACES and not is_of_an_item(path)}
    assert missing == set()
    named = [PLACES[path] for path in found if path in PLACES]
    assert len(set(named)) == len(named)
    assert name_field("panel.seats", {}) == PLACES["panel.seats"]


def is_of_an_item(path: str) -> bool:
    item = re.fullmatch(r"(?P<list>[\w.]+)\[x\](?:\.(?P<part>\w+))?", path)
    if item is None:
        return path in LISTS
    return item["list"] in LISTS and item["part"] in {*PARTS, None, "code"}


def list_paths(model: type[BaseModel], above: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        path = f"{above}.{name}" if above else name
        inner, listed = find_model(info.annotation)
        if inner is None:
            yield path
        else:
            yield from list_paths(inner, f"{path}[x]" if listed else path)


def find_model(hint: Any, *, listed: bool = False) -> tuple[type[BaseModel] | None, bool]:
    """Return the model within a type, and whether it is of the items of a list."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint, listed
    origin = get_origin(hint)
    if origin in (Union, UnionType, Annotated, tuple):
        for inner in get_args(hint):
            found, within = find_model(inner, listed=listed or origin is tuple)
            if found is not None:
                return found, within
    return None, listed
