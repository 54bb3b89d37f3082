"""What a list of applications shows, column by column: the data dictionary of its export."""

from collections.abc import Sequence
from typing import Any

from reading.models import PublishedApplication
from selection.forms.fields import is_published
from selection.forms.form import Form
from tables.layout import Column

COLUMNS: tuple[Column, ...] = (
    Column("round", ("Round", "轮次"), ("The round's id.", "轮次编号。"), width=16),
    Column(
        "number",
        ("Number", "编号"),
        ("The application's number in its round.", "申报在本轮次中的编号。"),
        width=10,
    ),
    Column(
        "name_en",
        ("Centre (English)", "中心名称（英文）"),
        (
            "The centre's name in English; empty where the form has none.",
            "中心的英文名称；申报表未填时为空。",
        ),
        width=40,
    ),
    Column(
        "name_zh",
        ("Centre (Chinese)", "中心名称（中文）"),
        (
            "The centre's name in Chinese; empty where the form has none.",
            "中心的中文名称；申报表未填时为空。",
        ),
        width=40,
    ),
    Column(
        "stage",
        ("Stage", "阶段"),
        (
            "Where the application stands, as a code of docs/process.md.",
            "申报所处阶段的代码（见 docs/process.md）。",
        ),
    ),
    Column(
        "field",
        ("Field", "领域"),
        ("The field's code in the round's rules.", "轮次规则中的领域代码。"),
        width=26,
    ),
    Column("region", ("Region", "地区"), ("ISO 3166-2.", "ISO 3166-2 代码。"), width=10),
    Column(
        "unit",
        ("Recommender", "推荐单位"),
        ("The code of the unit that recommends it; empty while none does.", "推荐单位代码；尚无推荐时为空。"),
        width=14,
    ),
    Column(
        "host",
        ("Host unit", "依托单位"),
        ("The host unit's unified social credit code.", "依托单位的统一社会信用代码。"),
        width=24,
    ),
    Column(
        "host_en",
        ("Host unit (English)", "依托单位名称（英文）"),
        (
            "The host unit's name in English; empty where the form has none.",
            "依托单位的英文名称；申报表未填时为空。",
        ),
        width=32,
    ),
    Column(
        "host_zh",
        ("Host unit (Chinese)", "依托单位名称（中文）"),
        (
            "The host unit's name in Chinese; empty where the form has none.",
            "依托单位的中文名称；申报表未填时为空。",
        ),
        width=32,
    ),
    Column(
        "co_builders",
        ("Co-builders", "共建单位"),
        (
            "Unified social credit codes of the co-builders, parted by blanks.",
            "共建单位的统一社会信用代码，以空格分隔。",
        ),
        width=24,
    ),
    Column(
        "outcome",
        ("Outcome", "结果"),
        (
            "How it ended, as a code of docs/process.md; empty while open.",
            "结果代码（见 docs/process.md）；办理中为空。",
        ),
    ),
    Column(
        "score",
        ("Score", "评审分"),
        (
            "The panel's mean, half up to 2 places; ranks compare exact values.",
            "专家组均分，四舍五入保留两位；排名按精确值。",
        ),
        width=10,
    ),
    Column(
        "agreed",
        ("Agreed score", "论证分"),
        ("What the overall appraisal agreed on.", "综合论证商定的分值。"),
        width=12,
    ),
    Column(
        "votes",
        ("Vote", "表决"),
        (
            "The panel's votes: for, against, abstained, as in 5:2:0.",
            "专家组表决：赞成、反对、弃权票数，如 5:2:0。",
        ),
        width=10,
    ),
    Column(
        "verdict",
        ("Survey", "实勘结论"),
        ("What the survey came to, as a code.", "实勘结论代码。"),
        width=28,
    ),
    Column(
        "rank", ("Rank", "名次"), ("From 1; equal scores share a rank.", "自 1 起；同分同名次。"), width=8
    ),
    Column(
        "place",
        ("Place", "位次"),
        ("Its place on the issued list, without gaps.", "在发布名单中的位次，连续编号。"),
        width=8,
    ),
    Column(
        "priority", ("Priority", "重点方向"), ("The priority's code in the rules.", "规则中的重点方向代码。")
    ),
    Column("agent", ("Applicant", "申报经办人"), ("The id of who handed it in.", "提交人编号。")),
    Column(
        "reviewers",
        ("Reviewers", "评审专家"),
        (
            "Ids of the panel's experts, parted by blanks; for staff alone.",
            "评审专家编号，以空格分隔；仅工作人员可见。",
        ),
        width=40,
    ),
    Column(
        "hands",
        ("Hands", "经手人"),
        (
            "Ids of all who acted on it, parted by blanks; for staff alone.",
            "经手人编号，以空格分隔；仅工作人员可见。",
        ),
        width=40,
    ),
    Column("revision", ("Version", "版本"), ("How often it was handed in.", "提交次数。"), width=8),
    Column(
        "noticed",
        ("Noticed", "已公示"),
        (
            "Whether it stands or stood in the public notice: true or false.",
            "是否列入或曾列入公示：true 或 false。",
        ),
        width=8,
    ),
)


PUBLIC = "public."
"""What the code of a column begins with that holds a public answer; the field's code follows."""


def _public_columns(form: Form) -> tuple[Column, ...]:
    """Return a column for each field whose answers are published."""
    meaning = (
        "A public answer, shown from the public notice on; without a notice from the issued list on.",
        "公开内容，自公示起可见；无公示的，自名单发布起可见。",
    )
    return tuple(
        Column(f"{PUBLIC}{field.code}", (field.en, field.zh), meaning, width=40)
        for field in form.fields()
        if is_published(field)
    )


def list_shown_columns(
    rows: Sequence[dict[str, Any]], published: Sequence[PublishedApplication] = ()
) -> tuple[Column, ...]:
    """Return the columns that show in at least one row, in their own order; those of public answers last."""
    form = next((item.answers.round_form.form for item in published if item.answers), None)
    columns = (*COLUMNS, *(_public_columns(form) if form else ()))
    return tuple(column for column in columns if any(column.code in row for row in rows))
