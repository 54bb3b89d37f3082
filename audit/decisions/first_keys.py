"""That no first key of a person came by one pair of hands, nor to an address that was changed a moment before.

Followed from the entries of the installation's log alone, and written a second time (docs/decisions/0099).
"""

from datetime import timedelta
from typing import NamedTuple

from audit.bundle.register import ERASED, REGISTERED
from audit.claims import Difference
from audit.decisions.batches import Batch
from selection.kernel.leaf import Leaf
from selection.register.key_events import ENDED, ENROLLED, FOUNDED, REVOKED, SignerInvited

CONFIRMING = frozenset({"admin", "officer"})
DAYS = 3
"""So many days a changed address waits where the founding does not say how many."""


class Address(NamedTuple):
    """The address that a person is registered with: by whom since when, and whether there was another one before."""

    mark: str
    since: Leaf
    hands: frozenset[str]
    changed: bool


class FirstKeys:
    """Who entered which address, who sent which code, and who could have confirmed a key, up to a place of the log."""

    def __init__(self) -> None:
        self._local = False
        self._wait = timedelta(days=DAYS)
        self._addresses: dict[str, Address] = {}
        self._senders: dict[str, str] = {}
        self._confirming: set[str] = set()
        self._keys: dict[str, set[str]] = {}

    def follow(self, act: Batch) -> None:
        """Take an act in. Raises Difference where a changed address is not told of, or a key comes by it too easily."""
        first = act.leaves[0]
        second = first.signed.second if first.signed is not None else None
        hands = frozenset({first.actor.person} | ({second.person} if second is not None else set()))
        for offset, leaf in enumerate(act.leaves):
            finding = self._take_in(leaf, hands)
            if finding:
                raise Difference(
                    act.point(offset), finding, person=leaf.actor.person, named=str(leaf.data["person"])
                )

    def _take_in(self, leaf: Leaf, hands: frozenset[str]) -> str:
        """Take an entry in, and return the code of what is wrong with it, empty where nothing is."""
        if leaf.type == FOUNDED:
            self._local = bool(leaf.data["local"])
            self._wait = timedelta(days=leaf.data.get("address_days", DAYS))
        elif leaf.type == REGISTERED:
            return self._register(leaf, hands)
        elif leaf.type == ERASED:
            self._confirming.discard(leaf.data["person"])
        elif leaf.type == SignerInvited.TYPE:
            return self._invite(leaf)
        elif leaf.type == ENROLLED:
            return self._enrol(leaf)
        elif leaf.type in (REVOKED, ENDED):
            self._keys.get(leaf.data["person"], set()).discard(leaf.data["key"])
        return ""

    def _register(self, leaf: Leaf, hands: frozenset[str]) -> str:
        person, mark = leaf.data["person"], leaf.data.get("address", "")
        self._confirming.discard(person)
        if leaf.data["active"] and CONFIRMING & leaf.data["roles"].keys():
            self._confirming.add(person)
        before = self._addresses.get(person)
        if before is not None and mark and before.mark == mark:
            return ""
        stated = leaf.data.get("former") and leaf.data.get("keys_from")
        if not mark or (before is not None and not before.mark and not stated):
            # By whose hands an earlier version registered it, and whether it changed then, no entry tells.
            self._addresses[person] = Address(mark, leaf, frozenset(), False)
            return ""
        self._addresses[person] = Address(mark, leaf, hands, before is not None)
        self._senders.pop(person, None)
        return "address-untold" if before is not None and not stated else ""

    def _invite(self, leaf: Leaf) -> str:
        person, sender = leaf.data["person"], leaf.actor.person
        self._senders[person] = sender
        address = self._find(person)
        if address is None or not address.changed:
            return ""
        if leaf.at < address.since.at + self._wait:
            return "code-too-soon"
        alone = sender in address.hands and self._list_others(person, address.hands)
        return "code-by-changer" if alone else ""

    def _enrol(self, leaf: Leaf) -> str:
        person, key, by = leaf.data["person"], leaf.data["key"], leaf.actor.person
        sender = self._senders.pop(person, "")
        if by != person and not self._local and (address := self._find(person)) is not None:
            hands = address.hands if address.changed or len(address.hands) == 1 else frozenset[str]()
            entered = by in hands and self._list_others(person, hands)
            if entered or (by == sender and self._list_others(person, hands | {sender})):
                return "key-by-one-hand"
        if not key.get("expires"):
            self._keys.setdefault(person, set()).add(key["key"])
        return ""

    def _find(self, person: str) -> Address | None:
        """Return what an entry tells of an address; those of earlier versions tell nothing."""
        address = self._addresses.get(person)
        return address if address is not None and address.mark else None

    def _list_others(self, person: str, but: frozenset[str]) -> set[str]:
        able = {name for name in self._confirming if self._keys.get(name)}
        return able - but - {person}
