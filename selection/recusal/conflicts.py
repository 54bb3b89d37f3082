"""Which conflicts of interest follow from data alone: one pure function that every act and the draw ask.

Source: docs/rules.md, A3. A person stands aside from an application of the legal person that employs them, or did
within the rules' years, of its parents and subsidiaries, and of one that competes in its field with a bid of theirs.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from selection.decision.relations import Bid, Employment, Relations
from selection.kernel.day_clock import DayClock, scale_to_clock
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.unit_codes import NO_UNIT, canonical_code
from selection.refusals.refused import Refused
from selection.rules.sections import Recusal

Kind = Literal["employer", "parent", "subsidiary", "rival"]
YEAR = timedelta(days=365)


class Conflict(Frozen):
    """Why a person must stand aside, as data tells it.

    `unit` is the person's own unit: the applicant itself, one that the applicant is a parent or subsidiary of, or one
    that bids in the same field; empty where the person handed in that bid. `until` is when it stopped to employ them.
    """

    kind: Kind
    unit: str
    until: Instant | None = None


def find_conflicts(
    person: str, bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> tuple[Conflict, ...]:
    """Return what binds a person to a bid at an instant, what does so now before what did once."""
    found = sorted(_find_employed(person, bid, relations, recusal, clock, at), key=_is_past)
    return (*found, *_find_rivals(person, _list_rivals(bid, relations, recusal), relations))


def find_recused(
    people: Iterable[str], bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> frozenset[str]:
    """Return those of these people whom something binds to the bid."""
    # A draw asks of hundreds of people for each of a thousand bids: what competes is listed once for each.
    rivals = _list_rivals(bid, relations, recusal)
    return frozenset(
        person
        for person in people
        if any(_find_employed(person, bid, relations, recusal, clock, at))
        or any(_find_rivals(person, rivals, relations))
    )


def refuse_conflict(person: str, conflict: Conflict, recusal: Recusal) -> None:
    """Raise Refused with the evidence: the person's own unit and dates, nothing of the application."""
    told = {"person": person, "unit": conflict.unit or "-"}
    if conflict.kind == "rival":
        raise Refused("rival-bid", **told)
    if conflict.until is not None:
        raise Refused("employed-before", **told, until=conflict.until.isoformat(), years=str(recusal.years))
    if conflict.kind == "employer":
        raise Refused("same-employer")
    raise Refused("unit-related", **told)


def list_above(unit: str, relations: Relations) -> frozenset[str]:
    """Return all units that one belongs to, however far up."""
    found: set[str] = set()
    waiting = [*relations.parents.get(unit, ())]
    while waiting:
        above = waiting.pop()
        if above not in found:
            found.add(above)
            waiting += relations.parents.get(above, ())
    return frozenset(found)


def _is_past(conflict: Conflict) -> bool:
    return conflict.until is not None


def _find_employed(
    person: str, bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> Iterator[Conflict]:
    window = scale_to_clock(clock, recusal.years * YEAR)
    for employment in relations.employments.get(person, ()):
        unit = canonical_code(employment.unit)
        if unit in ("", NO_UNIT) or (employment.until is not None and at >= employment.until + window):
            continue
        kind = _relate(unit, bid.units, relations, recusal)
        if kind is not None:
            yield Conflict(kind=kind, unit=unit, until=employment.until)


def _relate(unit: str, applying: tuple[str, ...], relations: Relations, recusal: Recusal) -> Kind | None:
    if unit in applying:
        return "employer"
    if not recusal.related_units:
        return None
    if not list_above(unit, relations).isdisjoint(applying):
        return "parent"
    if any(unit in list_above(host, relations) for host in applying):
        return "subsidiary"
    return None


def _list_rivals(bid: Bid, relations: Relations, recusal: Recusal) -> tuple[Bid, ...]:
    """Return the bids that compete with one, where the rules count these."""
    competing = (item for item in relations.bids if item.number != bid.number and item.field == bid.field)
    return tuple(competing) if recusal.same_field else ()


def _find_rivals(person: str, rivals: tuple[Bid, ...], relations: Relations) -> Iterator[Conflict]:
    if any(person in item.applicants for item in rivals):
        yield Conflict(kind="rival", unit="")
    for employment in relations.employments.get(person, ()):
        if employment.until is None and _bids(employment, rivals):
            yield Conflict(kind="rival", unit=canonical_code(employment.unit))


def _bids(employment: Employment, bids: Iterable[Bid]) -> bool:
    unit = canonical_code(employment.unit)
    return any(unit in item.units for item in bids)
