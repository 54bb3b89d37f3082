"""The base of every value that is decided on, recorded or sent."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """An immutable value; unknown keys are a fault, so that nothing is read that was not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Counted = Annotated[int, Field(ge=0, le=1_000_000)]
"""A count, rank or version as people and streams send them; the record cannot write numbers beyond 2**53."""


class Ref(Frozen):
    """Stored content by its id and its salted hash: SHA-256(salt, content), hex.

    The log holds references only, so content can be erased without breaking the log.
    """

    id: Annotated[str, Field(max_length=100)]
    sha256: Annotated[str, Field(max_length=64)]
