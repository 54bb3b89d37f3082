"""Posts of a running round change by other people's acts, to whom the register gives the role."""

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.registrars import find_registrars
from audit.rules.post_holders import STAFF, PostHolders
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.round import events as r

# Written down again on purpose, not taken from the core.
ROLES = dict(
    zip(STAFF, (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN), strict=True),
    approvers=Role.APPROVER,
)
LEAST = {"officers": 2, "supervisors": 2}
APART = ("officers", "supervisors", "auditors", "approvers")


Change = r.PostChanged | r.PostChangeEntered


class PostsChangedByOthers(EntryRule):
    """The claim that nobody gave a post to themselves, and that every post was held by enough people of its role.

    So of what one person entered, though nobody else did so too: whether two did, agreeing.py beside this tells.
    """

    code = "posts-changed-by-others"
    looks_at: frozenset[type[Event]] | None = frozenset((r.RoundOpened, r.PostChanged, r.PostChangeEntered))

    def __init__(self) -> None:
        self._posts = PostHolders()

    def see(self, step: Step) -> int:
        """Judge a change by who held the posts before it, and take it in."""
        event = step.event
        if isinstance(event, Change):
            self._check_signers(step, event)
            self._check_people(step, event)
        self._posts.see(event, step.leaf.at)
        if isinstance(event, Change):
            self._check_apart(step, event)
        return 1

    def _check_signers(self, step: Step, event: Change) -> None:
        leaf = step.leaf
        step.require(not leaf.actor.behalf, "post-by-substitute", post=event.post)
        if isinstance(event, r.PostChanged) and not event.entry:
            appointing = Role.OFFICER if event.post == "supervisors" else Role.SUPERVISOR
            step.require(leaf.actor.role is appointing, "post-by-wrong-role", post=event.post)
        second = leaf.signed.second.person if leaf.signed and leaf.signed.second else None
        for person in (leaf.actor.person, *([second] if second else [])):
            step.require(person not in (*event.added, *event.removed), "own-post-changed", person=person)
            if event.added:
                register = require_register(step.record.register, step.leaf, step.point)
                fact = register.person(person, step.leaf.register_size)
                registers = fact is not None and fact.holds(Role.ADMIN)
                step.require(not registers, "post-by-registrar", person=person, post=event.post)
        for who in find_registrars(step, event.added):
            raise step.differs("post-by-own-registrar", **who)

    def _check_people(self, step: Step, event: Change) -> None:
        key = f"approvers/{event.level}" if event.post == "approvers" else event.post
        holders = self._posts.holders(key)
        known = self._posts.knows(key) and (event.post == "approvers" or not event.level)
        step.require(known and bool(event.added or event.removed), "no-such-post", post=key)
        for person in event.added:
            step.require(person not in holders, "post-held-before", person=person, post=event.post)
            register = require_register(step.record.register, step.leaf, step.point)
            fact = register.person(person, step.leaf.register_size)
            registered = fact is not None and fact.holds(ROLES[event.post])
            step.require(registered, "post-unregistered", person=person, post=event.post)
        for person in event.removed:
            step.require(person in holders, "post-not-held-before", person=person, post=event.post)
        left = len(holders) - len(event.removed) + len(event.added)
        least = min(self._posts.needed.get(event.level, LEAST.get(event.post, 0)), len(holders))
        step.require(left >= least, "post-left-empty", post=event.post, count=str(left), least=str(least))

    def _check_apart(self, step: Step, event: Change) -> None:
        if event.post == "admins":
            others = {*self._posts.holders("auditors")}
        elif event.post == "auditors":
            others = {*self._list_others("auditors"), *self._posts.holders("admins")}
        else:
            others = self._list_others(event.post)
        if event.post == "approvers":
            others |= {*self._posts.approvers(but=event.level)}
        for person in event.added:
            step.require(person not in others, "two-posts", person=person, post=event.post)

    def _list_others(self, post: str) -> set[str]:
        found: set[str] = set()
        for other in APART:
            if other != post:
                found |= {*(self._posts.approvers() if other == "approvers" else self._posts.holders(other))}
        return found


def post_rules() -> tuple[Rule, ...]:
    """Return the rule about posts that change."""
    return (PostsChangedByOthers(),)


CLAIMS: Sentences = {
    "posts-changed-by-others": (
        "Posts of the round changed by other people's acts alone, none was given by who registers people, and they "
        "were held by enough people of the role.",
        "本轮岗位均由他人任免，且均非由登记人员的管理员任命，始终由足够的、具有相应角色的人员担任。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "no-such-post": ("No such post could change: {post}.", "不存在可变动的岗位：{post}。"),
    "own-post-changed": (
        "{person} signed a change of a post that was about themselves.",
        "{person} 签署了涉及本人岗位的变动。",
    ),
    "post-by-own-registrar": (
        "{named} came into the register through {person}, who gave them a post.",
        "{named} 的人员登记由 {person}、或由其登记的管理员签署，{person} 又任命其岗位。",
    ),
    "post-by-registrar": (
        "{person} is an administrator, who registers people, and gave somebody a post: {post}.",
        "{person} 以管理员身份登记人员，又任命岗位：{post}。",
    ),
    "post-by-substitute": (
        "A post was changed by somebody who stood in for another: {post}.",
        "岗位由代行他人岗位者变动：{post}。",
    ),
    "post-by-wrong-role": (
        "A post was changed by a role that does not change it: {post}.",
        "岗位由无权的角色变动：{post}。",
    ),
    "post-held-before": (
        "{person} was given a post that they held already: {post}.",
        "{person} 已在岗，却再次被任命：{post}。",
    ),
    "post-left-empty": (
        "A post was left to {count:person|people}, and needs {least}: {post}.",
        "岗位 {post} 仅余 {count} 人，至少应有 {least} 人。",
    ),
    "post-not-held-before": (
        "A post was taken from {person}, who did not hold it: {post}.",
        "{person} 不在岗，却被撤下：{post}。",
    ),
    "post-unregistered": (
        "{person} was given a post without being registered for it: {post}.",
        "{person} 未登记相应角色，却被任命：{post}。",
    ),
    "two-posts": (
        "{person} was given a post beside another one that must not meet it: {post}.",
        "{person} 被任命的岗位与其另一岗位不得兼任：{post}。",
    ),
}
"""What can be found instead."""
