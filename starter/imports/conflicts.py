"""Conflicts of interest to report, as a table: one row for each application and expert."""

from hashlib import sha256
from typing import Annotated

from pydantic import Field

from selection.application.commands import ReportConflict
from selection.kernel.model import Frozen, Ref
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


def report_row(row: ConflictRow, text: Ref) -> ReportConflict:
    """Return the report that a row asks for, its grounds stored as `text`; the same row is the same report.

    Its name stays in the log for ever, so that it is made of the salted hash: of a plain one anybody could find by
    trying what the grounds were, also once they were erased.
    """
    name = sha256(f"{row.application}/{row.expert}/{text.sha256}".encode()).hexdigest()[:16]
    return ReportConflict(report=f"conflict-{name}", expert=row.expert, text=text)
