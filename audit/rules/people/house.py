"""What binds by the organiser's own house: who may rule on it though bound alike, and that everybody reads of it.

Written a second time, apart from the core (docs/rules.md, A3).
"""

from collections.abc import Set
from typing import NamedTuple

from audit.rules.fold import Step
from audit.rules.people.ties import Tie, read_tie
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.kernel.actor import Role

OF_HOUSE = ("parent", "subsidiary", "rival")


class Referral(NamedTuple):
    """A conflict put before supervisors: of whom, which ties, by whom, and whether it gives a reason that counts."""

    person: str
    ties: frozenset[Tie]
    by: tuple[str, ...]
    reasoned: bool


class HouseMatters:
    """The conflicts put before supervisors in each application, kept off the entries."""

    def __init__(self) -> None:
        self._referrals: dict[str, dict[str, Referral]] = {}

    def note(self, step: Step, *, free: bool = True) -> None:
        """Note what is put before supervisors; whoever does is `free` where nothing but the house binds them."""
        if not isinstance(step.before, ApplicationState) or not isinstance(step.event, a.ConflictFound):
            return
        event = step.event
        self._referrals.setdefault(step.before.number, {})[event.report] = Referral(
            person=event.expert,
            ties=frozenset(map(read_tie, event.bound_by)),
            by=step.leaf.people,
            reasoned=event.text is not None and step.leaf.actor.role is not Role.SYSTEM and free,
        )

    def find(self, step: Step, number: str, report: str) -> Referral | None:
        """Return what a report puts before supervisors, where nothing but the house binds somebody in a post by it."""
        matter, terms = self._get(number, report), step.terms
        if matter is None or matter.person not in {*terms.officers, *terms.supervisors, *terms.approvers}:
            return None
        return matter if all(is_of_house(step, tie) for tie in matter.ties) else None

    def find_part(self, step: Step, number: str, report: str) -> Referral | None:
        """Return what a report puts before supervisors, where the house binds somebody by a part of it."""
        matter = self._get(number, report)
        return matter if matter and any(is_of_house(step, tie) for tie in matter.ties) else None

    def lets_rule(self, step: Step, number: str, report: str, standing: Set[Tie]) -> bool:
        """Tell whether whoever the house binds as well may rule: another, whom it is not about, said why.

        `standing` binds whom it is about as the ruling is made: the reason is one for what holds of the report by then.
        """
        matter = self.find(step, number, report)
        if matter is None:
            return False
        apart, holding = {*step.leaf.people, matter.person}, matter.ties & standing
        return any(
            other.reasoned
            and other.person == matter.person
            and other.ties >= holding
            and apart.isdisjoint(other.by)
            for other in self._referrals[number].values()
        )

    def _get(self, number: str, report: str) -> Referral | None:
        return self._referrals.get(number, {}).get(report)


def is_of_house(step: Step, tie: Tie) -> bool:
    """Tell whether a tie is by a unit of the organiser's house, and no employment by the applicant or own bid."""
    return tie.kind in OF_HOUSE and tie.unit in step.terms.recusal.house
