"""What can be asked of a round, in the imperative."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen, Ref
from selection.round.events import ProposalItem

Name = Annotated[str, Field(min_length=1, max_length=100)]


class OpenRound(Frozen):
    """Seal the rules and open the call."""

    kind: Literal["open-round"] = "open-round"
    rules: dict[str, Any]
    rules_hash: Name


class ExtendDeadline(Frozen):
    """Move a deadline to the end of a later day."""

    kind: Literal["extend-deadline"] = "extend-deadline"
    name: Literal["submission", "recommendation", "check", "review", "review_last", "survey", "appraisal"]
    until: date
    reason: Ref


class RecordOutage(Frozen):
    """Record that nobody could act from `began` until `ended`; the deadlines that it hit move later."""

    kind: Literal["record-outage"] = "record-outage"
    began: Instant
    ended: Instant
    reason: Ref


class CommitDraw(Frozen):
    """Fix a draw's inputs and the hash of its secret; a supplement is a draw like any other."""

    kind: Literal["commit-draw"] = "commit-draw"
    draw: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class OpenDraw(Frozen):
    """Open a committed draw with its secret (hex) and the public randomness."""

    kind: Literal["open-draw"] = "open-draw"
    draw: Name
    secret: Annotated[str, Field(pattern=r"^([0-9a-f]{2}){16,64}$")]
    randomness: Annotated[str, Field(min_length=1, max_length=1000)]
    source: Name


class FixShortlist(Frozen):
    """Fix the shortlist: twice the places by rank, with additions and removals and their reasons."""

    kind: Literal["fix-shortlist"] = "fix-shortlist"
    add: dict[str, Ref] = {}
    remove: dict[str, Ref] = {}


class Propose(Frozen):
    """Propose centres, best first."""

    kind: Literal["propose"] = "propose"
    items: Annotated[tuple[ProposalItem, ...], Field(min_length=1, max_length=1000)]
    deviations: dict[str, Ref] = {}


class OpenPublicNotice(Frozen):
    """Open the public notice of the present proposal."""

    kind: Literal["open-public-notice"] = "open-public-notice"
    proposal: Counted


class RecordIntegrityCheck(Frozen):
    """Record the integrity check of the proposal and its hits."""

    kind: Literal["record-integrity-check"] = "record-integrity-check"
    proposal: Counted
    hits: dict[str, Ref] = {}
    text: Ref


class RuleOnIntegrityHit(Frozen):
    """Rule on a hit."""

    kind: Literal["rule-on-integrity-hit"] = "rule-on-integrity-hit"
    application: Name
    cleared: bool
    text: Ref


class Approve(Frozen):
    """Agree to the proposal at a level."""

    kind: Literal["approve"] = "approve"
    proposal: Counted
    level: Name
    reason: Ref | None = None


class SendBackProposal(Frozen):
    """Send items back to the proposal stage."""

    kind: Literal["send-back-proposal"] = "send-back-proposal"
    proposal: Counted
    level: Name
    items: Annotated[tuple[Name, ...], Field(min_length=1, max_length=1000)]
    reason: Ref


class IssueList(Frozen):
    """Issue the approved list."""

    kind: Literal["issue-list"] = "issue-list"
    proposal: Counted


class CancelRound(Frozen):
    """End the round without a list."""

    kind: Literal["cancel-round"] = "cancel-round"
    reason: Ref


class RepeatBatch(Frozen):
    """Carry the last decision out again on the applications that it left over."""

    kind: Literal["repeat-batch"] = "repeat-batch"


class ReportDraw(Frozen):
    """The engine reports what a draw gave."""

    kind: Literal["report-draw"] = "report-draw"
    draw: Name
    result: Ref | None = None
    total_cost: int = 0
    clashing: tuple[str, ...] = ()


class ReportBatch(Frozen):
    """The engine reports that a decision was carried out."""

    kind: Literal["report-batch"] = "report-batch"
    batch: Name
    touched: Counted
    left_over: tuple[str, ...] = ()


RoundCommand = Annotated[
    OpenRound
    | ExtendDeadline
    | RecordOutage
    | CommitDraw
    | OpenDraw
    | FixShortlist
    | Propose
    | OpenPublicNotice
    | RecordIntegrityCheck
    | RuleOnIntegrityHit
    | Approve
    | SendBackProposal
    | IssueList
    | CancelRound
    | RepeatBatch
    | ReportDraw
    | ReportBatch,
    Field(discriminator="kind"),
]
