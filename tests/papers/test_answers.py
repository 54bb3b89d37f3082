"""A filled-in form as a dossier shows it."""

from typing import Any

import pytest

from papers.intake import LongAnswer
from papers.values import Words
from reading.models import FilledForm, RoundForm
from selection.forms.form import Form
from selection.kernel.named import Named
from starter.papers.answers import AnswerText, lay_out_answers, tell_field

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


def fill_form(*missing: str, answers: dict[str, Any] = ANSWERS) -> FilledForm:
    asked = RoundForm(form=FORM, fields=(ICE,), regions=(), priorities=())
    return FilledForm(round_form=asked, revision=1, answers=answers, missing=missing)


def test_brief_answers_are_lines_and_long_ones_texts_under_what_was_asked() -> None:
    (part,) = lay_out_answers(fill_form("leader"))
    assert part.title == Words(en="A", zh="甲")
    assert [(fact.label.en, fact.value) for fact in part.facts] == [
        ("Field", Words(en="ice and snow", zh="冰雪")),
        ("Risk", Words(en="high", zh="高")),
        ("Host", Words(en="合成单位 (synthetic:1)", zh="合成单位（synthetic:1）")),
        ("Leader", Words(en="erased since", zh="此后已清除")),
        ("Deputy", Words(en="王; unit: 合成单位", zh="王；单位：合成单位")),
        ("Proof", Words(en="attached (0123456789ab…)", zh="已附（0123456789ab…）")),
        ("Value", Words(en="5 × 10 000 yuan", zh="5 万元")),
    ]
    partners, plan, team = part.answers
    assert [block.text for block in partners.zh] == ["- 甲（a）\n- 乙（b）"]
    assert [block.text[:9] for block in plan.zh] == ["第一步，\n第二步。", "长" * 9]
    assert [block.text for block in team.en] == ["- Name: 王; Risk: high\n- Name: =1+1"]
    assert [block.text for block in team.zh] == ["- 姓名：王；风险：高\n- 姓名：=1+1"]


def test_sections_without_an_answer_are_left_out() -> None:
    assert [part.title.en for part in lay_out_answers(fill_form())] == ["A"]


def test_what_was_erased_of_a_row_is_said_to_be() -> None:
    (part,) = lay_out_answers(fill_form("team[1]"))
    team = next(answer for answer in part.answers if answer.label.en == "Team")
    assert [block.text for block in team.en] == ["- Name: 王; Risk: high\n- Name: =1+1; erased since"]
    assert [block.text for block in team.zh] == ["- 姓名：王；风险：高\n- 姓名：=1+1；此后已清除"]


def tell(field: dict[str, Any], answer: Any) -> AnswerText | None:
    """Return an answer to a field of its own in words."""
    own = {"code": "x", "en": "X", "zh": "X", **field}
    form = Form.model_validate(
        {
            "version": "f-1",
            "en": "F",
            "zh": "表",
            "sections": [{"code": "a", "en": "A", "zh": "甲", "fields": [own]}],
        }
    )
    asked = RoundForm(form=form, fields=(), regions=(), priorities=())
    (read,) = form.fields()
    return tell_field(read, FilledForm(round_form=asked, revision=1, answers={read.code: answer}))


def test_what_is_said_of_a_person_is_labelled_in_the_order_of_the_form_and_the_name_comes_first() -> None:
    kept = {
        "born": "1965-01",
        "degree": "博士",
        "id": "person-7",
        "mail": "m@x.cn",
        "name": "王",
        "phone": "",
    }
    asked = {"kind": "person", "asks": ["unit", "mail", "phone", "born"]}
    assert tell(asked, kept) == (
        "王; mail: m@x.cn; month of birth: 1965-01",
        "王；电子邮箱：m@x.cn；出生年月：1965-01",
    )
    assert tell({"kind": "person"}, {"name": "王"}) == ("王", "王")


