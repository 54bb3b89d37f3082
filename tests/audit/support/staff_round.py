"""Rounds whose own staff is bound, deactivated or absent on purpose, by a seed: approvers, officers, supervisors.

Whoever is left tries what they may do. Where nothing leads on, a post is given to somebody else, who is registered for
it only then: by two who sign, or where no two of one post are left, by two of different posts who enter the same; where
one person at most is left of all, an auditor is one of these two.
"""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import NamedTuple

from selection.decision.aggregate import event_of
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.stages import RoundStage
from selection.round import commands as r, events as e
from selection.rules.holders import find_holders
from tests import factories as f
from tests.audit.support.staffed_round import StaffedRound, StaffSignatures
from tests.audit.support.stuck_round import StuckRound

STAGES = (RoundStage.CHECKING, RoundStage.REVIEW, RoundStage.APPRAISAL, RoundStage.APPROVAL)
HOWS = ("bound", "inactive", "absent")
POSTS = {
    Role.APPROVER: ("approver-1", "approver-2", "approver-3"),
    Role.SUPERVISOR: ("supervisor-1", "supervisor-2"),
    Role.OFFICER: ("officer-1", "officer-2"),
}
ACROSS = ((1, 1), (1, 2), (2, 1))
"""How many officers and supervisors are lost where both posts are: one of them is left, and approvers."""
LEFT = (f.OFFICER, f.SUPERVISOR, f.actor("approver-1"))
"""Who enters a change of a post, or whoever is left in their place."""
REFUSALS = {"bound": {"same-employer", "rival-bid"}, "inactive": {"not-entitled"}}
"""What each is refused by."""


class Loss(NamedTuple):
    """That somebody is lost to their post, how, and from which stage of the round on."""

    person: str
    role: Role
    how: str
    stage: RoundStage


