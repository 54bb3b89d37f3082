"""Who holds the posts of a round: whom the sealed rules name, as changed since."""

from collections.abc import Iterator, Mapping
from typing import Literal

from selection.kernel.actor import Role
from selection.rules.model import RoundRules

Post = Literal["officers", "supervisors", "auditors", "admins", "approvers"]
STAFF: Mapping[str, Role] = {
    "officers": Role.OFFICER,
    "supervisors": Role.SUPERVISOR,
    "auditors": Role.AUDITOR,
    "admins": Role.ADMIN,
}
"""The posts that rules give beside the approvers', and the role of the register that each takes."""
POST_OF_ROLE: Mapping[Role, Post] = {
    Role.OFFICER: "officers",
    Role.SUPERVISOR: "supervisors",
    Role.APPROVER: "approvers",
}
"""The posts that can be delegated, by the role that acts in them."""
Holders = Mapping[str, tuple[str, ...]]
"""By post whoever holds it now, of those posts that changed; a level of approval is `approvers/LEVEL`."""


def key_of_post(post: str, level: str = "") -> str:
    """Return under which key the holders of a post are kept."""
    return f"{post}/{level}" if level else post


def find_holders(rules: RoundRules, key: str) -> tuple[str, ...] | None:
    """Return who holds a post by these rules, None for a post that they have not."""
    post, _, code = key.partition("/")
    if post != "approvers":
        return None if code else getattr(rules.staff, post)
    return next((level.approvers for level in rules.approval if level.code == code), None)


def list_posts(rules: RoundRules) -> dict[str, tuple[str, ...]]:
    """Return who holds each post by these rules, those of approvers level by level."""
    levels = {key_of_post("approvers", level.code): level.approvers for level in rules.approval}
    return {**{post: getattr(rules.staff, post) for post in STAFF}, **levels}


def list_in_office(rules: RoundRules) -> frozenset[str]:
    """Return everybody who has a post by these rules."""
    return frozenset(person for people in list_posts(rules).values() for person in people)


def keys_of_holder(rules: RoundRules, role: Role, holder: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the posts of a role that somebody holds, each with all who hold it."""
    staff = [
        (post, getattr(rules.staff, post)) for post, role_of_post in STAFF.items() if role_of_post is role
    ]
    levels = [(key_of_post("approvers", level.code), level.approvers) for level in rules.approval]
    yield from (
        (key, people) for key, people in (levels if role is Role.APPROVER else staff) if holder in people
    )


def with_holders(rules: RoundRules, holders: Holders) -> RoundRules:
    """Return the rules with other people in their posts. Their values are trusted."""
    staff = {post: people for post, people in holders.items() if "/" not in post}
    levels = tuple(
        level.with_(approvers=holders.get(key_of_post("approvers", level.code), level.approvers))
        for level in rules.approval
    )
    return rules.with_(staff=rules.staff.with_(**staff), approval=levels)
