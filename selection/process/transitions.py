"""Where each act and each deadline of the stage table leads: the other half of stages.py.

A step names its cause, the stages it starts from and those it may lead to. The cause is an act's kind, or
`deadline NAME`, or what a round finds in the record: with `look` that every application left the stage's work,
with `look held` that an objection which outlasted the notice ended.
Where a step may lead to more than one stage, the decision or what else is still awaited tells which.
"""

from dataclasses import dataclass

from selection.process.stages import APPLICATION_ACTS, ROUND_ACTS, RoundStage, Stage

STAYS = "="
"""The step changes something within the stage and does not leave it."""


@dataclass(frozen=True)
class Step:
    """One way on: from each of `stages` to one of `to`, where STAYS means the same stage."""

    cause: str
    stages: tuple[str, ...]
    to: tuple[str, ...]
    outcomes: tuple[str, ...] = ()

    @property
    def by_deadline(self) -> bool:
        """Tell whether time brings the step, not a person."""
        return self.cause.startswith("deadline ")


def _step(cause: str, stages: str, to: str, outcomes: str = "") -> Step:
    return Step(cause, tuple(stages.split()), tuple(to.split()), tuple(outcomes.split()))


def _whole(cause: str, to: str, outcomes: str = "") -> Step:
    """Return a step that starts from every stage which allows the act, in the order of the stages."""
    stages = (stage.value for stage in Stage if stage in APPLICATION_ACTS[cause].stages)
    return _step(cause, " ".join(stages), to, outcomes)


def _round(cause: str, to: str) -> Step:
    stages = (stage.value for stage in RoundStage if stage in ROUND_ACTS[cause].stages)
    return _step(cause, " ".join(stages), to)


APPLICATION_FLOW = (
    _whole("submit", "submitted ended", "never-submitted"),
    _whole("withdraw", "withdrawn"),
    _step("take-recommendation", "submitted", "recommended"),
    _step("take-recommendation", "recommended", STAYS),
    _step("release-recommendation", "recommended", "submitted"),
    _step("release-recommendation", "checking mending eligible", "ended", "not-recommended"),
    _step("deadline submission", "withdrawn", "ended", "withdrawn"),
    _step("deadline recommendation", "recommended", "checking"),
    _step("deadline recommendation", "submitted", "ended", "not-recommended"),
    _whole("send-back", "mending"),
    _whole("mend", "checking"),
    _step("deadline mend", "mending", "checking"),
    _whole("pass-check", "eligible"),
    _whole("fail-check", "ended", "ineligible"),
    _step("seat-panel", "eligible", "review"),
    _step("seat-panel", "review", STAYS),
    _whole("accept-invitation", STAYS),
    _whole("decline-invitation", "= scored"),
    _whole("declare-conflict", "= scored"),
    _whole("submit-review", "= scored"),
    _step("deadline respond", "review", "= scored"),
    _step("deadline review", "review", "= scored"),
    _whole("report-conflict", STAYS),
    _step("rule-on-conflict", "review", "= scored"),
    _step("rule-on-conflict", "scored", "= review"),
    _step("rule-on-conflict", "survey appraisal appraised proposed reserve notice held cleared", STAYS),
    _whole("appoint-chair", STAYS),
    _whole("place-on-shortlist", "survey ended", "not-shortlisted"),
    _whole("appoint-survey-team", STAYS),
    _whole("report-survey", "appraisal"),
    _whole("record-appraisal", "appraised"),
    _whole("place-in-proposal", "proposed reserve"),
    _whole("open-notice", "notice"),
    _whole("raise-objection", STAYS),
    _whole("appoint-examiners", STAYS),
    _step("settle-objection", "notice", "= ended", "removed"),
    _step("settle-objection", "held", "= cleared ended", "removed"),
    _step("deadline notice", "notice", "cleared held"),
    _step("issue", "cleared", "ended", "listed not-selected"),
    _step("issue", "reserve", "ended", "not-selected"),
    _whole("cancel-with-round", "ended", "cancelled"),
)

# Until here no list was issued; from the proposal on, what is cancelled may be what an objection held back.
_WITHOUT_LIST = "call checking drawing review shortlisting survey appraisal"

ROUND_FLOW = (
    _round("open-round", "call"),
    _round("extend-deadline", STAYS),
    _round("record-outage", STAYS),
    _step("deadline submission", "call", STAYS),
    _step("deadline recommendation", "call", "checking"),
    _step("look", "checking", "drawing"),
    _round("commit-draw", STAYS),
    _round("open-draw", STAYS),
    _round("report-draw", STAYS),
    _step("look", "drawing", "review"),
    _step("look", "review", "shortlisting"),
    _round("fix-shortlist", STAYS),
    _step("look", "shortlisting", "survey"),
    _step("look", "survey", "appraisal"),
    _step("look", "appraisal", "proposal"),
    _round("propose", STAYS),
    _round("open-public-notice", "notice"),
    _step("look", "notice", "approval"),
    _step("look held", "approval", STAYS),
    _step("look held", "issued", "= approval"),
    _round("record-integrity-check", STAYS),
    _round("rule-on-integrity-hit", STAYS),
    _round("approve", STAYS),
    _round("send-back-proposal", "proposal"),
    _round("issue-list", "issued"),
    _round("report-batch", STAYS),
    _round("repeat-batch", STAYS),
    _step("cancel-round", _WITHOUT_LIST, "cancelled"),
    _step("cancel-round", "proposal notice approval", "cancelled issued"),
)

LIST_FLOW = (
    _step("recommend", "open", "= closed"),
    _step("withdraw-recommendation", "open", STAYS),
    _step("rank-recommendations", "open", STAYS),
    _step("free-recommendation", "open", STAYS),
    _step("deadline recommendation", "open", "closed"),
)


def ways(flow: tuple[Step, ...]) -> frozenset[tuple[str, str]]:
    """Return every (stage, next stage) that the flow allows, staying excluded."""
    pairs = ((stage, to) for step in flow for stage in step.stages for to in step.to if to != STAYS)
    return frozenset((stage, to) for stage, to in pairs if stage != to)
