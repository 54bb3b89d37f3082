"""What may bring an event about, written down a second time, apart from the core, on purpose.

What else the audit knows by itself is in docs/architecture.md, "What the audit writes a second time". Here stands
what may bring an event about (acts of the stage table, deadlines, or what follows within the stage), and in which
stages what waits: an event that these tables do not allow was decided by nobody who could. Only the audit's own claims
and stories read them. They are total: an event or a stage that they lack fails when the audit is imported.
"""

from collections.abc import Mapping
from typing import Any

from selection.application import events as a
from selection.decision.aggregate import ActRefused, Event
from selection.kernel.stages import FINISHED_WHEN, UNDECIDED, Outcome, RoundStage, Stage
from selection.kernel.unfinished import Unfinished, file_of
from selection.recommendation import events as n
from selection.rooms import APPLICATION_FLOW, LIST_FLOW, ROUND_FLOW
from selection.round import events as r
from selection.streams import event_types

FOLLOWS = "follows"
"""A cause of what comes with another act or a deadline, in the review or the notice."""

LEFT_OUT = "left-out"
"""A cause of what comes with the act that led to a stage which the rules leave out."""

APPLICATION: Mapping[type[Event], tuple[str, ...]] = {
    a.ApplicationSubmitted: ("submit",),
    a.ApplicationWithdrawn: ("withdraw",),
    a.CoBuildingConfirmed: ("confirm-co-building",),
    a.RecommendationTaken: ("take-recommendation",),
    a.RecommendationReleased: ("release-recommendation",),
    a.CheckOpened: ("deadline recommendation",),
    a.SentBack: ("send-back",),
    a.ApplicationMended: ("mend",),
    a.MendingLapsed: ("deadline mend",),
    a.CheckPassed: ("pass-check",),
    a.CheckFailed: ("fail-check",),
    a.PanelSeated: ("seat-panel",),
    a.InvitationAccepted: ("accept-invitation",),
    a.SeatFilled: (FOLLOWS,),
    a.ReviewSubmitted: ("submit-review",),
    a.ReviewCorrected: ("correct-review",),
    a.ConflictDeclared: ("declare-conflict",),
    a.ConflictReported: ("report-conflict", "declare-project"),
    a.ConflictFound: ("find-conflicts", "refer-conflict"),
    a.ActivityChanged: ("find-conflicts",),
    a.ConflictRuled: ("rule-on-conflict",),
    a.HouseTieDismissed: ("rule-on-conflict",),
    a.ReviewVoided: ("declare-conflict", "rule-on-conflict"),
    a.ApplicationScored: (FOLLOWS,),
    a.PanelSettlementEntered: ("settle-panel",),
    a.PanelLowered: ("settle-panel",),
    a.ApplicationNotReviewed: ("settle-panel",),
    a.ChairAppointed: ("appoint-chair",),
    a.ChairReplaced: ("replace-chair",),
    a.PlacedOnShortlist: ("place-on-shortlist", "reverse-decision"),
    a.LeftOffShortlist: ("place-on-shortlist", "reverse-decision"),
    a.SurveyTeamAppointed: ("appoint-survey-team",),
    a.SurveyReported: ("report-survey",),
    a.SurveyLeftOut: (LEFT_OUT,),
    a.AppraisalOpened: ("open-appraisal",),
    a.VoteCast: ("cast-vote",),
    a.AppraisalRecorded: ("record-appraisal",),
    a.AppraisalLeftOut: (LEFT_OUT,),
    a.PlacedInProposal: ("place-in-proposal",),
    a.PlacedInReserve: ("place-in-proposal",),
    a.NoticeOpened: ("open-notice",),
    a.NoticeLeftOut: (LEFT_OUT,),
    a.ObjectionRaised: ("raise-objection",),
    a.ObjectionWithdrawn: ("withdraw-objection",),
    a.ExaminersAppointed: ("appoint-examiners",),
    a.ObjectionSettled: ("settle-objection", "uphold-objection"),
    a.ObjectionReopened: ("reopen-objection", "reverse-decision"),
    a.NoticePassed: ("deadline notice", "settle-objection", "withdraw-objection"),
    a.ItemHeld: ("deadline notice",),
    a.ItemRemoved: ("uphold-objection",),
    a.ApplicationListed: ("issue",),
    a.ApplicationNotSelected: ("issue",),
    a.ApplicationGivenUp: ("give-up",),
    a.FraudReported: ("report-fraud",),
    a.FraudRuled: ("rule-on-fraud",),
    a.ApplicationRuledOut: ("rule-on-fraud",),
    a.ReversalEntered: ("reverse-decision",),
    a.ReversalDeclined: ("decline-reversal",),
    a.DecisionReversed: ("reverse-decision",),
    a.ConflictReopened: ("reverse-decision",),
    a.ReviewRequested: ("request-review",),
    a.DecidersAppointed: ("appoint-deciders",),
    a.FindingEntered: ("rule-on-request",),
    # A ruling on a conflict may leave the findings of those who agree, and so may whoever acts no more.
    a.RequestDecided: ("rule-on-request", "rule-on-conflict", "find-conflicts"),
    a.FreshPanelOrdered: ("rule-on-request", "rule-on-conflict", "find-conflicts"),
    a.FreshPanelReviewed: (FOLLOWS,),
    a.RemedyRecorded: ("record-remedy",),
    a.AgentReplaced: ("replace-agent",),
    a.ApplicationCancelled: ("cancel-with-round",),
    a.ApplicationFormChanged: ("take-form-change",),
    a.WorkFormChanged: ("take-form-change",),
    a.TaskReminded: ("deadline reminder",),
}