class StaffRound(StuckRound):
    """One round by one seed; `changes` and `delegates` are whether posts change hands, and holders have substitutes.

    With `across` officers and supervisors are lost, down to one or none each; `agrees` is whether two posts may agree.
    With `alone` all staff is stopped but that person, or all of it where it is nobody; `audits` is whether auditors may
    have others come then.
    """

    MADE = StaffedRound
    made: StaffedRound

    def __init__(
        self,
        seed: int,
        *,
        changes: bool = True,
        delegates: bool = True,
        signed: bool = False,
        across: bool = False,
        agrees: bool = True,
        alone: str | None = None,
        audits: bool = True,
    ) -> None:
        super().__init__(seed, signatures=StaffSignatures() if signed else None)
        self.luck_of_staff = Random(f"staff {seed}")
        # Mild ones, so that most rounds have a list to decide on.
        self.bad, self.pool = {name: self.luck.choice([0, 0, 30]) for name in self.bad}, 24
        self.changes, self.delegates, self.agrees = changes, delegates, agrees
        self.lost: dict[str, Loss] = {}
        self.spares = 0
        self.alone, self.audits = alone, audits
        self.coming = self._lose_across(seed) if across else self._lose_of_one_post(seed)
        if alone is not None:
            self.coming = [
                Loss(person, role, "inactive", RoundStage.CHECKING)
                for role, people in POSTS.items()
                for person in people
                if person != alone
            ]

    def _lose_across(self, seed: int) -> list[Loss]:
        """Return losses after which no two of one post are left to sign a change; who is bound could sign it."""
        counts = zip((Role.OFFICER, Role.SUPERVISOR), ACROSS[seed % len(ACROSS)], strict=True)
        return [
            Loss(person, role, self.luck_of_staff.choice(HOWS[1:]), RoundStage.CHECKING)
            for role, count in counts
            for person in self.luck_of_staff.sample(POSTS[role], count)
        ]

    def _lose_of_one_post(self, seed: int) -> list[Loss]:
        role = tuple(POSTS)[seed % len(POSTS)]
        first, *others = self.luck_of_staff.sample(POSTS[role], len(POSTS[role]))
        people = [first, *(person for person in others if self.luck_of_staff.randrange(2))]
        return [self._choose(person, role) for person in people]

    def _choose(self, person: str, role: Role) -> Loss:
        how, stage = self.luck_of_staff.choice(HOWS), self.luck_of_staff.choice(STAGES)
        # Approvers meet an application once its item stands on a proposal.
        late = role is Role.APPROVER and how == "bound"
        return Loss(person, role, how, RoundStage.APPROVAL if late else stage)

    def count_reached(self) -> Counter[tuple[str, str]]:
        """Return how often whoever was lost, by post and how, was met as such: refused, replaced or stood in for."""
        found = {(loss.role.value, loss.how) for loss in self.lost.values() if self._was_met(loss)}
        if any(leaf.actor.behalf for leaf in self.made.log):
            found.add(("anybody", "substitute"))
        return Counter(found)

    def _was_met(self, loss: Loss) -> bool:
        return any(self._meets(leaf, loss) for leaf in self.made.log)

    def _meets(self, leaf: Leaf, loss: Loss) -> bool:
        event, codes = event_of(leaf), REFUSALS.get(loss.how, ())
        if loss.how != "bound":
            removed = isinstance(event, e.PostChanged) and loss.person in event.removed
            if removed or leaf.actor.behalf == loss.person:
                return True
        return leaf.actor.person == loss.person and getattr(event, "code", "") in codes

    def _try_all(self, *, settle: bool) -> None:
        order = list(RoundStage)
        if self.alone is not None and self.coming:
            self.made.register_for_post(f.person("auditor-2", "auditor"))
            told = r.ChangePost(post="auditors", add=("auditor-2",), reason=f.ref())
            assert self._try(f"round/{f.ROUND}", told, f.SUPERVISOR)
        for loss in [*self.coming]:
            if order.index(self.made.round.state.stage) >= order.index(loss.stage):
                self.coming.remove(loss)
                self._lose(loss)
        if settle and self.alone is not None and self.audits and not self.spares:
            self._have_come()
        if settle and self.changes:
            for loss in self.lost.values():
                self._replace(loss)
        super()._try_all(settle=settle)

    def _draw(self) -> None:
        """Draw anew, without a draw that was committed and that nobody is left to open."""
        waiting = self.made.round.state.waiting_draw
        if waiting is not None:
            self.made.round.act(r.VoidDraw(draw=waiting, reason=f.ref()), f.SUPERVISOR)
        super()._draw()

    def _lose(self, loss: Loss) -> None:
        """Have a person bound to an item or an application, deactivated, or gone, with a substitute at times."""
        fact, state = self.made.people[loss.person], self.made.round.state
        self.lost[loss.person] = loss
        if loss.how == "inactive":
            self.made.register_for_post(fact.with_(active=False))
        elif loss.how == "absent":
            if self.delegates and self.luck_of_staff.randrange(2):
                self._delegate(loss)
            self.made.absent.add(loss.person)
        else:
            running = [item.number for item in self.made.applications() if item.submission and not item.ended]
            numbers = [item.application for item in state.standing_items] or running
            if numbers:
                host = self._host(self.luck_of_staff.choice(numbers))
                self.made.register_for_post(fact.with_(employer=host))

    def _delegate(self, loss: Loss) -> None:
        first = self.made.now.date()
        told = {"substitute": self._register_spare(loss.role), "first": first, "last": first + timedelta(300)}
        command = r.Delegate.model_validate({**told, "reason": f.ref()})
        self._try(f"round/{f.ROUND}", command, Actor(person=loss.person, role=loss.role))

    def _register_spare(self, role: Role) -> str:
        self.spares += 1
        name = f"{role.value}-{self.spares + 10}"
        self.made.register_for_post(f.person(name, role.value))
        return name

    def _replace(self, loss: Loss) -> None:
        """Give the post of somebody who was lost to somebody who is registered for it."""
        key = self.made.find_post(Actor(person=loss.person, role=loss.role))
        if loss.person not in (find_holders(self.made.round.state.current, key) or ()):
            return
        post, _, level = key.partition("/")
        added = (self._register_spare(loss.role),)
        told = {"post": post, "level": level, "add": added, "remove": (loss.person,), "reason": f.ref()}
        by = f.OFFICER if loss.role is Role.SUPERVISOR else f.SUPERVISOR
        if not self._try(f"round/{f.ROUND}", r.ChangePost.model_validate(told), by) and self.agrees:
            self._change_across(r.AgreeOnPost.model_validate(told))

    def _have_come(self) -> None:
        """Have two supervisors come by the word of an auditor and of whoever is left, or of another auditor."""
        added = (self._register_spare(Role.SUPERVISOR), self._register_spare(Role.SUPERVISOR))
        told = r.AgreeOnPost(post="supervisors", add=added, reason=f.ref())
        others = [self.alone] if self.alone else ["auditor-2"]
        two = self.luck_of_staff.sample(["auditor-1", *others], 2)
        for person in two:
            desk = self.made.round
            desk.act(told, f.actor(person))
            if desk.state.post_entries:
                self.made.wait(desk.state.post_entries[-1].start)

    def _change_across(self, command: r.AgreeOnPost) -> None:
        """Have two who are left enter the same, and the days pass in which anybody else could decline it."""
        stream, actors = f"round/{f.ROUND}", self.luck_of_staff.sample(LEFT, len(LEFT))
        for actor in actors:
            entered = self._try(stream, command, actor)
            if entered and not self.made.round.state.post_entries:
                return
            if entered:
                self.made.wait(self.made.round.state.post_entries[-1].start)
