"""The claim that every act in a person's name is theirs, from the log alone: no network, no history, no content.

An act is the entries of one stream, person and command id that stand together. Its first entry holds the proof.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from audit.bundle.keys import KEY_CHANGES
from audit.bundle.register import ERASED, LOG as INSTALLATION, Register
from audit.claims import Claim, Difference, NotInBundle, not_provable, prove, refute
from audit.log.proofs import Expectation, check_key_change, check_proofs, kind_of_act
from selection.application.intake.events import ApplicationLapsed
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.machine import KEY, LOCAL
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.leaf import Leaf
from selection.kernel.proof import Assurance
from selection.kernel.stages import Outcome
from selection.recommendation.events import ListNeverOpened
from selection.register.key_events import FOUNDED, CodeMissed
from selection.rules.model import RoundRules

CODE = "acts-signed"
ARCHIVE = "archive/"
"""Streams whose entries name who asked for histories to be kept, by the engine's word: they decide nothing."""
LISTS = "recommender/"
"""Streams on which an act that was recorded may be refused later, when another stream would not have it."""
OPENED = "round.opened.v1"
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What is raised over data that are not of the shape of their type."""
Named = tuple[str, str, str]


@dataclass
class ActSeen:
    """One act as it is read: its first entry with its place, its last one so far, and all that change keys.

    `more` is how many entries it has after its first.
    """

    seq: int
    first: Leaf
    last: Leaf
    more: int = 0
    changes: list[Leaf] = field(default_factory=list)

    def holds(self, leaf: Leaf) -> bool:
        """Tell whether the log's next entry is of this act."""
        frame = (leaf.recorded, leaf.register_size)
        return name_of(leaf) == name_of(self.first) and frame == (
            self.first.recorded,
            self.first.register_size,
        )


