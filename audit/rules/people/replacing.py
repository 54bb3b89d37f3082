"""Who was to survey a site or to examine an objection, and in whose place others came, for which reason."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event


def _check_team(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SurveyTeamAppointed)
    _check_replaced(step, event, step.before.team, event.members)


def _check_examiners(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ExaminersAppointed)
    found = step.before.objections.get(event.objection)
    _check_replaced(step, event, found.examiners if found else (), event.examiners)


def _check_replaced(
    step: ApplicationStep,
    event: a.SurveyTeamAppointed | a.ExaminersAppointed,
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> None:
    """Raise Difference where somebody was appointed before and no reason is told, or others left than it says."""
    step.require(not before or event.reason is not None, "replaced-unexplained", people=", ".join(before))
    left = sorted(set(before) - set(after))
    step.require(sorted(event.left) == left, "left-differs", people=", ".join(left) or "-")


def replacing_rules() -> tuple[Rule, ...]:
    """Return the rule about people who were replaced."""
    checks: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.SurveyTeamAppointed: _check_team,
        a.ExaminersAppointed: _check_examiners,
    }
    return (EachEvent("replaced-openly", checks_of(ApplicationState, checks)),)


CLAIMS: Sentences = {
    "replaced-openly": (
        "Nobody came in the place of a survey team or of examiners without a reason, and who left is named.",
        "更换实勘组或核查人员均说明理由，并载明被更换人员。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "left-differs": (
        "The entry does not name those who left by it: {people}.",
        "该条目未如实载明被更换人员：{people}。",
    ),
    "replaced-unexplained": (
        "Others came in the place of {people}, and no reason was told.",
        "{people} 被更换，但未说明理由。",
    ),
}
"""What can be found instead."""
