"""Numbers that may enter the record: whole numbers, and decimals with one spelling each."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError


def refuse_float(value: object) -> object:
    """Return the value unless it is a binary float or a truth value: those are no decimals."""
    if isinstance(value, float | bool):
        raise PydanticCustomError("float_refused", "a binary float is not exact: quote the number")
    return value


def plain(value: Decimal) -> Decimal:
    """Return the number in its one shortest spelling, so that equal values have equal bytes: 25.0 is 25."""
    return Decimal(format(value.normalize(), "f")) if value else Decimal(0)


Exact = Annotated[
    Decimal, BeforeValidator(refuse_float), Field(max_digits=24, decimal_places=6), AfterValidator(plain)
]
"""A decimal with at most six places, given as text or as a whole number; never by way of a binary float."""

Whole = Annotated[int, Field(strict=True)]
"""A whole number; neither text nor a truth value passes for one."""
