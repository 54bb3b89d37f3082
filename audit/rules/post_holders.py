"""Who holds the posts of a round along its log, followed here once more, apart from the core's fold.

Told by the entry that sealed the rules and by those that change a post.
"""

from datetime import datetime
from typing import Any, NamedTuple

from selection.decision.aggregate import Event
from selection.round import events as r

STAFF = ("officers", "supervisors", "auditors", "admins")


class Delegation(NamedTuple):
    """That a holder of a post has a substitute act in it from `start` on and before `until`."""

    post: str
    holder: str
    substitute: str
    start: datetime
    until: datetime


class PostHolders:
    """By post whoever holds it after the entries seen; a level of approval is `approvers/LEVEL`."""

    def __init__(self) -> None:
        self._holders: dict[str, tuple[str, ...]] = {}
        self._ever: dict[str, tuple[str, ...]] = {}
        self.needed: dict[str, int] = {}
        self._delegated: dict[int, Delegation] = {}

    def see(self, event: Event, at: datetime) -> None:
        """Take in what an entry, dated so, says of posts."""
        match event:
            case r.RoundOpened():
                self._seal(event.rules)
            case r.PostChanged():
                key = f"approvers/{event.level}" if event.post == "approvers" else event.post
                self._put(key, [*(set(self.holders(key)) - set(event.removed)), *event.added])

            case r.PostDelegated():
                self._delegated[event.number] = Delegation(
                    event.post, event.holder, event.substitute, event.start, event.until
                )
            case r.DelegationEnded():
                found = self._delegated.get(event.number)
                if found is not None:
                    self._delegated[event.number] = found._replace(until=min(found.until, at))

    def delegation(self, number: int) -> Delegation | None:
        """Return a delegation by its number."""
        return self._delegated.get(number)

    def list_delegations(self) -> tuple[Delegation, ...]:
        """Return every delegation so far."""
        return tuple(self._delegated.values())

    def list_substitutes(self, post: str) -> tuple[str, ...]:
        """Return everybody who ever stood in for a holder of a post."""
        return tuple(item.substitute for item in self._delegated.values() if item.post == post)

    def in_office(self) -> frozenset[str]:
        """Return everybody who holds a post."""
        return frozenset(person for people in self._holders.values() for person in people)

    def ever_in_office(self) -> frozenset[str]:
        """Return everybody who holds or held a post."""
        return frozenset(person for people in self._ever.values() for person in people)

    def holders(self, key: str) -> tuple[str, ...]:
        """Return who holds a post, in order."""
        return self._holders.get(key, ())

    def list_posts(self) -> tuple[str, ...]:
        """Return all posts of the round."""
        return tuple(self._holders)

    def knows(self, key: str) -> bool:
        """Tell whether the round has such a post."""
        return key in self._holders

    def ever(self, key: str) -> tuple[str, ...]:
        """Return who holds or held a post, in order."""
        return self._ever.get(key, ())

    def approvers(self, *, but: str = "") -> tuple[str, ...]:
        """Return the approvers of all levels but one, in order."""
        every = self._holders.items()
        levels = [
            people for key, people in every if key.startswith("approvers/") and key != f"approvers/{but}"
        ]
        return tuple(sorted({person for people in levels for person in people}))

    def _seal(self, rules: dict[str, Any]) -> None:
        for post in STAFF:
            self._put(post, rules["staff"].get(post, ()))
        for level in rules["approval"]:
            self._put(f"approvers/{level['code']}", level["approvers"])
            self.needed[level["code"]] = int(level["needed"])

    def _put(self, key: str, people: Any) -> None:
        self._holders[key] = tuple(sorted(people))
        self._ever[key] = tuple(sorted({*self.ever(key), *people}))
