"""Two versions of an application side by side: in words, people by name, and of a table the rows that differ."""

from typing import Any

from papers.intake import LongAnswer
from portal.shown.changes import Change, list_changes
from reading.forms import publish_form
from reading.models import FilledForm
from selection.forms.built_in import find_form
from starter.people.changed_answers import Versions
from tests.selection import story


def _fill(version: int, answers: dict[str, Any], *missing: str) -> FilledForm:
    form = find_form(story.RULES.forms, "application")
    assert form is not None
    return FilledForm(
        round_form=publish_form(story.RULES, form), revision=version, answers=answers, missing=missing
    )


def _compare(old: FilledForm, new: FilledForm, dropped: dict[str, Any] | None = None) -> list[Change]:
    return list_changes(Versions(old, new, old.with_(answers=dropped or {})), {"expert-1": "Chen Yi"})


def _say(answer: LongAnswer | None) -> str:
    return "" if answer is None else "|".join(block.text for block in answer.en)


def _row(change: Change) -> tuple[str, int, str, str]:
    return change.asked.en, change.row, _say(change.before), _say(change.after)


def test_answers_stand_in_words_and_people_by_name() -> None:
    field = story.RULES.fields[0]
    old = _fill(1, {"field": field.code, "avoid": ["expert-2"], "bid": "alone", "staff": 4})
    new = _fill(2, {"field": field.code, "avoid": ["expert-1", "expert-2"], "bid": "joint", "staff": 40})
    found = {change.asked.en: (_say(change.before), _say(change.after)) for change in _compare(old, new)}
    assert ("expert-2", "Chen Yi; expert-2") in found.values()
    assert len(found) == 3
    assert not {"alone", "joint"} & {said for both in found.values() for said in both}


def test_of_a_table_only_the_rows_that_differ_are_shown() -> None:
    rows = [{"month": 6, "aim": "Lab", "measure": "open"}, {"month": 12, "aim": "Test", "measure": "ten"}]
    later = [rows[0], {**rows[1], "aim": "Tests"}, {"month": 18, "aim": "Sale", "measure": "one"}]
    found = [
        _row(change) for change in _compare(_fill(1, {"milestones": rows}), _fill(2, {"milestones": later}))
    ]
    assert [(row, bool(before)) for _, row, before, _ in found] == [(2, True), (3, False)]
    assert found[0][2].replace("Test;", "Tests;") == found[0][3]
    [gone] = _compare(_fill(1, {"milestones": rows}), _fill(2, {"milestones": rows[:1]}))
    assert (gone.row, gone.after) == (2, None)


def test_a_file_in_place_of_another_is_seen_to_be_another() -> None:
    first, second = ({"id": name, "sha256": name * 8, "size": 1, "media_type": "text/plain"} for name in "ab")
    [changed] = _compare(_fill(1, {"agreement": first}), _fill(3, {"agreement": second}))
    assert (_say(changed.before), _say(changed.after)) == ("a file of version 1", "a file of version 3")


def test_what_was_erased_is_said_and_what_is_no_longer_asked_stands_last() -> None:
    old = _fill(1, {"summary": "Old"}, "direction")
    found = [
        _row(change) for change in _compare(old, _fill(2, {"direction": "Lifts"}), {"positioning": "Leading"})
    ]
    assert [(before, after) for _, _, before, after in found] == [
        ("erased since", "Lifts"),
        ("Old", ""),
        ("Leading", ""),
    ]


def test_what_an_answer_is_not_told_by_is_told_where_it_alone_differs() -> None:
    unit = {"code": "1", "name_zh": "甲", "kind": "enterprise", "region": "bj"}
    leader = {"name": "王", "title": "研究员"}
    for code, old, new in (
        ("host", unit, {**unit, "region": "sh"}),
        ("co_builders", [unit, {**unit, "code": "2"}], [unit, {**unit, "code": "2", "kind": "university"}]),
        ("leader", leader, {**leader, "id": "expert-1"}),
        ("summary", "a\nb", "a b"),
        ("summary", "a\n", "a"),
    ):
        [change] = _compare(_fill(1, {code: old}), _fill(2, {code: new}))
        assert change.before != change.after, code
    assert change.row == 0
    [second] = _compare(_fill(1, {"co_builders": [unit]}), _fill(2, {"co_builders": [unit, unit]}))
    assert (second.row, second.before) == (2, None)


def test_a_table_that_was_erased_as_a_whole_is_said_to_be() -> None:
    rows = [{"month": 6, "aim": "Lab", "measure": "open"}]
    [change] = _compare(_fill(1, {}, "milestones"), _fill(2, {"milestones": rows}))
    assert (_say(change.before), change.row) == ("erased since", 0)
