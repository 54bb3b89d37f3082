"""What binds people to the bids of a round, as the record has it: employments, ties, parents of units, bids."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import DictRow

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.application.recusal import OUT, is_bid
from selection.decision.relations import (
    Bid,
    Relations,
    RelationsAsked,
    Tie,
    list_codes,
    list_employments,
    list_ties,
    relate_ties,
)
from selection.kernel.unit_codes import NO_UNIT, canonical_code

QUERIES = load_queries("relations")
Registered = dict[str, list[tuple[datetime, str, bool, tuple[Tie, ...], tuple[Tie, ...]]]]
"""By person, since when each had which employer, whether that was told with a reason, and which ties.

Ties are those by registrations and those by their own word.
"""


class RelationsReader:
    """Answers what binds people to bids."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, log: str, asked: RelationsAsked, also: Iterable[str] = ()) -> Relations:
        """Return what binds these people to the round's bids; `also` are units whose parents are told as well."""
        units = {canonical_code(code) for code in (*asked.units, *also)} - {""}
        row = await self._read(log, asked, units)
        registered = _map_registered(row)
        employments = {
            person: list_employments((at, unit, reasoned) for at, unit, reasoned, *_ in history)
            for person, history in registered.items()
            if person in asked.people
        }
        if any(
            canonical_code(item.unit) != item.unit for history in employments.values() for item in history
        ):
            # Registered before codes were spelled in one way: the database has looked for what nobody is called.
            codes = {code for history in employments.values() for code in list_codes(history)}
            employing = {code for history in employments.values() for code in list_codes(history, now=True)}
            row = await self._read(log, asked, units | codes, employing)
        known = {
            person: list_ties((at, ties) for at, _, _, ties, _ in history)
            for person, history in registered.items()
        }
        declared = {
            person: list_ties((at, ties + own) for at, _, _, ties, own in history)
            for person, history in registered.items()
        }
        found = {code: tuple(parents) for code, parents in (row["parents"] or {}).items()}
        return Relations(
            employments=employments,
            ties=relate_ties(declared, known, asked.people),
            parents=found,
            former_parents=row["former_parents"] or {},
            registrars=await self._list_registrars(found) if asked.registrars else {},
            bids=_list_bids(row["bids"] or (), asked),
        )

    async def _list_registrars(self, units: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return by unit everybody through whose hands it came into the register, in order."""
        rows = await self._store.rows(QUERIES["read_unit_registrars"], {"units": sorted(units)})
        return {row["code"]: tuple(row["registrars"]) for row in rows}

    async def read_own_ties(self, person: str) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
        """Return the ties that a person declared themselves and that still hold, and those that are registered."""
        row = await self._store.row(QUERIES["read_own_ties"], {"person": person})
        if row is None:
            return (), ()
        own, ties = (tuple(Tie.model_validate(tie) for tie in row[name]) for name in ("own", "ties"))
        return own, ties

    async def count_declared(self, person: str) -> int:
        """Return how often a person ever declared a tie themselves."""
        row = await self._store.row(QUERIES["count_declared"], {"person": person})
        assert row is not None
        return int(row["declared"])

    async def _read(
        self, log: str, asked: RelationsAsked, units: Iterable[str], employing: Iterable[str] = ()
    ) -> DictRow:
        about = {
            "log": log,
            "people": list(asked.people),
            "units": sorted(units),
            "employing": sorted(employing),
            "no_unit": NO_UNIT,
            "bids": asked.bids,
        }
        row = await self._store.row(QUERIES["read_relations"], about)
        assert row is not None
        return row


def _map_registered(row: DictRow) -> Registered:
    """Return what each had since when, in order; also of whom a registered tie binds to those asked about."""
    found: Registered = {}
    for person, since, unit, reasoned, *declarations in row["employments"] or ():
        ties, own = (tuple(Tie.model_validate(tie) for tie in each) for each in declarations)
        found.setdefault(person, []).append((datetime.fromisoformat(since), unit, reasoned, ties, own))
    return found


def _list_bids(rows: Sequence[Mapping[str, Any]], asked: RelationsAsked) -> tuple[Bid, ...]:
    return tuple(
        Bid(
            number=row["number"],
            field=row["field"],
            units=tuple(row["bidders"]),
            out=row["outcome"] in OUT,
            applicants=tuple(
                sorted({*(row["applicants"] or ()), *set(row["behind"] or ()).intersection(asked.people)})
            ),
        )
        for row in rows
        if is_bid(row["stage"], row["outcome"])
    )
