"""Whether whoever agreed to a list is bound to an item of it by the register and the bids, or by a ruling."""

from audit.claims import Sentences
from audit.rules.approving.levels import ApprovalsInOrder
from audit.rules.fold import RoundStep, Step
from audit.rules.people.ties import Dismissals, Tie, Ties, Upheld, read_tie
from audit.rules.rule_runner import Rule
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.round import events as r
from selection.round.state import RoundState


class ApprovalsCounted(ApprovalsInOrder):
    """The same claim, with what binds people to applications: followed from the entries, not read off the states."""

    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._ties = Ties()
        self._dismissals = Dismissals()
        self._upheld = Upheld()

    def see(self, step: Step) -> int:
        """Judge an event of the chain, and whose approvals counted or were voided."""
        if step.is_refusal:
            return 0
        self._ties.note(step)
        self._dismissals.note(step)
        self._upheld.note(step)
        if isinstance(step.event, r.ApprovalVoided):
            self._check_voided(step.of(RoundState), step.event)
            self._drop(step.event.person)
            return 1
        if type(step.event) not in (ApprovalsInOrder.looks_at or ()):
            return 0
        counted = super().see(step)
        if isinstance(step.event, r.ListIssued):
            self._check_counted(step.of(RoundState))
        return counted

    def _check_voided(self, step: RoundStep, event: r.ApprovalVoided) -> None:
        """Raise Difference unless the engine voided it for what binds the person to each item that it names."""
        found = {number: self._find(step, number, event.person) for number in event.items}
        bound = [ties or self._upheld.includes(number, event.person) for number, ties in found.items()]
        shown = {read_tie(told) for told in event.bound_by} <= {
            tie for ties in found.values() for tie in ties
        }
        engine = step.leaf.actor.role is Role.SYSTEM
        step.require(
            bool(bound) and all(bound) and shown and engine, "approval-not-bound", person=event.person
        )

    def _drop(self, person: str) -> None:
        """Forget what a person agreed to."""
        self.given = {who: items for who, items in self.given.items() if who[1] != person}
        self.to_nothing = {agreement for agreement in self.to_nothing if agreement[1] != person}

    def _check_counted(self, step: RoundStep) -> None:
        """Raise Difference where one whose approval counted is bound to an item of the list."""
        numbers = [number for number, _, _ in self.list_standing(step.before)]
        for level in step.rules.approval:
            for person in sorted(self.list_agreeing(step.before, level.code)):
                for number in numbers:
                    bound = self._upheld.includes(number, person) or self._find(step, number, person)
                    step.require(not bound, "approval-of-bound", person=person, application=number)

    def _find(self, step: RoundStep, number: str, person: str) -> frozenset[Tie]:
        return frozenset(self._ties.find(step, number, person)) - self._dismissals.of(number, person)


def level_rules() -> tuple[Rule, ...]:
    """Return the rule about levels of approval."""
    return (ApprovalsCounted(),)


CLAIMS: Sentences = {}

FINDINGS: Sentences = {
    "approval-of-bound": (
        "The list was issued on an approval of {person}, whom data or a ruling binds to application {application}.",
        "名单依据 {person} 的审批公布，而数据或裁定显示其与申报 {application} 存在利益关系。",
    ),
    "approval-not-bound": (
        "An approval of {person} was voided though nothing binds them to what it names.",
        "{person} 的审批被作废，但其与所载事项并无利益关系。",
    ),
}
"""What can be found instead."""
