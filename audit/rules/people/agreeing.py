"""Posts that changed because two people of different posts entered the same, where two of one could not sign (0062).

What each entered is kept here a second time, off the entries alone. What else stands against a change is asked of both
entries by posts.py.
"""

from datetime import datetime
from typing import NamedTuple

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.posts import ROLES
from audit.rules.post_holders import PostHolders
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.day_clock import after_days
from selection.kernel.leaf import Leaf
from selection.round import events as r

# Written down again on purpose, not taken from the core.
ACT = "agree-on-post"
WAIT_DAYS, LAST_DAYS = 3, 30
"""[D] Not before so many days after it was entered is a change completed by a second person, nor after so many."""
DECLINERS = (Role.OFFICER, Role.SUPERVISOR)
COMING = ("officers", "supervisors")
"""Only that somebody comes to one of these may an auditor enter, and only where one person at most is left to act."""
LEADING = (Role.OFFICER, Role.SUPERVISOR, Role.APPROVER)
Change = r.PostChanged | r.PostChangeEntered
Named = tuple[str, str, frozenset[str], frozenset[str]]


class EnteredChange(NamedTuple):
    """What one person entered: who, in which role, which change, and between when it can be completed."""

    person: str
    role: Role
    named: Named
    start: datetime
    until: datetime


class PostsAgreedOn(EntryRule):
    """The claim that who was not beside another of their post changed one only where somebody of another agreed."""

    code = "posts-agreed-on"
    looks_at: frozenset[type[Event]] | None = frozenset(
        (r.RoundOpened, r.PostChanged, r.PostChangeEntered, r.PostChangeDeclined)
    )

    def __init__(self) -> None:
        self._posts = PostHolders()
        self._entered: dict[int, EnteredChange] = {}
        self._count = 0

    def see(self, step: Step) -> int:
        """Keep what is entered until it is declined or a post changes; hold a change that rests on it against it."""
        match step.event:
            case r.PostChangeEntered() as event:
                self._enter(step, event)
            case r.PostChangeDeclined() as event:
                self._decline(step, event)
            case r.PostChanged() as event:
                self._check_act(step, event)
                if event.entry:
                    self._check_agreed(step, event)
                self._entered.clear()
        self._posts.see(step.event, step.leaf.at)
        return 1

    def _enter(self, step: Step, event: r.PostChangeEntered) -> None:
        leaf = step.leaf
        self._count += 1
        step.require(event.number == self._count, "post-entry-misnumbered", number=str(event.number))
        clock, seen = step.rules.clock, max(leaf.at, leaf.recorded)
        start, until = after_days(clock, seen, WAIT_DAYS), after_days(clock, seen, LAST_DAYS)
        step.require(
            (event.start, event.until) == (start, until), "post-entry-window", number=str(event.number)
        )
        # Who enters another change gives their first one up.
        if leaf.actor.role is Role.AUDITOR:
            self._check_auditor(step, event)
        person = leaf.actor.person
        self._entered = {key: item for key, item in self._entered.items() if item.person != person}
        self._entered[event.number] = EnteredChange(person, leaf.actor.role, _name(event), start, until)

    def _decline(self, step: Step, event: r.PostChangeDeclined) -> None:
        actor, number = step.leaf.actor, str(event.number)
        found = self._entered.pop(event.number, None)
        step.require(found is not None, "no-post-entry", number=number)
        assert found is not None
        own = found.person in actor.people
        audits = actor.role is Role.AUDITOR and len(self._list_left(step)) <= 1
        may = own or actor.role in DECLINERS or audits
        step.require(may, "post-entry-declined-by-another", person=actor.person, number=number)

    def _check_act(self, step: Step, event: r.PostChanged) -> None:
        """Raise Difference where one person's signed entry changes a post by itself, or two of one post sign as if."""
        signed = step.leaf.signed
        # On a local installation nobody signs, and the entry alone says which act it was.
        if signed is not None:
            entered = (signed.command or {}).get("kind") == ACT
            step.require(entered == bool(event.entry), "post-agreed-by-one", post=event.post)

    def _check_agreed(self, step: Step, event: r.PostChanged) -> None:
        leaf, post = step.leaf, event.post
        first = self._entered.get(event.entry)
        step.require(first is not None, "no-post-entry", number=str(event.entry))
        assert first is not None
        step.require(first.named == _name(event), "post-agreed-otherwise", number=str(event.entry))
        actor = leaf.actor
        own = post == "approvers" or actor.role is not Role.APPROVER
        of_one_post = first.role is actor.role and own
        if Role.AUDITOR in (first.role, actor.role):
            self._check_auditor(step, event)
            # Whoever is left is one of the two.
            of_one_post = not self._list_left(step) <= {first.person, actor.person}
        two = first.person != actor.person and not of_one_post
        step.require(two, "post-agreed-by-one", post=post)
        params = {
            "at": leaf.at.isoformat(),
            "since": first.start.isoformat(),
            "until": first.until.isoformat(),
        }
        step.require(first.start <= leaf.at < first.until, "post-agreed-out-of-time", **params)
        self._check_first(step, first, leaf, event)

    def _check_first(self, step: Step, first: EnteredChange, leaf: Leaf, event: r.PostChanged) -> None:
        """Raise Difference where who entered it first might not enter it any more when the second did."""
        keys = [key for key in self._posts.list_posts() if ROLES[key.partition("/")[0]] is first.role]
        holds = any(first.person in self._posts.holders(key) for key in keys)
        register = require_register(step.record.register, leaf, step.point)
        fact = register.person(first.person, leaf.register_size)
        registered = fact is not None and fact.holds(first.role)
        step.require(holds and registered, "post-agreed-with-who-left", person=first.person)
        assert fact is not None
        for named in event.added:
            signed = register.registrars(named, leaf.register_size)
            own = fact.holds(Role.ADMIN) or first.person in signed
            step.require(not own, "post-agreed-with-registrar", person=first.person, named=named)

    def _check_auditor(self, step: Step, event: Change) -> None:
        """Raise Difference where an auditor had a part in more than who comes, or two were left who need none."""
        left = self._list_left(step)
        comes = event.post in COMING and not event.removed
        step.require(comes and len(left) <= 1, "post-agreed-by-auditor", post=event.post, left=str(len(left)))

    def _list_left(self, step: Step) -> frozenset[str]:
        """Return who of officers, supervisors and approvers the register lets act, as far as the decision saw it."""
        register = require_register(step.record.register, step.leaf, step.point)
        found = set()
        for key in self._posts.list_posts():
            role = ROLES[key.partition("/")[0]]
            for person in self._posts.holders(key) if role in LEADING else ():
                fact = register.person(person, step.leaf.register_size)
                found |= {person} if fact is not None and fact.active else set()
        return frozenset(found)


