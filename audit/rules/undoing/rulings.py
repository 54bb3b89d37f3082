"""Rulings on objections that were reversed, by a supervisor, and examined anew by others: from the events alone."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Stage

REVERSIBLE = ("partly-upheld", "dismissed")
"""What leaves the item where it was; one that was upheld ended its application, and takes two posts to reverse."""


class ReversalsFounded(EntryRule):
    """The claim that a ruling was reversed only where one stood, and that nobody examined an objection again."""

    code = "reversals-founded"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {a.ExaminersAppointed, a.ObjectionSettled, a.ObjectionReopened}
    )

    def __init__(self) -> None:
        self._examining: dict[tuple[str, str], set[str]] = {}
        self._former: dict[tuple[str, str], set[str]] = {}
        self._outcomes: dict[tuple[str, str], str] = {}

    def see(self, step: Step) -> int:
        """Follow who examines an objection, and how it was settled."""
        event, actor = step.event, step.leaf.actor
        assert isinstance(event, a.ExaminersAppointed | a.ObjectionSettled | a.ObjectionReopened)
        key = (step.leaf.stream, event.objection)
        match event:
            case a.ExaminersAppointed():
                again = self._former.get(key, set()).intersection(event.examiners)
                step.require(not again, "examined-again", objection=event.objection)
                self._examining[key] = set(event.examiners)
            case a.ObjectionSettled():
                self._outcomes[key] = event.outcome
            case a.ObjectionReopened():
                outcome = self._outcomes.pop(key, "")
                before = step.of(ApplicationState).before
                stood = outcome == event.was and (outcome in REVERSIBLE or before.ended)
                step.require(stood, "reversed-nothing", objection=event.objection)
                examined = self._examining.pop(key, set())
                step.require(set(event.examiners) == examined, "reversal-differs", objection=event.objection)
                # Once the notice has passed it is by all whom the rules name, as another claim says.
                alone = before.stage is not Stage.CLEARED and not before.ended
                named = actor.role is Role.SUPERVISOR or not alone
                step.require(
                    named and examined.isdisjoint(actor.people), "reversed-by-own", person=actor.person
                )
                self._former.setdefault(key, set()).update(examined)
        return 1


def ruling_rules() -> tuple[Rule, ...]:
    """Return the rule about rulings that were reversed."""
    return (ReversalsFounded(),)


CLAIMS: Sentences = {
    "reversals-founded": (
        "A ruling on an objection was reversed only where one stood, in its notice by a supervisor, and others examined"
        " it anew.",
        "异议处理结果仅就已有结果撤销，公示期内由监督人员办理，并由他人重新核查。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "examined-again": (
        "Somebody whose ruling on objection {objection} was reversed examined it again.",
        "异议 {objection} 的原核查人员在结果撤销后再次核查。",
    ),
    "reversal-differs": (
        "The entry that reverses the ruling on objection {objection} names other examiners than it had.",
        "撤销异议 {objection} 处理结果的条目所载核查人员与实际不符。",
    ),
    "reversed-by-own": (
        "{person} reversed a ruling that was not theirs to reverse.",
        "{person} 撤销了不应由其撤销的处理结果。",
    ),
    "reversed-nothing": (
        "The ruling on objection {objection} was reversed, and there was none to reverse.",
        "异议 {objection} 没有可撤销的处理结果，却被撤销。",
    ),
}
"""What can be found instead."""
