"""A log by decision: which entries came of one, as far as histories tell it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from audit.bundle.entries import parse_leaf
from audit.histories.evidence import DecisionEvidence, Evidence
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.kernel.leaf import Leaf


class Log(Protocol):
    """Where the round's log is read from, such as a bundle."""

    @property
    def round(self) -> str:
        """The round, which is also the name of its log."""

    def entries(self, log: str) -> Iterator[bytes]:
        """Give a log's leaves as bytes, in order."""


@dataclass
class Batch:
    """The entries of one decision: they stand one after the other in their stream and in the log."""

    log: str
    seq: int
    leaves: list[Leaf]
    bodies: list[bytes]
    shown: DecisionEvidence | None

    @property
    def stream(self) -> str:
        """The stream that was decided on."""
        return self.leaves[0].stream

    def split(self, count: int) -> "tuple[Batch, Batch | None]":
        """Return the first entries, and the others if there are any."""
        leaves, bodies = self.leaves[count:], self.bodies[count:]
        first = replace(self, leaves=self.leaves[:count], bodies=self.bodies[:count])
        return first, replace(self, seq=self.seq + count, leaves=leaves, bodies=bodies) if leaves else None

    def list_signed_acts(self, of: Leaf) -> Iterator[Act]:
        """Give the act that an entry belongs to as its person signed it, where the record holds what was asked."""
        name = (of.actor.person, of.data["command_id"])
        for leaf in self.leaves:
            signed = leaf.signed
            if signed is None or signed.command is None:
                continue
            if (leaf.actor.person, leaf.data["command_id"]) == name:
                envelope = Envelope(
                    stream=leaf.stream,
                    command_id=str(leaf.data["command_id"]),
                    actor=leaf.actor,
                    command=signed.command,
                    proof=signed.proof,
                    second=signed.second,
                )
                yield Act(envelope)

    def point(self, offset: int = 0) -> str:
        """Return the place of one of the entries."""
        return f"{self.log}#{self.seq + offset}"


def batches(log: Log, evidence: Evidence) -> Iterator[Batch]:
    """Give a log's entries by decision, as far as histories tell; of lost answers several may come as one."""
    batch: Batch | None = None
    for seq, body in enumerate(log.entries(log.round)):
        leaf = parse_leaf(body, f"{log.round}#{seq}")
        if batch is not None and _goes_on(batch, leaf, evidence):
            batch.leaves.append(leaf)
            batch.bodies.append(body)
            continue
        if batch is not None:
            yield batch
        batch = Batch(log.round, seq, [leaf], [body], evidence.find_decision(leaf.stream, leaf.version))
    if batch is not None:
        yield batch


def _goes_on(batch: Batch, leaf: Leaf, evidence: Evidence) -> bool:
    if batch.shown is not None:
        return leaf.stream == batch.stream and len(batch.leaves) < len(batch.shown.answer.hashes)
    # Nobody tells where a decision ended of which no answer is left, but its entries have one frame.
    first = batch.leaves[0]
    frames = [(item.stream, item.recorded, item.register_size) for item in (first, leaf)]
    return frames[0] == frames[1] and evidence.find_decision(leaf.stream, leaf.version) is None
