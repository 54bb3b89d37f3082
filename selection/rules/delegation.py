"""Who stands in for whom in a round: one holder of a post, for a time, by their own act."""

from collections.abc import Iterable
from datetime import datetime

from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen


class Delegation(Frozen):
    """That `substitute` acts in `role` for `holder` from `start` on and before `until`."""

    number: Counted
    role: Role
    holder: str
    substitute: str
    start: Instant
    until: Instant

    def holds_at(self, at: datetime) -> bool:
        """Tell whether it is in force at an instant."""
        return self.start <= at < self.until


def find_delegation(known: Iterable[Delegation], actor: Actor, at: datetime) -> Delegation | None:
    """Return the delegation by which somebody acts in a role at an instant, None if by none."""
    named = (item for item in known if item.substitute == actor.person and item.role is actor.role)
    return next((item for item in named if item.holds_at(at)), None)
