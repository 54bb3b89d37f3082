"""What an entry says of its own place: when it was recorded, and how far its decision saw into the register."""

from audit.rules.fold import Record, Step
from audit.rules.rule_runner import Rule, seen
from selection.decision.aggregate import Event


class PlacesTold:
    """The claim that no entry was recorded before its act, and that each saw all of the register that one before saw.

    Entries of the register's log that register or erase nobody don't count: whether one of them was seen makes no
    difference.
    """

    code = "places-told"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._seen = 0

    def see(self, step: Step) -> int:
        """Look at both."""
        leaf, register = step.leaf, step.record.register
        told = {"at": leaf.at.isoformat(), "recorded": leaf.recorded.isoformat()}
        step.require(leaf.recorded >= leaf.at, "recorded-before-act", **told)
        size = str(leaf.register_size)
        step.require(leaf.register_size >= 0, "register-backward", size=size)
        changes = seen(register, leaf, step.point).changes(leaf.register_size)
        step.require(changes >= self._seen, "register-backward", size=size)
        self._seen = changes
        return 1

    def close(self, record: Record) -> int:
        """Look at nothing more."""
        return 0


def place_rules() -> tuple[Rule, ...]:
    """Return the rule about places."""
    return (PlacesTold(),)
