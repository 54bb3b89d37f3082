"""What happens to the posts of a running round: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Counted, Ref
from selection.process.duties import DUTY_OF_POST
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS
from selection.round.state import PostEntry, RoundState
from selection.rules.delegation import Delegation
from selection.rules.holders import STAFF, Post, find_holders, key_of_post


class PostChanged(Event):
    """A post of the round changed hands: from the next act on, `added` hold it and `removed` do not.

    What whoever held it did before stands. `level` is the level of approval where the post is an approver's. `entry` is
    the number of what somebody of another post had entered before, where two of one post did not sign it together.
    """

    TYPE = "round.post-changed.v1"
    post: Post
    level: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reason: Ref
    entry: Annotated[Counted, Field(exclude_if=lambda number: not number)] = 0
    AUDIENCE = {
        "*": OVERSEERS,
        "post": OVERSEERS,
        "level": OVERSEERS,
        "added": OVERSEERS,
        "removed": OVERSEERS,
        "reason": OVERSEERS,
        "entry": OVERSEERS,
    }


class PostChangeEntered(Event):
    """One person entered a change of a post; it is made once somebody of another post enters the same.

    That counts from `start` on and before `until`, as long as nobody declined it, no post changed, and whoever entered
    this entered nothing else. `number` counts what was entered so in the round.
    """

    TYPE = "round.post-change-entered.v1"
    number: Counted
    post: Post
    level: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    start: Instant
    until: Instant
    reason: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "number": OVERSEERS,
        "post": OVERSEERS,
        "level": OVERSEERS,
        "added": OVERSEERS,
        "removed": OVERSEERS,
        "start": OVERSEERS,
        "until": OVERSEERS,
        "reason": OVERSEERS,
    }


class PostChangeDeclined(Event):
    """A change of a post that one person entered was declined, or taken back: nobody completes it any more."""

    TYPE = "round.post-change-declined.v1"
    number: Counted
    reason: Ref
    AUDIENCE = {"*": OVERSEERS, "number": OVERSEERS, "reason": OVERSEERS}


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
        # What was entered was entered among those who held the posts then: it waits for no other day.
        "post_entries": (),
    }


def _fold_entered(state: RoundState, event: PostChangeEntered, leaf: Leaf) -> dict[str, object]:
    entry = PostEntry(
        number=event.number,
        person=leaf.actor.person,
        role=leaf.actor.role,
        post=event.post,
        level=event.level,
        added=event.added,
        removed=event.removed,
        start=event.start,
        until=event.until,
    )
    others = tuple(item for item in state.post_entries if item.person != entry.person)
    return {"post_entries": (*others, entry), "entered_posts": event.number}


def _fold_declined(state: RoundState, event: PostChangeDeclined, leaf: Leaf) -> dict[str, object]:
    return {"post_entries": tuple(item for item in state.post_entries if item.number != event.number)}


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
    PostChangeEntered: _fold_entered,
    PostChangeDeclined: _fold_declined,
    PostDelegated: _fold_delegated,
    DelegationEnded: _fold_ended,
}
