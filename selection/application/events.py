"""What can happen to an application. Types and shapes are stable for good; see docs/format.md."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from selection.aggregate import Event
from selection.leaf import Instant
from selection.model import Counted, Frozen, Ref

Code = Annotated[str, Field(max_length=100)]


class Unit(Frozen):
    """A host unit or co-builder: credit code, kind of unit, province (ISO 3166-2)."""

    code: Code
    kind: Code
    region: Code


class Submission(Frozen):
    """One version of an application; texts and files by reference. Source: process.md, stage 2."""

    field: Code
    region: Code
    priority: Code
    host: Unit
    co_builders: Annotated[tuple[Unit, ...], Field(max_length=20)] = ()
    form: Ref
    evidence: Annotated[tuple[Ref, ...], Field(max_length=100)] = ()
    pledge: Ref
    seals: Ref | None = None
    agreement: Ref | None = None
    avoid: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    staff: Counted = 0
    fund_yuan: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)] = Decimal(0)

    @property
    def employers(self) -> frozenset[str]:
        """The credit codes of host unit and co-builders."""
        return frozenset({self.host.code, *(unit.code for unit in self.co_builders)})


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


class PanelSeated(Event):
    """Experts of a draw took the seats; `alternates` follow in order. The first draw also holds the lot."""

    TYPE = "panel.seated.v1"
    draw: str
    revision: int
    seats: dict[str, str]
    alternates: tuple[str, ...]
    employers: dict[str, str]
    lot: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()


class InvitationAccepted(Event):
    """An expert accepted with pledge and declaration; from here on the expert may read."""

    TYPE = "panel.invitation-accepted.v1"
    seat: int
    expert: str
    pledge: Ref


class SeatVacated(Event):
    """A seat fell free: declined, no-response, conflict, no-review, or report-upheld."""

    TYPE = "panel.seat-vacated.v1"
    seat: int
    expert: str
    why: str
    deadline: Instant | None = None


class SeatFilled(Event):
    """The next alternate was invited to a free seat."""

    TYPE = "panel.seat-filled.v1"
    seat: int
    expert: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()


class ReviewSubmitted(Event):
    """A reviewer's scores per criterion, locked from here on."""

    TYPE = "review.submitted.v1"
    seat: int
    expert: str
    scores: dict[str, Decimal]
    total: Decimal
    text: Ref
    stored_before: Instant | None = None


class ConflictDeclared(Event):
    """An expert declared a conflict of their own."""

    TYPE = "conflict.declared.v1"
    expert: str
    text: Ref


class ConflictReported(Event):
    """Someone reported a conflict of interest of a reviewer; a supervisor rules."""

    TYPE = "conflict.reported.v1"
    report: str
    expert: str
    text: Ref


class ConflictRuled(Event):
    """A supervisor's ruling on a reported conflict."""

    TYPE = "conflict.ruled.v1"
    report: str
    upheld: bool
    text: Ref


class ReviewVoided(Event):
    """A submitted review no longer counts; it stays in the record."""

    TYPE = "review.voided.v1"
    seat: int
    expert: str
    report: str


class ApplicationScored(Event):
    """The panel's score is fixed: exact fractions as `num/den`, and the mean half-up to 2 places."""

    TYPE = "application.scored.v1"
    valid: int
    mean: str
    untrimmed: str
    technical: str
    shown: Decimal
    lot: str


class ChairAppointed(Event):
    """A member of the panel leads it."""

    TYPE = "panel.chair-appointed.v1"
    chair: str


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