def _name(event: Change) -> Named:
    return event.post, event.level, frozenset(event.added), frozenset(event.removed)


def agreeing_rules() -> tuple[Rule, ...]:
    """Return the rule about changes of posts that two people of different posts entered."""
    return (PostsAgreedOn(),)


CLAIMS: Sentences = {
    "posts-agreed-on": (
        "Where no two of one post signed a change of posts together, two people of different posts, or for another "
        "post two approvers, entered the same, three days apart at least, and nobody declined it in between; an "
        "auditor had a part in it only where one person at most was left to act, and only in who came.",
        "岗位变动非由同一岗位两人共同签名的，均由不同岗位的两人（变动非审批岗位的，也可为两名审批人）录入相同内容，"
        "相隔至少三日，且其间无人否决；审计人员仅在至多一人仍可办理时参与，且仅限增加人员。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "no-post-entry": (
        "No change of a post was entered that still waited under this number: {number}.",
        "没有编号为 {number} 的待办岗位变动。",
    ),
    "post-agreed-by-auditor": (
        "An auditor had a part in a change of a post ({post}) by which somebody left or came to another post than an "
        "officer's or supervisor's, or while {left:person was|people were} left who could act.",
        "审计人员参与岗位变动（{post}），而该变动撤下人员或涉及其他岗位，或当时仍有 {left} 人可以办理。",
    ),
    "post-agreed-by-one": (
        "A post changed by the entry of one person, or of two of one post who should have signed together: {post}.",
        "岗位由一人录入即变动，或由本应共同签名的同一岗位两人录入：{post}。",
    ),
    "post-agreed-otherwise": (
        "A post changed otherwise than somebody had entered before (entry {number}).",
        "岗位变动与先前录入的内容不符（第 {number} 次录入）。",
    ),
    "post-agreed-out-of-time": (
        "A change of a post was completed at {at}: not from {since} on and before {until}.",
        "岗位变动于 {at} 完成，不在 {since} 至 {until} 之间。",
    ),
    "post-agreed-with-registrar": (
        "{named} got a post by an entry of {person}, who registers people or registered them.",
        "{named} 依 {person} 的录入任岗，而 {person} 负责登记人员，或曾登记 {named}。",
    ),
    "post-agreed-with-who-left": (
        "A change of a post was completed with the entry of {person}, who held no post any more or was not active.",
        "岗位变动以 {person} 的录入为据，而其已不在岗或已停用。",
    ),
    "post-entry-declined-by-another": (
        "{person}, who may decline no other person's entry, declined a change of a post (entry {number}).",
        "{person} 无权否决他人录入，却否决了岗位变动（第 {number} 次录入）。",
    ),
    "post-entry-misnumbered": (
        "A change of a post was entered under a number that was not the next one: {number}.",
        "岗位变动录入编号不连续：{number}。",
    ),
    "post-entry-window": (
        "The days in which a change of a post can be completed are not those after it was entered (entry {number}).",
        "岗位变动可完成的期间与录入时间不符（第 {number} 次录入）。",
    ),
}
"""What can be found instead."""
