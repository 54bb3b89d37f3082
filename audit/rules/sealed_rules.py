"""The sealed rules: well-formed, and the round's deadlines, staff and marks are those that they give."""

from datetime import UTC, datetime
from math import comb

from audit.bundle.reader import Bundle
from audit.claims import Difference, Sentences
from audit.rules.fold import Record, Step
from audit.rules.rule_runner import Rule, require_register
from selection.application import events as a
from selection.decision.aggregate import Event
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.day_clock import end_of_day
from selection.recommendation import events as n
from selection.rooms import LEAST_ASSURANCE
from selection.round import events as r
from selection.round.posts import posts_of
from selection.rules.assurance import level_faults
from selection.rules.model import RoundRules, rules_hash
from selection.rules.public_numbers import Lottery
from selection.rules.terms import DEADLINES
from selection.rules.zones import BEFORE, read_zone
from selection.streams import event_types

NAMING = frozenset(kind for kind in event_types().values() if "rules_hash" in kind.model_fields)
"""The events that name the rules."""


LEAST_RESULTS = 10**6
"""[D] Of fewer, whoever sealed the rules could know what opens a draw. Written a second time (docs/rules.md, A8)."""


class RulesSound:
    """The claim about the rules and what is copied from them into entries."""

    code = "rules-sound"

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._hash = ""

    @property
    def looks_at(self) -> frozenset[type[Event]] | None:
        """Every entry names its rules."""
        return None

    def see(self, step: Step) -> int:
        """Compare an entry's rules with the sealed ones."""
        # A stream learns the rules by the first event that names them; one that was only refused never does.
        known = self._get_named_hash(step) if type(step.event) in NAMING else step.before.rules
        step.require(step.leaf.rules == known and known in ("", self._hash), "other-rules-named")
        return 1

    def close(self, record: Record) -> int:
        """See that there were rules at all."""
        if not self._hash:
            raise Difference(f"{record.round_id}#0", "no-sealed-rules")
        return 0

    def _get_named_hash(self, step: Step) -> str:
        """Return the hash that an event names, once all that is copied from the rules was compared."""
        match step.event:
            case r.RoundOpened():
                self._check_opened(step, step.event)
            case a.ApplicationSubmitted():
                self._check_submitted(step, step.event)
            case n.ApplicationRecommended():
                step.require(step.event.rules_hash == self._hash, "other-rules-named")
            case _:
                raise TypeError(step.leaf.type)
        return step.event.rules_hash

    def _check_opened(self, step: Step, event: r.RoundOpened) -> None:
        step.require(not self._hash, "rules-sealed-twice")
        rules = RoundRules.model_validate(event.rules)
        self._hash = rules_hash(rules)
        as_written = sha256_hex(canonical_bytes(event.rules))
        step.require(
            self._hash == as_written == event.rules_hash, "rules-hash-differs", stated=event.rules_hash
        )
        unsound = [kind for kind, _ in level_faults(rules.assurance, LEAST_ASSURANCE)]
        step.require(not unsound, "levels-unsound", acts=", ".join(unsound)[:300])
        for source in rules.draws.sources:
            step.require(
                not isinstance(source, Lottery) or _count_results(source) >= LEAST_RESULTS,
                "numbers-foreseeable",
                source=source.code,
            )
        step.require(sha256_hex(self._bundle.rules()) == self._hash, "rules-file-other")
        step.require(event.rehearsal is rules.is_rehearsal, "rehearsal-unmarked")
        register = require_register(step.record.register, step.leaf, step.point)
        founded = register.keys.get_founding(step.leaf.register_size)
        step.require(founded is None or founded.local is rules.local, "local-unmarked")
        for person, role in posts_of(rules):
            fact = register.person(person, step.leaf.register_size)
            step.require(
                fact is not None and fact.holds(role), "staff-unregistered", person=person, role=role.value
            )
        self._check_zone(step, rules)
        step.require(rules.accepts_round_id(step.record.round_id), "round-id-unfit")
        for name in DEADLINES:
            day = getattr(rules.calendar, name)
            sealed = None if day is None else end_of_day(rules.clock, day)
            step.require(event.deadlines.get(name) == sealed, "sealed-deadline-differs", deadline=name)
        step.require(set(event.deadlines) <= set(DEADLINES), "sealed-deadline-differs", deadline="-")

    def _check_zone(self, step: Step, rules: RoundRules) -> None:
        """Compare the offset in force at the seal with that of the zone.

        Not those after it, which a government may change at any time: the round keeps what was sealed.
        """
        zone = read_zone(rules.clock.zone)
        # A name is never taken out of the database, so what it does not know was made up.
        days = [day for day in rules.calendar.model_dump().values() if day is not None]
        at = max(step.leaf.at, datetime(min(days).year - BEFORE, 1, 1, tzinfo=UTC))
        ahead = None if zone is None else at.astimezone(zone).utcoffset()
        step.require(ahead == rules.clock.offset_at(at), "zone-offset-differs")

    def _check_submitted(self, step: Step, event: a.ApplicationSubmitted) -> None:
        posts = step.record.posts
        step.require(event.rules_hash == self._hash, "other-rules-named")
        step.require(event.round == step.record.round_id, "other-rules-named")
        named = (tuple(sorted(event.officers)), tuple(sorted(event.supervisors)))
        step.require(named == (posts.holders("officers"), posts.holders("supervisors")), "other-staff")


