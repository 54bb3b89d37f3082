"""What binds people to the bids of a round, as the record has it: employments, parents of units, bids."""

from collections.abc import Iterable, Mapping, Sequence

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.people.units import Units
from selection.application.recusal import is_bid
from selection.decision.relations import Bid, Employment, Relations, RelationsAsked, list_codes

QUERIES = load_queries("relations")


class RelationsReader:
    """Answers what binds people to bids."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._units = Units(store)

    async def read(self, log: str, asked: RelationsAsked, also: Iterable[str] = ()) -> Relations:
        """Return what binds these people to the round's bids; `also` are units whose parents are told as well."""
        employments = await self._read_employments(asked.people)
        codes = {code for told in employments.values() for code in list_codes(told)}
        units = await self._units.find_with_parents({*codes, *asked.units, *also})
        return Relations(
            employments=employments,
            parents={code: unit.parents for code, unit in units.items()},
            bids=await self._read_bids(log, asked, employments) if asked.bids else (),
        )

    async def _read_employments(self, people: Sequence[str]) -> dict[str, tuple[Employment, ...]]:
        rows = await self._store.rows(QUERIES["read_employments"], {"people": list(people)})
        found: dict[str, tuple[Employment, ...]] = {}
        for row in rows:
            told = Employment(unit=row["unit"], until=row["until"])
            found[row["person"]] = (*found.get(row["person"], ()), told)
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
                applicants=tuple(sorted(row["applicants"] or ())),
            )
            for row in rows
            if is_bid(row["stage"], row["outcome"])
        )
