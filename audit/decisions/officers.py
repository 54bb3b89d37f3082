"""Who were the officers of a round when something was done in the installation's log, of which no entry says it.

Both logs are written side by side, so whoever held the post when the decision may have read it counts.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from audit.bundle.entries import parse_leaf
from audit.bundle.reader import Bundle
from audit.rules.post_holders import PostHolders
from selection.decision.aggregate import event_of
from selection.kernel.leaf import Leaf
from selection.round.events import PostChanged, RoundOpened

POST = "officers"
BESIDE = timedelta(minutes=1)
"""How long after its own instant an entry of the other log may not have been seen yet."""
Since = tuple[datetime, tuple[str, ...]]


class Officers:
    """The officers of a round, in order since when which of them held the post."""

    def __init__(self, since: Iterable[Since]) -> None:
        self._since = list(since)

    def find(self, leaf: Leaf) -> tuple[str, ...]:
        """Return who may have been an officer to the decision that made an entry."""
        ends = [at for at, _ in self._since[1:]]
        found: set[str] = set()
        for place, (start, people) in enumerate(self._since):
            over = place < len(ends) and ends[place] + BESIDE < leaf.at
            if not over and start <= leaf.recorded + BESIDE:
                found.update(people)
        return tuple(sorted(found))


def read_officers(bundle: Bundle) -> Officers:
    """Return the officers of a bundle's round, off the entries that sealed its rules or changed the post."""
    posts, since = PostHolders(), list[Since]()
    marks = (RoundOpened.TYPE.encode(), PostChanged.TYPE.encode())
    for seq, body in enumerate(bundle.entries(bundle.round)):
        if not any(mark in body for mark in marks):
            continue
        leaf = parse_leaf(body, f"{bundle.round}#{seq}")
        if leaf.type not in (RoundOpened.TYPE, PostChanged.TYPE):
            continue
        posts.see(event_of(leaf), leaf.at)
        since.append((leaf.recorded, posts.holders(POST)))
    return Officers(since)
