"""What a decision read beside its own stream, to be compared when its entries are recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Self

from ledger.append.append import Others, Reads
from ledger.errors import ReadsMoved
from ledger.people.contents import ContentCard
from selection.application.bids import CHANGING
from selection.decision.facts import PersonFact
from selection.decision.reference import Decision
from selection.kernel.leaf import Leaf
from selection.register.state import INSTALLATION
from selection.signing.key import Key
from selection.streams import round_stream


class NamedDecision(NamedTuple):
    """A decision that is named, as the record has it: where its stream stands, that stream's state, its entry."""

    decision: Decision
    stands: int
    state: str
    leaf: Leaf | None

    @classmethod
    def read(cls, decision: Decision, stands: int, state: str, body: bytes | None) -> Self:
        """Return it as it is stored; the stream may have no such entry."""
        leaf = None if body is None else Leaf.model_validate_json(bytes(body))
        return cls(decision, stands, state, leaf)


@dataclass
class ReadNotes:
    """What was read for one decision so far. Deadlines, people, keys and cards were read with the place itself.

    `keys` holds, by person, those that the act names, `portals` the pages on which they count; `cards` what is known of
    the contents that it seems to cite;
    `named` is the decision that is carried out, where its stream has entries.
    `lifted` is when the log, having lost entries, was opened again last; `log_size` is how many entries it had.

    A decision that asks twice must be told the same twice: what reads otherwise the second time raises ReadsMoved,
    since only one of the two could be compared when it is recorded.
    """

    log: str
    stream: str
    register_size: int = 0
    round_version: int = 0
    deadlines: dict[str, datetime] = field(default_factory=dict)
    people: dict[str, PersonFact] = field(default_factory=dict)
    keys: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    portals: tuple[str, ...] = ()
    cards: dict[str, ContentCard] = field(default_factory=dict)
    named: NamedDecision | None = None
    streams: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] | None = None
    marks: dict[str, str] = field(default_factory=dict)
    lifted: datetime | None = None
    log_size: int = 0
    with_bids: bool = False

    @property
    def cache_key(self) -> tuple[str, datetime | None]:
        """What stays as it was once sealed is kept under this: what was sealed may have been among the lost entries."""
        return self.log, self.lifted

    def of_round(self) -> None:
        """Note that the round was read."""
        if self.stream != round_stream(self.log):
            self.of_stream(round_stream(self.log), self.round_version)

    def of_stream(self, stream: str, version: int) -> None:
        """Note at which version another stream was read."""
        require_same(self.streams.setdefault(stream, version), version)

    def of_stages(self, counts: dict[str, int]) -> None:
        """Note how many applications were counted in each stage."""
        self.counts = counts if self.counts is None else self.counts
        require_same(self.counts, counts)

    def of_mark(self, stages: str, mark: str) -> None:
        """Note what told of the applications of these stages."""
        require_same(self.marks.setdefault(stages, mark), mark)

    def of_bids(self) -> None:
        """Note that the round's bids were read. Its own the stream may change: that it moved shows by its version."""
        self.with_bids = True

    def reads(self) -> Reads:
        """Return all that was noted."""
        # On its own stream, whatever changes the register changes the version that is decided at.
        register = None if self.log == INSTALLATION else self.register_size
        others = Others(self.log_size, self.stream, CHANGING) if self.with_bids else None
        return Reads(register, self.streams, self.counts, self.marks, others)


def require_same(before: object, now: object) -> None:
    """Raise ReadsMoved unless what a decision read twice was the same both times."""
    if before != now:
        raise ReadsMoved("what was read twice has changed in between")
