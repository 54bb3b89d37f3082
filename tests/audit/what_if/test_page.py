"""Pages and charts of a simulation: marked as such, in both languages, whole, and made of what was computed."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audit.what_if.assuming import AssumptionRequest
from audit.what_if.charts import LIMIT, Rows, charts
from audit.what_if.drawing import MARK, stack_drawings
from audit.what_if.page import page
from audit.what_if.report import WhatIf
from audit.what_if.sentences import limits, results
from audit.what_if.stability import Draws
from tests.audit.what_if.rounds import simulate
from tests.round_story import tell_round

AT = datetime(2024, 12, 1, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def report(tmp_path: Path) -> WhatIf:
    return simulate(
        tmp_path, AssumptionRequest(weights={"technical": "60"}, without=("expert-2",)), Draws(5, 20, 1)
    )


def test_the_page_is_marked_and_loads_nothing(report: WhatIf) -> None:
    text = page(report, AT)
    # The title, the head of each sheet, the banner, each chart's head and ground, and the head of each table.
    assert text.count(MARK) == 2 + 1 + 2 * 2 + text.count("<table")
    for part in (
        "不作任何决定",
        "It decides nothing",
        "selection audit verify",
        "第二批",
        "Second batch",
        report.sha256,
    ):
        assert part in text
    for pair in (*results(report), *limits(report)):
        assert all(sentence in text for sentence in pair)
    assert "<script" not in text
    assert "http" not in text


def test_what_people_wrote_into_the_rules_is_escaped(report: WhatIf) -> None:
    title = {"en": "<b>bold</b>", "zh": "<b>粗</b>"}
    criteria = {code: {"en": "<i>", "zh": "<i>"} for code in report.criteria}
    text = page(report.model_copy(update={"title": title, "criteria": criteria}), AT)
    assert "&lt;b&gt;bold" in text
    assert "<b>" not in text
    assert "<i>" not in text


def test_the_charts_are_one_file_with_every_application_and_no_font_of_their_own(report: WhatIf) -> None:
    root = ElementTree.fromstring(stack_drawings(charts(report)))
    parts = root.findall(f"{SVG}svg")
    assert len(parts) == 2
    for part in parts:
        told = [text.text for text in part.iter(f"{SVG}text")]
        assert told.count(MARK) == 2
        assert {item.application for item in report.applications} <= set(told)
    assert [text.text for text in parts[0].iter(f"{SVG}text")].count("▼2") == 1
    assert not list(root.iter(f"{SVG}path"))


def test_where_nothing_is_assumed_nobody_moves_and_there_is_one_chart(tmp_path: Path) -> None:
    report = simulate(tmp_path)
    assert len(charts(report)) == 1
    assert page(report, AT).count("<svg") == 1


def test_where_nobody_has_a_score_there_is_still_a_page(tmp_path: Path) -> None:
    everyone = {review.expert for item in tell_round().applications() for review in item.reviews}
    report = simulate(tmp_path, AssumptionRequest(without=tuple(everyone)), Draws(2, 20, 1))
    assert {item.simulated.rank for item in report.applications} == {None}
    assert report.stability[0].runs == 0
    assert "无得分 no score" in stack_drawings(charts(report))
    text = page(report, AT)
    assert "有效评审不足而无得分：0001" in text
    assert report.likeness is report.stability[1].likeness_least is None
    assert "too few have a rank in both orders to compare these" in text
    assert "有名次的申报过少，无法比较名次" in text
    assert "1.000" not in text
    assert "None" not in text


def test_of_a_large_round_what_is_around_the_cut_is_drawn() -> None:
    small, large = Rows(LIMIT, 24), Rows(1000, 400)
    assert (small.first, small.last) == (1, LIMIT)
    assert large.last - large.first + 1 == LIMIT
    assert 400 in large
    assert 401 in large
    assert large.height(1000) == large.height(700) > large.height(large.last)
    assert large.height(1) == large.height(2) < large.height(large.first)