def test_a_unit_without_a_name_is_its_code() -> None:
    unit = {"kind": "unit", "schemes": ["any"]}
    assert tell(unit, {"code": "9111"}) == ("9111", "9111")
    assert tell({**unit, "many": True}, [{"code": "1", "name_zh": "甲"}, {"code": "2"}]) == (
        "- 甲 (1)\n- 2",
        "- 甲（1）\n- 2",
    )


def test_a_table_with_one_row_is_no_list() -> None:
    assert tell(FIELDS[-1], [{"name": "王"}]) == ("Name: 王", "姓名：王")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (9999, "9999"),
        (10_000, "10,000"),
        (-9_000_000, "-9,000,000"),
        ("12345.6789", "12,345.6789"),
        ("0.123456", "0.123456"),
        ("not a number", "not a number"),
    ],
)
def test_numbers_of_many_digits_are_grouped(number: int | str, told: str) -> None:
    yuan = {"measure": {"en": "yuan", "zh": "元"}}
    assert tell({"kind": "number"}, number) == (told, told)
    assert tell({"kind": "number", **yuan}, number) == (f"{told} yuan", f"{told} 元")


def list_rows(answer: LongAnswer) -> list[list[tuple[str, str]]]:
    """Return the rows of a table as pairs of what was asked and what was said."""
    return [
        [(cell.label.en, "\n".join(block.text for block in cell.en)) for cell in row] for row in answer.rows
    ]


def test_a_table_has_rows_to_be_drawn_and_the_texts_that_a_paper_prints() -> None:
    (part,) = lay_out_answers(fill_form())
    team = part.answers[-1]
    assert list_rows(team) == [[("Name", "王"), ("Risk", "high")], [("Name", "=1+1"), ("Risk", "")]]
    assert [block.kind for block in team.en] == ["paragraph"]
    assert not any(answer.rows for answer in part.answers[:-1])
    # The paper is made of the texts alone, and is no larger for it.
    assert "rows" not in team.model_dump()


def test_a_table_of_one_row_is_drawn_as_a_table_too_and_columns_of_no_answer_are_left_out() -> None:
    (part,) = lay_out_answers(fill_form(answers={"team": [{"name": "王"}]}))
    assert part.facts == ()
    assert [list_rows(answer) for answer in part.answers] == [[[("Name", "王")]]]
    assert [(block.kind, block.text) for block in part.answers[0].en] == [("paragraph", "Name: 王")]


def test_what_was_erased_of_a_row_stands_in_its_columns_and_of_a_table_is_a_line() -> None:
    columns = [{**column, "personal": column["code"] == "name"} for column in FIELDS[-1]["columns"]]
    form = Form.model_validate(
        {
            "version": "f-1",
            "en": "F",
            "zh": "表",
            "sections": [
                {"code": "a", "en": "A", "zh": "甲", "fields": [{**FIELDS[-1], "columns": columns}]}
            ],
        }
    )
    asked = RoundForm(form=form, fields=(), regions=(), priorities=())
    filled = FilledForm(
        round_form=asked,
        revision=1,
        answers={"team": [{"name": "王"}, {"risk": "high"}]},
        missing=("team[1]",),
    )
    (part,) = lay_out_answers(filled)
    assert list_rows(part.answers[0]) == [
        [("Name", "王"), ("Risk", "")],
        [("Name", "erased since"), ("Risk", "high")],
    ]
    (part,) = lay_out_answers(filled.with_(missing=("team",)))
    assert [(fact.value.en, part.answers) for fact in part.facts] == [("erased since", ())]


@pytest.mark.parametrize(("more", "brief"), [(0, True), (1, False)])
def test_a_person_stands_among_the_brief_answers_up_to_a_length_of_their_own(more: int, brief: bool) -> None:
    deputy = {"name": "王", "unit": "x" * (400 - len("王; unit: ") + more)}
    (part,) = lay_out_answers(fill_form(answers={"deputy": deputy}))
    assert (len(part.facts), len(part.answers)) == (int(brief), int(not brief))
