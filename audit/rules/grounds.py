"""The legality check: every ground is one that the sealed rules list and let be used so, and no warning is passed over.

What the check finds by itself is written down again here, after the rule's text and not after the core.
"""

from collections.abc import Callable, Iterator

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.application.submission import Submission
from selection.decision.aggregate import Event
from selection.rules.sections import Check


def ground_rules() -> tuple[Rule, ...]:
    """Return the rule about the grounds of the check."""
    checks: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.SentBack: _check_sent_back,
        a.CheckPassed: _check_passed,
        a.CheckFailed: _check_failed,
    }
    return (EachEvent("grounds-as-sealed", checks_of(ApplicationState, checks)),)


def _check_sent_back(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.SentBack)
    for code in event.faults:
        step.require(code in _list_codes(step, "mend"), "ground-not-to-be-mended", ground=code)


def _check_passed(step: ApplicationStep) -> None:
    event, submission = step.event, step.before.submission
    assert isinstance(event, a.CheckPassed)
    assert submission is not None
    for code in event.rulings:
        step.require(code in _list_codes(step, "rule"), "ground-not-to-be-ruled", ground=code)
    step.require(not event.rulings or event.text is not None, "ruled-without-reason")
    for code in _list_warnings(submission, step.rules.check):
        step.require(code in event.rulings, "warning-passed-over", ground=code)


def _check_failed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.CheckFailed)
    step.require(bool(event.grounds), "ground-not-sealed", ground="-")
    for code in event.grounds:
        step.require(code in _list_codes(step), "ground-not-sealed", ground=code)


def _list_codes(step: ApplicationStep, allowing: str = "") -> set[str]:
    """Return the codes that the sealed rules list; with `mend` or `rule` only those that they let be used so."""
    listed = {
        item.code for item in step.rules.check.grounds if not allowing or getattr(item, allowing) is True
    }
    own = {item.code for item in step.rules.check.grounds}
    # What comparing texts finds holds beside all rules, to be ruled on and not to be mended.
    return listed if allowing == "mend" else listed | ({"direction-similar", "same-form"} - own)


def _list_warnings(handed_in: Submission, check: Check) -> Iterator[str]:
    others = handed_in.co_builders
    if others:
        if all(unit.kind == handed_in.host.kind for unit in others):
            yield "same-kind-bid"
        if handed_in.agreement is None:
            yield "agreement-missing"
    if handed_in.seals is None:
        yield "seals-missing"
    if handed_in.staff < (check.min_staff or 0):
        yield "staff-below-minimum"
    if check.min_fund is not None and check.min_fund > handed_in.fund_yuan:
        yield "fund-below-minimum"


CLAIMS: Sentences = {
    "grounds-as-sealed": (
        "Whatever an application was sent back, ruled on or failed for stands in the sealed rules, which let it be"
        " used so; and none passed whose warnings were not ruled on.",
        "退回、裁定及审查不通过的理由均列于封存规则并依规则适用；凡有提示未经裁定者，均未获通过。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "ground-not-sealed": (
        "The sealed rules list no such ground: {ground}.",
        "封存规则未列出该审查理由：{ground}。",
    ),
    "ground-not-to-be-mended": (
        "By the sealed rules nothing is sent back for this: {ground}.",
        "按封存规则，不得以该事项退回补正：{ground}。",
    ),
    "ground-not-to-be-ruled": (
        "By the sealed rules no ruling on this lets an application pass: {ground}.",
        "按封存规则，不得就该事项裁定通过：{ground}。",
    ),
    "ruled-without-reason": (
        "Warnings were ruled on without a reason.",
        "就提示事项作出裁定，却未说明理由。",
    ),
    "warning-passed-over": (
        "The application passed without a ruling on what the check finds in it: {ground}.",
        "申报存在该提示事项而未经裁定即获通过：{ground}。",
    ),
}
"""What can be found instead."""
