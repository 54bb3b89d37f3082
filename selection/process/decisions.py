"""Which decisions of a stream stand and whose they are, which were reversed, and what a reversal waits for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

from pydantic import Field

from selection.kernel.model import Frozen

CHECK, SURVEY, APPRAISAL, CONFLICT, OBJECTION = "check", "survey", "appraisal", "conflict", "objection"
SHORTLIST = "shortlist"
"""The decisions on an application that can be reversed; of a conflict, and of an objection, it is the ruling on it."""
INTEGRITY, HIT = "integrity", "hit"
"""Those of a round: the integrity check of a proposal, the ruling on the hit of an application."""


class EnteredReversal(Frozen):
    """What somebody of one post would reverse: the decision, what it was and at which stage, and what falls with it.

    The person stood in for `behalf`, if that is not empty.
    """

    person: str
    behalf: Annotated[str, Field(exclude_if=lambda holder: not holder)] = ""
    decision: str
    was: str
    stage: str
    void: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in whose name it was entered."""
        return (self.person, self.behalf) if self.behalf else (self.person,)

    def is_same(self, other: "EnteredReversal") -> bool:
        """Tell whether this is what another entered as well, whoever that was."""
        return self.with_(person=other.person, behalf=other.behalf) == other


class Reversed(Frozen):
    """How often a decision was reversed, whose it was each time, and who reversed it, once for each time.

    `count` leaves out what one post reversed by itself. Whose it was neither decide it nor reverse it again. It is
    reversed by who stands in for another, and by the other.
    """

    count: int = 0
    people: tuple[str, ...] = ()
    by: Annotated[tuple[str, ...], Field(exclude_if=lambda by: not by)] = ()


class Decisions(Frozen):
    """`made` says by decision whose the one is that stands. `entered` says by decision and post what was entered last.

    `resumes` is where an application goes on whose check is made again, empty where it goes on as after a first one.
    `meetings` counts those of the panel that became void, so that no vote of one counts in the next.
    """

    made: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda made: not made)] = {}
    entered: Annotated[dict[str, EnteredReversal], Field(exclude_if=lambda entered: not entered)] = {}
    undone: Annotated[dict[str, Reversed], Field(exclude_if=lambda undone: not undone)] = {}
    resumes: Annotated[str, Field(exclude_if=lambda stage: not stage)] = ""
    meetings: Annotated[int, Field(exclude_if=lambda count: count == 0)] = 0

    def with_made(self, decision: str, *people: str) -> "Decisions":
        """Return these with a decision that was made by these people; what was entered of one before is gone."""
        made = {**self.made, decision: tuple(sorted(set(people)))}
        return self.without_entered(decision).with_(made=made)

    def with_entered(self, role: str, entry: EnteredReversal) -> "Decisions":
        """Return these with what one of a post entered; what was entered of other decisions waits as before."""
        return self.with_(entered={**self.entered, f"{entry.decision}/{role}": entry})

    def get_entered(self, decision: str, role: str) -> EnteredReversal | None:
        """Return what one of a post entered last of a decision."""
        return self.entered.get(f"{decision}/{role}")

    def list_entered(self, decision: str, but: str) -> tuple[str, ...]:
        """Return who of other posts than one entered a reversal of a decision last."""
        roles = ((key.rsplit("/", 1), entry.person) for key, entry in self.entered.items())
        return tuple(person for (name, role), person in roles if name == decision and role != but)

    def without_entered(self, decision: str) -> "Decisions":
        """Return these with nothing entered of a decision."""
        kept = {key: entry for key, entry in self.entered.items() if entry.decision != decision}
        return self.with_(entered=kept)

    def is_agreed(self, role: str, entry: EnteredReversal) -> bool:
        """Tell whether another person entered just this, in a post."""
        other = self.get_entered(entry.decision, role)
        return other is not None and not set(other.people) & set(entry.people) and other.is_same(entry)

    def list_waiting(
        self, is_current: Callable[[EnteredReversal], bool]
    ) -> list[tuple[str, EnteredReversal]]:
        """Return by post what still counts and waits for another post: no two of the same decision do."""
        current = [(key, entry) for key, entry in self.entered.items() if is_current(entry)]
        counted = Counter(entry.decision for _, entry in current)
        return [(key.rsplit("/", 1)[1], entry) for key, entry in current if counted[entry.decision] == 1]

    def with_reversed(self, decision: str, people: tuple[str, ...]) -> "Decisions":
        """Return these with a decision reversed that was these people's; nothing is entered any more."""
        before = self.undone.get(decision, Reversed())
        entered = [entry for entry in self.entered.values() if entry.decision == decision]
        by = sorted(person for entry in entered for person in entry.people)
        reversal = Reversed(
            count=before.count + 1,
            people=tuple(sorted({*before.people, *people})),
            by=(*before.by, *by),
        )
        kept = {name: made for name, made in self.made.items() if name != decision}
        return self.with_(made=kept, entered={}, undone={**self.undone, decision: reversal})

    def with_reverser(self, decision: str, people: tuple[str, ...]) -> "Decisions":
        """Return these with a decision that one post reversed by itself; what was entered of it is gone."""
        before = self.undone.get(decision, Reversed())
        undone = {**self.undone, decision: before.with_(by=(*before.by, *people))}
        return self.without_entered(decision).with_(undone=undone)

    def is_spent(self, decision: str, people: Iterable[str], at_most: int) -> bool:
        """Tell whether one of these people reversed a decision as often as one person may."""
        by = self.undone.get(decision, Reversed()).by
        return any(by.count(person) >= at_most for person in people)

    def find_lacking(
        self,
        decision: str,
        holders: Mapping[str, Iterable[str]],
        agree: Iterable[str],
        at_most: int,
        again: str,
    ) -> str:
        """Return a post of which nobody is left to agree to a reversal, or to decide `again`; empty if none lacks.

        Of each post `holders` names whoever may at all.
        """
        whose = {*self.made.get(decision, ()), *self.list_former(decision)}
        free = {
            role: [person for person in people if person not in whose] for role, people in holders.items()
        }
        if again and not free[again]:
            return again
        spent = {
            role: all(self.is_spent(decision, (person,), at_most) for person in free[role]) for role in agree
        }
        return next((role for role, lacks in spent.items() if lacks), "")

    def count_reversed(self, decision: str) -> int:
        """Return how often a decision was reversed."""
        return self.undone.get(decision, Reversed()).count

    def count_rulings(self, decision: str) -> int:
        """Return how many rulings of a kind were reversed, whatever each was on."""
        return sum(
            reversal.count for name, reversal in self.undone.items() if name.startswith(f"{decision}/")
        )

    def list_former(self, decision: str) -> tuple[str, ...]:
        """Return whose decision was reversed."""
        return self.undone.get(decision, Reversed()).people


def name_decision(decision: str, of: str = "") -> str:
    """Return the name under which a decision is kept, with what it is of: a report, an objection, a proposal."""
    return f"{decision}/{of}" if of else decision
