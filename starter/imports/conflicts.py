"""Conflicts of interest to report, as a table: one row for each application and expert."""

from typing import Annotated

from pydantic import Field

from selection.kernel.model import Frozen
from selection.kernel.named import Code, PersonId
from tables.layout import Column, FilledRow, Layout

LAYOUT = Layout(
    "conflicts",
    ("Conflicts", "利益冲突"),
    (
        Column(
            "application",
            ("Application", "申报编号"),
            ("The application's number in the round, such as 0007.", "申报在本轮次中的编号，如 0007。"),
            required=True,
            width=16,
        ),
        Column("expert", ("Expert", "专家编号"), ("The expert's id.", "专家的人员编号。"), required=True),
        Column(
            "text",
            ("Grounds", "事由"),
            ("What the conflict is, at most 4000 characters.", "利益冲突的事由，至多 4000 字。"),
            required=True,
            width=60,
        ),
    ),
    ("0007", "expert-07", "Former employee of the host unit"),
)


class ConflictRow(Frozen):
    """One row of the table."""

    application: Code
    expert: PersonId
    text: Annotated[str, Field(min_length=1, max_length=4000)]


def make_row(row: FilledRow) -> ConflictRow:
    """Return what a row says. Raises ValidationError."""
    return ConflictRow.model_validate(row.values)
