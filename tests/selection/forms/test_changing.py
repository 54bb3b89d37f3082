"""From one version of a form to the next: the map names every field, and answers follow it."""

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from audit.rules.forms.in_force import FormChange
from audit.rules.forms.look_again import list_changed
from selection.forms.changing.amendment import Amendment, RoundForms
from selection.forms.changing.field_map import (
    FieldMap,
    find_map_faults,
    list_changes,
    map_fields,
    move_answers,
)
from selection.forms.changing.moving import find_moved_faults
from selection.forms.checking import AnswerChecker
from selection.forms.form import Form, Forms
from selection.forms.handed_in import SentForm
from selection.forms.one_text import ONE_TEXT
from selection.forms.parts import PersonalAnswer
from selection.kernel.canonical import canonical_bytes
from tests import factories as f
from tests.selection.forms.strategies import LABEL, forms_with_answers


def form(version: str, *fields: dict[str, Any]) -> Form:
    asked = [{"kind": "text", **LABEL, **field} for field in fields]
    section = {"code": "s", **LABEL, "fields": asked}
    return Form.model_validate({"version": version, **LABEL, "sections": [section]})


OLD = form("1", {"code": "a"}, {"code": "b", "words": 9}, {"code": "c"}, {"code": "d", "personal": True})
NEW = form(
    "2",
    {"code": "a", "en": "Other"},
    {"code": "b", "words": 5},
    {"code": "e"},
    {"code": "n", "required": True},
)


def changes(renamed: dict[str, str]) -> list[tuple[str, str, str]]:
    return [tuple(item) for item in list_changes(OLD, NEW, map_fields(OLD, NEW, renamed))]  # type: ignore[misc]


def test_each_field_is_kept_reworded_changed_renamed_dropped_or_new() -> None:
    assert changes({"c": "e"}) == [
        ("a", "a", "reworded"),
        ("b", "b", "changed"),
        ("c", "e", "renamed"),
        ("d", "", "dropped"),
        ("", "n", "new"),
    ]
    assert ("c", "", "dropped") in changes({})
    assert ("", "e", "new") in changes({})


def test_a_code_that_another_field_takes_over_is_not_the_same_field() -> None:
    assert ("a", "", "dropped") in changes({"c": "a"})
    assert find_one(map_fields(OLD, NEW, {"c": "a"})) is None


def find_one(by: FieldMap, old: Form = OLD, new: Form = NEW) -> tuple[str, tuple[str, ...]] | None:
    fault = next(find_map_faults(old, new, by), None)
    return None if fault is None else (fault.code, fault.fields)


WHOLE = {"a": "a", "b": "b", "c": "e", "d": ""}


@pytest.mark.parametrize(
    ("fields", "added", "fields_named"),
    [
        ({**WHOLE, "d": "n"}, ("n",), ("n",)),
        ({"a": "a", "b": "b", "c": "e"}, ("n",), ("d",)),
        (WHOLE, (), ("n",)),
        (WHOLE, ("n", "n"), ("n",)),
        ({**WHOLE, "d": "e"}, ("n",), ("e",)),
        # What somebody made up is not repeated.
        ({**WHOLE, "zz": ""}, ("n",), ()),
        ({**WHOLE, "d": "zz"}, ("n",), ()),
        (WHOLE, ("n", "zz"), ()),
    ],
)
def test_a_map_that_is_not_whole_is_found(
    fields: dict[str, str], added: tuple[str, ...], fields_named: tuple[str, ...]
) -> None:
    assert find_one(FieldMap(fields=WHOLE, added=("n",))) is None
    assert find_one(FieldMap(fields=fields, added=added)) == ("map-incomplete", fields_named)


def test_a_field_does_not_become_one_of_another_kind() -> None:
    new = form("2", {"code": "a", "kind": "number"})
    assert find_one(map_fields(OLD, new, {}), new=new) == ("map-other-kind", ("a",))


def entries(**changes: Any) -> Form:
    """The built-in form with one of its entry's fields changed, dropped or renamed."""
    data = f.change_form(ONE_TEXT).model_dump(mode="json")
    fields = data["sections"][0]["fields"]
    data["sections"][0]["fields"] = [
        {**field, **(changes.get(field["code"]) or {})}
        for field in fields
        if changes.get(field["code"], {}) is not None
    ]
    return Form.model_validate(data)


@pytest.mark.parametrize(
    ("change", "renamed", "named"),
    [
        ({"staff": {"least": 50}}, {}, "staff"),
        ({"host": {"schemes": ["uscc"]}}, {}, "host"),
        ({"host": {"kinds": [{"code": "a", "en": "a", "zh": "a"}]}}, {}, "host"),
        ({"seals": {"required": True}}, {}, "seals"),
        ({"staff": None}, {}, "staff"),
        ({"name_zh": {"entry": None}}, {}, "name_zh"),
        ({"staff": {"code": "people"}}, {}, "staff"),
    ],
)
def test_what_the_rules_decide_on_stays_as_it_is(change: Any, renamed: dict[str, str], named: str) -> None:
    new = entries(**change)
    found = find_one(map_fields(ONE_TEXT, new, renamed), ONE_TEXT, new)
    assert found is not None
    assert (found[0], found[1][0]) == ("entry-changed", named)


