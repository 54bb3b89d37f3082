"""Places: no entry was recorded before its act, and each saw as much of the register as those before it."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event


class PlacesInOrder(EntryRule):
    """The claim that no entry was recorded before its act, and that each saw all of the register that one before saw.

    Entries of the register's log that change no person, key or unit don't count: whether one of them was seen makes no
    difference.
    """

    code = "places-told"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._seen = 0

    def see(self, step: Step) -> int:
        """Look at both."""
        leaf, register = step.leaf, step.record.register
        params = {"at": leaf.at.isoformat(), "recorded": leaf.recorded.isoformat()}
        step.require(leaf.recorded >= leaf.at, "recorded-before-act", **params)
        size = str(leaf.register_size)
        step.require(leaf.register_size >= 0, "register-backward", size=size)
        changes = require_register(register, leaf, step.point).changes(leaf.register_size)
        step.require(changes >= self._seen, "register-backward", size=size)
        self._seen = changes
        return 1


def place_rules() -> tuple[Rule, ...]:
    """Return the rule about places."""
    return (PlacesInOrder(),)


CLAIMS: Sentences = {
    "places-told": (
        "No entry was recorded before its act, and each relied on as much of the register as the entries "
        "before it.",
        "没有条目早于其操作被记录，且每一条目所见登记均不少于其前条目。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "recorded-before-act": (
        "The act is dated {at}, and was recorded before that, at {recorded}.",
        "操作记于 {at}，而记录时间却更早：{recorded}。",
    ),
    "register-backward": (
        "The entry saw {size:entry|entries} of the register's log, and misses what an entry before it saw.",
        "该条目只见到登记日志的前 {size} 条，少于其前条目所见。",
    ),
}
"""What can be found instead."""
