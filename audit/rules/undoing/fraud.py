"""Fraud rules out by two people, with evidence: followed from the events alone."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.decision.aggregate import Event
from selection.kernel.actor import Role


class FraudByTwo(EntryRule):
    """The claim that nothing was ruled out but on an officer's report with evidence, by a supervisor."""

    code = "fraud-by-two"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {a.FraudReported, a.FraudRuled, a.ApplicationRuledOut}
    )

    def __init__(self) -> None:
        self._reported: dict[str, str] = {}
        self._upheld: dict[str, str] = {}

    def see(self, step: Step) -> int:
        """Follow the report and its ruling."""
        stream, actor, event = step.leaf.stream, step.leaf.actor, step.event
        match event:
            case a.FraudReported():
                step.require(actor.role is Role.OFFICER, "fraud-by-one", person=actor.person)
                step.require(bool(event.evidence), "fraud-without-evidence")
                step.require(stream not in self._reported, "fraud-reported-twice")
                self._reported[stream] = actor.person
            case a.FraudRuled():
                reporter = self._reported.pop(stream, "")
                step.require(reporter != "", "fraud-not-reported")
                by_other = actor.role is Role.SUPERVISOR and actor.person != reporter
                step.require(by_other, "fraud-by-one", person=actor.person)
                if event.upheld:
                    self._upheld[stream] = actor.person
            case a.ApplicationRuledOut():
                step.require(self._upheld.get(stream) == actor.person, "fraud-not-upheld")
        return 1


def fraud_rules() -> tuple[Rule, ...]:
    """Return the rule about fraud."""
    return (FraudByTwo(),)


CLAIMS: Sentences = {
    "fraud-by-two": (
        "Nothing was ruled out for fraud but on an officer's report with evidence, upheld by a supervisor.",
        "因弄虚作假取消资格的，均有经办人员附证据的报告，并由监督人员裁定成立。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "fraud-by-one": (
        "{person} acted on a report of fraud that was another's to act on.",
        "{person} 办理了应由他人办理的弄虚作假报告。",
    ),
    "fraud-not-reported": ("There was no report of fraud to rule on.", "没有可供裁定的弄虚作假报告。"),
    "fraud-not-upheld": (
        "The application was ruled out, and no report of fraud was upheld.",
        "申报被取消资格，而并无成立的弄虚作假报告。",
    ),
    "fraud-reported-twice": (
        "Fraud was reported while a report waited for a ruling.",
        "已有报告待裁定时又报告弄虚作假。",
    ),
    "fraud-without-evidence": ("Fraud was reported without evidence.", "报告弄虚作假而未附证据。"),
}
"""What can be found instead."""
