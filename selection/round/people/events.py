"""What happens to the posts of a running round: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS
from selection.round.state import RoundState
from selection.rules.holders import Post, find_holders, key_of_post


class PostChanged(Event):
    """A post of the round changed hands: from the next act on, `added` hold it and `removed` do not.

    What whoever held it did before stands. `level` is the level of approval where the post is an approver's.
    """

    TYPE = "round.post-changed.v1"
    post: Post
    level: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reason: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "post": OVERSEERS,
        "level": OVERSEERS,
        "added": OVERSEERS,
        "removed": OVERSEERS,
        "reason": OVERSEERS,
    }


def _fold_changed(state: RoundState, event: PostChanged, leaf: Leaf) -> dict[str, object]:
    key = key_of_post(event.post, event.level)
    held = find_holders(state.current, key) or ()
    kept = tuple(person for person in held if person not in event.removed)
    return {"holders": {**state.holders, key: (*kept, *event.added)}}


FOLDS: dict[type[Event], Fold[RoundState]] = {PostChanged: _fold_changed}
