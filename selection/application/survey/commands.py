"""What can be asked in the shortlist and the site survey: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Counted, Ref
from selection.kernel.references import FileRef, TextRef
from selection.kernel.stages import Stage, after
from selection.process.transitions import LEFT_OUT, STAYS, Step, step, whole


class PlaceOnShortlist(Command):
    """Carry out the officer's shortlist."""

    kind: Literal["place-on-shortlist"] = "place-on-shortlist"
    ROW = row("scored", "system")
    rank: Counted
    listed: bool
    reason: Ref | None = None


class AppointSurveyTeam(Command):
    """Appoint who visits the site, the lead among them; in the place of another team, for a reason."""

    kind: Literal["appoint-survey-team"] = "appoint-survey-team"
    ROW = row("survey", "officer")
    lead: Name
    members: Annotated[tuple[Name, ...], Field(max_length=20)]
    reason: Annotated[TextRef | None, Field(exclude_if=lambda reason: reason is None)] = None


class ReportSurvey(Command):
    """Report the findings of the visit."""

    kind: Literal["report-survey"] = "report-survey"
    ROW = row("survey", "surveyor")
    day: Name
    findings: dict[str, Ref]
    photos: Annotated[tuple[FileRef, ...], Field(max_length=50)] = ()
    verdict: Literal["confirmed", "confirmed-with-reservations", "not-confirmed"]
    form: AnsweredForm | None = None


COMMANDS: tuple[type[Command], ...] = (
    PlaceOnShortlist,
    AppointSurveyTeam,
    ReportSurvey,
)

WAYS: tuple[Step, ...] = (
    whole(PlaceOnShortlist, f"{after(Stage.SCORED)} ended", "not-shortlisted"),
    whole(AppointSurveyTeam, STAYS),
    whole(ReportSurvey, after(Stage.SURVEY)),
    step(LEFT_OUT, "survey", after(Stage.SURVEY)),
)
"""Where each act and each deadline leads."""
