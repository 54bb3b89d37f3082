"""Any form of the rules as a page: each kind of field is drawn, and what is typed is read as a file of answers is."""

import re
from typing import Any

from portal.forms.drawing import Place, draw_section, draw_sections
from portal.forms.faults import link_faults
from portal.forms.refilling import refill
from portal.forms.typed import (
    Draft,
    KeptFile,
    Typed,
    answers_in,
    list_files,
    read_draft,
    rows_in,
    write_draft,
)
from portal.shown.rendering import _environment, _tools
from reading.models import RoundForm
from selection.forms.checking import AnswerChecker
from selection.forms.form import Form
from selection.forms.raw_answers import read_raw
from selection.kernel.zone import BEIJING
from tests.selection import story

OPTIONS = [{"code": f"o{number}", "en": f"Option {number}", "zh": f"选项{number}"} for number in range(9)]
FIELDS: list[dict[str, Any]] = [
    {"code": "line", "kind": "text", "help": {"en": "Help <b>", "zh": "说明"}},
    {"code": "lines", "kind": "text", "lines": True, "words": 20},
    {"code": "number", "kind": "number", "least": 0, "most": 9, "measure": {"en": "metres", "zh": "米"}},
    {"code": "day", "kind": "date"},
    {"code": "few", "kind": "choice", "options": OPTIONS[:2], "required": True},
    {"code": "many", "kind": "choice", "options": OPTIONS, "many": True},
    {"code": "long", "kind": "choice", "options": OPTIONS},
    {"code": "region", "kind": "choice", "of": "regions"},
    {"code": "people", "kind": "people", "most": 2},
    {"code": "unit_code", "kind": "credit_code"},
    {
        "code": "table",
        "kind": "table",
        "rows": 5,
        "columns": [
            {"code": "what", "kind": "text", "en": "What", "zh": "内容", "required": True},
            {"code": "month", "kind": "number", "en": "Month", "zh": "月", "most": 36},
        ],
    },
    {"code": "leader", "kind": "person", "asks": ["post", "born"]},
    {"code": "host", "kind": "unit", "registered": True, "required": True},
    {"code": "others", "kind": "unit", "many": True, "most": 3, "schemes": ["uscc", "foreign"]},
    {"code": "paper", "kind": "file"},
]
NAMED = [{"en": f"Field {item['code']}", "zh": "项目", **item} for item in FIELDS]
FORM = Form.model_validate(
    {
        "version": "v1",
        "en": "F",
        "zh": "表",
        "sections": [{"code": "s", "en": "Section", "zh": "部分", "fields": NAMED}],
    }
)
ROUND_FORM = RoundForm(
    form=FORM, fields=story.RULES.fields, regions=story.RULES.regions, priorities=story.RULES.priorities
)
TYPED = {
    "a.line": ("one",),
    "a.lines": ("\nfirst\nsecond",),
    "a.number": ("7",),
    "a.day": ("2026-02-03",),
    "a.few": ("o1",),
    "a.many": ("o1", "o8"),
    "a.long": ("o3",),
    "a.region": (story.RULES.regions[0].code,),
    "a.people": ("expert-1\n\n expert-2 ",),
    "a.unit_code": ("91110000MA00000000",),
    "a.table.3.what": ("walls",),
    "a.table.3.month": ("12",),
    "a.table.1.what": ("floor",),
    "a.leader.name": ("Synthetic",),
    "a.leader.born": ("1975-04",),
    "a.host.code": ("91110000MA0000000H",),
    "a.host.region": ("CN-BJ",),
    "a.others.2.code": ("foreign:DE-HRB1234",),
    "a.others.2.region": ("outside",),
    "a.no_such": ("x",),
}


SHOWN = (
    "{% from 'forms.html' import form_field with context %}"
    "{% for s in sections %}{% for i in s.fields %}{{ form_field(i) }}{% endfor %}{% endfor %}"
    "{% for field, told in linked %}<a href='{{ field }}'>{{ told }}</a>{% endfor %}"
)


def draw(language: str, typed: Typed, *, faults: bool = False) -> str:
    """Return the fields as the page draws them."""
    answers = read_raw(FORM, answers_in(FORM, typed), lambda path, written: None)
    found = AnswerChecker(FORM, ROUND_FORM).check(answers) if faults else ()
    place = Place(ROUND_FORM, typed, found, language, {})
    linked = link_faults(ROUND_FORM, found, language)
    tools = _tools(language, BEIJING)
    return (
        _environment(language)
        .from_string(SHOWN)
        .render(sections=draw_sections(place), linked=linked, **tools)
    )


