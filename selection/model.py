"""The base of every value that is decided on, recorded or sent."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; unknown keys are a fault, so that nothing is read that was not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ref(Frozen):
    """Stored content by its id and its salted hash: SHA-256(salt, content), hex.

    The log holds references only, so content can be erased without breaking the log.
    """

    id: str
    sha256: str
