"""Whom a refusal names is called by name in pages and timelines, and by the id where nobody has a name for it."""

from selection.decision.aggregate import ActRefused
from selection.refusals.people import call_people, list_people as list_refused
from selection.timeline.people import call_people as call_in_entry, list_people
from selection.wording.refusals import render_refusal

AWAITED = {"people": "expert-1, expert-2 (expert)", "count": "expert-1"}
CALLED = {"expert-1": "Li Si", "expert-2": "Wang Wu"}


def test_people_alone_are_called_by_name() -> None:
    assert list_refused(AWAITED) == {"expert-1", "expert-2"}
    assert call_people(AWAITED, CALLED) == {"people": "Li Si, Wang Wu (expert)", "count": "expert-1"}
    assert call_people(AWAITED, {"expert-2": "Wang Wu"})["people"] == "expert-1, Wang Wu (expert)"
    assert list_refused({"tied": "applicant-1", "person": ""}) == {"applicant-1"}


def test_a_timeline_calls_them_by_name_as_far_as_the_refusal_shows() -> None:
    data = {"kind": "record-appraisal", "code": "votes-awaited", "params": AWAITED}
    view = {"type": ActRefused.TYPE, "actor": {"person": "expert-7"}, "data": data}
    assert list_people(view) == {"expert-1", "expert-2", "expert-7"}
    assert call_in_entry(ActRefused.TYPE, data, CALLED)["params"]["people"].startswith("Li Si, ")
    hidden = {"kind": "record-appraisal"}
    assert list_people({**view, "data": hidden}) == {"expert-7"}
    assert call_in_entry(ActRefused.TYPE, hidden, CALLED) == hidden


def test_several_stand_in_chinese_as_such_do() -> None:
    sentence = render_refusal("votes-awaited", {"people": "甲, 乙"}, "zh")
    assert "甲、乙" in sentence


def test_the_role_that_somebody_lacks_is_told_by_its_name() -> None:
    lacking = {"people": "expert-1 (approver), Li Si (expert-2)"}
    assert "expert-1（审批人）、Li Si (expert-2)" in render_refusal("staff-unregistered", lacking, "zh")
    assert "expert-1 (approver), Li Si (expert-2)" in render_refusal("staff-unregistered", lacking, "en")