def _count_results(source: Lottery) -> int:
    found = 1
    for balls in source.balls:
        pool = max(0, balls.most - balls.least + 1)
        found *= pool**balls.count if balls.as_drawn else comb(pool, balls.count)
    return found


def rules_rules(bundle: Bundle) -> tuple[Rule, ...]:
    """Return the rule about the sealed rules."""
    return (RulesSound(bundle),)


CLAIMS: Sentences = {
    "rules-sound": (
        "The sealed rules are valid, and deadlines, staff and rehearsal marks in entries agree with them.",
        "封存的规则有效，条目中的期限、工作人员和标记均与规则一致。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "numbers-foreseeable": (
        "The numbers of source {source}, which open draws, can come out in so few ways that they could be known"
        " beforehand.",
        "用于公开抽取的号码来源 {source} 可能结果过少，其号码可被事先知悉。",
    ),
    "levels-unsound": (
        "Of these acts the sealed rules do not say, or not surely enough, how they are signed: {acts}.",
        "封存规则对以下操作的签名要求缺失、多余或不足：{acts}。",
    ),
    "staff-unregistered": (
        "The rules count on {person} as {role}, and the register did not give them that role.",
        "规则将 {person} 列为 {role}，而登记中其并无该身份。",
    ),
    "local-unmarked": (
        "The rules do not say whether acts count without a signature as the installation was founded.",
        "规则关于操作可否无需签名的记载与系统创立时的登记不符。",
    ),
    "other-rules-named": (
        "The entry names other rules than the sealed ones.",
        "条目所依据的规则并非封存的规则。",
    ),
    "other-staff": ("The application names other staff than the rules.", "申报所载工作人员与规则不符。"),
    "rehearsal-unmarked": (
        "The rehearsal mark does not match the clock in the rules.",
        "演练标记与规则的时钟不符。",
    ),
    "round-id-unfit": ("The rules do not allow a round of this name.", "规则不允许以此命名本轮。"),
    "rules-file-other": (
        "The rules in the bundle are not the sealed ones.",
        "证明包内的规则并非封存的规则。",
    ),
    "rules-hash-differs": (
        "The sealed hash {stated} is not that of the rules in the entry.",
        "封存的哈希 {stated} 与条目中的规则不符。",
    ),
    "rules-sealed-twice": ("Rules were sealed before.", "规则此前已封存。"),
    "zone-offset-differs": (
        "When the rules were sealed, clocks in their time zone did not show what the sealed offsets say.",
        "封存规则时，其时区的实际时差与封存的时差不符。",
    ),
    "sealed-deadline-differs": (
        "The deadline “{deadline}” is not that of the sealed calendar.",
        "期限“{deadline}”与封存的日程不符。",
    ),
}
"""What can be found instead."""
