"""A log of which entries were lost takes nothing more until a person has chosen."""

import psycopg
import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.errors import RecordHalted
from ledger.record import Ledger
from selection.decision.machine import Settle
from selection.rules.model import rules_hash
from tests import factories as f
from tests.ledger.support.deciding import ONE, ROUND, RULES, TWO, act, code, decide, submit


async def set_back(url: str, stream: str, to: int) -> None:
    """What a restore of an older copy does to one stream that was the last to be written to."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        for table in ("entries", "head"):
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        gone = await connection.execute(
            "DELETE FROM entries WHERE stream = %s AND version > %s", [stream, to]
        )
        await connection.execute("UPDATE head SET size = size - %s WHERE log = %s", [gone.rowcount, f.ROUND])
        await connection.execute("DELETE FROM snapshots WHERE stream = %s", [stream])
        await connection.execute("DELETE FROM applications WHERE stream = %s", [stream])


async def test_a_log_that_lost_entries_takes_nothing_until_a_person_has_chosen(
    place: Ledger, url: str
) -> None:
    await submit(place)
    await set_back(url, ONE, 0)
    for stream, task in ((TWO, act(TWO, f.submit(), command_id="id-2")), (ONE, Settle())):
        with pytest.raises(RecordHalted):
            await place.deciding.decide(stream, task)
    assert "1 entry, were 2" in (await place.halts.list_all())[f.ROUND].found
    assert await place.reading.head(f.ROUND) == 1
    assert await place.halts.lift(f.ROUND)
    assert code(await submit(place, TWO, command_id="id-2")) == ""
    assert await place.halts.list_all() == {}


async def test_a_process_that_saw_nothing_is_told_by_what_the_workflow_knew(place: Ledger, url: str) -> None:
    await submit(place)
    await set_back(url, ONE, 0)
    other = await Ledger.connect(url, role=RECORDER_ROLE)
    try:
        with pytest.raises(RecordHalted):
            await other.deciding.decide(ONE, Settle(), knows=1)
        assert f"{ONE} at 0, was 1" in (await place.halts.list_all())[f.ROUND].found
        with pytest.raises(RecordHalted):
            await other.deciding.decide(TWO, act(TWO, f.submit(), command_id="id-2"))
    finally:
        await other.close()


async def test_what_a_workflow_knew_rightly_halts_nothing(place: Ledger) -> None:
    first = await submit(place)
    assert first.receipt is not None
    await place.deciding.decide(ONE, Settle(), knows=first.receipt.version)
    assert await place.halts.list_all() == {}


async def test_a_round_whose_opening_was_lost_goes_on_by_the_rules_that_were_sealed_anew(
    place: Ledger, url: str
) -> None:
    first = await submit(place)
    await set_back(url, ONE, 0)
    await set_back(url, ROUND, 0)
    with pytest.raises(RecordHalted):
        await submit(place, TWO, command_id="id-2")
    assert await place.halts.lift(f.ROUND)
    anew = RULES.with_(places=RULES.places - 1)
    opened = await decide(place, act(ROUND, f.open_round(anew), f.OFFICER, "open-again"))
    assert code(opened) == ""
    again = await submit(place, TWO, command_id="id-2")
    assert (code(again), again.leaves[0].rules) == ("", rules_hash(anew))
    assert first.leaves[0].rules == rules_hash(RULES)
