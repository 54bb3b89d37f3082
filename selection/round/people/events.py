"""What happens to the posts of a running round: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Counted, Ref
from selection.process.duties import DUTY_OF_POST
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS
from selection.round.state import RoundState
from selection.rules.delegation import Delegation
from selection.rules.holders import STAFF, Post, find_holders, key_of_post


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


class PostDelegated(Event):
    """Whoever holds a post has somebody act in it from `start` on and before `until`.

    `number` counts the delegations of the round.
    """

    TYPE = "round.post-delegated.v1"
    number: Counted
    post: Post
    holder: str
    substitute: str
    start: Instant
    until: Instant
    reason: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "number": OVERSEERS,
        "post": OVERSEERS,
        "holder": OVERSEERS,
        "substitute": OVERSEERS,
        "start": OVERSEERS,
        "until": OVERSEERS,
        "reason": OVERSEERS,
    }


class DelegationEnded(Event):
    """A delegation ended before its last day: from the next act on the substitute does nothing by it."""

    TYPE = "round.delegation-ended.v1"
    number: Counted
    reason: Ref
    AUDIENCE = {"*": OVERSEERS, "number": OVERSEERS, "reason": OVERSEERS}


def _fold_changed(state: RoundState, event: PostChanged, leaf: Leaf) -> dict[str, object]:
    key = key_of_post(event.post, event.level)
    holders = find_holders(state.current, key) or ()
    kept = tuple(person for person in holders if person not in event.removed)
    duty = DUTY_OF_POST[event.post]
    former = tuple(sorted({*state.former.get(duty, ()), *event.removed}))
    return {
        "holders": {**state.holders, key: (*kept, *event.added)},
        "former": {**state.former, duty: former} if former else state.former,
    }


def _fold_delegated(state: RoundState, event: PostDelegated, leaf: Leaf) -> dict[str, object]:
    delegation = Delegation(
        number=event.number,
        role=STAFF.get(event.post, Role.APPROVER),
        holder=event.holder,
        substitute=event.substitute,
        start=event.start,
        until=event.until,
    )
    return {"delegations": (*state.delegations, delegation)}


def _fold_ended(state: RoundState, event: DelegationEnded, leaf: Leaf) -> dict[str, object]:
    ended = (
        item.with_(until=min(item.until, leaf.at)) if item.number == event.number else item
        for item in state.delegations
    )
    return {"delegations": tuple(ended)}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    PostChanged: _fold_changed,
    PostDelegated: _fold_delegated,
    DelegationEnded: _fold_ended,
}