def test_what_is_typed_is_read_as_a_file_of_answers_would_be() -> None:
    answers = read_raw(FORM, answers_in(FORM, TYPED), lambda path, written: None)
    assert answers == {
        "line": "one",
        "lines": "first\nsecond",
        "number": 7,
        "day": "2026-02-03",
        "few": "o1",
        "many": ["o1", "o8"],
        "long": "o3",
        "region": story.RULES.regions[0].code,
        "people": ["expert-1", "expert-2"],
        "unit_code": "91110000MA00000000",
        "table": [{"what": "floor"}, {"what": "walls", "month": 12}],
        "leader": {"name": "Synthetic", "born": "1975-04"},
        "host": {"code": "91110000MA0000000H", "region": "CN-BJ"},
        "others": [{"code": "foreign:DE-HRB1234", "region": "outside"}],
    }
    # The way back shows the same to be changed.
    assert read_raw(FORM, answers_in(FORM, refill(FORM, answers)), lambda path, written: None) == answers


def test_a_draft_brings_back_what_was_typed() -> None:
    assert read_draft(write_draft(Draft("v1", TYPED))) == ("v1", TYPED)


def test_every_kind_of_field_is_drawn_with_what_was_typed() -> None:
    page = draw("en", TYPED)
    names = set(re.findall(r' name="([^"]+)"', page))
    drawn = {item["code"] for item in FIELDS} - {"table", "leader", "host", "others", "paper"}
    assert {f"a.{code}" for code in drawn} <= names
    # Two rows that were filled, and two that stand empty; rows close up in their order.
    rows = list(dict.fromkeys(re.findall(r'name="a\.table\.(\d+)\.what"', page)))
    assert (rows[:2], len(rows)) == (["1", "3"], 4)
    assert "Help &lt;b&gt;" in page
    assert page.count(" checked") == 3
    assert page.count(" selected") == 4
    for name in ("a.leader.post", "a.host.kind", "a.others.2.name_en", "a.others.0.code"):
        assert f'name="{name}"' in page
    assert 'list="registered-units"' in page
    assert page.count('value="outside"') == 3
    assert "\n\nfirst\nsecond</textarea>" in page
    assert 'name="u.a.paper" type="file"' in page
    assert [field.code for field in list_files(FORM.fields())] == ["paper"]
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


def test_each_fault_stands_at_its_field_and_is_linked() -> None:
    wrong = {"a.number": ("12",), "a.day": ("tomorrow",), "a.table.4.month": ("99",), "a.lines": ("w " * 21,)}
    wrong |= {"a.host.code": ("91110000MA00000000",), "a.leader.name": ("Synthetic",)}
    for language, missing in (("en", "not answered yet: fill it in"), ("zh", "未填写，请补充")):
        page = draw(language, wrong, faults=True)
        for name in ("a.number", "a.day", "a.few", "a.table", "a.lines", "a.host.code", "a.leader.post"):
            assert f"href='#{name}'" in page
            assert f'id="{name}"' in page
        assert missing in page
        assert page.count('aria-invalid="true"') >= 5
        # A fault of a row stands in that row.
        assert re.search(r'id="a\.table\.4\.month-about">(?:(?!</div>).)*class="fault"', page, re.S)


def test_rows_with_odd_numbers_are_none() -> None:
    odd = {f"a.table.{number}.what": ("x",) for number in ("-1", "x", "٣", "1e3", "99999", "", "2")}
    assert rows_in("a.table", odd) == [2]


def test_a_file_shows_by_its_name_and_what_another_page_asks_for_stands_only_where_it_is_asked() -> None:
    asked = [
        {"code": "bid", "kind": "choice", "options": OPTIONS[:2], "en": "Bid", "zh": "方式"},
        {
            "code": "paper",
            "kind": "file",
            "shown": {"field": "bid", "one_of": ["o1"]},
            "en": "Paper",
            "zh": "文件",
            "types": ["application/pdf"],
        },
    ]
    sections = [
        {"code": f"s{at}", "en": "S", "zh": "节", "fields": [field]} for at, field in enumerate(asked)
    ]
    form = Form.model_validate({"version": "v1", "en": "F", "zh": "表", "sections": sections})
    files = {"file-1": KeptFile("扫描件.pdf", "application/pdf", 1_500_000, "0" * 64)}
    round_form = ROUND_FORM.model_copy(update={"form": form})
    typed: Typed = {"a.paper": ("file-1",)}
    for extra, count in (({}, 0), ({"a.bid": ("o0",)}, 0), ({"a.bid": ("o1",)}, 1)):
        place = Place(round_form, extra, (), "en", files)
        assert len(draw_section(place, form.sections[1]).fields) == count
    # What was typed before stays in sight, so that it can be taken away.
    section = draw_section(Place(round_form, typed, (), "en", files), form.sections[1])
    page = (
        _environment("en").from_string(SHOWN).render(sections=[section], linked=[], **_tools("en", BEIJING))
    )
    assert "扫描件.pdf" in page
    assert "PDF, 1.5 MB" in page
    # Nor does the script hide it for want of an answer that stands on another page.
    assert "data-shown" not in page


