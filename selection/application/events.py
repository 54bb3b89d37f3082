"""What can happen to an application. Types and shapes are stable for good: a new shape is a new version."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from selection.application.panel_events import (
    ApplicationScored as ApplicationScored,
)
from selection.application.panel_events import (
    ChairAppointed as ChairAppointed,
)
from selection.application.panel_events import (
    ConflictDeclared as ConflictDeclared,
)
from selection.application.panel_events import (
    ConflictReported as ConflictReported,
)
from selection.application.panel_events import (
    ConflictRuled as ConflictRuled,
)
from selection.application.panel_events import (
    InvitationAccepted as InvitationAccepted,
)
from selection.application.panel_events import (
    PanelSeated as PanelSeated,
)
from selection.application.panel_events import (
    ReviewSubmitted as ReviewSubmitted,
)
from selection.application.panel_events import (
    ReviewVoided as ReviewVoided,
)
from selection.application.panel_events import (
    SeatFilled as SeatFilled,
)
from selection.application.panel_events import (
    SeatVacated as SeatVacated,
)
from selection.application.submission import Submission as Submission
from selection.application.submission import Unit as Unit
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref

Code = Annotated[str, Field(max_length=100)]


class ApplicationSubmitted(Event):
    """A version was handed in; the first one makes its sender the host unit's agent."""

    TYPE = "application.submitted.v1"
    round: str
    rules_hash: str
    revision: int
    submission: Submission
    agent: str
    officers: tuple[str, ...]
    supervisors: tuple[str, ...]
    stored_before: Instant | None = None


class ApplicationWithdrawn(Event):
    """The applicant took the application back; it may be submitted again until the deadline."""

    TYPE = "application.withdrawn.v1"
    reason: Ref | None = None


class RecommendationTaken(Event):
    """The application accepted a unit's recommendation for its present version."""

    TYPE = "application.recommended.v1"
    unit: str
    revision: int
    agent: str


class RecommendationReleased(Event):
    """The unit withdrew its recommendation."""

    TYPE = "application.recommendation-released.v1"
    unit: str


class ApplicationLapsed(Event):
    """A deadline ended the application before the check: withdrawn or not recommended."""

    TYPE = "application.lapsed.v1"
    outcome: str
    deadline: Instant


class CheckOpened(Event):
    """The recommendation deadline passed; the officer's legality check begins."""

    TYPE = "application.check-opened.v1"
    deadline: Instant


class SentBack(Event):
    """A fault that can be mended was sent back with a date."""

    TYPE = "application.sent-back.v1"
    faults: tuple[str, ...]
    text: Ref
    until: Instant


class ApplicationMended(Event):
    """The applicant mended what was sent back, as a new version."""

    TYPE = "application.mended.v1"
    revision: int
    submission: Submission
    stored_before: Instant | None = None


class MendingLapsed(Event):
    """The date for mending passed; the officer decides on the application as it is."""

    TYPE = "application.mending-lapsed.v1"
    deadline: Instant


class CheckPassed(Event):
    """A person found the application lawful and within the call."""

    TYPE = "application.check-passed.v1"
    rulings: tuple[str, ...] = ()
    text: Ref | None = None


class CheckFailed(Event):
    """A person ruled the application out, with the grounds."""

    TYPE = "application.check-failed.v1"
    grounds: tuple[str, ...]
    text: Ref


class PlacedOnShortlist(Event):
    """The officer's shortlist took the application in, at this rank; `reason` where the officer deviated."""

    TYPE = "application.shortlisted.v1"
    rank: int
    reason: Ref | None = None


class LeftOffShortlist(Event):
    """The officer's shortlist did not take the application in."""

    TYPE = "application.not-shortlisted.v1"
    rank: int
    reason: Ref | None = None


class SurveyTeamAppointed(Event):
    """The people who visit the site."""

    TYPE = "survey.team-appointed.v1"
    lead: str
    members: tuple[str, ...]


class SurveyReported(Event):
    """Findings of the site survey per content, photos by hash, and a verdict."""

    TYPE = "survey.reported.v1"
    day: str
    findings: dict[str, Ref]
    photos: tuple[Ref, ...]
    verdict: str


class Dissent(Frozen):
    """One member's dissent, in writing."""

    expert: str
    text: Ref


class AppraisalRecorded(Event):
    """The panel's meeting: who was there, who stood aside, agreed score, vote, dissent."""

    TYPE = "appraisal.recorded.v1"
    present: tuple[str, ...]
    aside: tuple[str, ...]
    score: Decimal
    votes_for: int
    votes_against: int
    abstained: int
    dissents: tuple[Dissent, ...]
    text: Ref


class PlacedInProposal(Event):
    """The officer's proposal names the application, at this rank."""

    TYPE = "application.proposed.v1"
    proposal: int
    rank: int
    reason: Ref


class PlacedInReserve(Event):
    """The officer's proposal does not name the application."""

    TYPE = "application.in-reserve.v1"
    proposal: int
    reason: Ref | None = None


class NoticeOpened(Event):
    """Public notice runs until the instant; objections are raised within it."""

    TYPE = "notice.opened.v1"
    proposal: int
    until: Instant


class ObjectionRaised(Event):
    """A real-name objection; identity, facts and evidence by reference."""

    TYPE = "objection.raised.v1"
    objection: str
    objector: str
    text: Ref
    evidence: tuple[Ref, ...] = ()


class ExaminersAppointed(Event):
    """People not involved before examine the objection."""

    TYPE = "objection.examiners-appointed.v1"
    objection: str
    examiners: tuple[str, ...]


class ObjectionSettled(Event):
    """The end of an objection: upheld, partly-upheld or dismissed, with reasons."""

    TYPE = "objection.settled.v1"
    objection: str
    outcome: str
    text: Ref


class NoticePassed(Event):
    """The notice ended with no open objection against this item."""

    TYPE = "notice.passed.v1"
    deadline: Instant


class ItemHeld(Event):
    """The notice's time is over while an objection is open: the item waits, and the list goes on without it."""

    TYPE = "notice.held.v1"
    deadline: Instant


class ItemRemoved(Event):
    """An upheld objection removed the item; its place stays empty."""

    TYPE = "application.removed.v1"
    objection: str


class ApplicationListed(Event):
    """The issued list holds the centre, under construction."""

    TYPE = "application.listed.v1"
    place: int
    proposal: int


class ApplicationNotSelected(Event):
    """The list was issued without this application."""

    TYPE = "application.not-selected.v1"
    proposal: int


class ApplicationCancelled(Event):
    """The round was cancelled."""

    TYPE = "application.cancelled.v1"
    reason: Ref | None = None
