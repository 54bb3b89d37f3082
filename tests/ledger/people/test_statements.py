"""How often a decision asks the database, and that PostgreSQL plans what every decision asks once for all."""

from typing import Any

import psycopg
import pytest

from ledger.database.store import Params, Store
from ledger.decision.halts import QUERIES as DECIDING
from ledger.decision.place import ask_place
from ledger.people.relations import QUERIES as RELATIONS
from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.machine import Carry
from selection.decision.reference import Decision
from selection.recommendation import commands as listed
from tests import factories as f
from tests.ledger.support.deciding import LIST, ONE, act, code, decide, submit

OFTEN = 40
"""More often than anything is asked while the round is opened and its people are registered."""
CUSTOM = 5
"""PostgreSQL plans a prepared statement for its values so often, then one for any if that is no dearer."""
PLANS = b"""
SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE generic_plans + custom_plans >= 35
"""
MANY = """
INSERT INTO selection.contents (id, kind, media_type, size, sha256, stored_by)
SELECT 'one-of-many-' || n, 'text', 'text/plain', 1, '', 'applicant-1' FROM generate_series(1, 2000) AS n
"""
MANY_BESIDE = """
INSERT INTO selection.applications (stream, log, "row")
SELECT a.stream || '-' || n, a.log, a."row" || jsonb_build_object(
    'units', jsonb_build_array('U-' || n, 'V-' || n), 'bidders', jsonb_build_array('U-' || n),
    'behind', jsonb_build_array('somebody-' || n)
) FROM selection.applications a, generate_series(1, 5000) AS n WHERE a.stream = %(stream)s;
INSERT INTO selection.employments (person, nth, unit, since)
SELECT 'somebody-' || n, 1, 'U-' || n, now() FROM generate_series(1, 5000) AS n;
"""
READ_THROUGH = """
SELECT sum(seq_tup_read) AS rows FROM pg_stat_xact_user_tables WHERE relname IN ('applications', 'employments')
"""
BESIDE = {"log": f.ROUND, "units": [], "employing": [], "no_unit": "NONE", "field": "", "bids": True}


async def test_what_is_carried_out_is_read_with_the_place_and_relations_at_once(
    place: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await submit(place)
    made = await decide(place, act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER))
    assert made.receipt is not None
    sent: list[str] = []
    ask = Store.rows

    async def note_and_ask(store: Store, query: str, params: Params | None = None) -> Any:
        sent.append(query)
        return await ask(store, query, params)

    monkeypatch.setattr(Store, "rows", note_and_ask)
    taken = await place.deciding.decide(ONE, Carry(Decision(stream=LIST, version=made.receipt.version)))
    assert code(taken) == ""
    # Appending takes one more.
    assert sent == [DECIDING["read_place"], RELATIONS["read_relations"]]


async def test_what_every_decision_asks_is_planned_once(place: Ledger, url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(MANY)
        await connection.execute("ANALYZE selection.contents")
    asked = ask_place(ONE, act(ONE, c.Withdraw()))
    async with place.record.store.connection() as connection:
        for number in range(OFTEN):
            people = [f"expert-{number}", "expert-1"]
            await connection.execute(DECIDING["read_place"], asked)
            await connection.execute(RELATIONS["read_relations"], {**BESIDE, "people": people})
        plans = await (await connection.execute(PLANS)).fetchall()
    assert len(plans) == 2
    assert all(row["generic_plans"] > row["custom_plans"] == CUSTOM for row in plans), plans


async def test_what_binds_people_to_bids_is_found_without_reading_all_bids(place: Ledger, url: str) -> None:
    await submit(place)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(MANY_BESIDE.replace("%(stream)s", f"'{ONE}'"))
        await connection.execute("ANALYZE selection.applications, selection.employments")
    asked = {**BESIDE, "people": ["somebody-7", "expert-1"], "employing": ["U-9"], "bids": True}
    async with place.record.store.connection() as connection:
        for _ in range(OFTEN):
            async with connection.transaction():
                found = await (await connection.execute(RELATIONS["read_relations"], asked)).fetchone()
                read = await (await connection.execute(READ_THROUGH)).fetchone()
            assert found is not None
            assert [bid["bidders"][0] for bid in found["bids"]] == ["U-7", "U-9"]
            assert read == {"rows": 0}