def draw_alone(*fields: dict[str, Any], typed: Typed | None = None) -> str:
    """Return a form of these fields as a page draws it, with its faults."""
    named = [{"en": "F", "zh": "项", **field} for field in fields]
    form = Form.model_validate(
        {
            "version": "v1",
            "en": "F",
            "zh": "表",
            "sections": [{"code": "s", "en": "S", "zh": "节", "fields": named}],
        }
    )
    round_form = ROUND_FORM.model_copy(update={"form": form})
    answers = read_raw(form, answers_in(form, typed or {}), lambda path, written: None)
    place = Place(round_form, typed or {}, AnswerChecker(form, round_form).check(answers), "en", {})
    return (
        _environment("en")
        .from_string(SHOWN)
        .render(sections=draw_sections(place), linked=[], **_tools("en", BEIJING))
    )


def test_a_text_has_as_many_lines_as_its_limit_asks_for() -> None:
    for words, rows in ((3_000, 14), (1_000, 14), (999, 8), (300, 8), (299, 6), (100, 6)):
        assert f'name="a.t" rows="{rows}"' in draw_alone({"code": "t", "kind": "text", "words": words})
    assert "<textarea" not in draw_alone({"code": "t", "kind": "text", "words": 99})
    assert 'name="a.t" rows="6"' in draw_alone({"code": "t", "kind": "text", "lines": True})
    assert 'name="a.t" rows="3"' in draw_alone({"code": "t", "kind": "people"})


def test_what_is_one_line_to_the_rules_stays_one_though_it_is_typed_into_several() -> None:
    asked = [{"code": "t", "kind": "text", "words": 100, "en": "T", "zh": "文"}]
    sections = [{"code": "s", "en": "S", "zh": "节", "fields": asked}]
    form = Form.model_validate({"version": "v1", "en": "F", "zh": "表", "sections": sections})
    answers = answers_in(form, {"a.t": ("one\n\ntwo\n",)})
    assert answers == {"t": "one two"}
    # Of Chinese no blank comes in, and what stands around a line is none of it.
    for typed, read in (
        ("第一行，\n第二行。\n\n 第三行", "第一行，第二行。第三行"),
        ("\u3000\u3000第一行\n\t \n\u3000第二行", "第一行第二行"),
        ("研究\nAI \n 3 nm\n工艺", "研究 AI 3 nm 工艺"),
        (" \n\u3000\n", None),
    ):
        assert answers_in(form, {"a.t": (typed,)}).get("t") == read
    # What cannot be seen is no line, and stays to be named as a fault.
    assert answers_in(form, {"a.t": ("one\u2028two",)}) == {"t": "one\u2028two"}
    assert AnswerChecker(form, ROUND_FORM).check(answers) == ()


def test_a_select_says_that_something_is_to_be_chosen() -> None:
    assert '<option value="">Choose</option>' in draw("en", {})
    assert '<option value="">请选择</option>' in draw("zh", {})
    assert "不超过 20 字（英文按单词计）。" in draw("zh", {})


def test_of_a_faulty_field_of_parts_those_are_marked_that_are_needed_and_of_a_table_in_its_first_row() -> (
    None
):
    what = {"code": "what", "kind": "text", "en": "What", "zh": "甲", "required": True}
    table = {
        "code": "rows",
        "kind": "table",
        "required": True,
        "columns": [what, {**FIELDS[2], "en": "N", "zh": "乙"}],
    }
    page = draw_alone(table, {"code": "leader", "kind": "person", "asks": ["post"], "required": True})
    assert page.count(" faulty of-parts") == 2
    needed = re.findall(r'class="field needed[^"]*">\s*<label for="([^"]+)"', page)
    assert needed == ["a.rows.0.what", "a.leader.name", "a.leader.post"]
