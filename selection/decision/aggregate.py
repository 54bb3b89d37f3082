"""What all aggregates share: events with a stable type, the state's frame, and the decision itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Generic, Literal, TypeVar, cast

from pydantic import Field

from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Actor
from selection.kernel.canonical import in_canonical_order
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.proof import Signed
from selection.kernel.unfinished import Unfinished, file_of
from selection.refusals.refused import Refused
from selection.signing.key import Key

EVENTS: dict[str, "type[Event]"] = {}
"""Every type of event, as each is defined: what `selection/rooms.py` holds its tables against."""


class Event(Frozen):
    """Something that happened, in the past tense. `TYPE` is stable for good; a new shape is a new version.

    `AUDIENCE` says who may see it, field by field, in the words of `selection/visibility/table.py`; `ORIGIN` who puts
    it into the record.
    """

    TYPE: ClassVar[str] = ""
    ORIGIN: ClassVar[str] = "workflow"
    AUDIENCE: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Take the event into EVENTS; raise Unfinished where its audience is not said of each field."""
        super().__pydantic_init_subclass__(**kwargs)
        if not cls.TYPE:
            return
        EVENTS[cls.TYPE] = cls
        said = {name.partition(".")[0] for name in vars(cls).get("AUDIENCE", ())} - {"role"}
        missing = {"*", *cls.model_fields} ^ said
        if missing and cls.__name__ != "ActRefused":
            raise Unfinished(
                f"AUDIENCE of {cls.__name__} in {file_of(cls)} differs: {', '.join(sorted(missing))}"
            )


class ActRefused(Event):
    """An act was refused; nothing changed but the count."""

    # The one event that belongs to no room; visibility/table.py says who may see it, timeline/sentences.py the rest.

    TYPE = "act.refused.v1"
    kind: str
    code: str
    params: dict[str, str] = Field(default_factory=dict)


S = TypeVar("S", bound=StreamState)


@dataclass(frozen=True)
class Context:
    """What surrounds one decision: who acts, the instant, the command's id, and facts from the record.

    `recorded` is the record's own clock, where that is told: an act may have been on its way for long. `signed` are
    the signatures of the act, None of one that nobody signed or that is only tried.
    """

    actor: Actor
    at: datetime
    command_id: str
    facts: Facts = field(default_factory=Facts)
    recorded: datetime | None = None
    signed: Signed | None = None

    @property
    def is_active(self) -> bool:
        """Whether the register still counts whoever acts in: who was deactivated or erased does nothing more.

        Nor does anybody in their stead.
        """
        known = self.facts.people
        return all(name not in known or known[name].active for name in self.actor.people)


DueName = Literal["submission", "recommendation", "mend", "invitation", "review", "notice", "reminder"]


@dataclass(frozen=True)
class Due:
    """A deadline that the stream waits for.

    `at` is when it is settled; `deadline` the instant itself, earlier by the grace where content may come in.
    `movable` tells that an extension may have moved it since it was last read.
    """

    name: DueName
    at: datetime
    deadline: datetime
    movable: bool = False


def _no_command(state: StreamState, facts: Facts) -> Frozen:
    raise Refused("not-entitled", roles="nobody")


def _request_nothing(state: StreamState) -> FactsRequest | None:
    return None


def _no_advance(state: StreamState, facts: Facts, at: datetime) -> tuple[Event, ...]:
    return ()


def _only_refusal(state: StreamState, refusal: ActRefused, at: datetime, facts: Facts) -> tuple[Event, ...]:
    return (refusal,)


@dataclass(frozen=True)
class LateRefusal:
    """That an act which was recorded came to nothing after all: said under the act's own id, by who did it."""

    actor: Actor
    command_id: str
    command_hash: str
    refusal: ActRefused


def _relate_nobody(state: StreamState) -> RelationsAsked | None:
    return None


def _none_late(state: StreamState, command: Frozen) -> LateRefusal | None:
    return None


def _admit_nobody(state: StreamState, kind: str) -> bool:
    return False


def _no_keys(state: StreamState, person: str, command: Mapping[str, object], at: datetime) -> tuple[Key, ...]:
    return ()


def _refuse_ended(state: StreamState, facts: Facts) -> Refused | None:
    return Refused("ended")


