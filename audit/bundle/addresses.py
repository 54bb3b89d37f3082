"""With which mail address people were registered at a place of the installation's log, by its salted hash."""

from selection.decision.register_views import AddressFact
from selection.kernel.leaf import Leaf


class AddressHistory:
    """Each person's registrations, in order: the place of each, and the address from there on."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[int, AddressFact]]] = {}

    def add(self, place: int, leaf: Leaf, hands: tuple[str, ...]) -> None:
        """Take in the registration at a place of the log, which these people signed.

        One of an earlier version tells no address. The next one that does says whether it is another; of one that is
        not, nobody knows since when and by whose hands it is registered.
        """
        person, address, identity = (
            str(leaf.data.get(name, "")) for name in ("person", "address", "identity")
        )
        known = self._known.setdefault(person, [])
        before = known[-1][1] if known else None
        if not address:
            since = before.since if before is not None else leaf.at
            fact = AddressFact(address="", identity=identity, since=since)
        elif before is not None and (
            before.address == address or not (before.address or leaf.data.get("former"))
        ):
            fact = before.with_(address=address, identity=identity)
        else:
            changed = before is not None
            fact = AddressFact(
                address=address, identity=identity, since=leaf.at, changed=changed, hands=tuple(sorted(hands))
            )
        known.append((place, fact))

    def get(self, person: str, size: int) -> AddressFact | None:
        """Return the address that a person is registered with after the log's first `size` entries, or None."""
        found = [fact for place, fact in self._known.get(person, ()) if place < size]
        return found[-1] if found else None

    def begins(self, person: str, place: int) -> bool:
        """Tell whether the entry at a place registered a person with another address than before, or their first."""
        before, after = self.get(person, place), self.get(person, place + 1)
        return before is None or after is None or after.hands != before.hands or after.since != before.since
