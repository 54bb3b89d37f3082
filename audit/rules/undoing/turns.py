"""Whose turn it is to reverse a decision, and who is left for it: kept of one application off its entries alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.rules.fold import ApplicationStep
from selection.application import events as a

Entry = tuple[str, str, str, tuple[str, ...]]
"""A decision, what it was, the stage, and what would fall with it."""
People = tuple[str, ...]
"""Who acted, and for whom if they stood in for another."""
DECIDING: Mapping[str, str] = {"check": "officer", "conflict": "supervisor"}
"""Whose decisions those are that nobody else can make again, by post."""


@dataclass
class ReversalNotes:
    """Of one application: by decision whose it is and what it was, who entered what, whose were reversed, by whom."""

    made: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    entered: dict[tuple[str, str], tuple[People, Entry]] = field(default_factory=dict)
    former: dict[str, set[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    by: Counter[tuple[str, str]] = field(default_factory=Counter)
    team: frozenset[str] = frozenset()
    listed: bool = False
    placed: str = ""
    met: bool = False

    def drop_entered(self, name: str) -> None:
        """Forget what was entered of a decision: another one stands, or none."""
        self.entered = {key: entered for key, entered in self.entered.items() if key[0] != name}


def check_own(step: ApplicationStep, kept: ReversalNotes, name: str, people: frozenset[str]) -> None:
    """Raise Difference where it was decided by who would reverse it, now or before."""
    whose = people | kept.former.get(name, set())
    step.require(whose.isdisjoint(step.leaf.actor.people), "reversed-own", person=step.leaf.actor.person)


def check_turns(step: ApplicationStep, kept: ReversalNotes, name: str) -> None:
    """Raise Difference where one person reverses a decision more often than the rules let one."""
    actor, at_most = step.leaf.actor, step.rules.reversals.at_most
    often = any(kept.by[name, person] >= at_most for person in actor.people)
    step.require(not often, "reversed-too-often", person=actor.person, decision=name)


def check_left(step: ApplicationStep, kept: ReversalNotes, event: a.ReversalEntered, name: str) -> None:
    """Raise Difference where nobody could agree to what is entered, or decide again what only a post decides."""
    rules, whose = step.rules.reversals, {*kept.made[name][1], *kept.former.get(name, set())}
    report = step.before.reports.get(event.report)
    if report is not None:
        whose |= {report.expert, report.reporter, report.behalf}
    free = {post: {*step.record.posts.holders(f"{post}s")} - whose for post in ("officer", "supervisor")}
    others = set(rules.agree) - {step.leaf.actor.role.value}
    agreeing = [any(kept.by[name, person] < rules.at_most for person in free[post]) for post in others]
    deciding = DECIDING.get(event.decision)
    left = all(agreeing) and (deciding is None or bool(free[deciding]))
    step.require(left, "reversed-beyond-all", decision=name)
