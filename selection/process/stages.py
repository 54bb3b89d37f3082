"""The process as data: the stages of a round and of an application, and who may do what in each.

Sources: docs/process-sources.md. docs/process.md and its diagrams are generated from this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from selection.kernel.actor import Role


class Stage(StrEnum):
    """The stages of one application."""

    NEW = "new"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RECOMMENDED = "recommended"
    CHECKING = "checking"
    MENDING = "mending"
    ELIGIBLE = "eligible"
    REVIEW = "review"
    SCORED = "scored"
    SURVEY = "survey"
    APPRAISAL = "appraisal"
    APPRAISED = "appraised"
    PROPOSED = "proposed"
    RESERVE = "reserve"
    NOTICE = "notice"
    HELD = "held"
    CLEARED = "cleared"
    ENDED = "ended"


class Outcome(StrEnum):
    """How an application ends; each ends in exactly one of these."""

    NEVER_SUBMITTED = "never-submitted"
    WITHDRAWN = "withdrawn"
    NOT_RECOMMENDED = "not-recommended"
    INELIGIBLE = "ineligible"
    NOT_SHORTLISTED = "not-shortlisted"
    NOT_SELECTED = "not-selected"
    REMOVED = "removed"
    LISTED = "listed"
    CANCELLED = "cancelled"


class RoundStage(StrEnum):
    """The stages of a round."""

    NEW = "new"
    CALL = "call"
    CHECKING = "checking"
    DRAWING = "drawing"
    REVIEW = "review"
    SHORTLISTING = "shortlisting"
    SURVEY = "survey"
    APPRAISAL = "appraisal"
    PROPOSAL = "proposal"
    NOTICE = "notice"
    APPROVAL = "approval"
    ISSUED = "issued"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Act:
    """One act: the stages that allow it, the roles that may do it, and the deadline that governs it."""

    kind: str
    stages: frozenset[str]
    roles: frozenset[Role]
    deadline: str = ""


def _act(kind: str, stages: str, roles: str, deadline: str = "") -> Act:
    return Act(kind, frozenset(stages.split()), frozenset(Role(name) for name in roles.split()), deadline)


# A conflict may come to light until the list is carried out on the application.
_REVIEWED = "review scored survey appraisal appraised proposed reserve notice held cleared"

APPLICATION_ACTS = {
    act.kind: act
    for act in (
        _act("submit", "new submitted withdrawn recommended", "applicant", "submission"),
        _act("withdraw", "submitted recommended", "applicant", "submission"),
        _act("take-recommendation", "submitted recommended", "system", "recommendation"),
        _act("release-recommendation", "recommended checking mending eligible", "system"),
        _act("send-back", "checking", "officer"),
        _act("mend", "mending", "applicant", "mend"),
        _act("pass-check", "checking", "officer"),
        _act("fail-check", "checking", "officer"),
        _act("seat-panel", "eligible review", "system"),
        _act("accept-invitation", "review", "expert", "respond"),
        _act("decline-invitation", "review", "expert", "respond"),
        _act("declare-conflict", "review", "expert"),
        _act("submit-review", "review", "expert", "review"),
        _act("report-conflict", _REVIEWED, "officer supervisor chair expert applicant"),
        _act("rule-on-conflict", _REVIEWED, "supervisor"),
        _act("appoint-chair", "review scored survey appraisal", "officer"),
        _act("place-on-shortlist", "scored", "system"),
        _act("appoint-survey-team", "survey", "officer"),
        _act("report-survey", "survey", "surveyor"),
        _act("record-appraisal", "appraisal", "chair"),
        _act("place-in-proposal", "appraised proposed cleared reserve", "system"),
        _act("open-notice", "proposed", "system"),
        _act("raise-objection", "notice", "objector", "notice"),
        _act("appoint-examiners", "notice held", "officer"),
        _act("settle-objection", "notice held", "examiner"),
        _act("issue", "cleared reserve", "system"),
        _act(
            "cancel-with-round",
            "new submitted withdrawn recommended checking mending eligible review scored survey appraisal"
            " appraised proposed reserve notice held cleared",
            "system",
        ),
    )
}

LIST_ACTS = {
    act.kind: act
    for act in (
        _act("recommend", "open", "recommender", "recommendation"),
        _act("withdraw-recommendation", "open", "recommender", "recommendation"),
        _act("rank-recommendations", "open", "recommender", "recommendation"),
        _act("free-recommendation", "open", "system"),
    )
}

_BEFORE_THE_END = "call checking drawing review shortlisting survey appraisal proposal notice approval"

ROUND_ACTS = {
    act.kind: act
    for act in (
        _act("open-round", "new", "officer admin"),
        _act("extend-deadline", "call checking drawing review shortlisting", "officer"),
        _act("record-outage", "call checking drawing review shortlisting", "officer admin"),
        _act("commit-draw", "drawing review shortlisting", "officer"),
        _act("open-draw", "drawing review shortlisting", "officer"),
        _act("report-draw", "drawing review shortlisting", "system"),
        _act("fix-shortlist", "shortlisting", "officer"),
        _act("propose", "proposal", "officer"),
        _act("open-public-notice", "proposal", "officer"),
        _act("record-integrity-check", "approval", "supervisor"),
        _act("rule-on-integrity-hit", "approval", "supervisor"),
        _act("approve", "approval", "approver"),
        _act("send-back-proposal", "approval", "approver"),
        _act("issue-list", "approval", "officer"),
        _act("report-batch", _BEFORE_THE_END + " issued cancelled", "system"),
        _act("repeat-batch", _BEFORE_THE_END + " issued cancelled", "officer"),
        _act("cancel-round", _BEFORE_THE_END, "officer admin"),
    )
}