@dataclass(frozen=True)
class Aggregate(Generic[S]):
    """One kind of stream as plain functions.

    `needs(state, envelope-actor, command)` names the facts for a decision; `decide` returns events or raises
    Refused; `settle(state, context)` returns what a due deadline brings, dated at the deadline;
    `due` names the next deadline given those in force; `evolve` folds one event. What is due is settled before
    an act is decided, but for commands `before_settling`, which may move what is due. Commands `after_the_end` are
    decided once the stream is over as before.

    `command_for` is what a decision of another stream asks of this one; it raises Refused where the record holds
    no such decision. `related` names whom a deadline may bring in, so that what binds them is told. `late_refusal`
    names an earlier act that the carried decision brings to nothing. `looks` names the facts upon which `advance`
    finds what follows by itself. `with_refusal` returns the events of a refused act, `too_late` its refusal once the
    stream has ended, None where `decide` itself tells the actor what it may know.
    `admits_stranger` tells whether one who is not registered may do an act of a kind; `keys_beside` returns the keys
    that count for a person's command at an instant beside those that were enrolled, or raises Refused. `in_round` tells
    that the stream is decided on by a round's terms and deadlines.
    """

    kind: str
    initial: Callable[[str], S]
    parse: Callable[[Mapping[str, object]], Frozen]
    needs: Callable[[S, Actor, Frozen, datetime, Facts], FactsRequest]
    decide: Callable[[S, Frozen, Context], "tuple[Event, ...]"]
    due: Callable[[S, Facts], Due | None]
    settle: Callable[[S, Due, Facts], "tuple[Event, ...]"]
    apply: Callable[[S, Event, Leaf], S]
    state_type: type[S]
    before_settling: tuple[type[Frozen], ...] = ()
    after_the_end: tuple[type[Frozen], ...] = ()
    in_round: bool = True
    command_for: Callable[[S, Facts], Frozen] = _no_command
    looks: Callable[[S], FactsRequest | None] = _request_nothing
    advance: Callable[[S, Facts, datetime], "tuple[Event, ...]"] = _no_advance
    with_refusal: Callable[[S, ActRefused, datetime, Facts], "tuple[Event, ...]"] = _only_refusal
    related: Callable[[S], RelationsAsked | None] = _relate_nobody
    too_late: Callable[[S, Facts], Refused | None] = _refuse_ended
    late_refusal: Callable[[S, Frozen], LateRefusal | None] = _none_late
    admits_stranger: Callable[[S, str], bool] = _admit_nobody
    keys_beside: Callable[[S, str, Mapping[str, object], datetime], tuple[Key, ...]] = _no_keys

    def of_any_stream(self) -> "Aggregate[StreamState]":
        """Return the same for who takes streams as they come, and holds each state beside the kind that it is of.

        Then no type checker sees that the two belong together, so that every way in asks for it.
        """
        return cast("Aggregate[StreamState]", self)

    def require_own(self, state: S) -> None:
        """Raise TypeError for the state of another kind of stream."""
        if type(state) is not self.state_type:
            raise TypeError(f"{type(state).__name__} is no state of {self.kind}")

    def evolve(self, state: S, leaf: Leaf) -> S:
        """Return the state after one recorded leaf; a leaf out of order raises ValueError."""
        self.require_own(state)
        if leaf.version != state.version + 1:
            raise ValueError(f"{leaf.stream}: version {leaf.version} after {state.version}")
        event = event_of(leaf)
        if isinstance(event, ActRefused):
            return state.with_(version=leaf.version, refusals=state.refusals + 1)
        return self.apply(state, event, leaf).with_(version=leaf.version, rules=leaf.rules or state.rules)

    def load(self, text: str) -> S:
        """Return the state from its JSON text."""
        return self.state_type.model_validate_json(text)

    def dump(self, state: S) -> str:
        """Return the state's JSON text, for the snapshot."""
        self.require_own(state)
        return state.model_dump_json()


FRAME = ("command_id", "command_hash")
"""What a leaf's data holds beside the event's own fields."""


@dataclass(frozen=True)
class Frame:
    """What surrounds every event of one decision.

    `recorded` is the database's clock, `register_size` how many entries of the installation's log were seen.
    """

    recorded: datetime
    register_size: int = 0


def event_of(leaf: Leaf) -> Event:
    """Return the event inside a leaf; an unknown type raises KeyError."""
    data = {key: value for key, value in leaf.data.items() if key not in FRAME}
    return EVENTS[leaf.type].model_validate(data)


def leaf_of(
    event: Event,
    *,
    state: StreamState,
    offset: int,
    actor: Actor,
    at: datetime,
    command_id: str,
    command_hash: str = "",
    frame: Frame | None = None,
    signed: Signed | None = None,
) -> Leaf:
    """Return the leaf that records an event as version `state.version + offset` of the stream.

    Without a frame it is recorded at the act's own time, with nothing seen of the register. The entry of a refused
    act has no reason: nothing was done, and what was cited need not have been its actor's to cite.
    """
    surroundings = {"command_id": command_id, **({"command_hash": command_hash} if command_hash else {})}
    # In the order of the bytes, so that folding what was just decided and folding what was read give one state.
    data = in_canonical_order({**event.model_dump(mode="json"), **surroundings})
    rules = data.get("rules_hash") or state.rules
    frame = frame or Frame(recorded=at)
    if isinstance(event, ActRefused) and actor.reason is not None:
        actor = actor.with_(reason=None)
    return Leaf(
        type=event.TYPE,
        stream=state.stream,
        version=state.version + offset,
        actor=actor,
        at=at,
        recorded=frame.recorded,
        register_size=frame.register_size,
        rules=rules,
        data=data,
        signed=signed,
    )
