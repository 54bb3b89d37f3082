"""The base of every value that is decided on, recorded or sent."""

from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass
from pydantic.fields import FieldInfo

_set = object.__setattr__


@cache
def _fields_of(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)


class Frozen(BaseModel):
    """An immutable value; unknown keys are a fault, so that nothing is read that was not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def with_(self, **changes: object) -> Self:
        """Return a copy with the changes; values are trusted, as they come from validated events.

        What `model_copy` does to a model without extras and private attributes, in a fourth of the time: folding
        a log is little else. Which fields were ever set is not kept apart for each copy, as nothing here asks.
        """
        kind = type(self)
        copied = kind.__new__(kind)
        _set(copied, "__dict__", {**self.__dict__, **changes})
        _set(copied, "__pydantic_fields_set__", _fields_of(kind))
        _set(copied, "__pydantic_extra__", None)
        _set(copied, "__pydantic_private__", None)
        return copied


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without zone")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        # As a ValueError it refuses the message that holds it; as it is, it would halt the workflow that reads it.
        raise ValueError("a time outside the calendar") from None


JsonObject = dict[str, Any]
"""An object of JSON as it was read. Its values are Any: what an event, a command or a schema holds at a place is known
to who reads it by its type, and a type for all of JSON would be asked for at every step down."""

Instant = Annotated[datetime, AfterValidator(_utc)]


Counted = Annotated[int, Field(ge=0, le=1_000_000)]
"""A count, rank or version as people and streams send them; the record cannot write numbers beyond 2**53."""


CLOSED = ConfigDict(extra="forbid")
"""For compact values; as frozen as the others, and what was not declared is a fault in them too."""


class Compact:
    """The base of what states hold many of: pydantic's dataclasses with slots, in a tenth of a model's memory.

    A round of some thousand applications has a hundred thousand of them, in a verifier all at once.
    """

    __slots__: tuple[str, ...] = ()

    def with_(self, **changes: object) -> Self:
        """Return a copy with the changes; values are trusted, as in `Frozen.with_`."""
        kind = type(self)
        copied = kind.__new__(kind)
        for name in kind.__slots__:
            _set(copied, name, changes[name] if name in changes else getattr(self, name))
        return copied


Value = BaseModel | Compact


def fields_of(kind: type[Value]) -> dict[str, FieldInfo]:
    """Return the fields of a model or of a compact value, by name."""
    found: dict[str, FieldInfo] = vars(kind)["__pydantic_fields__"]
    return found


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Ref(Compact):
    """Stored content by its id and its salted hash: SHA-256(salt, content), hex.

    The log holds references only, so content can be erased without breaking the log.
    """

    id: Annotated[str, Field(max_length=100)]
    sha256: Annotated[str, Field(max_length=64)]
