"""What may bind people to applications: employers, declared ties, what units belong to, which bids there are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.unit_codes import NO_UNIT, canonical_code, spell_employer

TieKind = Literal["relative", "adviser", "project"]
Kind = Literal["employer", "parent", "subsidiary", "rival", TieKind]


class Conflict(Frozen):
    """Why a person must stand aside, as data tells it: two that are equal rest on the same employment and bids.

    `unit` is the person's own unit: the applicant itself, one that the applicant is a parent or subsidiary of, or one
    that bids in the same field; empty where the person handed in that bid. `until` is when it stopped to employ them.
    `to` are the units of the application that it is bound to, of a rival the numbers of the competing bids, of a tie to
    a person who is behind the application that person.
    """

    kind: Kind
    unit: str
    until: Instant | None = None
    to: Annotated[tuple[str, ...], Field(exclude_if=lambda to: not to)] = ()


class Employment(Frozen):
    """A unit that employs a person by the register, or did `until` an instant; its code as it was registered.

    `corrected` is since when the register first said so, where whoever ended it gave a reason: within the rules' days
    that is a correction, and no history.
    """

    unit: str
    until: Instant | None = None
    corrected: Instant | None = None


class Former(Frozen):
    """Until when a unit belonged to another; `corrected` as of an employment."""

    until: Instant
    corrected: Instant | None = None


class Tie(Frozen):
    """What a person declared: a close relative, a doctoral adviser or student, a shared project, by unit or person.

    `unit` employs the relative or the adviser, or shares the project; `other` is the relative, adviser or partner, by
    the id that they are registered under. One of the two is said.
    """

    kind: TieKind
    unit: Annotated[
        str, Field(max_length=100, exclude_if=lambda unit: not unit), AfterValidator(spell_employer)
    ] = ""
    other: Annotated[str, Field(max_length=64, exclude_if=lambda other: not other)] = ""

    @model_validator(mode="after")
    def _hold_one(self) -> Self:
        if bool(self.unit) is bool(self.other):
            raise ValueError("either a unit or a person")
        return self


class Declared(Frozen):
    """A tie that is declared, or was `until` an instant; of one that is registered of another, `other` is they."""

    kind: TieKind
    unit: str = ""
    other: str = ""
    until: Instant | None = None


class Bid(Frozen):
    """An application of the round as a bid: its field, its host and confirmed co-builders in the one spelling.

    `applicants` are those of the people asked about who handed it in, or confirmed it, or are in its team and employed
    by a unit of it. Of one that is judged, `behind` are all of these, and `dismissed` holds by person what a supervisor
    dismissed: that very evidence binds them no more. One that is `out` was not recommended or failed its check: it
    competes with no other.
    """

    number: str
    field: str
    units: tuple[str, ...]
    out: bool = False
    applicants: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    dismissed: dict[str, tuple[Conflict, ...]] = {}


class Belonging(Frozen):
    """What a unit belongs to by the register, and what it belonged to, by unit."""

    parents: tuple[str, ...] = ()
    former: dict[str, Former] = {}


class RelationsAsked(Frozen):
    """Of whom it is asked what binds them to the units of an application, and to bids.

    Told are the bids that these people handed in, or in which a unit takes part that employs them now. `units` are
    those of which it is asked what they belong to; those of the candidates that the same request asks for are told as
    well. Without `bids` none is told: while they still come and go, who asked for them would have to decide anew at
    each. With `registrars` it is told through whose hands the units came.
    """

    people: tuple[str, ...]
    units: tuple[str, ...] = ()
    bids: bool = True
    registrars: bool = False


class Relations(Frozen):
    """The answer: employments and ties by person, direct parents by unit, also of all above them, bids that bind.

    `former_parents` are by unit those that it belonged to; `registrars` by unit who ever signed a
    registration of it, or of one who did, where that was asked.
    """

    employments: dict[str, tuple[Employment, ...]] = {}
    ties: dict[str, tuple[Declared, ...]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    former_parents: dict[str, dict[str, Former]] = {}
    registrars: dict[str, tuple[str, ...]] = {}
    bids: tuple[Bid, ...] = ()


def list_employments(registered: Iterable[tuple[datetime, str, bool]]) -> tuple[Employment, ...]:
    """Return the employments that registrations tell of, in order: each lasts until another employer is registered.

    Of each registration it is said when it was, which employer it names, and whether it gave a reason.
    """
    found: list[Employment] = []
    first: dict[str, datetime] = {}
    for at, employer, reasoned in registered:
        first.setdefault(canonical_code(employer), at)
        if found and found[-1].unit == employer:
            continue
        if found:
            corrected = first[canonical_code(found[-1].unit)] if reasoned else None
            found[-1] = found[-1].with_(until=at, corrected=corrected)
        found.append(Employment(unit=employer))
    return tuple(found)


def list_belonging(registered: Iterable[tuple[datetime, Iterable[str], bool]]) -> Belonging:
    """Return what a unit belongs to by its registrations, in order: a parent until one leaves it out.

    Of each it is said when it was, which parents it names, and whether it gave a reason.
    """
    parents: tuple[str, ...] = ()
    former: dict[str, Former] = {}
    first: dict[str, datetime] = {}
    for at, named, reasoned in registered:
        present = tuple(named)
        first = {**dict.fromkeys(present, at), **first}
        for unit in set(parents).difference(present):
            former[unit] = Former(until=at, corrected=first[unit] if reasoned else None)
        former = {unit: left for unit, left in former.items() if unit not in present}
        parents = present
    return Belonging(parents=parents, former=dict(sorted(former.items())))


def list_ties(declared: Iterable[tuple[datetime, Iterable[Tie]]]) -> tuple[Declared, ...]:
    """Return the ties that a person's registrations tell of, in order: each lasts until one leaves it out."""
    found: dict[Tie, datetime | None] = {}
    for at, ties in declared:
        present = frozenset(ties)
        ended = {tie: at for tie, until in found.items() if until is None and tie not in present}
        found |= {**ended, **dict.fromkeys(present)}
    ordered = sorted(found, key=lambda tie: (tie.kind, tie.unit, tie.other))
    return tuple(Declared(kind=tie.kind, unit=tie.unit, other=tie.other, until=found[tie]) for tie in ordered)


def relate_ties(
    declared: Mapping[str, tuple[Declared, ...]],
    registered: Mapping[str, tuple[Declared, ...]],
    people: Iterable[str],
) -> dict[str, tuple[Declared, ...]]:
    """Return by person their own ties, by their word or registration, and those of others that name them.

    One that is `registered` binds both of its ends. Somebody's own word binds nobody else, or whoever applies would
    choose who does not judge them.
    """
    found = {person: list(declared.get(person, ())) for person in people}
    for declarer in sorted(registered):
        for tie in registered[declarer]:
            if tie.other in found:
                found[tie.other].append(tie.with_(other=declarer))
    return {person: tuple(ties) for person, ties in found.items() if ties}


def list_codes(employments: Iterable[Employment], *, now: bool = False) -> tuple[str, ...]:
    """Return the units of employments in the one spelling, of those that last alone if `now`, without who has none."""
    codes = {canonical_code(item.unit) for item in employments if item.until is None or not now}
    return tuple(sorted(codes - {"", NO_UNIT}))
