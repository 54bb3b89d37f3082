"""Appointments to make, as a table: one row for each application, with its chair, its survey team, or both."""

from typing import Annotated, NamedTuple

from pydantic import Field

from selection.application import commands as c
from selection.decision.command import Command
from selection.kernel.model import Frozen, Ref
from selection.kernel.named import Code, PersonId
from tables.layout import Column, FilledRow, Layout

Reason = Annotated[str, Field(max_length=4000)]
LAYOUT = Layout(
    "appointments",
    ("Appointments", "指定人员"),
    (
        Column(
            "application",
            ("Application", "申报编号"),
            ("The application's number in the round, such as 0007.", "申报在本轮次中的编号，如 0007。"),
            required=True,
            width=16,
        ),
        Column(
            "chair",
            ("Chair", "专家组组长"),
            (
                "The id of a member of the panel who accepted; empty where no chair is appointed.",
                "已接受邀请的专家组成员编号；不指定组长时留空。",
            ),
        ),
        Column(
            "lead",
            ("Leader", "实勘组组长"),
            (
                "The id of the survey team's leader, one of the members; empty where no team is appointed.",
                "实勘组组长编号，须为成员之一；不指定实勘组时留空。",
            ),
        ),
        Column(
            "members",
            ("Survey team", "实勘组成员"),
            (
                "The ids of all members, the leader among them, parted by blanks.",
                "全体成员（含组长）的编号，以空格分隔。",
            ),
            width=48,
        ),
        Column(
            "chair_reason",
            ("Chair's reason", "组长理由"),
            (
                "Why this member is to chair the panel, at most 4000 characters; empty where no chair is appointed.",
                "由该成员担任组长的理由，至多 4000 字；不指定组长时留空。",
            ),
            width=48,
        ),
        Column(
            "team_reason",
            ("Team's reason", "实勘组理由"),
            (
                "Why this team replaces the one before, at most 4000 characters; empty for a first team.",
                "更换此前所指定实勘组的理由，至多 4000 字；首次指定的留空。",
            ),
            width=48,
        ),
    ),
    (
        "0007",
        "expert-07",
        "surveyor-1",
        "surveyor-1 surveyor-2 expert-11",
        "Knows all fields of the panel",
        "",
    ),
)


class RowAppointment(NamedTuple):
    """One appointment of a row: the column that it is told at, the command, and why."""

    column: str
    command: Command
    reason: str


class AppointmentRow(Frozen):
    """One row of the table."""

    application: Code
    chair: PersonId | None = None
    lead: PersonId | None = None
    members: tuple[PersonId, ...] = ()
    chair_reason: Reason = ""
    team_reason: Reason = ""

    def list_acts(self, stored: Ref) -> list[RowAppointment]:
        """Return what the row appoints, each with its own reason, `stored` so."""
        acts = []
        if self.chair:
            chair = c.AppointChair(chair=self.chair, reason=stored if self.chair_reason else None)
            acts.append(RowAppointment("chair", chair, self.chair_reason))
        if self.lead or self.members:
            reason = stored if self.team_reason else None
            team = c.AppointSurveyTeam(lead=self.lead or "", members=self.members, reason=reason)
            acts.append(RowAppointment("lead", team, self.team_reason))
        return acts


def make_row(row: FilledRow) -> AppointmentRow:
    """Return what a row says. Raises ValidationError."""
    given = {code: text for code, text in row.values.items() if text and code != "members"}
    return AppointmentRow.model_validate({**given, "members": tuple(row.values.get("members", "").split())})
