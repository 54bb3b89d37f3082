"""Decides every entry of the installation's log again, from the log alone, and compares the bytes.

What was asked stands in the entry that its person signed; the machine that decides is the one that decided. Of a
refused act nothing is kept that was asked: of it only that the refusal brings these very entries.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from audit.bundle.entries import parse_leaf
from audit.bundle.reader import Bundle
from audit.bundle.register import LOG, Register
from audit.claims import Claim, Difference, NotInBundle, Sentences, not_provable, prove, refute
from audit.decisions.administrators import Administrators
from audit.decisions.batches import Batch
from audit.decisions.differing import name_difference
from audit.decisions.first_keys import FirstKeys
from audit.decisions.officers import Officers, read_officers
from audit.decisions.register_commands import find_asked
from audit.decisions.register_record import RegisterRecord
from audit.decisions.serving import Serving, read_serving
from audit.rules.fold import UNFIT
from selection.decision.aggregate import ActRefused, Frame, event_of, leaf_of
from selection.decision.facts import Facts
from selection.decision.machine import Act, Cancellation, Report, Task, answer_from, decide
from selection.decision.making import Outcome
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.register.key_commands import EnrolKey, FoundInstallation, RenewCode
from selection.register.key_decide import MISSES
from selection.register.key_events import CodeRenewed, InstallationFounded
from selection.register.state import RegisterState
from selection.streams import REGISTER

CODE = "register-follows"
CANCEL = "cancel/"


class RegisterAgain:
    """One pass over the log; `refusals` are the refused acts in it, of which nothing says what was asked."""

    def __init__(self, register: Register, officers: dict[str, Officers], serving: Serving) -> None:
        self._serving = serving
        self._record = RegisterRecord(register, officers)
        self._administrators = Administrators(register)
        self._first_keys = FirstKeys()
        self._missed: NotInBundle | None = None
        self._last_at: datetime | None = None
        self.counted = 0
        self.refusals = 0

    def claim(self, bodies: Iterable[bytes]) -> Claim:
        """Decide all again, and return the claim."""
        try:
            for act in _acts_of(bodies):
                self._judge(act)
        except Difference as difference:
            return refute(CODE, LOG, difference)
        if self._missed is not None:
            return not_provable(CODE, LOG, self._missed.finding, self._missed.point, **self._missed.params)
        return prove(CODE, LOG, self.counted)

    def _judge(self, act: Batch) -> None:
        try:
            try:
                self._compare(act)
            except NotInBundle as missed:
                self._missed = self._missed or missed
            self._administrators.follow(act)
            self._first_keys.follow(act)
            self._serving.follow(act, self._record.register, self._record.size)
            for leaf in act.leaves:
                self._record.fold(leaf)
        except UNFIT:
            raise Difference(act.point(), "decision-unfit") from None
        self._last_at = act.leaves[-1].at

    def _compare(self, act: Batch) -> None:
        """Raise Difference at an entry that does not come of what was asked, NotInBundle where nothing tells that."""
        last = act.leaves[-1]
        if last.type == ActRefused.TYPE and last.actor.person != SYSTEM.person:
            bodies, found = self._refuse_again(act), ActRefused.TYPE
            self.refusals += 1
        else:
            outcome = self._decide_again(act)
            bodies, found = outcome.bodies, _name_of(outcome)
            self.counted += len(bodies)
        for offset, body in enumerate(act.bodies):
            if offset >= len(bodies) or bodies[offset] != body:
                difference = name_difference(body, bodies[offset] if offset < len(bodies) else None)
                params = {"type": act.leaves[offset].type, "found": found, "difference": difference}
                raise Difference(act.point(offset), "decision-differs", **params)
        if len(bodies) > len(act.bodies):
            raise Difference(act.point(len(act.bodies) - 1), "decision-cut-short", found=found)

    def _decide_again(self, act: Batch) -> Outcome[RegisterState]:
        state, first = self._record.state, act.leaves[0]
        frame = Frame(recorded=first.recorded, register_size=self._record.size)
        # No act is dated before the one that it follows.
        at = max(first.at, self._last_at or first.at)
        asked = decide(REGISTER, state, self._task_of(act), at, frame)
        return answer_from(asked, partial(self._record.answer, leaves=act.leaves))

    def _task_of(self, act: Batch) -> Task:
        first = act.leaves[0]
        command_id, event = str(first.data["command_id"]), event_of(first)
        if first.actor.person == SYSTEM.person:
            if command_id.startswith(CANCEL):
                return Cancellation(command_id.removeprefix(CANCEL))
            if isinstance(event, InstallationFounded):
                founding = FoundInstallation(
                    installation=event.installation,
                    local=event.local,
                    code=event.code,
                    address_days=event.address_days,
                    portals=event.portals,
                )
                return Report(founding, command_id)
            if isinstance(event, CodeRenewed):
                return Report(RenewCode(code=event.code, portals=event.portals), command_id)
            raise Difference(act.point(), "decision-differs", type=first.type, found="-", difference="-")
        if first.signed is not None:
            for asked in act.list_signed_acts(first):
                return asked
            raise Difference(act.point(), "command-missing")
        founded = self._record.state.founded
        if founded is None or not founded.local:
            raise Difference(act.point(), "act-unsigned")
        envelope = find_asked(act.leaves)
        if envelope is None:
            raise NotInBundle("act-not-held", act.point(), stream=LOG)
        return Act(envelope)

    def _refuse_again(self, act: Batch) -> list[bytes]:
        """Return the entries of a refused act, as they come of its refusal."""
        first, refusal = act.leaves[0], event_of(act.leaves[-1])
        assert isinstance(refusal, ActRefused)
        if refusal.code == "code-wrong":
            self._require_code_missed(act, refusal)
        frame = Frame(recorded=first.recorded, register_size=self._record.size)
        events = REGISTER.with_refusal(self._record.state, refusal, first.at, Facts())
        leaves = [
            leaf_of(
                event,
                state=self._record.state,
                offset=offset,
                actor=first.actor,
                at=first.at,
                command_id=str(first.data["command_id"]),
                command_hash=str(first.data.get("command_hash", "")),
                frame=frame,
                signed=first.signed if offset == 1 else None,
            )
            for offset, event in enumerate(events, start=1)
        ]
        return [leaf_bytes(leaf) for leaf in leaves]

    def _require_code_missed(self, act: Batch, refusal: ActRefused) -> None:
        """Raise Difference unless a code could be missed: it counted, and so many tries were left."""
        signer = self._record.signer(refusal.params["person"])
        left, at = MISSES - signer.misses - 1, act.leaves[0].at
        counts = signer.until is not None and at < signer.until and left >= 0
        asked = refusal.kind == EnrolKey.ACT.kind
        if not (counts and asked) or refusal.params != {**refusal.params, "left": str(left)}:
            raise Difference(
                act.point(), "decision-differs", type=act.leaves[0].type, found="-", difference="-"
            )


def register_again(bundle: Bundle, register: Register) -> RegisterAgain:
    """Return what decides the log of a bundle again, with the officers of its round and who else serves there."""
    officers = {LOG: Officers(()), bundle.round: read_officers(bundle)}
    return RegisterAgain(register, officers, read_serving(bundle))


def _acts_of(bodies: Iterable[bytes]) -> Iterator[Batch]:
    """Give the entries of the log by act: those of one person and command id that stand together in one frame."""
    act: Batch | None = None
    for seq, body in enumerate(bodies):
        leaf = parse_leaf(body, f"{LOG}#{seq}")
        if act is not None and _name(leaf) == _name(act.leaves[0]):
            act.leaves.append(leaf)
            act.bodies.append(body)
            continue
        if act is not None:
            yield act
        act = Batch(LOG, seq, [leaf], [body], None)
    if act is not None:
        yield act


def _name(leaf: Leaf) -> tuple[object, ...]:
    return leaf.stream, leaf.actor.person, leaf.data.get("command_id"), leaf.recorded, leaf.register_size


def _name_of(outcome: Outcome[RegisterState]) -> str:
    """Return what came of an act, for people to read: the refusal's code if it was refused."""
    return outcome.refused.code if outcome.refused else ", ".join(leaf.type for leaf in outcome.leaves[:1])


CLAIMS: Sentences = {
    CODE: (
        "Each entry of the installation's log is what the program decides again on what was asked: who is registered "
        "or erased, whose key counts, what became of letters and of lost logs.",
        "系统日志的每一条目均与程序依同一请求重新作出的决定一致：人员登记与清除、密钥效力、邮件及丢失日志的处置。",
    ),
    "register-readable": ("The installation's log can be decided again.", "系统日志可重新决定。"),
}
"""What is claimed: code -> (English, Chinese)."""

LISTED: Sentences = {
    "register-refusals": (
        "{counted:refused act|refused acts} in the installation's log: what was asked is not kept, so that it could "
        "not be decided again. Nothing came of it but a code that was not the right one.",
        "系统日志中有 {counted} 项被拒绝的操作：其请求未予保留，无法重新决定；除登记码有误的记录外，未产生任何结果。",
    ),
}
"""What is said of entries without a claim."""
