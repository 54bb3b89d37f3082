"""Which conflicts of interest follow from data alone: one pure function that every act and the draw ask.

Source: docs/rules.md, A3. A person stands aside from an application of the legal person that employs them, or did
within the rules' years, of its parents and subsidiaries, of one that competes with a bid of theirs, in its field or for
all places, as the rules say, and of one whose units or people a declared relative, adviser or shared project ties them
to.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from selection.decision.relations import Bid, Conflict, Employment, Former, Kind, Relations
from selection.kernel.day_clock import DayClock, scale_to_clock
from selection.kernel.unit_codes import NO_UNIT, canonical_code
from selection.refusals.refused import Refused
from selection.rules.sections import Recusal

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def find_conflicts(
    person: str, bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> tuple[Conflict, ...]:
    """Return what binds a person to a bid at an instant and was not dismissed, what does so now before the rest."""
    found = sorted(_find_bound(person, bid, relations, recusal, clock, at), key=_is_past)
    found += _find_rivals(person, _list_rivals(bid, relations, recusal), relations)
    return tuple(conflict for conflict in found if _stands(conflict, person, bid, recusal))


def name_tie(conflict: Conflict) -> str:
    """Return what a conflict rests on: by this name the rules say which may be dismissed."""
    match conflict.kind:
        case "employer":
            return "employer" if conflict.until is None else "former-employer"
        case "rival":
            return "unit-bid" if conflict.unit else "own-bid"
        case "parent" | "subsidiary":
            return "related-unit"
    return conflict.kind


def is_of_house(conflict: Conflict, recusal: Recusal) -> bool:
    """Tell whether a conflict rests on a unit of the organiser's own house, and may be dismissed."""
    return conflict.unit in recusal.house and name_tie(conflict) in ("related-unit", "unit-bid")


