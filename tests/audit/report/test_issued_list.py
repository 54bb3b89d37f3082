from datetime import UTC, datetime
from typing import Any

from audit.report.html import page
from audit.report.issued_list import RoundResult, SealedText
from selection.kernel.stages import RoundStage
from tests import paths
from tests.audit.report.test_report import make_report
from tests.audit.rules.test_form_answers import BundleContents
from tests.selection import story


def test_a_list_that_follows_the_first_adds_its_places() -> None:
    desk = paths.holding(RoundStage.ISSUED)
    paths.find(desk, n0001="cleared")
    paths.issue(desk)
    result = RoundResult()
    for seq, leaf in enumerate(desk.leaves):
        result.see(seq, leaf, b"")
    assert [(item.place, item.application) for item in result.places(SealedText(), BundleContents({}))] == [
        (1, "0002"),
        (2, "0001"),
    ]


def make_result(*submissions: dict[str, Any]) -> RoundResult:
    """The result of one application that was handed in, mended, and listed."""
    desk = paths.holding(RoundStage.ISSUED)
    result = RoundResult()
    for seq, leaf in enumerate(desk.leaves):
        result.see(seq, leaf, b"")
    handed_in = story.application_listed().leaves[0].model_copy(update={"stream": "application/r/0002"})
    for kind, submission in zip(("submitted", "mended"), submissions, strict=False):
        data = {**handed_in.data, "submission": submission}
        result.see(0, handed_in.model_copy(update={"type": f"application.{kind}.v1", "data": data}), b"")
    return result


NAMED = {
    "name_en": "Centre <b>One</b>",
    "name_zh": "中心一",
    "host": {"code": "x:1", "name_zh": "单位一"},
}


def test_the_list_calls_centre_and_host_unit_as_in_the_version_that_counted() -> None:
    [place] = make_result({"name_en": "Before"}, NAMED).places(SealedText(), BundleContents({}))
    assert place.centre_name == {"en": "Centre <b>One</b>", "zh": "中心一"}
    assert (place.host, place.host_name) == ("x:1", {"zh": "单位一"})
    shown = page(make_report(places=(place,)), datetime(2024, 1, 1, tzinfo=UTC))
    assert "Centre &lt;b&gt;One&lt;/b&gt;" in shown
    assert "单位一" in shown


def test_a_list_without_names_has_the_code_of_the_unit_and_what_is_no_name_is_left_out() -> None:
    [place] = make_result({"name_en": 3, "host": {"code": "x:1"}}).places(SealedText(), BundleContents({}))
    assert (place.centre_name, place.host, place.host_name) == ({}, "x:1", {})
    [place] = make_result({"host": "x"}).places(SealedText(), BundleContents({}))
    assert (place.centre_name, place.host) == ({}, "")
    only = place.model_copy(update={"centre_name": {"en": "Only English"}, "host": "x:1"})
    shown = page(make_report(places=(only,)), datetime(2024, 1, 1, tzinfo=UTC))
    assert '<span class="en" lang="en">Only English</span>' in shown
    assert "x:1" in shown


def test_what_was_published_stands_below_the_place_as_far_as_it_is_held() -> None:
    names = {"en": "Kind of <bid>", "zh": "申报方式"}
    option = {"code": "alone", "en": "alone", "zh": "独立申报"}
    fields = [
        {"code": "bid", "public": True, "options": [option], **names},
        {"code": "word", "public": True, "en": "Word", "zh": "一词"},
        {"code": "hidden", "en": "Hidden", "zh": "不公开"},
    ]
    rules = SealedText.model_validate({"forms": {"application": {"sections": [{"fields": fields}]}}})
    result = make_result(NAMED)
    opened = next(leaf for leaf in story.application_listed().leaves if leaf.type == "notice.opened.v1")
    result.see(0, opened.model_copy(update={"stream": "application/r/0002"}), b"")
    body = '{"bid":"alone","hidden":"secret","word":"<i>said</i>"}'
    [place] = result.places(rules, BundleContents({"public-3": body}))
    told_ = [(answer.asked["en"], answer.said["en"], answer.said["zh"]) for answer in place.public]
    assert told_ == [("Kind of <bid>", "alone", "独立申报"), ("Word", "<i>said</i>", "<i>said</i>")]
    shown = page(make_report(places=(place,)), datetime(2024, 1, 1, tzinfo=UTC))
    assert "&lt;i&gt;said&lt;/i&gt;" in shown
    assert "Kind of &lt;bid&gt;" in shown
    assert "<i>" not in shown
    assert "secret" not in shown
    for other in ({}, {"public-3": "[]"}, {"public-3": "{"}, {"public-3": b"\xff"}):
        [place] = result.places(rules, BundleContents(other))
        assert place.public == ()
