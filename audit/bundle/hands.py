"""Who signed that somebody is registered, read off the installation's log: it may take several entries of one act."""

from typing import NamedTuple

from selection.decision.facts import PersonFact
from selection.kernel.leaf import Leaf


class Hands(NamedTuple):
    """How a registration came about: the place of its act, who signed it, whether for a reason; and itself."""

    place: int
    people: tuple[str, ...]
    reason: bool
    fact: PersonFact

    @property
    def two(self) -> bool:
        """Tell whether two people signed it."""
        return len(self.people) > 1


class ActRead:
    """The act that the latest entry is of: its first one alone says who signed it."""

    def __init__(self) -> None:
        self.first = 0
        self.second: tuple[str, ...] = ()

    def follow(self, leaf: Leaf) -> None:
        """Take in the next entry: all of an act saw the register as it was before its first."""
        if leaf.signed is not None or leaf.register_size != self.first:
            self.first = leaf.register_size
            second = leaf.signed.second if leaf.signed is not None else None
            self.second = () if second is None else (second.person,)
