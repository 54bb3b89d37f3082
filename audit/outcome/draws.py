"""A draw worked out again: its key, what each pair costs, the lots, its limits, and that no other choice costs less.

How keys, costs and lots follow is RFC 5869, as docs/format.md has it. Results are read as the JSON of the record.
"""

import hmac
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from audit.outcome.pool import Inputs, Pool, list_people

NAME = b"center-selection draw v1"
FAR = np.int64(1 << 60)
"""Further than any way through a pool."""

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def derive_key(secret: bytes, randomness: str) -> bytes:
    """Return a draw's key: HKDF-SHA256 of the secret, the public randomness as salt."""
    return _expand(hmac.digest(randomness.encode(), secret, "sha256"), NAME)


def derive_cost(key: bytes, stream: str, person: str) -> int:
    """Return what an expert costs for an application: the first 5 bytes that the key gives for the pair."""
    return int.from_bytes(_expand(key, b"\0".join((b"pair", stream.encode(), person.encode())))[:5], "big")


def derive_lot(key: bytes, stream: str) -> str:
    """Return an application's lot, 32 hex digits."""
    return _expand(key, b"lot\0" + stream.encode()).hex()[:32]


def find_fault(inputs: Inputs, key: bytes, result: Mapping[str, Any]) -> str:
    """Return what is wrong with a draw's panels first, a limit, an order or a cost; nothing if all is right."""
    pool, panels = Pool(inputs), result["panels"]
    if sorted(panels) != [item["stream"] for item in pool.applications]:
        return "applications"
    for fault in pool.list_broken(panels):
        return fault
    costs = {
        stream: [derive_cost(key, stream, person) for person in list_people(panel)]
        for stream, panel in panels.items()
    }
    for stream, each in costs.items():
        if any(before > after for before, after in pairwise(each)):
            return f"{stream}: order"
    if sum(sum(each) for each in costs.values()) != int(result["total_cost"]):
        return "total-cost"
    return "" if is_cheapest(pool, key, panels) else "not-cheapest"


class Rows(NamedTuple):
    """An application's places by house: who may take one and who does, what each costs, which houses have room."""

    people: Numbers
    rows: Numbers
    costs: Numbers
    seated: Flags
    free: Flags
    filled: Flags
    prices: Numbers


def is_cheapest(pool: Pool, key: bytes, panels: Mapping[str, Any]) -> bool:
    """Tell whether no exchange of people makes panels cheaper that keep all limits.

    An exchange leads from a place that is given up to the one that is taken instead, through whoever then has one too
    many, until it closes. Its price is searched from everywhere at once (Bellman and Ford): where prices settle, no
    exchange gains anything. A house has a row of places at each application, as its limit is the application's.
    """
    used = Counter(person for panel in panels.values() for person in list_people(panel))
    more = np.array([used[person] < pool.rooms[person] for person in pool.people])
    some = np.array([used[person] > 0 for person in pool.people])
    grid = [
        _lay_out(pool, item, key, {*list_people(panels[item["stream"]])})
        for item in pool.applications
        if pool.people
    ]
    at_people = np.zeros(len(pool.people), dtype=np.int64)
    at_applications = np.zeros(len(grid), dtype=np.int64)
    outside = np.zeros(1, dtype=np.int64)
    for _ in range(len(pool.people) + len(grid) + sum(len(rows.free) for rows in grid) + 2):
        prices = [outside, at_people, at_applications, *(rows.prices for rows in grid)]
        before = [each.copy() for each in prices]
        for place, rows in enumerate(grid):
            at_applications[place] = _lower(rows, at_applications[place], at_people)
        outside[0] = min(outside[0], np.where(more, at_people, FAR).min(initial=FAR))
        np.minimum(at_people, np.where(some, outside, FAR), out=at_people)
        if all(np.array_equal(one, other) for one, other in zip(before, prices, strict=True)):
            return True
    return False


def _lower(rows: Rows, price: np.int64, at_people: Numbers) -> np.int64:
    """Lower the prices of whom an application's rows lead to; return its own."""
    np.minimum(rows.prices, np.where(rows.free, price, FAR), out=rows.prices)
    leaving, taking = rows.seated, ~rows.seated
    np.minimum.at(rows.prices, rows.rows[leaving], at_people[rows.people[leaving]] - rows.costs[leaving])
    np.minimum.at(at_people, rows.people[taking], rows.prices[rows.rows[taking]] + rows.costs[taking])
    return min(price, np.where(rows.filled, rows.prices, FAR).min(initial=FAR))


def _lay_out(pool: Pool, item: Mapping[str, Any], key: bytes, sitting: set[str]) -> Rows:
    able = [(place, person) for place, person in enumerate(pool.people) if not pool.list_bars(item, person)]
    houses = sorted({pool.house(person) for _, person in able})
    numbers = {house: number for number, house in enumerate(houses)}
    count = Counter(map(pool.house, sitting))
    sitters = pool.count_sitting(item)
    return Rows(
        people=np.array([place for place, _ in able], dtype=np.int64),
        rows=np.array([numbers[pool.house(person)] for _, person in able], dtype=np.int64),
        costs=np.array([derive_cost(key, item["stream"], person) for _, person in able], dtype=np.int64),
        seated=np.array([person in sitting for _, person in able], dtype=np.bool_),
        free=np.array([count[house] + sitters[house] < pool.most for house in houses], dtype=np.bool_),
        filled=np.array([count[house] > 0 for house in houses], dtype=np.bool_),
        prices=np.zeros(len(houses), dtype=np.int64),
    )


def _expand(key: bytes, info: bytes) -> bytes:
    return hmac.digest(key, info + b"\x01", "sha256")
