"""What may bind people to applications: who employs and employed them, what units belong to, which bids there are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.unit_codes import NO_UNIT, canonical_code

Kind = Literal["employer", "parent", "subsidiary", "rival"]


class Conflict(Frozen):
    """Why a person must stand aside, as data tells it: two that are equal rest on the same employment and bids.

    `unit` is the person's own unit: the applicant itself, one that the applicant is a parent or subsidiary of, or one
    that bids in the same field; empty where the person handed in that bid. `until` is when it stopped to employ them.
    `to` are the units of the application that it is bound to, or of a rival the numbers of the competing bids.
    """

    kind: Kind
    unit: str
    until: Instant | None = None
    to: Annotated[tuple[str, ...], Field(exclude_if=lambda to: not to)] = ()


class Employment(Frozen):
    """A unit that employs a person by the register, or did `until` an instant; its code as it was registered."""

    unit: str
    until: Instant | None = None


class Bid(Frozen):
    """An application of the round as a bid: its field, its host and co-builders in the one spelling.

    `applicants` are those of the people asked about who handed it in, or confirmed it. Of one that is judged,
    `dismissed` holds by person what a supervisor dismissed: that very evidence binds them no more.
    """

    number: str
    field: str
    units: tuple[str, ...]
    applicants: tuple[str, ...] = ()
    dismissed: dict[str, tuple[Conflict, ...]] = {}


class RelationsAsked(Frozen):
    """Of whom it is asked what binds them to the units of an application, and to bids.

    Told are the bids in a field, or in all where none is named, that these people handed in, or in which a unit takes
    part that employs them now. `units` are those of which it is asked what they belong to; those of the candidates
    that the same request asks for are told as well. Without `bids` none is told: while they still come and go, who
    asked for them would have to decide anew at each.
    """

    people: tuple[str, ...]
    units: tuple[str, ...] = ()
    field: str = ""
    bids: bool = True


class Relations(Frozen):
    """The answer: employments by person, direct parents by unit, also of all above them, and bids that bind."""

    employments: dict[str, tuple[Employment, ...]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    bids: tuple[Bid, ...] = ()


def list_employments(registered: Iterable[tuple[datetime, str]]) -> tuple[Employment, ...]:
    """Return the employments that registrations tell of, in order: each lasts until another employer is registered."""
    found: list[Employment] = []
    for at, employer in registered:
        if found and found[-1].unit == employer:
            continue
        if found:
            found[-1] = found[-1].with_(until=at)
        found.append(Employment(unit=employer))
    return tuple(found)


def list_codes(employments: Iterable[Employment], *, now: bool = False) -> tuple[str, ...]:
    """Return the units of employments in the one spelling, of those that last alone if `now`, without who has none."""
    codes = {canonical_code(item.unit) for item in employments if item.until is None or not now}
    return tuple(sorted(codes - {"", NO_UNIT}))
