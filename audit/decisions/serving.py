"""That nobody who serves in a round registered anew who holds a post there, but to stop them (docs/decisions/0061).

Nor made, changed or stopped an administrator, while it ran, where two others who did not serve in it could.

The register's entries name no round. Both logs are written side by side, so whoever may not have served, or not have
held the post, when it was decided is left out.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from audit.bundle.entries import parse_leaf
from audit.bundle.reader import Bundle
from audit.bundle.register import REGISTERED, Register
from audit.claims import Difference
from audit.decisions.batches import Batch
from audit.decisions.officers import BESIDE
from audit.rules.post_holders import PostHolders
from selection.decision.aggregate import event_of
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf
from selection.round.events import ListIssued, PostChanged, PostDelegated, RoundCancelled, RoundOpened

ENDS = (ListIssued.TYPE, RoundCancelled.TYPE)
CHANGES = (RoundOpened.TYPE, PostChanged.TYPE, PostDelegated.TYPE, *ENDS)
NOBODY = frozenset[str]()
BY_TWO = 2
"""So many administrators sign that somebody becomes one."""


class Since(NamedTuple):
    """From an entry on: who decides in a round, or ever did, and who holds a post of it while it runs."""

    at: datetime
    serving: frozenset[str]
    holding: frozenset[str]


class Serving:
    """Who served in a round and who held a post of it, in order since when."""

    def __init__(self, since: Iterable[Since]) -> None:
        self._since = list(since)

    def follow(self, act: Batch, register: Register, size: int) -> None:
        """Look at an act, after `size` entries. Raises Difference where it registers anew a colleague of who signed it.

        So where it makes, changes or stops an administrator whom others should have.
        """
        first = act.leaves[0]
        second = first.signed.second if first.signed is not None else None
        signers = {first.actor.person} | ({second.person} if second is not None else NOBODY)
        for offset, leaf in enumerate(act.leaves):
            if leaf.type != REGISTERED:
                continue
            serving, holding = self._find_sure(leaf)
            named, active = leaf.data["person"], leaf.data["active"]
            made = active and Role.ADMIN.value in leaf.data["roles"]
            others = NOBODY
            if holding and (made or _administers(register, named, size)):
                others = self._list_others(leaf, register, size)
            for signer in sorted((signers & serving) - {named}):
                where = {"person": signer, "named": named}
                if len(others - {signer}) >= BY_TWO:
                    raise Difference(act.point(offset), "administrator-by-staff", **where)
                if active and named in holding:
                    raise Difference(act.point(offset), "registered-by-colleague", **where)

    def _list_others(self, leaf: Leaf, register: Register, size: int) -> frozenset[str]:
        """Return the administrators who could sign, and surely did not serve when an entry was decided."""
        serving = frozenset[str]().union(*(item.serving for item in self._find_then(leaf)))
        held = {name for name in register.list_people() if _administers(register, name, size)}
        founded = register.keys.get_founding(size)
        able = held if founded is not None and founded.local else {*register.keys.ever_of(held, size)}
        return frozenset(able) - serving

    def _find_then(self, leaf: Leaf) -> list[Since]:
        """Return how things may have stood when an entry was decided: a minute before, at it, a minute after."""
        earliest, latest = leaf.at - BESIDE, leaf.recorded + BESIDE
        ends = [*(item.at for item in self._since[1:]), None]
        return [
            item
            for item, end in zip(self._since, ends, strict=True)
            if item.at <= latest and (end is None or end > earliest)
        ]

    def _find_sure(self, leaf: Leaf) -> tuple[frozenset[str], frozenset[str]]:
        """Return who surely served when an entry was decided, and who surely held a post."""
        if not self._since or self._since[0].at > leaf.at - BESIDE:
            return NOBODY, NOBODY
        found = self._find_then(leaf)
        serving = frozenset.intersection(*(item.serving for item in found))
        return serving, frozenset.intersection(*(item.holding for item in found))


def _administers(register: Register, person: str, size: int) -> bool:
    fact = register.person(person, size)
    return fact is not None and fact.holds(Role.ADMIN)


def read_serving(bundle: Bundle) -> Serving:
    """Return who served in a bundle's round, off the entries that sealed its rules, or changed or delegated posts."""
    posts, since, ended = PostHolders(), list[Since](), False
    marks = [name.encode() for name in CHANGES]
    for seq, body in enumerate(bundle.entries(bundle.round)):
        if not any(mark in body for mark in marks):
            continue
        leaf = parse_leaf(body, f"{bundle.round}#{seq}")
        if leaf.type not in CHANGES:
            continue
        posts.see(event_of(leaf), leaf.at)
        ended = ended or leaf.type in ENDS
        holding = NOBODY if ended else posts.in_office()
        since.append(Since(leaf.recorded, _list_serving(posts), holding))
    return Serving(since)


def _list_serving(posts: PostHolders) -> frozenset[str]:
    """Return who ever held a post by which they decide, or stood in for one; administrators decide nothing."""
    substitutes = (item.substitute for item in posts.list_delegations())
    return frozenset(
        person for key in posts.list_posts() if key != "admins" for person in posts.ever(key)
    ).union(substitutes)
