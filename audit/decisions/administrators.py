"""That people go on to be registered: no act on the register leaves too few administrators who could sign."""

from collections.abc import Iterable

from audit.bundle.register import ERASED, REGISTERED, Register
from audit.claims import Difference
from audit.decisions.batches import Batch

ADMIN = "admin"
TWO = 2


class Administrators:
    """Who is an administrator up to a place of the log, followed from its entries alone."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._people: set[str] = set()
        self._ever = False

    def follow(self, act: Batch) -> None:
        """Take an act in. Raises Difference where registrations leave nobody, or fewer than two who had a key."""
        size = act.leaves[0].register_size
        least = min(TWO, self._count_able(self._people, size))
        registers = False
        for leaf in act.leaves:
            if leaf.type not in (REGISTERED, ERASED):
                continue
            self._people.discard(leaf.data["person"])
            if leaf.type == REGISTERED:
                registers = True
                holds = ADMIN in leaf.data["roles"]
                self._ever = self._ever or holds
                if holds and leaf.data["active"]:
                    self._people.add(leaf.data["person"])
        none = self._ever and not self._people
        if registers and (none or self._count_able(self._people, size) < least):
            raise Difference(act.point(), "administrators-gone", least=str(max(least, 1)))

    def _count_able(self, people: Iterable[str], size: int) -> int:
        """Count those who ever had a key; where nobody signs, all."""
        founded = self._register.keys.get_founding(size)
        if founded is not None and founded.local:
            return len(set(people))
        return len(self._register.keys.ever_of(people, size))
