"""Which stages there were: those that the sealed rules have, and none besides."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, RoundStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r
from selection.round.state import RoundState


def scheme_rules() -> tuple[Rule, ...]:
    """Return the rule about stages that the rules leave out."""
    of_round: dict[type[Event], Callable[[RoundStep], None]] = {
        r.PublicNoticeOpened: _check_notice,
        r.StageFinished: _check_finished,
    }
    checks = {**checks_of(ApplicationState, OF_APPLICATION), **checks_of(RoundState, of_round)}
    return (EachEvent("stages-as-sealed", checks),)


def _there(name: str) -> Callable[[ApplicationStep], None]:
    def look(step: ApplicationStep) -> None:
        step.require(getattr(step.rules.stages, name), "stage-not-sealed", stage=name)

    return look


def _forbid(name: str) -> Callable[[ApplicationStep], None]:
    def look(step: ApplicationStep) -> None:
        step.require(not getattr(step.rules.stages, name), "stage-passed-over", stage=name)

    return look


def _check_opened(step: ApplicationStep) -> None:
    if step.before.stage is Stage.SUBMITTED:
        step.require(not step.rules.stages.recommendation, "stage-passed-over", stage="recommendation")


def _check_notice(step: RoundStep) -> None:
    step.require(step.rules.stages.notice, "stage-not-sealed", stage="notice")


def _check_finished(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.StageFinished)
    if event.finished == RoundStage.PROPOSAL:
        step.require(not step.rules.stages.notice, "stage-passed-over", stage="notice")
        step.require(
            step.before.proposed and not step.before.left_over, "stage-passed-over", stage="proposal"
        )


OF_APPLICATION: dict[type[Event], Callable[[ApplicationStep], None]] = {
    a.RecommendationTaken: _there("recommendation"),
    a.CheckOpened: _check_opened,
    a.SurveyTeamAppointed: _there("survey"),
    a.SurveyReported: _there("survey"),
    a.SurveyLeftOut: _forbid("survey"),
    a.AppraisalOpened: _there("appraisal"),
    a.AppraisalRecorded: _there("appraisal"),
    a.AppraisalLeftOut: _forbid("appraisal"),
    a.NoticeOpened: _there("notice"),
    a.NoticeLeftOut: _forbid("notice"),
}

CLAIMS: Sentences = {
    "stages-as-sealed": (
        "Every application went through the stages that the sealed rules have, and through no other.",
        "各项申报均经过且仅经过封存规则所设的阶段。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "stage-not-sealed": (
        "The rules of the round have no such stage: {stage}.",
        "本轮规则不设该阶段：{stage}。",
    ),
    "stage-passed-over": (
        "The rules of the round have this stage, but it was passed over: {stage}.",
        "本轮规则设有该阶段，却被略过：{stage}。",
    ),
}
"""What can be found instead."""
