"""Reports of lobbying: each ruled on once, by a supervisor who is no party to it; followed from the events alone."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.round import events as r


class LobbyingRuledByOthers(EntryRule):
    """The claim that nobody ruled on a report of lobbying that they made, or that names them."""

    code = "lobbying-ruled-by-others"
    looks_at: frozenset[type[Event]] | None = frozenset({r.LobbyingReported, r.LobbyingRuled})

    def __init__(self) -> None:
        self._open: dict[str, set[str]] = {}
        self._seen: set[str] = set()

    def see(self, step: Step) -> int:
        """Follow a report and its ruling."""
        event, actor = step.event, step.leaf.actor
        match event:
            case r.LobbyingReported():
                step.require(event.report not in self._seen, "lobbying-reported-twice", report=event.report)
                self._seen.add(event.report)
                self._open[event.report] = {*actor.people, *event.named}
            case r.LobbyingRuled():
                parties = self._open.pop(event.report, None)
                step.require(parties is not None, "lobbying-not-reported", report=event.report)
                assert parties is not None
                apart = actor.role is Role.SUPERVISOR and parties.isdisjoint(actor.people)
                step.require(apart, "lobbying-ruled-by-party", report=event.report)
        return 1


def lobbying_rules() -> tuple[Rule, ...]:
    """Return the rule about reports of lobbying."""
    return (LobbyingRuledByOthers(),)


CLAIMS: Sentences = {
    "lobbying-ruled-by-others": (
        "Every ruling on a report of lobbying is a supervisor's who neither made the report nor is named in it.",
        "请托报告均由既非报告人、亦非所涉人员的监督人员裁定。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "lobbying-reported-twice": (
        "Two reports of lobbying have the id {report}.",
        "两份请托报告使用同一编号 {report}。",
    ),
    "lobbying-not-reported": (
        "No report of lobbying {report} waited for a ruling.",
        "没有待裁定的请托报告 {report}。",
    ),
    "lobbying-ruled-by-party": (
        "The report of lobbying {report} was ruled on by a party to it, or by no supervisor.",
        "请托报告 {report} 由当事人或非监督人员裁定。",
    ),
}
"""What can be found instead."""
