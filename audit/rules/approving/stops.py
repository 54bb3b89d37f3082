"""What an integrity hit keeps off proposals and lists: followed from the events alone."""

from audit.claims import Sentences
from audit.rules.approving.hits import Hits
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.decision.aggregate import Event
from selection.round import events as r


class IntegrityStopsHold(EntryRule):
    """The claim that a hit keeps its own item off proposals and lists until people say otherwise."""

    code = "integrity-stops-hold"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {
            *(r.IntegrityChecked, r.IntegrityHitRuled, r.IntegrityStopLifted, r.IntegrityReversed),
            *(r.ProposalMade, r.PlacesFilled, r.HeldItemsSettled, r.ListIssued),
        }
    )

    def __init__(self) -> None:
        self._hits = Hits()

    def see(self, step: Step) -> int:
        """Follow the hits, and judge what is proposed, released and listed."""
        event, found = step.event, self._hits.found
        match event:
            case r.ProposalMade() | r.PlacesFilled():
                for item in event.items:
                    number = item.application
                    step.require(not found.get(number), "stopped-yet-proposed", application=number)
            case r.HeldItemsSettled():
                for number in event.released:
                    # One that was upheld joins again with its stop, which keeps it off the list.
                    step.require(found.get(number) is not False, "stopped-yet-released", application=number)
            case r.ListIssued():
                for number in event.places:
                    step.require(number not in found, "stopped-yet-listed", application=number)
            case r.IntegrityStopLifted():
                number = event.application
                step.require(found.get(number, False), "lifted-without-stop", application=number)
        self._hits.note(event)
        return 1


def stop_rules() -> tuple[Rule, ...]:
    """Return the rule about integrity hits."""
    return (IntegrityStopsHold(),)


CLAIMS: Sentences = {
    "integrity-stops-hold": (
        "Nothing was listed against which an integrity hit was open, or stood until people lifted it.",
        "廉洁核查事项未裁定的，或已成立而未经解除的，均未列入名单。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "lifted-without-stop": (
        "A stop of application {application} was lifted, and there was none.",
        "解除了对申报 {application} 的限制，而其并无限制。",
    ),
    "stopped-yet-listed": (
        "Application {application} was listed while an integrity hit stood or was open against it.",
        "申报 {application} 的廉洁核查事项尚未裁定或已成立，却列入名单。",
    ),
    "stopped-yet-proposed": (
        "Application {application} was proposed while an integrity stop stood against it.",
        "申报 {application} 受廉洁核查限制，却被列入拟建名单。",
    ),
    "stopped-yet-released": (
        "Application {application} went on while an integrity hit was open against it.",
        "申报 {application} 的廉洁核查事项尚未裁定，却继续进行。",
    ),
}
"""What can be found instead."""