ROUND: Mapping[type[Event], tuple[str, ...]] = {
    r.RoundOpened: ("open-round",),
    r.CallOpened: ("open-call",),
    r.DeadlineExtended: ("extend-deadline",),
    r.OutageRecorded: ("record-outage",),
    r.FormAmended: ("amend-form",),
    r.AmendmentEntered: ("amend-rules",),
    r.RulesAmended: ("rule-on-amendment",),
    r.AmendmentAgreed: ("rule-on-amendment",),
    r.AmendmentDeclined: ("rule-on-amendment",),
    r.PostChanged: ("change-post", "agree-on-post"),
    r.PostChangeEntered: ("agree-on-post",),
    r.PostChangeDeclined: ("decline-post-change",),
    r.PostDelegated: ("delegate",),
    r.DelegationEnded: ("end-delegation",),
    r.SubmissionClosed: ("deadline submission",),
    r.IntakeClosed: ("deadline recommendation",),
    r.StageFinished: ("look",),
    r.HeldItemsSettled: ("look held",),
    r.DrawCommitted: ("commit-draw",),
    r.DrawNumbersEntered: ("enter-draw-numbers",),
    r.DrawOpened: ("open-draw",),
    r.DrawVoided: ("void-draw",),
    r.PanelsDrawn: ("report-draw",),
    r.ShortlistFixed: ("fix-shortlist", "fix-deviating-shortlist"),
    r.ProposalMade: ("propose", "propose-deviating"),
    r.PublicNoticeOpened: ("open-public-notice",),
    r.PlacesFilled: ("fill-places",),
    r.ItemsLeft: ("look left",),
    r.ProposalReturned: ("look returned",),
    r.IntegrityChecked: ("record-integrity-check",),
    r.IntegrityHitRuled: ("clear-integrity-hit", "uphold-integrity-hit"),
    r.IntegrityStopLifted: ("lift-integrity-stop",),
    r.IntegrityReversalEntered: ("reverse-integrity-decision",),
    r.IntegrityReversalDeclined: ("decline-integrity-reversal",),
    r.IntegrityReversed: ("reverse-integrity-decision",),
    r.LevelApproved: ("approve",),
    r.ApprovalVoided: ("look bound",),
    r.ProposalSentBack: ("send-back-proposal",),
    r.ListIssued: ("issue-list",),
    r.LobbyingReported: ("report-lobbying",),
    r.LobbyingRuled: ("rule-on-lobbying",),
    r.RoundCancelled: ("cancel-round",),
    r.BatchFinished: ("report-batch",),
    r.BatchRepeated: ("repeat-batch",),
    r.RoundReminded: ("deadline reminder",),
}

LIST: Mapping[type[Event], tuple[str, ...]] = {
    n.ApplicationRecommended: ("recommend", "recommend-on-paper"),
    n.RecommendationWithdrawn: ("withdraw-recommendation",),
    n.RecommendationFreed: ("free-recommendation",),
    n.RecommendationsRanked: ("rank-recommendations",),
    n.ListNeverOpened: ("recommend", "recommend-on-paper"),
    n.ListClosed: ("deadline recommendation",),
}

VACATED: Mapping[str, tuple[str, ...]] = {
    "declined": ("decline-invitation",),
    "conflict": ("declare-conflict",),
    "report-upheld": ("rule-on-conflict",),
    "inactive": ("find-conflicts",),
    "no-response": ("deadline respond",),
    "no-review": ("deadline review",),
}

LAPSED: Mapping[str, tuple[str, ...]] = {
    Outcome.WITHDRAWN.value: ("deadline submission",),
    Outcome.NOT_RECOMMENDED.value: ("deadline recommendation", "release-recommendation"),
    Outcome.NEVER_SUBMITTED.value: ("submit",),
}


