"""Who holds the posts of a round along its log, followed here once more, apart from the core's fold.

Told by the entry that sealed the rules and by those that change a post.
"""

from typing import Any

from selection.decision.aggregate import Event
from selection.round import events as r

STAFF = ("officers", "supervisors", "auditors", "admins")


class PostsHeld:
    """By post whoever holds it after the entries seen; a level of approval is `approvers/LEVEL`."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, ...]] = {}
        self._ever: dict[str, tuple[str, ...]] = {}
        self.needed: dict[str, int] = {}

    def see(self, event: Event) -> None:
        """Take in what an entry says of posts."""
        match event:
            case r.RoundOpened():
                self._seal(event.rules)
            case r.PostChanged():
                key = f"approvers/{event.level}" if event.post == "approvers" else event.post
                self._put(key, [*(set(self.holders(key)) - set(event.removed)), *event.added])

    def holders(self, key: str) -> tuple[str, ...]:
        """Return who holds a post, in order."""
        return self._held.get(key, ())

    def knows(self, key: str) -> bool:
        """Tell whether the round has such a post."""
        return key in self._held

    def ever(self, key: str) -> tuple[str, ...]:
        """Return who holds or held a post, in order."""
        return self._ever.get(key, ())

    def approvers(self, *, but: str = "") -> tuple[str, ...]:
        """Return the approvers of all levels but one, in order."""
        every = self._held.items()
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
        self._held[key] = tuple(sorted(people))
        self._ever[key] = tuple(sorted({*self.ever(key), *people}))
