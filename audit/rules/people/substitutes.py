"""Whoever acted for another did so by a delegation of the holder, in force then, that nobody passed on."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.posts import ROLES
from audit.rules.post_holders import PostHolders
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.round import events as r

# Written down again on purpose, not taken from the core.
POSTS = {Role.OFFICER: "officers", Role.SUPERVISOR: "supervisors", Role.APPROVER: "approvers"}


class SubstitutesInBounds(EntryRule):
    """The claim that substitutes were named by the holders themselves, and acted in their time and post alone."""

    code = "substitutes-in-bounds"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._posts = PostHolders()

    def see(self, step: Step) -> int:
        """Judge a delegation, and whoever acted by one, by what was delegated before the entry."""
        if step.is_refusal:
            return 0
        event, counted = step.event, 0
        if step.leaf.actor.behalf:
            self._check_acting(step)
            counted += 1
        if isinstance(event, r.PostDelegated):
            self._check_delegated(step, event)
            counted += 1
        if isinstance(event, r.DelegationEnded):
            self._check_ended(step, event)
            counted += 1
        self._posts.see(event, step.leaf.at)
        if isinstance(event, r.PostChanged):
            stood_in = {item.substitute for item in self._posts.list_delegations()}
            for person in event.added:
                step.require(person not in stood_in, "substitute-in-two", person=person)
        return counted

    def _check_acting(self, step: Step) -> None:
        actor, at = step.leaf.actor, step.leaf.at
        post = POSTS.get(actor.role, "")
        holds = any(
            item.post == post
            and (item.holder, item.substitute) == (actor.behalf, actor.person)
            and item.start <= at < item.until
            for item in self._posts.list_delegations()
        )
        step.require(holds, "not-delegated", person=actor.person, holder=actor.behalf)
        signed = step.leaf.signed
        twice = signed is not None and signed.second is not None and signed.second.person == actor.behalf
        step.require(not twice, "signed-with-substitute", person=actor.person, holder=actor.behalf)

    def _check_delegated(self, step: Step, event: r.PostDelegated) -> None:
        leaf, params = step.leaf, {"person": event.substitute, "holder": event.holder}
        own = leaf.actor.person == event.holder and POSTS.get(leaf.actor.role) == event.post
        step.require(own and not leaf.actor.behalf, "delegated-by-another", **params)
        step.require(leaf.at <= event.start < event.until, "delegated-before", **params)
        elsewhere = any(
            item.substitute == event.substitute and item.holder != event.holder
            for item in self._posts.list_delegations()
        )
        in_office = event.substitute in self._posts.in_office()
        step.require(not (elsewhere or in_office), "substitute-in-two", person=event.substitute)
        was = event.substitute in self._posts.ever_in_office()
        step.require(not was, "substitute-was-in-office", person=event.substitute)
        register = require_register(step.record.register, leaf, step.point)
        fact = register.person(event.substitute, leaf.register_size)
        registered = fact is not None and fact.holds(ROLES[event.post])
        step.require(registered, "post-unregistered", person=event.substitute, post=event.post)

    def _check_ended(self, step: Step, event: r.DelegationEnded) -> None:
        found = self._posts.delegation(event.number)
        step.require(found is not None and step.leaf.at < found.until, "no-such-delegation")
        assert found is not None
        actor = step.leaf.actor
        appointing = Role.OFFICER if found.post == "supervisors" else Role.SUPERVISOR
        may = actor.person == found.holder or actor.role is appointing
        params = {"person": found.substitute, "holder": found.holder}
        step.require(may and not actor.behalf, "delegated-by-another", **params)


def substitute_rules() -> tuple[Rule, ...]:
    """Return the rule about delegations."""
    return (SubstitutesInBounds(),)


CLAIMS: Sentences = {
    "substitutes-in-bounds": (
        "Whoever stood in for another was named by them, and acted in that post and time alone.",
        "代行岗位者均由在岗人员本人委托，且仅在所托岗位和期间内办理。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "delegated-before": (
        "{holder} had {person} stand in for a time that had passed, or for none.",
        "{holder} 委托 {person} 的期间已过或为空。",
    ),
    "delegated-by-another": (
        "Somebody other than {holder} had {person} stand in, or passed a delegation on.",
        "并非 {holder} 本人委托 {person}，或系转委托。",
    ),
    "no-such-delegation": ("A delegation ended that was not in force.", "终止了并未生效的委托。"),
    "not-delegated": (
        "{person} acted for {holder} without a delegation in force.",
        "{person} 代 {holder} 办理，但并无有效委托。",
    ),
    "signed-with-substitute": (
        "{holder} signed as the second beside {person}, who stood in for them.",
        "{holder} 与其代行者 {person} 双双签名。",
    ),
    "substitute-in-two": (
        "{person} stood in for one holder of a post, and for another or held one too.",
        "{person} 既代行一人岗位，又代行他人岗位或本人在岗。",
    ),
    "substitute-was-in-office": (
        "{person} had a post of the round before they stood in for another: what they did in it counts as theirs.",
        "{person} 在代行他人岗位之前曾在本轮任岗，当时所办事项仍计为本人所办。",
    ),
}
"""What can be found instead."""
