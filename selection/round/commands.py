"""What can be asked of a round, of whom and when, and where it leads; each subject's acts stand with the subject."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, JsonObject, Ref
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import FINISHED_WHEN, RoundStage, round_between
from selection.process.transitions import STAYS, Step, round_step, round_whole, step_of_ladder
from selection.round.amending import commands as amending
from selection.round.amending.commands import AmendForm as AmendForm
from selection.round.amending_rules import commands as amending_rules
from selection.round.amending_rules.commands import (
    AmendRules as AmendRules,
    RuleOnAmendment as RuleOnAmendment,
)
from selection.round.approving import commands as approving
from selection.round.approving.commands import (
    Approve as Approve,
    ClearIntegrityHit as ClearIntegrityHit,
    LiftIntegrityStop as LiftIntegrityStop,
    RecordIntegrityCheck as RecordIntegrityCheck,
    SendBackProposal as SendBackProposal,
    UpholdIntegrityHit as UpholdIntegrityHit,
)
from selection.round.calling import commands as calling
from selection.round.calling.commands import OpenCall as OpenCall
from selection.round.drawing import commands as drawing
from selection.round.drawing.commands import (
    DRAW_ACTS as DRAW_ACTS,
    CommitDraw as CommitDraw,
    EnterDrawNumbers as EnterDrawNumbers,
    OpenDraw as OpenDraw,
    ReportDraw as ReportDraw,
    VoidDraw as VoidDraw,
)
from selection.round.filling import commands as filling
from selection.round.filling.commands import FillPlaces as FillPlaces
from selection.round.lobbying import commands as lobbying
from selection.round.lobbying.commands import (
    ReportLobbying as ReportLobbying,
    RuleOnLobbying as RuleOnLobbying,
)
from selection.round.people import commands as people
from selection.round.people.commands import (
    AgreeOnPost as AgreeOnPost,
    ChangePost as ChangePost,
    DeclinePostChange as DeclinePostChange,
    Delegate as Delegate,
    EndDelegation as EndDelegation,
)
from selection.round.reversing import commands as reversing
from selection.round.reversing.commands import (
    DeclineIntegrityReversal as DeclineIntegrityReversal,
    ReverseIntegrityDecision as ReverseIntegrityDecision,
)
from selection.round.state import ProposalItem
from selection.round.state_parts import empty
from selection.rules.terms import Movable

_BEFORE_THE_END = round_between(RoundStage.CALL, RoundStage.APPROVAL)
_UNTIL_NOTICE = round_between(RoundStage.CALL, RoundStage.NOTICE)


class OpenRound(Command):
    """Seal the rules and open the call; before the call's day, seal them alone. It takes two of one post."""

    kind: Literal["open-round"] = "open-round"
    ROW = round_row("new", "officer admin", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    rules: JsonObject
    rules_hash: Name


ExtensionCause = Literal["force-majeure", "outside-outage", "organiser", "too-few", "authority"]
"""For which cause a deadline is extended."""

OutageCause = Literal["system", "network", "sign-in", "building"]
"""What failed in an outage."""


class ExtendDeadline(Command):
    """Move a deadline to the end of a later day, or all windows of a kind that end before it: nobody's alone."""

    kind: Literal["extend-deadline"] = "extend-deadline"
    ROW = round_row(_UNTIL_NOTICE, "officer", assurance=Assurance.SIGNED_BY_TWO)
    name: Movable
    until: date
    cause: Annotated[ExtensionCause | None, Field(exclude_if=empty)] = None
    reason: TextRef


class RecordOutage(Command):
    """Record that nobody could act from `began` until `ended`; the deadlines and windows that it hit move later."""

    kind: Literal["record-outage"] = "record-outage"
    ROW = round_row(_UNTIL_NOTICE, "officer admin", assurance=Assurance.SIGNED_BY_TWO)
    began: Instant
    ended: Instant
    cause: Annotated[OutageCause | None, Field(exclude_if=empty)] = None
    reason: TextRef


class FixShortlist(Command):
    """Fix the shortlist by rank: as many times the places as the rules say."""

    kind: Literal["fix-shortlist"] = "fix-shortlist"
    ROW = round_row("shortlisting", "officer")


class FixDeviatingShortlist(Command):
    """Fix the shortlist with additions and removals, each with its reason."""

    kind: Literal["fix-deviating-shortlist"] = "fix-deviating-shortlist"
    ROW = round_row("shortlisting", "officer", assurance=Assurance.SIGNED_BY_TWO)
    add: dict[str, TextRef] = {}
    remove: dict[str, TextRef] = {}


class Propose(Command):
    """Propose centres in their standing, best first; none where nobody is left to propose."""

    kind: Literal["propose"] = "propose"
    ROW = round_row("proposal", "officer")
    items: Annotated[tuple[ProposalItem, ...], Field(max_length=1000)]


class ProposeDeviating(Command):
    """Propose centres otherwise than they stand, each deviation with its reason.

    So are items left out that stood in a public notice, and nobody is proposed though somebody is left.
    """

    kind: Literal["propose-deviating"] = "propose-deviating"
    ROW = round_row("proposal", "officer", assurance=Assurance.SIGNED_BY_TWO)
    items: Annotated[tuple[ProposalItem, ...], Field(max_length=1000)]
    deviations: dict[str, Ref] = {}


class OpenPublicNotice(Command):
    """Open the public notice of the present proposal."""

    kind: Literal["open-public-notice"] = "open-public-notice"
    ROW = round_row("proposal", "officer")
    proposal: Counted


class IssueList(Command):
    """Issue the approved list."""

    kind: Literal["issue-list"] = "issue-list"
    ROW = round_row("approval", "officer", assurance=Assurance.SIGNED_BY_TWO)
    proposal: Counted


class CancelRound(Command):
    """End the round without a list."""

    kind: Literal["cancel-round"] = "cancel-round"
    ROW = round_row(_BEFORE_THE_END, "officer admin", assurance=Assurance.SIGNED_BY_TWO)
    reason: TextRef


class RepeatBatch(Command):
    """Carry the last decision out again on the applications that it left over."""

    kind: Literal["repeat-batch"] = "repeat-batch"
    ROW = round_row((*_BEFORE_THE_END, RoundStage.ISSUED, RoundStage.CANCELLED), "officer")


class ReportBatch(Command):
    """The engine reports that a decision was carried out."""

    kind: Literal["report-batch"] = "report-batch"
    ROW = round_row((*_BEFORE_THE_END, RoundStage.ISSUED, RoundStage.CANCELLED), "system")
    batch: Name
    touched: Counted
    left_over: tuple[str, ...] = ()


COMMANDS: tuple[type[Command], ...] = (
    OpenRound,
    *calling.COMMANDS,
    ExtendDeadline,
    RecordOutage,
    *amending.COMMANDS,
    *amending_rules.COMMANDS,
    *people.COMMANDS,
    *drawing.COMMANDS,
    FixShortlist,
    FixDeviatingShortlist,
    Propose,
    ProposeDeviating,
    OpenPublicNotice,
    *filling.COMMANDS,
    *approving.COMMANDS,
    *reversing.COMMANDS,
    IssueList,
    *lobbying.COMMANDS,
    ReportBatch,
    RepeatBatch,
    CancelRound,
)


def _look(stage: RoundStage) -> Step:
    """Return the step by which a round leaves a stage in which no application waits any more."""
    return round_step("look", stage.value, FINISHED_WHEN[stage][1].value)


# Until here no list was issued; from the proposal on, what is cancelled may be what an objection held back.
_WITHOUT_LIST = round_between(RoundStage.CALL, RoundStage.APPRAISAL)

WAYS: tuple[Step, ...] = (
    round_whole(OpenRound, "call"),
    *calling.WAYS,
    round_whole(ExtendDeadline, STAYS),
    round_whole(RecordOutage, STAYS),
    *amending.WAYS,
    *amending_rules.WAYS,
    *people.WAYS,
    round_step("deadline submission", "call", STAYS),
    round_step("deadline recommendation", "call", "checking"),
    step_of_ladder(RoundStage),
    *drawing.WAYS,
    round_whole(FixShortlist, STAYS),
    round_whole(FixDeviatingShortlist, STAYS),
    *(_look(stage) for stage in FINISHED_WHEN if stage not in (RoundStage.PROPOSAL, RoundStage.NOTICE)),
    round_whole(Propose, STAYS),
    round_whole(ProposeDeviating, STAYS),
    _look(RoundStage.PROPOSAL),
    round_whole(OpenPublicNotice, "notice"),
    _look(RoundStage.NOTICE),
    *filling.WAYS,
    round_step("look left", "proposal notice approval", STAYS),
    round_step("look bound", "approval", STAYS),
    round_step("look returned", "proposal", STAYS),
    round_step("look returned", "approval", "proposal"),
    round_step("look held", "approval", STAYS),
    round_step("look held", "issued", "= approval"),
    *approving.WAYS,
    *reversing.WAYS,
    round_whole(IssueList, "issued"),
    *lobbying.WAYS,
    round_whole(ReportBatch, STAYS),
    round_whole(RepeatBatch, STAYS),
    round_step("cancel-round", _WITHOUT_LIST, "cancelled"),
    round_step("cancel-round", "proposal notice approval", "cancelled issued"),
)
"""Where each act, each deadline and each look leads."""
