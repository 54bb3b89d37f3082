"""A recorded decision by its name: what the engine does on one stream because of an entry of another.

The engine's acts carry no command. They name the entry that decided, and whoever decides on the named stream reads
that entry and the state of its stream for itself.
"""

import re
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen

_COMMAND_ID = re.compile(r"(.+)#([0-9]+)(?:/([0-9]+))?", re.DOTALL)
Version = Annotated[int, Field(ge=0, lt=2**31)]


class Decision(Frozen):
    """An entry by stream and version; version 0 stands for a stream that has none to cite.

    That a stream has none is cited as often as it is asked: `answers` is the version of the entry of the stream that
    asked, else 0. Without it the second time would be taken for a repetition of the first.
    """

    stream: Annotated[str, Field(min_length=1, max_length=300)]
    version: Version
    answers: Annotated[Version, Field(exclude_if=lambda version: version == 0)] = 0

    @model_validator(mode="after")
    def _refuse_second_name(self) -> Self:
        if self.version and self.answers:
            raise ValueError("an entry is its own answer")
        return self

    @property
    def command_id(self) -> str:
        """The id of every act that carries this decision out: one act on each stream."""
        return f"{self.stream}#{self.version}" + (f"/{self.answers}" if self.answers else "")

    @classmethod
    def parse(cls, command_id: str) -> "Self | None":
        """Return the decision that a command id names, or None for an id of another kind."""
        found = _COMMAND_ID.fullmatch(command_id)
        if found is None:
            return None
        stream, version, answers = found.groups()
        try:
            return cls(stream=stream, version=int(version), answers=int(answers or 0))
        except ValidationError:
            return None


class CitedDecision(Frozen):
    """A decision as the record has it: the entry that is named and its stream's present state.

    Both are None where the record holds no such stream, the entry also where it has no such version.
    """

    decision: Decision
    leaf: Leaf | None = None
    state: StreamState | None = None
