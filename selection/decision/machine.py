"""The one way to a decision: settle what is due, ask for facts, decide, make the leaves. Pure.

A decision is a generator. It yields what it needs to know, is sent the answer, and returns an Outcome: the ledger
answers from the record inside the transaction that appends, tests from values, an auditor from a folded log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar, assert_never

from selection.decision.aggregate import Aggregate, Frame, S
from selection.decision.command import kind_of, refuse_unnamed
from selection.decision.envelope import Envelope, open_envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.making import Asking, Making, Origin, Outcome
from selection.decision.reference import Decision
from selection.decision.signatures import check_envelope
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Signed
from selection.refusals.refused import Refused
from selection.rules.delegation import find_delegation

T = TypeVar("T")
LOCAL, KEY = "local", "key"
"""By whose word a person is who they say: set here, whatever a sender claims.

Their own key, or nobody's: a local installation takes whoever reaches it for whom they say they are.
"""


@dataclass(frozen=True)
class Act:
    """One act of a person, as its envelope tells it; of one that is `rehearsed` nothing is stored yet that it cites."""

    envelope: Envelope
    refuse_as: str = ""
    rehearsed: bool = False

    @property
    def actor(self) -> Actor:
        """Who acts, by the authority of this engine."""
        return self._by(self.envelope.actor.person, signed=self.envelope.proof is not None)

    @property
    def second(self) -> Actor | None:
        """Who else signed, in the same role."""
        second = self.envelope.second
        return None if second is None else self._by(second.person, signed=True)

    def _by(self, person: str, *, signed: bool) -> Actor:
        authority = KEY if signed else LOCAL
        return self.envelope.actor.with_(person=person, authority=authority, behalf="")


@dataclass(frozen=True)
class Carry:
    """What another stream decided, to be carried out on this one."""

    decision: Decision


@dataclass(frozen=True)
class Report:
    """What the engine itself found by long work, such as the panels of a draw."""

    command: Frozen
    command_id: str
    actor: Actor = SYSTEM


@dataclass(frozen=True)
class Settle:
    """Nothing but what is due, and what a look at the record brings."""


@dataclass(frozen=True)
class Cancellation:
    """Somebody asked Temporal to cancel the run: refused on the record, once for each run."""

    run_id: str


Task = Act | Carry | Report | Settle | Cancellation


def read_act(body: bytes, stream: str, refuse_as: str = "") -> Act:
    """Return the act in the bytes of a message to a stream.

    Raises Refused for what is nobody's act here: unreadable bytes, an envelope for another stream, one that
    claims to be the engine. Such messages are counted, not recorded.
    """
    envelope = open_envelope(body)
    if envelope.stream != stream:
        raise Refused("other-stream")
    if envelope.actor.role is Role.SYSTEM or envelope.actor.person == SYSTEM.person:
        raise Refused("not-entitled", roles="the engine itself")
    return Act(envelope, refuse_as)


def decide(
    core: Aggregate[S], state: S, task: Task, at: datetime, frame: Frame | None = None
) -> Asking[Outcome[S]]:
    """Decide on one task at an instant, given the stream's state; yields requests for facts."""
    core.require_own(state)
    making = Making(core, state, frame or Frame(recorded=at))
    making.facts = yield _first_request(core, task)
    if _people_of(task) and making.facts.founded is None:
        # Nothing says whether acts must be signed here, so that nobody's is decided.
        return Outcome(state, facts=making.facts, refused=Refused("not-founded"))
    match task:
        case Act():
            try:
                signed = None if task.rehearsed else _check(core, state, task, making.facts, at)
            except Refused as refused:
                # Nobody's act: anyone can send one in another's name, so that it leaves no entry.
                return Outcome(state, facts=making.facts, refused=refused)
            envelope = task.envelope
            actor = yield from _name_principal(making, task.actor, at)
            by = Origin(actor, at, envelope.command_id, envelope.digest, envelope.kind, signed)
            cites = not task.rehearsed
            parse = partial(_parse_command, core, task, making.facts)
            yield from making.act(parse, by, second=task.second, cites=cites)
        case Report():
            by = Origin(task.actor, at, task.command_id, "", kind_of(task.command))
            of_person = task.actor.person != SYSTEM.person
            yield from making.act(lambda: task.command, by, of_person=of_person, cites=of_person)
        case Carry():
            making.facts = making.facts.merge((yield FactsRequest(decision=task.decision)))
            yield from making.carry(task.decision, at)
        case Cancellation():
            refusal = Refused("cancel-by-act")
            nobody = Origin(SYSTEM, at, f"cancel/{task.run_id}", "", "unknown")
            making.refuse(refusal, nobody)
        case Settle():
            yield from making.settle(at)
            yield from making.look(at)
        case _:
            assert_never(task)
    return making.outcome()


def _first_request(core: Aggregate[S], task: Task) -> FactsRequest:
    """Return what every decision on such a task has to know."""
    people = _people_of(task)
    return FactsRequest(
        people=people,
        signers=people,
        # How an act must be signed stands in the sealed rules, also for the round's own.
        terms=core.in_round or isinstance(task, Act),
        deadlines=core.in_round,
    )


def _name_principal(making: Making[S], actor: Actor, at: datetime) -> Asking[Actor]:
    """Return who acts, with the holder of the post for whom they stand in at the instant, if they do."""
    terms = making.facts.terms
    found = find_delegation(terms.delegations, actor, at) if terms is not None else None
    if found is None:
        return actor
    making.facts = making.facts.merge((yield FactsRequest(people=(found.holder,))))
    return actor.with_(behalf=found.holder)


def _check(core: Aggregate[S], state: S, act: Act, facts: Facts, at: datetime) -> Signed | None:
    envelope = act.envelope
    beside = core.keys_beside(state, envelope.actor.person, envelope.command, at)
    return check_envelope(envelope, facts, at, beside)


def answer_from(asking: Asking[T], answer: Callable[[FactsRequest], Facts]) -> T:
    """Run a decision to its end, with facts from a function. Raises what the function raises.

    `ledger/decision/decide.py` has the same for a function that takes time to answer.
    """
    try:
        request = next(asking)
        while True:
            request = asking.send(answer(request))
    except StopIteration as done:
        result: T = done.value
        return result


def _people_of(task: Task) -> tuple[str, ...]:
    """Return whose registration a task needs: who acts, and who signed as the second."""
    person = task.actor.person if isinstance(task, Act | Report) else SYSTEM.person
    second = task.second if isinstance(task, Act) else None
    named = (person, second.person) if second is not None else (person,)
    return tuple(name for name in named if name != SYSTEM.person)


def _parse_command(core: Aggregate[S], act: Act, facts: Facts) -> Frozen:
    if act.refuse_as:
        raise Refused(act.refuse_as)
    command = core.parse(act.envelope.command)
    refuse_unnamed(command, facts.terms.assurance if facts.terms else None)
    return command