class SignedActs:
    """The acts of one log: `see` is a watch, `claims` come afterwards. Some bytes are kept of each act, no entry."""

    def __init__(self, log: str, register: Register | None) -> None:
        self.log = log
        self.acts = 0
        self.unsigned = 0
        self.reports = 0
        self._unsigned_at = ""
        self._register = register
        self._rules = ""
        self._asked: dict[str, Assurance] | None = None
        self._open: ActSeen | None = None
        self._done: set[bytes] = set()
        self._on_lists: dict[Named, Leaf] = {}
        self._difference: Difference | None = None
        self._missed: NotInBundle | None = None

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Look at the next entry, unless one before was wrong."""
        if self._difference is not None:
            return
        try:
            self._see(seq, leaf)
        except Difference as difference:
            self._difference = difference
        except NotInBundle as missed:
            self._missed = self._missed or missed
        except UNREADABLE:
            self._difference = Difference(self._point(seq), "proof-unreadable")

    def claims(self, *, whole: bool) -> Iterator[Claim]:
        """Give the claim; `whole` tells that every entry was seen."""
        if self._difference is None:
            try:
                self._close()
            except Difference as difference:
                self._difference = difference
            except NotInBundle as missed:
                self._missed = self._missed or missed
        if self._difference is not None:
            yield refute(CODE, self.log, self._difference)
        elif not whole or self._register is None:
            yield not_provable(CODE, self.log, "entries-unreadable")
        elif self._missed is not None:
            lacking = self._missed
            yield not_provable(CODE, self.log, lacking.finding, lacking.point, **lacking.params)
        elif self.unsigned:
            params = {"unsigned": str(self.unsigned), "acts": str(self.acts)}
            yield not_provable(CODE, self.log, "acts-unsigned", self._unsigned_at, **params)
        else:
            yield prove(CODE, self.log, self.acts)

    def _see(self, seq: int, leaf: Leaf) -> None:
        if self._open is not None and self._open.holds(leaf):
            self._go_on(seq, self._open, leaf)
            return
        self._close()
        point = self._point(seq)
        if leaf.type == FOUNDED and not seq and self.log == INSTALLATION:
            return
        if SYSTEM.person == leaf.actor.person or leaf.actor.role is Role.SYSTEM:
            _require(leaf.actor == SYSTEM, point, "engine-misnamed")
            _require(leaf.signed is None, point, "proof-stray")
            _require(leaf.type not in KEY_CHANGES, point, "enrolment-unproven", person=SYSTEM.person)
            _require(leaf.type != ERASED, point, "erasure-unproven", by=SYSTEM.person)
        elif leaf.stream.startswith(ARCHIVE):
            _require(leaf.signed is None and leaf.actor.authority != KEY, point, "proof-stray")
            self.reports += 1
        elif leaf.signed is None and (earlier := self._on_lists.pop(name_of(leaf), None)) is not None:
            self._check_late_refusal(point, earlier, leaf)
        else:
            self._open = ActSeen(seq, leaf, leaf)
        if leaf.type == OPENED:
            rules = RoundRules.model_validate(leaf.data["rules"])
            self._close()
            self._rules, self._asked = str(leaf.data["rules_hash"]), rules.assurance

    def _go_on(self, seq: int, act: ActSeen, leaf: Leaf) -> None:
        """Take one more entry of an act in: the first one's proof speaks for it."""
        point, first = self._point(seq), act.first
        _require(leaf.signed is None, point, "proof-stray")
        _require(act.last.type != ActRefused.TYPE, point, "refusal-outlived", type=leaf.type)
        about_keys = leaf.type not in KEY_CHANGES or first.type in KEY_CHANGES
        _require(about_keys, point, "enrolment-unproven", person=first.actor.person)
        erased = [item.data["person"] for item in (first, leaf) if item.type == ERASED]
        beside = leaf.type != ERASED or erased == [leaf.data["person"]] * 2
        _require(beside, point, "erasure-unproven", by=first.actor.person)
        same = (leaf.actor, leaf.at, leaf.data.get("command_hash"))
        expected = (first.actor, first.at, first.data.get("command_hash"))
        # Which of the two is another than it was nobody knows.
        _require(same == expected, self._point(act.seq), "act-parted", last=str(seq))
        act.last, act.more = leaf, act.more + 1
        if leaf.type in KEY_CHANGES:
            act.changes.append(leaf)

    def _check_late_refusal(self, point: str, earlier: Leaf, leaf: Leaf) -> None:
        """Check what brings an act of a list to nothing after all: under the act's own id, by the engine's word."""
        hashes = [item.data.get("command_hash") for item in (earlier, leaf)]
        by = earlier.actor.with_(authority=SYSTEM.authority, reason=None)
        same = leaf.type == ActRefused.TYPE and leaf.actor == by and hashes[0] == hashes[1]
        _require(same, point, "act-repeated")

    def _close(self) -> None:
        """Judge the act that was read last. Raises Difference, or NotInBundle where the bundle lacks what tells."""
        act, self._open = self._open, None
        if act is None:
            return
        try:
            self._judge(act)
        except UNREADABLE:
            raise Difference(self._point(act.seq), "proof-unreadable") from None

    def _judge(self, act: ActSeen) -> None:
        leaf, point = act.first, self._point(act.seq)
        self.acts += 1
        name = blake2b("\0".join(name_of(leaf)).encode(), digest_size=16).digest()
        _require(name not in self._done, point, "act-repeated")
        self._done.add(name)
        if leaf.stream.startswith(LISTS):
            self._on_lists[name_of(leaf)] = leaf
        if act.last.type == ActRefused.TYPE and act.more:
            _require(act.more == 1 and self._may_precede(leaf), point, "refusal-outlived", type=leaf.type)
        register, size = self._see_register(act)
        founded = register.keys.get_founding(size)
        if founded is None:
            raise Difference(point, "not-founded")
        if leaf.signed is None:
            _require(founded.local, point, "act-unsigned")
            _require(leaf.actor.authority == LOCAL, point, "authority-untrue", found=leaf.actor.authority)
            self.unsigned += 1
            self._unsigned_at = self._unsigned_at or point
            return
        _require(leaf.actor.authority == KEY, point, "authority-untrue", found=leaf.actor.authority)
        kind = kind_of_act(leaf, act.last)
        expected = Expectation(point, founded, self._rules, self._asked, register, size)
        check_proofs(leaf, kind, act.last.type == ActRefused.TYPE, expected)
        for change in act.changes:
            check_key_change(change, leaf, expected)

    def _may_precede(self, leaf: Leaf) -> bool:
        """Tell whether an entry may stand before its act's refusal: the end of what never began, or a missed code."""
        match event_of(leaf):
            case ApplicationLapsed(outcome=Outcome.NEVER_SUBMITTED):
                return leaf.version == 1
            case ListNeverOpened():
                return leaf.version == 1 and self._asked is None
            case CodeMissed():
                return True
        return False

    def _see_register(self, act: ActSeen) -> tuple[Register, int]:
        """Return the register, and how much of it the act saw: in its own log never itself."""
        register, size, point = self._register, act.first.register_size, self._point(act.seq)
        if register is None or not register.known:
            raise NotInBundle("register-missing", point)
        if self.log == INSTALLATION:
            _require(size <= act.seq, point, "register-ahead", size=str(size))
        elif size > register.size:
            raise NotInBundle("register-behind", point, size=str(size), held=str(register.size))
        return register, size

    def _point(self, seq: int) -> str:
        return f"{self.log}#{seq}"


def name_of(leaf: Leaf) -> Named:
    """Return what an act is known by."""
    return leaf.stream, leaf.actor.person, str(leaf.data["command_id"])


def _require(holds: bool, point: str, finding: str, **params: str) -> None:
    if not holds:
        raise Difference(point, finding, **params)
