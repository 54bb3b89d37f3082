"""A row of the table of appointments: the chair and the team each have a reason of their own."""

from reading.rehearsals import UNSTORED
from selection.application.commands import AppointChair, AppointSurveyTeam
from starter.imports.appointments import LAYOUT, make_row
from tables.layout import FilledRow

BOTH = {"application": "0007", "chair": "expert-7", "lead": "surveyor-1", "members": "surveyor-1 surveyor-2"}


def read(**reasons: str) -> list[tuple[str, bool, str]]:
    """What a row that appoints both makes of its reasons: the column, whether one is cited, and which."""
    found = []
    for act in make_row(FilledRow(2, {**BOTH, **reasons})).list_acts(UNSTORED):
        assert isinstance(act.command, AppointChair | AppointSurveyTeam)
        found.append((act.column, act.command.reason is not None, act.reason))
    return found


def test_what_is_said_of_the_chair_is_said_of_no_team() -> None:
    assert read() == [("chair", False, ""), ("lead", False, "")]
    assert read(chair_reason="Knows all fields") == [("chair", True, "Knows all fields"), ("lead", False, "")]
    assert read(team_reason="Went abroad") == [("chair", False, ""), ("lead", True, "Went abroad")]


def test_the_example_says_why_the_chair_alone() -> None:
    example = dict(zip((column.code for column in LAYOUT.columns), LAYOUT.example, strict=True))
    assert (bool(example["chair_reason"]), example["team_reason"]) == (True, "")