EMPTY_AFTER: dict[RoundStage, tuple[Stage, ...]] = {
    RoundStage.CHECKING: (
        *(Stage.SUBMITTED, Stage.WITHDRAWN, Stage.RECOMMENDED, Stage.CHECKING),
        Stage.MENDING,
    ),
    RoundStage.DRAWING: (Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE),
    RoundStage.REVIEW: (Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE, Stage.REVIEW),
    RoundStage.SHORTLISTING: (
        *(Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE),
        *(Stage.REVIEW, Stage.SCORED),
    ),
    RoundStage.SURVEY: (Stage.CHECKING, Stage.MENDING, Stage.SURVEY),
    RoundStage.APPRAISAL: (Stage.CHECKING, Stage.MENDING, Stage.SURVEY, Stage.APPRAISAL),
    RoundStage.PROPOSAL: (Stage.PROPOSED,),
    RoundStage.NOTICE: (Stage.PROPOSED, Stage.NOTICE),
}
"""Where no application may stand any more when the round leaves a stage."""

BEFORE_PROPOSAL = (
    *(Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE, Stage.REVIEW, Stage.SCORED),
    *(Stage.SURVEY, Stage.APPRAISAL, Stage.APPRAISED),
)
"""Where an application stands of which something is decided again while others are in a proposal."""

PROPOSABLE = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
"""The stages of applications that a proposal chooses among, in the order in which they are read."""

UNSETTLED = (Stage.NEW, Stage.SUBMITTED, Stage.WITHDRAWN, Stage.RECOMMENDED, Stage.CHECKING, Stage.MENDING)
UNHEARD = (
    Outcome.NEVER_SUBMITTED,
    Outcome.WITHDRAWN,
    Outcome.NOT_RECOMMENDED,
    Outcome.INELIGIBLE,
    Outcome.CANCELLED,
    Outcome.GIVEN_UP,
    Outcome.RULED_OUT,
)
"""Where, and after which ends, a withdrawn recommendation may still be on its way to the application."""

FOLLOWING = (Stage.REVIEW, Stage.ENDED)
"""Where a replacement or the panel's score may come with any act; after the end it is a fresh panel (decisions.py)."""


def causes_of(event: Event) -> tuple[str, ...]:
    """Return what may have brought the event about; nothing for one that this table does not know."""
    match event:
        case a.SeatVacated():
            return VACATED.get(event.why, ())
        case a.ApplicationLapsed():
            return LAPSED.get(event.outcome, ())
        case r.PostChanged():
            return ("agree-on-post",) if event.entry else ("change-post",)
    for table in (APPLICATION, ROUND, LIST):
        if type(event) in table:
            return table[type(event)]
    return ()


TABLES: tuple[Mapping[Any, tuple[str, ...]], ...] = (APPLICATION, ROUND, LIST, VACATED, LAPSED)
BY_FIELD = (a.SeatVacated, a.ApplicationLapsed)
"""The events whose causes depend on what they say: see VACATED and LAPSED; of a post that changed ROUND has both."""


def _check() -> None:
    """Raise Unfinished for an event without a cause, a cause that is none, or a stage that might end unchecked."""
    known = {*APPLICATION, *ROUND, *LIST, *BY_FIELD, ActRefused}
    judged = (event for event in event_types().values() if event.ORIGIN == "workflow")
    missing = [f"{event.TYPE} has no cause" for event in judged if event not in known]
    missing += _find_stages_missing()
    steps = (*APPLICATION_FLOW, *ROUND_FLOW, *LIST_FLOW)
    named = {cause for table in TABLES for causes in table.values() for cause in causes}
    missing += [
        f"nothing is called {cause}" for cause in sorted(named - {FOLLOWS, *(step.cause for step in steps)})
    ]
    if missing:
        raise Unfinished(f"{'; '.join(missing)}: {file_of(causes_of)}")


def _find_stages_missing() -> list[str]:
    """Return which stages the core waits for and these tables do not, or the other way round."""
    missing = [f"{stage.value} is not in EMPTY_AFTER" for stage in FINISHED_WHEN if stage not in EMPTY_AFTER]
    missing += [
        f"{waited.value} is not in EMPTY_AFTER of {stage.value}"
        for stage, (waiting, _) in FINISHED_WHEN.items()
        for waited in waiting
        if stage in EMPTY_AFTER and waited not in EMPTY_AFTER[stage]
    ]
    missing += [
        f"{waited.value} is in EMPTY_AFTER of {stage.value} and not in FINISHED_WHEN of {file_of(Stage)}"
        for stage, waiting in EMPTY_AFTER.items()
        for waited in waiting
        if stage in FINISHED_WHEN and waited not in FINISHED_WHEN[stage][0]
    ]
    return missing + [
        f"{stage.value} is not in BEFORE_PROPOSAL" for stage in UNDECIDED if stage not in BEFORE_PROPOSAL
    ]


_check()
