"""Where a decision is made: what is read of the record before it, in one statement and as of one instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, assert_never

from psycopg.rows import DictRow

from ledger.decision.reads import NamedDecision, ReadNotes
from ledger.log.reading import Snapshot
from ledger.people.contents import ContentCard
from selection.decision.aggregate import Aggregate, Frame
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.decision.machine import Act, Cancellation, Carry, Report, Settle, Task
from selection.decision.reference import Decision
from selection.decision.stream_state import StreamState
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.references import references_in
from selection.signing.key import Key
from selection.streams import log_of

ID_LIMIT = 100
"""Characters of a content's id."""


@dataclass(frozen=True)
class Place:
    """Where a stream stands before a decision, and what surrounds it, as of one instant."""

    stream: str
    row: DictRow
    core: Aggregate[StreamState]
    decision: Decision | None = None
    projected: bool = True

    @property
    def snapshot(self) -> Snapshot | None:
        """The stream's folded state."""
        version, state = self.row["version"], self.row["state"]
        if version is None:
            return None
        return Snapshot(version=version, state=state, projected=self.projected)

    @property
    def version(self) -> int:
        """The stream's version, 0 before its first entry."""
        return int(self.row["version"] or 0)

    def state(self) -> StreamState:
        """Return the stream's state."""
        return self.core.load(self.row["state"]) if self.row["version"] else self.core.initial(self.stream)

    @property
    def frame(self) -> Frame:
        """What surrounds the entries of a decision made here."""
        return Frame(recorded=self.row["clock"], register_size=int(self.row["register_size"]))

    def get_noted(self) -> ReadNotes:
        """Return what is read with the place itself."""
        deadlines = {
            name: datetime.fromisoformat(until) for name, until in (self.row["deadlines"] or {}).items()
        }
        registered = self.person_fact
        return ReadNotes(
            log_of(self.stream),
            self.stream,
            int(self.row["register_size"]),
            int(self.row["round_version"]),
            deadlines,
            {registered.person: registered} if registered else {},
            self._map_keys(),
            tuple(self.row["portals"] or ()),
            {row["id"]: ContentCard.model_validate(row) for row in self.row["cards"] or ()},
            self._find_named(),
            lifted=self.row["lifted"],
            log_size=int(self.row["size"]),
        )

    def _map_keys(self) -> dict[str, tuple[Key, ...]]:
        found: dict[str, tuple[Key, ...]] = {}
        for row in self.row["keys"] or ():
            found[row["person"]] = (*found.get(row["person"], ()), Key.model_validate(row["body"]))
        return found

    def _find_named(self) -> NamedDecision | None:
        """Return the decision that is carried out here, if its stream has entries."""
        row = self.row
        if self.decision is None or row["named_stands"] is None:
            return None
        return NamedDecision.read(self.decision, row["named_stands"], row["named_state"], row["named_body"])

    @cached_property
    def person_fact(self) -> PersonFact | None:
        """What the register says of who acts."""
        found = self.row["registered"]
        return None if found is None else PersonFact.model_validate(found)

    def before(self) -> tuple[Leaf, Receipt] | None:
        """Return the last entry under the command's id, if there is one."""
        row = self.row
        if row["before_log"] is None:
            return None
        leaf = Leaf.model_validate_json(bytes(row["before_body"]))
        receipt = Receipt(
            log=row["before_log"],
            seq=row["before_seq"],
            stream=row["before_stream"],
            version=leaf.version,
            leaf_hash=bytes(row["before_hash"]).hex(),
            command_id=str(leaf.data["command_id"]),
            at=leaf.at,
        )
        return leaf, receipt


def ask_place(stream: str, task: Task) -> dict[str, Any]:
    """Return what `read_place` asks for: the stream, the command by its person and id, keys, what it cites or names."""
    person, command_id = key_of(task)
    named = decision_of(task)
    envelope = task.envelope if isinstance(task, Act) else None
    return {
        "stream": stream,
        "log": log_of(stream),
        "person": person,
        "command_id": command_id,
        **_name_keys(envelope),
        "cited": list(_list_cited(envelope)) if envelope else [],
        "named_stream": named.stream if named else "",
        "named_version": named.version if named else 0,
    }


def decision_of(task: Task) -> Decision | None:
    """Return the decision that a task is to carry out."""
    return task.decision if isinstance(task, Carry) else None


def key_of(task: Task) -> tuple[str, str]:
    """Return whose command it is and its id; for what has none, such as a deadline, two empty texts."""
    match task:
        case Act():
            return task.actor.person, task.envelope.command_id
        case Report():
            return task.actor.person, task.command_id
        case Carry():
            return SYSTEM.person, task.decision.command_id
        case Cancellation():
            return SYSTEM.person, f"cancel/{task.run_id}"
        case Settle():
            return "", ""
        case _:
            assert_never(task)


def _name_keys(envelope: Envelope | None) -> dict[str, str]:
    """Return the names of the keys that an act says it is signed with; of one that is not, no key's."""
    proof = envelope.proof if envelope is not None else None
    second = envelope.second if envelope is not None else None
    return {
        "key": proof.signature.key if proof is not None else "",
        "second_key": second.proof.signature.key if second is not None else "",
    }


def _list_cited(envelope: Envelope) -> Iterator[str]:
    """Yield the ids that an act seems to cite, before anybody has read its command."""
    # Nobody has looked yet whether they are texts.
    named: Iterator[object] = references_in(envelope.command)
    for name in named:
        if isinstance(name, str) and len(name) <= ID_LIMIT and name.isascii() and name.isprintable():
            yield name
    if envelope.actor.reason is not None:
        yield envelope.actor.reason.id