def test_its_words_and_its_code_may_change() -> None:
    new = entries(staff={"code": "people", "en": "People", "help": {"en": "h", "zh": "h"}})
    assert find_one(map_fields(ONE_TEXT, new, {"staff": "people"}), ONE_TEXT, new) is None


def test_no_field_comes_into_the_entry() -> None:
    old = entries(staff=None)
    assert find_one(map_fields(old, ONE_TEXT, {}), old, ONE_TEXT) is not None


def rounds() -> RoundForms:
    third = form("3", {"code": "a", "required": True}, {"code": "x"}, {"code": "n"})
    amended = (
        Amendment(number=1, name="application", was="1", form=NEW, by=map_fields(OLD, NEW, {"c": "e"})),
        Amendment(number=2, name="review", was="r", form=form("r2", {"code": "a"}), by=FieldMap(fields={})),
        Amendment(number=3, name="application", was="2", form=third, by=map_fields(NEW, third, {"e": "x"})),
    )
    return RoundForms(Forms(application=OLD, review=form("r", {"code": "z"})), amended)


def test_the_last_version_is_in_force_and_each_is_found_again() -> None:
    forms = rounds()
    assert [item.version for item in forms.versions("application")] == ["1", "2", "3"]
    found = forms.find("application")
    assert found is not None
    assert found.version == "3"
    assert forms.find_version("application", "2") == NEW
    assert forms.find_version("application", "r2") is None
    assert forms.find("opinion") is None
    assert RoundForms(Forms()).find("application") == ONE_TEXT


def test_answers_follow_the_maps_from_version_to_version() -> None:
    forms, answers = rounds(), {"a": "1", "b": "2", "c": "3", "d": "4"}
    assert forms.move("application", dict(answers), "1", "1") == answers
    assert forms.move("application", dict(answers), "1", "2") == {"a": "1", "b": "2", "e": "3"}
    assert forms.move("application", dict(answers), "1", "3") == {"a": "1", "x": "3"}
    assert forms.move("application", {"e": "3"}, "2", "3") == {"x": "3"}
    assert forms.move("application", {}, "3", "1") is None
    assert forms.move("application", {}, "no", "3") is None


def list_moved_faults(
    answers: dict[str, Any], personal: dict[str, bytes | None], new: Form = NEW
) -> list[str]:
    sealed = Forms(application=OLD)
    amended = (
        Amendment(number=1, name="application", was="1", form=new, by=map_fields(OLD, new, {"c": "e"})),
    )
    bodies = {"s": canonical_bytes(answers), **{name: body for name, body in personal.items() if body}}
    filled = SentForm(
        version="1",
        shared=f.ref("s"),
        personal=tuple(PersonalAnswer(answer=name, content=f.ref(name)) for name in personal),
    )
    found = find_moved_faults(AnswerChecker(new, f.RULES), RoundForms(sealed, amended), filled, bodies, {})
    return [fault.for_record for fault in found]


def test_what_does_not_fit_the_new_version_is_named_by_its_places_there() -> None:
    assert list_moved_faults({"a": "x", "b": "one two three four five six", "c": "y"}, {}) == [
        "b too-many-words",
        "n missing",
    ]


def test_what_was_erased_since_is_asked_of_nobody() -> None:
    new = form("2", {"code": "d", "personal": True, "required": True})
    assert list_moved_faults({"a": "x"}, {}, new) == ["d missing"]
    assert list_moved_faults({"a": "x"}, {"d": None}, new) == []
    assert list_moved_faults({"a": "x"}, {"d": b'"who"'}, new) == []


@settings(max_examples=40, deadline=None)
@given(forms_with_answers(), forms_with_answers(), st.data())
def test_any_two_forms_have_a_map_and_core_and_audit_name_the_same_changes(
    first: tuple[Form, Any], second: tuple[Form, Any], data: st.DataObject
) -> None:
    old, new = first[0], second[0]
    targets = st.sampled_from(list(new.by_code))
    renamed = data.draw(st.dictionaries(st.sampled_from(list(old.by_code)), targets, max_size=1))
    by = map_fields(old, new, renamed)
    assert not [fault for fault in find_map_faults(old, new, by) if fault.code == "map-incomplete"]
    changed = [
        item.new or item.old for item in list_changes(old, new, by) if item.change not in ("kept", "reworded")
    ]
    assert changed == list_changed(FormChange(1, "application", old, new, by.fields, by.added, None))
    assert move_answers(by, first[1]).keys() <= new.by_code.keys()


def test_public_answers_that_are_not_held_are_asked_of_nobody() -> None:
    old, new = (form(version, {"code": "p", "public": True, "required": True}) for version in ("1", "2"))
    amended = Amendment(number=1, name="application", was="1", form=new, by=map_fields(old, new, {}))
    forms, checker = RoundForms(Forms(application=old), (amended,)), AnswerChecker(new, f.RULES)
    filled = SentForm(version="1", shared=f.ref("s"), public=f.ref("p"))
    held = {"s": canonical_bytes({}), "p": canonical_bytes({"p": "x"})}
    assert find_moved_faults(checker, forms, filled, held, {}) == ()
    assert find_moved_faults(checker, forms, filled, {"s": held["s"]}, {}) == ()
