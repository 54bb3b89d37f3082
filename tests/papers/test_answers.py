"""A filled-in form as a dossier shows it."""

from typing import Any

from papers.values import Words
from reading.models import FilledForm, RoundForm
from selection.forms.form import Form
from selection.kernel.named import Named
from starter.papers.answers import lay_out_answers

OPTION = {"code": "high", "en": "high", "zh": "高"}
FIELDS: list[dict[str, Any]] = [
    {"code": "field", "kind": "choice", "of": "fields", "en": "Field", "zh": "领域"},
    {"code": "risk", "kind": "choice", "options": [OPTION], "en": "Risk", "zh": "风险"},
    {"code": "host", "kind": "unit", "schemes": ["any"], "en": "Host", "zh": "依托单位"},
    {"code": "leader", "kind": "person", "en": "Leader", "zh": "负责人"},
    {"code": "deputy", "kind": "person", "asks": ["unit"], "en": "Deputy", "zh": "副手"},
    {"code": "proof", "kind": "file", "en": "Proof", "zh": "证明"},
    {
        "code": "value",
        "kind": "number",
        "measure": {"en": "10 000 yuan", "zh": "万元"},
        "en": "Value",
        "zh": "原值",
    },
    {
        "code": "partners",
        "kind": "unit",
        "many": True,
        "schemes": ["any"],
        "en": "Partners",
        "zh": "共建单位",
    },
    {"code": "plan", "kind": "text", "lines": True, "en": "Plan", "zh": "计划"},
    {
        "code": "team",
        "kind": "table",
        "en": "Team",
        "zh": "团队",
        "columns": [
            {"code": "name", "kind": "text", "en": "Name", "zh": "姓名"},
            {"code": "risk", "kind": "choice", "options": [OPTION], "en": "Risk", "zh": "风险"},
        ],
    },
]
FORM = Form.model_validate(
    {
        "version": "f-1",
        "en": "Form",
        "zh": "表",
        "sections": [
            {"code": "a", "en": "A", "zh": "甲", "fields": FIELDS},
            {
                "code": "b",
                "en": "B",
                "zh": "乙",
                "fields": [{"code": "x", "kind": "text", "en": "X", "zh": "X"}],
            },
        ],
    }
)
ICE = Named(code="ice", en="ice and snow", zh="冰雪")
ANSWERS: dict[str, Any] = {
    "field": "ice",
    "risk": "high",
    "host": {"code": "synthetic:1", "name_zh": "合成单位"},
    "deputy": {"id": "person-7", "name": "王", "unit": "合成单位"},
    "proof": {"id": "file-1", "sha256": "0123456789abcdef" * 4},
    "value": 5,
    "partners": [{"code": "a", "name_zh": "甲"}, {"code": "b", "name_zh": "乙"}],
    "plan": "第一步，\n第二步。\n\n" + "长" * 5_000,
    "team": [{"name": "王", "risk": "high"}, {"name": "=1+1"}],
}


def fill_form(*missing: str) -> FilledForm:
    asked = RoundForm(form=FORM, fields=(ICE,), regions=(), priorities=())
    return FilledForm(round_form=asked, revision=1, answers=ANSWERS, missing=missing)


def test_brief_answers_are_lines_and_long_ones_texts_under_what_was_asked() -> None:
    (part,) = lay_out_answers(fill_form("leader"))
    assert part.title == Words(en="A", zh="甲")
    assert [(fact.label.en, fact.value) for fact in part.facts] == [
        ("Field", Words(en="ice and snow", zh="冰雪")),
        ("Risk", Words(en="high", zh="高")),
        ("Host", Words(en="合成单位 (synthetic:1)", zh="合成单位（synthetic:1）")),
        ("Leader", Words(en="erased since", zh="此后已清除")),
        ("Deputy", Words(en="王, 合成单位", zh="王，合成单位")),
        ("Proof", Words(en="attached (0123456789ab…)", zh="已附（0123456789ab…）")),
        ("Value", Words(en="5 × 10 000 yuan", zh="5 万元")),
    ]
    partners, plan, team = part.answers
    assert [(block.kind, block.text) for block in partners.zh] == [("item", "甲（a）"), ("item", "乙（b）")]
    assert [block.text[:8] for block in plan.zh] == ["第一步，第二步。", "长" * 8]
    assert [block.text for block in team.en] == ["Name: 王; Risk: high", "Name: =1+1"]
    assert [block.text for block in team.zh] == ["姓名：王；风险：高", "姓名：=1+1"]


def test_sections_without_an_answer_are_left_out() -> None:
    assert [part.title.en for part in lay_out_answers(fill_form())] == ["A"]


def test_what_was_erased_of_a_row_is_said_to_be() -> None:
    (part,) = lay_out_answers(fill_form("team[1]"))
    team = next(answer for answer in part.answers if answer.label.en == "Team")
    assert [block.text for block in team.en] == ["Name: 王; Risk: high", "Name: =1+1; erased since"]
    assert [block.text for block in team.zh] == ["姓名：王；风险：高", "姓名：=1+1；此后已清除"]
