"""What can be asked of an application, in the imperative."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from selection.application.events import Dissent, Submission
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen, Ref

Name = Annotated[str, Field(min_length=1, max_length=100)]


class Submit(Frozen):
    """Hand in a version, first or edited; until the submission deadline."""

    kind: Literal["submit"] = "submit"
    submission: Submission


class Withdraw(Frozen):
    """Take the application back."""

    kind: Literal["withdraw"] = "withdraw"
    reason: Ref | None = None


class TakeRecommendation(Frozen):
    """The unit's list tells the application that it is recommended."""

    kind: Literal["take-recommendation"] = "take-recommendation"
    unit: Name
    revision: Counted
    agent: Name


class ReleaseRecommendation(Frozen):
    """The unit's list tells the application that the recommendation is withdrawn."""

    kind: Literal["release-recommendation"] = "release-recommendation"
    unit: Name


class SendBack(Frozen):
    """Send back faults that can be mended."""

    kind: Literal["send-back"] = "send-back"
    faults: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20)]
    text: Ref


class Mend(Frozen):
    """Hand in the mended version."""

    kind: Literal["mend"] = "mend"
    submission: Submission


class PassCheck(Frozen):
    """Find the application lawful; `rulings` name warnings that a person ruled on."""

    kind: Literal["pass-check"] = "pass-check"
    revision: Counted
    rulings: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    text: Ref | None = None


class FailCheck(Frozen):
    """Rule the application out."""

    kind: Literal["fail-check"] = "fail-check"
    revision: Counted
    grounds: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20)]
    text: Ref


class SeatPanel(Frozen):
    """Take the experts of a draw; computed for `revision` and, in a supplement, for the seats named."""

    kind: Literal["seat-panel"] = "seat-panel"
    draw: Name
    revision: Counted
    experts: Annotated[tuple[Name, ...], Field(max_length=100)]
    alternates: Annotated[tuple[Name, ...], Field(max_length=100)]
    employers: dict[str, str]
    lot: Name
    deadlines: dict[str, Instant] = {}


class AcceptInvitation(Frozen):
    """Accept the seat with a signed pledge; declares that no conflict exists."""

    kind: Literal["accept-invitation"] = "accept-invitation"
    pledge: Ref
    no_conflict: Literal[True] = True


class DeclineInvitation(Frozen):
    """Decline the seat."""

    kind: Literal["decline-invitation"] = "decline-invitation"
    reason: Ref | None = None


class DeclareConflict(Frozen):
    """Declare a conflict of one's own; the seat falls free and a submitted review no longer counts."""

    kind: Literal["declare-conflict"] = "declare-conflict"
    text: Ref


class SubmitReview(Frozen):
    """Submit scores per criterion and the written review."""

    kind: Literal["submit-review"] = "submit-review"
    scores: dict[str, Decimal]
    text: Ref


class ReportConflict(Frozen):
    """Report a reviewer's conflict of interest."""

    kind: Literal["report-conflict"] = "report-conflict"
    report: Name
    expert: Name
    text: Ref


class RuleOnConflict(Frozen):
    """Uphold or dismiss a report."""

    kind: Literal["rule-on-conflict"] = "rule-on-conflict"
    report: Name
    upheld: bool
    text: Ref


class AppointChair(Frozen):
    """Appoint a panel member as chair."""

    kind: Literal["appoint-chair"] = "appoint-chair"
    chair: Name


class PlaceOnShortlist(Frozen):
    """Carry out the officer's shortlist."""

    kind: Literal["place-on-shortlist"] = "place-on-shortlist"
    rank: Counted
    listed: bool
    reason: Ref | None = None


class AppointSurveyTeam(Frozen):
    """Appoint who visits the site; the lead is one of the members."""

    kind: Literal["appoint-survey-team"] = "appoint-survey-team"
    lead: Name
    members: Annotated[tuple[Name, ...], Field(max_length=20)]


class ReportSurvey(Frozen):
    """Report the findings of the visit."""

    kind: Literal["report-survey"] = "report-survey"
    day: Name
    findings: dict[str, Ref]
    photos: Annotated[tuple[Ref, ...], Field(max_length=50)] = ()
    verdict: Literal["confirmed", "confirmed-with-reservations", "not-confirmed"]


class RecordAppraisal(Frozen):
    """Record the panel's meeting."""

    kind: Literal["record-appraisal"] = "record-appraisal"
    present: Annotated[tuple[Name, ...], Field(max_length=100)]
    aside: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    score: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
    votes_for: Counted
    votes_against: Counted
    abstained: Counted
    dissents: Annotated[tuple[Dissent, ...], Field(max_length=100)] = ()
    text: Ref


class PlaceInProposal(Frozen):
    """Carry out the officer's proposal; rank 0 means in reserve."""

    kind: Literal["place-in-proposal"] = "place-in-proposal"
    proposal: Counted
    rank: Counted
    again: bool = False
    reason: Ref | None = None


class OpenNotice(Frozen):
    """Open the public notice for the item."""

    kind: Literal["open-notice"] = "open-notice"
    proposal: Counted


class RaiseObjection(Frozen):
    """Raise a real-name objection."""

    kind: Literal["raise-objection"] = "raise-objection"
    objection: Name
    text: Ref
    evidence: Annotated[tuple[Ref, ...], Field(max_length=50)] = ()


class AppointExaminers(Frozen):
    """Appoint who examines the objection."""

    kind: Literal["appoint-examiners"] = "appoint-examiners"
    objection: Name
    examiners: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10)]


class SettleObjection(Frozen):
    """Settle an objection with reasons."""

    kind: Literal["settle-objection"] = "settle-objection"
    objection: Name
    outcome: Literal["upheld", "partly-upheld", "dismissed"]
    text: Ref


class Issue(Frozen):
    """Carry out the issued list; place 0 means not on it."""

    kind: Literal["issue"] = "issue"
    proposal: Counted
    place: Counted


class CancelWithRound(Frozen):
    """Carry out the round's cancellation."""

    kind: Literal["cancel-with-round"] = "cancel-with-round"
    reason: Ref | None = None


ApplicationCommand = Annotated[
    Submit
    | Withdraw
    | TakeRecommendation
    | ReleaseRecommendation
    | SendBack
    | Mend
    | PassCheck
    | FailCheck
    | SeatPanel
    | AcceptInvitation
    | DeclineInvitation
    | DeclareConflict
    | SubmitReview
    | ReportConflict
    | RuleOnConflict
    | AppointChair
    | PlaceOnShortlist
    | AppointSurveyTeam
    | ReportSurvey
    | RecordAppraisal
    | PlaceInProposal
    | OpenNotice
    | RaiseObjection
    | AppointExaminers
    | SettleObjection
    | Issue
    | CancelWithRound,
    Field(discriminator="kind"),
]
