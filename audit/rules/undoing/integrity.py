"""Decisions on integrity that were reversed: by whom the rules name, with what fell named before, decided by others."""

from collections import Counter

from audit.claims import Sentences
from audit.rules.fold import RoundStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.decision.aggregate import Event
from selection.round import events as r
from selection.round.state import RoundState

Entry = tuple[str, str, int, tuple[str, ...]]
"""A decision, what it was, of which proposal, and what would fall with it."""


class IntegrityDecidedAgain(EntryRule):
    """The claim about them. Whose each decision is, who entered what and who agreed to what is kept here."""

    code = "integrity-decided-again"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {
            *(r.IntegrityChecked, r.IntegrityHitRuled, r.IntegrityStopLifted),
            *(r.IntegrityReversalEntered, r.IntegrityReversalDeclined, r.IntegrityReversed),
        }
    )

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, frozenset[str]]] = {}
        self._former: dict[str, set[str]] = {}
        self._entered: dict[tuple[str, str], tuple[tuple[str, ...], Entry]] = {}
        self._by: Counter[tuple[str, str]] = Counter()

    def see(self, step: Step) -> int:
        """Judge an entry by what was kept so far, then keep what it adds."""
        of_round, event, people = step.of(RoundState), step.event, frozenset(step.leaf.actor.people)
        match event:
            case r.IntegrityChecked():
                self._make(of_round, f"integrity/{event.proposal}", "checked", people)
            case r.IntegrityHitRuled():
                was = "cleared" if event.cleared else "upheld"
                self._make(of_round, f"hit/{event.application}", was, people)
            case r.IntegrityStopLifted():
                self._made.pop(f"hit/{event.application}", None)
            case r.IntegrityReversalEntered():
                self._check_entered(of_round, event)
            case r.IntegrityReversalDeclined():
                self._check_declined(of_round, event)
            case r.IntegrityReversed():
                self._check_reversed(of_round, event)
        return 1

    def _make(self, step: RoundStep, name: str, was: str, people: frozenset[str]) -> None:
        again = people & self._former.get(name, set())
        step.require(not again, "integrity-by-same", person=", ".join(sorted(again)))
        self._made[name] = (was, people)
        self._entered = {key: entered for key, entered in self._entered.items() if key[0] != name}

    def _check_entered(self, step: RoundStep, event: r.IntegrityReversalEntered) -> None:
        actor, rules, name = step.leaf.actor, step.rules.reversals, _name(event)
        was, people = self._made.get(name, ("", frozenset[str]()))
        stood = was == event.was and was in ("checked", "cleared") and event.proposal == step.before.proposal
        step.require(stood, "integrity-none-stood", decision=name)
        named = actor.role.value in rules.agree and self._is_nobodys(name, people, actor.people)
        step.require(named, "integrity-reversed-by-own", person=actor.person)
        often = any(self._by[name, person] >= rules.at_most for person in actor.people)
        step.require(not often, "integrity-reversed-often", person=actor.person, decision=name)
        self._check_left(step, name, people)
        falls = _list_falling(step.before, event.application)
        params = {"stated": ", ".join(event.void) or "-", "found": ", ".join(falls) or "-"}
        step.require(event.void == falls, "integrity-falls-otherwise", **params)
        self._entered[name, actor.role.value] = (actor.people, (name, was, event.proposal, event.void))

    def _check_declined(self, step: RoundStep, event: r.IntegrityReversalDeclined) -> None:
        """See that another post had entered it, whose people are named, and that it is not declined by its own."""
        actor, name = step.leaf.actor, _name(event)
        waiting = {at: entry for at, entry in self._entered.items() if at[0] == name}
        entered = {entering[0] for (_, role), (entering, _) in waiting.items() if role != actor.role.value}
        named = bool(entered) and entered == set(event.people) and event.proposal == step.before.proposal
        step.require(named, "integrity-declined-otherwise", decision=name)
        people = self._made.get(name, ("", frozenset[str]()))[1]
        agrees = actor.role.value in step.rules.reversals.agree
        entitled = agrees and self._is_nobodys(name, people, actor.people)
        step.require(entitled, "integrity-declined-by-own", person=actor.person)
        for at in waiting:
            del self._entered[at]

    def _check_left(self, step: RoundStep, name: str, people: frozenset[str]) -> None:
        """Raise Difference where nobody could agree to what is entered, or no supervisor decide again."""
        rules, whose = step.rules.reversals, people | self._former.get(name, set())
        free = {post: {*step.record.posts.holders(f"{post}s")} - whose for post in ("officer", "supervisor")}
        others = set(rules.agree) - {step.leaf.actor.role.value}
        agreeing = [any(self._by[name, person] < rules.at_most for person in free[post]) for post in others]
        step.require(
            all(agreeing) and bool(free["supervisor"]), "integrity-reversed-beyond-all", decision=name
        )

    def _is_nobodys(self, name: str, people: frozenset[str], actors: tuple[str, ...]) -> bool:
        """Tell whether a decision neither is nor was that of any of these."""
        return people.isdisjoint(actors) and self._former.get(name, set()).isdisjoint(actors)

    def _check_reversed(self, step: RoundStep, event: r.IntegrityReversed) -> None:
        name, wanted = _name(event), set(step.rules.reversals.agree)
        entry = (name, event.was, event.proposal, event.void)
        found = (self._entered.get((name, role)) for role in wanted)
        each = [entering[0] for entering in found if entering is not None and entering[1] == entry]
        people = {person for entering in each for person in entering}
        by_all = len(each) == len(wanted) and len(people) == sum(map(len, each))
        step.require(by_all, "integrity-reversed-by-one", decision=name)
        step.require(set(event.people) == self._made[name][1], "integrity-not-whose", decision=name)
        kept = {number for number, cleared in step.before.hits.items() if not cleared}
        step.require(kept <= set(step.after.hits), "hit-lost", decision=name)
        self._former.setdefault(name, set()).update(event.people)
        self._by.update((name, person) for person in people)
        self._made.pop(name)
        self._entered = {}


