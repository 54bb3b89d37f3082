"""What a process remembers of the record between requests: nothing that is not certainly as it was.

A state is remembered by the hash of its text, and asked for by that: it is what the text says, whatever became of the
record in between. A task is remembered by its own text, in which that hash stands. The rows of a round's applications
follow from its log: they are remembered with the log's length and the hash of its last entry, and only what entries
changed since is read anew. A log that does not go on from there, as after a restoration, is read whole; so is each
after a while, since a rebuild mends rows without an entry.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from ledger.log.reading import Reading
from ledger.log.tasks import AwaitedTask
from selection.projections.rows import ApplicationRow
from selection.streams import aggregate

STATES = 1_000
"""States that are remembered, and as many tasks, those asked for last [D]."""
ROWS_AT_ONCE = 500
"""Rows that are read together, while other requests wait [D]."""
THINGS = 100
"""Sealed rules of which what was made is remembered, those asked for last [D]."""
ROUNDS = 4
"""Rounds whose rows are remembered, some 3 KiB for each application [D]."""
READ_WHOLE_EVERY = 600.0
"""Seconds after which the rows of a round are read whole again, whatever its log says [D]."""


@dataclass
class KnownTask:
    """A task that waits, with what was made of this very text of it, which holds all that its application shows of."""

    task: AwaitedTask
    made: dict[Any, Any] = field(default_factory=dict)


@dataclass
class KnownRow:
    """An application's row, with what was made of this very row: whoever makes it puts it under a name of theirs."""

    row: ApplicationRow
    made: dict[Any, Any] = field(default_factory=dict)


@dataclass
class KnownRows:
    """The rows of a round's applications, by stream in order, at one moment; never changed but by another moment's."""

    size: int
    mark: bytes
    by_stream: Mapping[str, KnownRow]
    whole_at: float = 0.0
    """When all of them were last read, by a clock that only goes on."""
    made: dict[Any, Any] = field(default_factory=dict)


NONE = KnownRows(0, b"", {})


class KnownRounds(NamedTuple):
    """Rounds as they were read before, by stream in order, which they may not be any more; `marks` are their hashes."""

    marks: dict[str, bytes]
    states: dict[str, Any]

    @property
    def mark(self) -> bytes:
        """The hash over all of them, as a page of tasks has it."""
        return sha256(b"".join(self.marks.values())).digest()

    def are_those_of(self, found: Mapping[str, tuple[bytes, str | None]]) -> bool:
        """Tell whether what was found since is nothing else."""
        return found.keys() == self.marks.keys() and all(text is None for _, text in found.values())


class Memory:
    """States and rows that were read before."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._states: OrderedDict[str, tuple[bytes, Any]] = OrderedDict()
        self._known_rounds = KnownRounds({}, {})
        self._rounds: OrderedDict[str, KnownRows] = OrderedDict()
        self._tasks: OrderedDict[str, KnownTask] = OrderedDict()
        self._made: OrderedDict[int, tuple[object, dict[Any, Any]]] = OrderedDict()

    async def states(self, streams: Collection[str]) -> dict[str, Any]:
        """Return the folded states of streams as they are now; without those that hold nothing."""
        known = {stream: self._states[stream] for stream in streams if stream in self._states}
        marks = {stream: known[stream][0] if stream in known else None for stream in streams}
        found = {}
        for stream, (mark, text) in (await self._reading.read_changed_states(marks)).items():
            state = known[stream][1] if text is None else aggregate(stream).load(text)
            found[stream] = state
            self._keep(self._states, stream, (mark, state), STATES)
        return found

    def recall(self, stream: str, mark: bytes | None) -> Any | None:
        """Return the state of this very hash if it is remembered, without asking for it."""
        known = self._states.get(stream)
        return known[1] if known is not None and known[0] == mark else None

    async def rounds(self) -> dict[str, Any]:
        """Return the states of all rounds, by stream in order."""
        known, states = self.recall_rounds(), {}
        found = await self._reading.read_changed_rounds(known.marks)
        for stream, (mark, text) in sorted(found.items()):
            states[stream] = known.states[stream] if text is None else self._load(stream, mark, text)
            self._keep(self._states, stream, (mark, states[stream]), STATES)
        if not known.are_those_of(found):
            known = KnownRounds({stream: found[stream][0] for stream in states}, states)
        self._known_rounds = known
        return known.states

    def recall_rounds(self) -> KnownRounds:
        """Return all rounds as they were when they were last read, without asking for them."""
        return self._known_rounds

    def _load(self, stream: str, mark: bytes, text: str) -> Any:
        """Return the state of a text, the very one that another request made of it if one did."""
        return self.recall(stream, mark) or aggregate(stream).load(text)

    async def texts(self, streams: Collection[str]) -> dict[str, str]:
        """Return the texts of states as they are now, of which nothing is remembered."""
        found = await self._reading.read_changed_states(dict.fromkeys(streams))
        return {stream: text for stream, (_, text) in found.items() if text is not None}

    def task(self, text: str) -> KnownTask:
        """Return a task that waits by its text."""
        known = self._tasks.get(text) or KnownTask(AwaitedTask.model_validate_json(text))
        self._keep(self._tasks, text, known, STATES)
        return known

    async def rows(self, round_id: str) -> KnownRows:
        """Return the rows of a round's applications as they are now."""
        now, known = asyncio.get_running_loop().time(), self._rounds.get(round_id, NONE)
        if now >= known.whole_at + READ_WHOLE_EVERY:
            known = NONE
        changed = await self._reading.read_changed_applications(round_id, known.size, known.mark)
        if changed is None:
            return NONE
        if changed.goes_on and changed.size == known.size:
            self._rounds.move_to_end(round_id)
            return known
        read = {}
        for place, (stream, text) in enumerate(changed.rows.items(), 1):
            read[stream] = KnownRow(ApplicationRow.model_validate_json(text))
            if place % ROWS_AT_ONCE == 0:
                # Ten thousand take a third of a second: other requests are answered in between.
                await asyncio.sleep(0)
        together = {**known.by_stream, **read} if changed.goes_on else read
        if len(together) > len(known.by_stream) or not changed.goes_on:
            together = dict(sorted(together.items()))
        rows = KnownRows(changed.size, changed.mark, together, known.whole_at if changed.goes_on else now)
        if changed.size > self._rounds.get(round_id, NONE).size or not changed.goes_on:
            self._keep(self._rounds, round_id, rows, ROUNDS)
        return rows

    def get_cache(self, thing: object) -> dict[Any, Any]:
        """Return what was made of this very object, which never changes: whoever makes it puts it there by a name."""
        kept = self._made.get(id(thing), (thing, {}))
        self._keep(self._made, id(thing), kept, THINGS)
        return kept[1]

    @staticmethod
    def _keep(kept: OrderedDict[Any, Any], name: Any, value: Any, most: int) -> None:
        kept[name] = value
        kept.move_to_end(name)
        while len(kept) > most:
            kept.popitem(last=False)
