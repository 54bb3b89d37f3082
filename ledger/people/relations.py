"""What binds people to the bids of a round, as the record has it: employments, ties, parents of units, bids."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.people.units import Units
from selection.application.recusal import is_bid
from selection.decision.relations import (
    Bid,
    Employment,
    Relations,
    RelationsAsked,
    Tie,
    list_codes,
    list_employments,
    list_ties,
    relate_ties,
)

QUERIES = load_queries("relations")


class RelationsReader:
    """Answers what binds people to bids."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._units = Units(store)

    async def read(self, log: str, asked: RelationsAsked, also: Iterable[str] = ()) -> Relations:
        """Return what binds these people to the round's bids; `also` are units whose parents are told as well."""
        registered = await self._read_registered(asked.people)
        employments = {
            person: list_employments((at, unit) for at, unit, _ in told)
            for person, told in registered.items()
            if person in asked.people
        }
        declared = {
            person: list_ties((at, ties) for at, _, ties in told) for person, told in registered.items()
        }
        codes = {code for told in employments.values() for code in list_codes(told)}
        units = await self._units.find_with_parents({*codes, *asked.units, *also})
        return Relations(
            employments=employments,
            ties=relate_ties(declared, asked.people),
            parents={code: unit.parents for code, unit in units.items()},
            bids=await self._read_bids(log, asked, employments) if asked.bids else (),
        )

    async def read_own_ties(self, person: str) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
        """Return the ties that a person declared themselves and that still hold, and those that are registered."""
        row = await self._store.row(QUERIES["read_own_ties"], {"person": person})
        if row is None:
            return (), ()
        own, ties = (tuple(Tie.model_validate(tie) for tie in row[name]) for name in ("own", "ties"))
        return own, ties

    async def read_named(self, person: str) -> tuple[str, ...]:
        """Return whom a person ever named by what they declared themselves."""
        rows = await self._store.rows(QUERIES["read_named"], {"person": person})
        return tuple(row["named"] for row in rows)

    async def _read_registered(
        self, people: Sequence[str]
    ) -> dict[str, list[tuple[datetime, str, tuple[Tie, ...]]]]:
        """Return since when each had which employer and ties, in order; also of who declared one to these people."""
        rows = await self._store.rows(QUERIES["read_employments"], {"people": list(people)})
        found: dict[str, list[tuple[datetime, str, tuple[Tie, ...]]]] = {}
        for row in rows:
            ties = tuple(Tie.model_validate(tie) for tie in row["ties"])
            found.setdefault(row["person"], []).append((row["since"], row["unit"], ties))
        return found

    async def _read_bids(
        self, log: str, asked: RelationsAsked, employments: Mapping[str, tuple[Employment, ...]]
    ) -> tuple[Bid, ...]:
        codes = {code for told in employments.values() for code in list_codes(told, now=True)}
        about = {
            "log": log,
            "field": asked.field,
            "people": list(asked.people),
            "units": sorted(codes),
        }
        rows = await self._store.rows(QUERIES["read_bids"], about)
        return tuple(
            Bid(
                number=row["number"],
                field=row["field"],
                units=tuple(row["units"]),
                applicants=tuple(
                    sorted({*(row["applicants"] or ()), *set(row["behind"] or ()).intersection(asked.people)})
                ),
            )
            for row in rows
            if is_bid(row["stage"], row["outcome"])
        )