def _name(event: r.IntegrityReversalEntered | r.IntegrityReversalDeclined | r.IntegrityReversed) -> str:
    return f"hit/{event.application}" if event.application else f"integrity/{event.proposal}"


def _list_falling(before: RoundState, application: str) -> tuple[str, ...]:
    """Return what falls with a decision, written down a second time."""
    if application:
        given = any(one.application == application for item in before.agreed for one in item.items)
    else:
        given = any(item.proposal == before.proposal for item in before.agreed)
    return ("approvals",) if given else ()


def integrity_rules() -> tuple[Rule, ...]:
    """Return the rule about decisions on integrity that were reversed."""
    return (IntegrityDecidedAgain(),)


CLAIMS: Sentences = {
    "integrity-decided-again": (
        "Every decision on integrity that was reversed was so by all whom the rules name and nobody whose it was;"
        " others decided again, and no hit was lost by it.",
        "撤销廉洁核查决定均由规则所列各岗位一致录入、非原作出人员办理；由他人重新作出，且核查发现未因此消失。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "hit-lost": (
        "With the reversal of {decision} a hit disappeared that nobody had cleared.",
        "撤销 {decision} 使未经放行的核查发现消失。",
    ),
    "integrity-by-same": (
        "{person} decided again on integrity what had been reversed.",
        "{person} 再次作出已被撤销的廉洁核查决定。",
    ),
    "integrity-declined-by-own": (
        "{person} declined a reversal that was not theirs to decline.",
        "{person} 否决了不应由其否决的撤销。",
    ),
    "integrity-declined-otherwise": (
        "No other post had entered the reversal that was declined, or others are named than entered it: {decision}.",
        "被否决的撤销并无其他岗位录入，或所载人员与实际录入人员不符：{decision}。",
    ),
    "integrity-falls-otherwise": (
        "The entry says that with the decision falls {stated}; it is {found}.",
        "条目载明一并作废 {stated}，实为 {found}。",
    ),
    "integrity-none-stood": ("No such decision stood: {decision}.", "不存在该项决定：{decision}。"),
    "integrity-not-whose": (
        "The entry names others than made the decision: {decision}.",
        "条目所载人员并非原作出人员：{decision}。",
    ),
    "integrity-reversed-by-one": (
        "Not all whom the rules name entered this reversal: {decision}.",
        "规则所列各岗位未一致录入该项撤销：{decision}。",
    ),
    "integrity-reversed-beyond-all": (
        "A reversal was entered to which nobody was left to agree, or after which no supervisor was left to decide: "
        "{decision}.",
        "录入撤销时已无人可表示同意，或撤销后已无监督人员可重新作出决定：{decision}。",
    ),
    "integrity-reversed-by-own": (
        "{person} entered a reversal that was not theirs to enter.",
        "{person} 录入了不应由其录入的撤销。",
    ),
    "integrity-reversed-often": (
        "{person} reversed a decision more often than the rules allow one person: {decision}.",
        "{person} 撤销同一决定的次数超过规则对每人的上限：{decision}。",
    ),
}
"""What can be found instead."""