def find_recused(
    people: Iterable[str], bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> frozenset[str]:
    """Return those of these people whom something binds to the bid."""
    # A draw asks of hundreds of people for each of a thousand bids: what competes is listed once for each.
    rivals = _list_rivals(bid, relations, recusal)
    return frozenset(
        person
        for person in people
        if any(
            _stands(conflict, person, bid, recusal)
            for conflict in chain(
                _find_bound(person, bid, relations, recusal, clock, at),
                _find_rivals(person, rivals, relations),
            )
        )
    )


def refuse_conflict(person: str, conflict: Conflict, recusal: Recusal) -> None:
    """Raise Refused with the evidence: the person's own unit and dates, nothing of the application."""
    params = {"person": person, "unit": conflict.unit or "-"}
    if conflict.kind == "rival":
        raise Refused("rival-bid", **params)
    tied = {"person": person, "tied": ", ".join(conflict.to)}
    if conflict.kind == "relative":
        raise Refused("relative-declared", **tied)
    if conflict.kind == "adviser":
        raise Refused("adviser-declared", **tied)
    if conflict.kind == "project":
        raise Refused("project-declared", **tied)
    if conflict.until is not None:
        raise Refused("employed-before", **params, until=conflict.until.isoformat(), years=str(recusal.years))
    if conflict.kind == "employer":
        raise Refused("same-employer")
    raise Refused("unit-related", **params)


def list_above(
    unit: str, relations: Relations, counts: Callable[[Former], bool] = lambda left: True
) -> frozenset[str]:
    """Return all units that one belongs to, or did so that it `counts`, however far up; without it, ever did."""
    found: set[str] = set()
    waiting = [unit]
    while waiting:
        below = waiting.pop()
        former = relations.former_parents.get(below, {})
        left = [above for above, ended in former.items() if counts(ended)]
        new = {*relations.parents.get(below, ()), *left} - found
        found |= new
        waiting += new
    return frozenset(found)


def list_relating_units(conflicts: Iterable[Conflict], relations: Relations) -> tuple[str, ...]:
    """Return the units by whose registrations these conflicts hold: both ends, and all on the way between them."""
    found: set[str] = set()
    for conflict in conflicts:
        for unit in conflict.to if conflict.kind in ("parent", "subsidiary") else ():
            low, top = (conflict.unit, unit) if conflict.kind == "parent" else (unit, conflict.unit)
            way = {low, *list_above(low, relations)}
            found |= {step for step in way if step == top or top in list_above(step, relations)}
    return tuple(sorted(found))


def _stands(conflict: Conflict, person: str, bid: Bid, recusal: Recusal) -> bool:
    # What nobody may dismiss while it holds may be dismissed once it does not: coming back, it binds again.
    return conflict not in bid.dismissed.get(person, ()) or name_tie(conflict) not in recusal.dismissible


def _is_past(conflict: Conflict) -> bool:
    return conflict.until is not None


def _find_bound(
    person: str, bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> Iterator[Conflict]:
    yield from _find_employed(person, bid, relations, recusal, clock, at)
    window = scale_to_clock(clock, recusal.years * YEAR)
    for tie in relations.ties.get(person, ()):
        holds = tie.until is None or at < tie.until + window
        to = tie.unit if tie.unit in bid.units else tie.other if tie.other in bid.behind else ""
        if holds and to:
            yield Conflict(kind=tie.kind, unit=tie.unit, until=tie.until, to=(to,))


def _find_employed(
    person: str, bid: Bid, relations: Relations, recusal: Recusal, clock: DayClock, at: datetime
) -> Iterator[Conflict]:
    counts = partial(_counts, recusal, clock, at)
    for employment in relations.employments.get(person, ()):
        unit = canonical_code(employment.unit)
        if unit in ("", NO_UNIT) or not counts(employment):
            continue
        for kind, to in _relate(unit, bid.units, relations, recusal, counts):
            if to:
                yield Conflict(kind=kind, unit=unit, until=employment.until, to=to)


def _counts(recusal: Recusal, clock: DayClock, at: datetime, link: Employment | Former) -> bool:
    """Tell whether what the register says, or said, counts at an instant: while it holds, and some years after."""
    if link.until is None:
        return True
    recent = at < link.until + scale_to_clock(clock, recusal.years * YEAR)
    return recent and not _is_corrected(recusal, clock, link.until, link.corrected)


def _is_corrected(recusal: Recusal, clock: DayClock, until: datetime, since: datetime | None) -> bool:
    """Tell whether what the register said was a slip: for a reason taken out within days after it first said so."""
    return since is not None and until <= since + scale_to_clock(clock, recusal.correct_days * DAY)


def _relate(
    unit: str,
    applying: tuple[str, ...],
    relations: Relations,
    recusal: Recusal,
    counts: Callable[[Former], bool],
) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    """Yield each way in which a unit is bound to those that apply, or was so that it counts, with those units."""
    yield "employer", tuple(host for host in applying if host == unit)
    if not recusal.related_units:
        return
    others = sorted(set(applying) - {unit})
    above = list_above(unit, relations, counts)
    yield "parent", tuple(host for host in others if host in above)
    yield "subsidiary", tuple(host for host in others if unit in list_above(host, relations, counts))


def list_disclosed(
    people: Iterable[str], bid: Bid, relations: Relations, recusal: Recusal
) -> dict[str, tuple[str, ...]]:
    """Return which bids for the same places those of these people are behind, or their units, whom they do not bar."""
    barring = _list_rivals(bid, relations, recusal)
    others = tuple(item for item in _list_competing(bid, relations) if item not in barring)
    bids = {person: _find_rivals(person, others, relations) for person in people}
    numbers = {
        person: {number for conflict in each for number in conflict.to} for person, each in bids.items()
    }
    return {person: tuple(sorted(each)) for person, each in sorted(numbers.items()) if each}


def _list_competing(bid: Bid, relations: Relations) -> Iterator[Bid]:
    """Yield the bids that compete with one for the round's places."""
    return (item for item in relations.bids if item.number != bid.number and not item.out)


def _list_rivals(bid: Bid, relations: Relations, recusal: Recusal) -> tuple[Bid, ...]:
    """Return the bids whose people may not judge this one, as the rules say."""
    if recusal.rivals == "none":
        return ()
    everywhere = recusal.rivals == "places"
    return tuple(item for item in _list_competing(bid, relations) if everywhere or item.field == bid.field)


def _find_rivals(person: str, rivals: tuple[Bid, ...], relations: Relations) -> Iterator[Conflict]:
    if own := _number(item for item in rivals if person in item.applicants):
        yield Conflict(kind="rival", unit="", to=own)
    for employment in relations.employments.get(person, ()):
        unit = canonical_code(employment.unit)
        if employment.until is None and (bids := _number(item for item in rivals if unit in item.units)):
            yield Conflict(kind="rival", unit=unit, to=bids)


def _number(bids: Iterable[Bid]) -> tuple[str, ...]:
    return tuple(sorted(item.number for item in bids))
