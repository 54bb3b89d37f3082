"""A recorded decision by its name: what the engine does on one stream because of an entry of another.

The engine's acts carry no command. They name the entry that decided, and whoever decides on the named stream reads
that entry and the state of its stream for itself.
"""

from typing import Annotated, Self

from pydantic import Field

from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen


class Decision(Frozen):
    """An entry by stream and version; version 0 stands for a stream without any."""

    stream: Annotated[str, Field(min_length=1, max_length=300)]
    version: Annotated[int, Field(ge=0, lt=2**31)]

    @property
    def command_id(self) -> str:
        """The id of every act that carries this decision out: one act on each stream."""
        return f"{self.stream}#{self.version}"

    @classmethod
    def parse(cls, command_id: str) -> "Self | None":
        """Return the decision that a command id names, or None for an id of another kind."""
        stream, mark, version = command_id.rpartition("#")
        return (
            cls(stream=stream, version=int(version))
            if mark and version.isascii() and version.isdigit() and stream
            else None
        )


class CitedDecision(Frozen):
    """A decision as the record has it: the entry that is named and its stream's present state.

    Both are None where the record holds no such stream, the entry also where it has no such version.
    """

    decision: Decision
    leaf: Leaf | None = None
    state: StreamState | None = None
