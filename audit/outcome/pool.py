"""The pool that a draw seats people from: who may sit where, within which limits, and whether all places are filled."""

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from typing import Any

Inputs = Mapping[str, Any]
"""A draw's inputs, read as the JSON that the record holds."""

LIMITS = frozenset({"employer", "conflict", "avoid", "institution", "load", "alternates"})
"""The limits of a draw that can clash, by name. Nobody ever sits where they sat before."""

_BARS = (("avoid", "avoid"), ("conflicts", "conflict"), ("exclude", "sat"), ("sitting", "sat"))


class Pool:
    """Experts and applications of a draw."""

    def __init__(self, inputs: Inputs) -> None:
        self.applications = sorted(inputs["applications"], key=lambda item: str(item["stream"]))
        self.people = sorted(str(item["person"]) for item in inputs["experts"])
        self.most = int(inputs["max_per_institution"])
        self.alternates = int(inputs["alternates"])
        load = int(inputs["max_load"])
        self.rooms = {item["person"]: load - int(item.get("load_used", 0)) for item in inputs["experts"]}
        self._employers = {item["person"]: item["employer"] for item in inputs["experts"]}

    def house(self, person: str) -> str:
        """Return whose limit an expert counts against: the employer's, without one their own."""
        return self._employers[person] or f"\0{person}"

    def list_bars(self, application: Mapping[str, Any], person: str) -> list[str]:
        """Return why an expert may not sit there; nothing if they may."""
        employed = bool(self._employers[person]) and self._employers[person] in application["hosts"]
        bars = [why for name, why in _BARS if person in application.get(name, ())]
        return ["employer", *bars] if employed else bars

    def count_sitting(self, application: Mapping[str, Any]) -> Counter[str]:
        """Return how many of each house sit at an application already."""
        return Counter(self.house(p) for p in application.get("sitting", ()) if p in self._employers)

    def list_broken(self, panels: Mapping[str, Any]) -> Iterator[str]:
        """Yield the limits that panels break, one of each application."""
        taken: Counter[str] = Counter()
        for item in self.applications:
            stream = item["stream"]
            people = list_people(panels[stream])
            if any(person not in self._employers for person in people):
                yield "pool"
                return
            seats, alternates = (len(panels[stream][name]) for name in ("seats", "alternates"))
            wanted = (int(item["seats_wanted"]), self.alternates)
            if (seats, alternates) != wanted or len({*people}) != len(people):
                yield f"{stream}: seats"
            yield from (f"{stream}: {why}" for person in people for why in self.list_bars(item, person))
            houses = Counter(map(self.house, people)) + self.count_sitting(item)
            if any(houses[self.house(person)] > self.most for person in people):
                yield f"{stream}: institution"
            taken.update(people)
        if any(count > self.rooms[person] for person, count in taken.items()):
            yield "load"

    def can_fill(self, streams: Collection[str], limits: Collection[str] = LIMITS) -> bool:
        """Tell whether all places of these applications can be filled within these limits.

        Places are filled one after the other. Where nobody is free, somebody moves to another place, whose holder may
        move on in turn, until somebody is free for one; where no such way is left, there is none at all.
        """
        filling = _Filling(self, [item for item in self.applications if item["stream"] in streams], limits)
        return all(filling.fill(place) for place in range(len(filling.wanted)))


Row = tuple[int, str]
"""A house's places at an application, which stands at this index of the list."""

Came = dict[Row, tuple[str, Row] | None]
"""Over whom each row was reached, and to which row they would go; None where the way begins."""


class _Filling:
    """Places filled so far: at which applications each person sits."""

    def __init__(self, pool: Pool, items: list[Mapping[str, Any]], limits: Collection[str]) -> None:
        self._pool = pool
        self._rooms = {
            person: pool.rooms[person] if "load" in limits else len(items) for person in pool.people
        }
        extra = pool.alternates if "alternates" in limits else 0
        self.wanted = [int(item["seats_wanted"]) + extra for item in items]
        barring = {"sat", *limits}
        self._rows: list[dict[str, list[str]]] = []
        self._room: dict[Row, int] = {}
        for place, item in enumerate(items):
            rows: dict[str, list[str]] = {}
            for person in pool.people:
                if barring.isdisjoint(pool.list_bars(item, person)):
                    rows.setdefault(pool.house(person), []).append(person)
            sitters = pool.count_sitting(item)
            most = pool.most if "institution" in limits else len(pool.people) + len(sitters)
            self._rows.append(rows)
            self._room |= {(place, house): most - sitters[house] for house in rows}
        self._at: dict[str, set[int]] = {person: set() for person in pool.people}

    def fill(self, place: int) -> bool:
        """Fill all seats of an application; others move where they must. False where one stays empty."""
        return all(self._seat_one(place) for _ in range(self.wanted[place]))

    def _seat_one(self, first: int) -> bool:
        came: Came = {}
        free = self._list_free(first)
        if free:
            # Who has most room: so that few must move later.
            person = max(free, key=lambda one: self._rooms[one] - len(self._at[one]))
            row = (first, self._pool.house(person))
            self._move(person, row, {row: None})
            return True
        queue: deque[Row] = deque()
        seen: set[str] = set()
        self._reach(first, None, came, queue)
        while queue:
            row = queue.popleft()
            place, house = row
            for person in self._rows[place][house]:
                if person in seen or place in self._at[person]:
                    continue
                seen.add(person)
                if len(self._at[person]) < self._rooms[person]:
                    self._move(person, row, came)
                    return True
                for other in self._at[person]:
                    self._leave(other, person, row, came, queue)
        return False

    def _list_free(self, place: int) -> list[str]:
        return [
            person
            for house, people in self._rows[place].items()
            if self._room[place, house] > 0
            for person in people
            if place not in self._at[person] and len(self._at[person]) < self._rooms[person]
        ]

    def _reach(self, place: int, over: tuple[str, Row] | None, came: Came, queue: deque[Row]) -> None:
        """Reach all rows of an application that have room."""
        for house in self._rows[place]:
            row = (place, house)
            if row not in came and self._room[row] > 0:
                came[row] = over
                queue.append(row)

    def _leave(self, place: int, person: str, row: Row, came: Came, queue: deque[Row]) -> None:
        """Reach the row that a person leaves for another, and with it the application's others."""
        own = (place, self._pool.house(person))
        if own not in came:
            came[own] = (person, row)
            queue.append(own)
        self._reach(place, (person, row), came, queue)

    def _move(self, person: str, row: Row, came: Came) -> None:
        """Seat a person at the end of a way, and move everybody along it."""
        while True:
            self._at[person].add(row[0])
            self._room[row] -= 1
            before = came[row]
            if before is None:
                return
            leaver, taken = before
            self._at[leaver].discard(row[0])
            self._room[row[0], self._pool.house(leaver)] += 1
            person, row = leaver, taken


def list_people(panel: Mapping[str, Any]) -> list[str]:
    """Return the people of a panel, in its seats and behind them."""
    return [*panel["seats"], *panel["alternates"]]
